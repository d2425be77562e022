//! Opened signals for one query: in an attached database in memory, never on the disk.

use crate::StoreError;
use crate::rows::cell::to_sql;
use migrations::Model;
use query_lang::{Identifier, Value};
use rusqlite::Connection;

/// Rows of one kind of signals, with the names of their columns; `id` is one of them.
#[derive(Debug, Clone)]
pub struct SignalTable {
    pub name: Identifier,
    pub columns: Vec<Identifier>,
    pub rows: Vec<Vec<Value>>,
}

pub(super) fn attach(connection: &Connection, model: &Model, signals: &[SignalTable]) -> Result<(), StoreError> {
    let (tables, indexes) = migrations::ddl::signals(model).map_err(|problems| {
        StoreError::Model(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
    })?;
    // A database in memory is read-only too on a read-only connection, unless its name says otherwise.
    connection.execute_batch("ATTACH 'file:signals?mode=memory' AS sig; BEGIN")?;
    for table in tables {
        connection.execute_batch(&table)?;
    }
    for signal in signals {
        fill(connection, signal)?;
    }
    for index in indexes {
        connection.execute_batch(&index)?;
    }
    connection.execute_batch("COMMIT")?;
    Ok(())
}

fn fill(connection: &Connection, signal: &SignalTable) -> Result<(), StoreError> {
    let columns: Vec<String> = signal.columns.iter().map(|column| format!("\"{column}\"")).collect();
    let binds: Vec<String> = (1..=signal.columns.len()).map(|bind| format!("?{bind}")).collect();
    let sql = format!("INSERT INTO sig.\"{}\" ({}) VALUES ({})", signal.name, columns.join(", "), binds.join(", "));
    let mut insert = connection.prepare(&sql)?;
    for row in &signal.rows {
        insert.execute(rusqlite::params_from_iter(row.iter().map(to_sql)))?;
    }
    Ok(())
}
