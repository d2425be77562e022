//! Runs a compiled query as the tenant's read role, in one snapshot, with an end to its time, rows and bytes.

use crate::failure::Failure;
use crate::storage::ReadTransaction;
use crate::storage::executor::statement;
use crate::storage::rows::{bind_value, read_value};
use futures::TryStreamExt;
use query_lang::{Compiled, Value};
use sync_protocol::limits;
use thiserror::Error;

#[derive(Debug, Error)]
pub enum SelectError {
    /// One sentence for every resource: how far a query came would tell of rows that are hidden.
    #[error("The query takes too long or finds too much. Narrow it by a condition, or take fewer rows with Take.")]
    TooMuch,
    #[error(transparent)]
    Failed(#[from] Failure),
}

/// The answer's rows; `values` are for the query's binds.
///
/// # Errors
/// `TooMuch` past the limits of a query; else the database is away or at fault.
pub async fn select(
    transaction: &mut ReadTransaction,
    compiled: &Compiled,
    values: &[Value],
) -> Result<Vec<Vec<Value>>, SelectError> {
    // A text that was typed once would only crowd out the statements that are used all day.
    let mut bound = statement(compiled.sql.clone()).persistent(false);
    for (bind, value) in compiled.binds.iter().zip(values) {
        bound = bind_value(bound, bind.kind, value);
    }
    let mut found = bound.fetch(transaction.connection());
    let (mut rows, mut bytes) = (Vec::new(), 0);
    while let Some(row) = found.try_next().await.map_err(explained)? {
        let read = compiled.columns.iter().enumerate().map(|(index, column)| read_value(&row, index, column.kind));
        let row: Vec<Value> = read.collect::<Result<_, _>>().map_err(explained)?;
        bytes += row.iter().map(bytes_of).sum::<usize>();
        if rows.len() == limits::QUERY_ROWS_MAX || bytes > limits::BODY_BYTES_MAX {
            return Err(SelectError::TooMuch);
        }
        rows.push(row);
    }
    Ok(rows)
}

/// About what a value is as JSON.
fn bytes_of(value: &Value) -> usize {
    if let Value::Text(text) = value { text.len() + 3 } else { 24 }
}

/// A statement that was ended for its time, its memory or its temporary files has no other words than a large answer.
fn explained(error: sqlx::Error) -> SelectError {
    let code = error.as_database_error().and_then(|error| error.code().map(|code| code.into_owned()));
    match code.as_deref() {
        Some("57014" | "53200" | "53400") => SelectError::TooMuch,
        _ => SelectError::Failed(error.into()),
    }
}
