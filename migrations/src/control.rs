//! The control database: which companies there are and where, who may sign in, and the sealed vaults.

use crate::Migration;

/// The schema that all control tables are in.
pub const SCHEMA: &str = "control";

/// Run once before the first of [`MIGRATIONS`]; running it again changes nothing. `control.migration` holds the numbers
/// of those that were run.
pub const BOOTSTRAP: &str = "CREATE SCHEMA IF NOT EXISTS control;
CREATE TABLE IF NOT EXISTS control.migration (number integer PRIMARY KEY, at timestamptz NOT NULL DEFAULT now());";

/// In order, each in its own transaction with its row in `control.migration`.
pub const MIGRATIONS: &[Migration] = &[
    Migration { number: 1, sql: include_str!("control/0001_control.sql") },
    Migration { number: 2, sql: include_str!("control/0002_wrong_answers.sql") },
];
