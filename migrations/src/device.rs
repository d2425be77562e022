//! System tables of a device's home, beside the model's tables in the same file, so that one transaction covers all.
//! Their names begin with `home_`, which no model's table may.

use crate::Migration;

/// In order; `PRAGMA user_version` is the number of the last one that was run.
pub const MIGRATIONS: &[Migration] = &[Migration { number: 1, sql: include_str!("device/0001_home.sql") }];
