//! Steps in the words of each engine.

mod postgres;
mod sqlite;

use crate::check::{Problem, structure};
use crate::model::Model;
use crate::plan::{Step, signal_tables};
use query_lang::TenantSchema;

/// Where a step is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Engine {
    /// The tenant's file, which is the connection's `main` database.
    Sqlite,
    /// The tenant's schema, as its owner (the definition login).
    Postgres(TenantSchema),
}

/// The statements of one step, in order, without a trailing semicolon; each is run by itself, all in one transaction.
/// A device has no foreign keys (a right may hide the parent), no history and no required or unique columns (the server's rows are
/// published in any order, and the write path checks a person's).
pub fn ddl(step: &Step, engine: &Engine) -> Vec<String> {
    match engine {
        Engine::Sqlite => sqlite::statements(step),
        Engine::Postgres(schema) => postgres::statements(step, schema),
    }
}

/// Tables of `Signal.*` in the attached in-memory database `sig`, with the properties' columns and `id` (16 bytes,
/// unique in its table). Fill a table before its indexes are made: (tables, indexes).
pub fn signals(model: &Model) -> Result<(Vec<String>, Vec<String>), Vec<Problem>> {
    let problems = structure(model);
    if !problems.is_empty() {
        return Err(problems);
    }
    let tables = signal_tables(model);
    let indexes = tables.iter().flat_map(sqlite::signal_indexes).collect();
    Ok((tables.iter().map(sqlite::signal_table).collect(), indexes))
}

/// A text as an SQL literal of both engines.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
