//! Runs a compiled query as the tenant's read role, in one snapshot, with an end to its time, rows and bytes. A query that
//! nobody waits for any more ends in the database too.

use crate::failure::Failure;
use crate::running_queries::RunningQuery;
use crate::storage::ReadTransaction;
use crate::storage::executor::{Statement, statement};
use crate::storage::rows::{bind_value, read_value};
use futures::TryStreamExt;
use query_lang::{Compiled, Value};
use sqlx::Row;
use std::sync::Arc;
use sync_protocol::limits;
use thiserror::Error;
use tokio::sync::oneshot;

#[derive(Debug, Error)]
pub enum SelectError {
    /// One sentence for every resource: how far a query came would tell of rows that are hidden.
    #[error("The query takes too long or finds too much. Narrow it by a condition, or take fewer rows with Take.")]
    TooMuch,
    #[error(transparent)]
    Failed(#[from] Failure),
}

/// The answer's rows; `values` are for the query's binds. Whoever drops this future ends the statement.
///
/// # Errors
/// `TooMuch` past the limits of a query; else the database is away or at fault.
pub async fn select_awaited(
    mut transaction: ReadTransaction,
    compiled: Arc<Compiled>,
    values: Vec<Value>,
    running: RunningQuery,
) -> Result<Vec<Vec<Value>>, SelectError> {
    let (mut answer, awaited) = oneshot::channel();
    // In a task of its own: a request that is given up takes its future along, and the database would go on.
    tokio::spawn(async move {
        let found = tokio::select! {
            found = select(&mut transaction, &compiled, &values) => Some(found),
            () = answer.closed() => None,
        };
        if matches!(found, None | Some(Err(SelectError::TooMuch))) {
            transaction.cancel().await;
        }
        // Its share is free when the database has ended it, not before.
        drop(running);
        // Nobody waits: there is nobody to tell.
        drop(found.map(|found| answer.send(found)));
    });
    awaited.await.map_err(|error| SelectError::Failed(Failure::internal("query task", error)))?
}

/// The answer's rows; the statement goes on in the database when this future is dropped.
///
/// # Errors
/// As [`select_awaited`].
pub async fn select(
    transaction: &mut ReadTransaction,
    compiled: &Compiled,
    values: &[Value],
) -> Result<Vec<Vec<Value>>, SelectError> {
    let mut found = bound(compiled.sql.clone(), compiled, values).fetch(transaction.connection());
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

/// How the database would go about it, in its own words, one line a step. Without costs and row counts: estimates would
/// tell of rows that are hidden.
///
/// # Errors
/// The database is away or at fault.
pub async fn plan(
    mut transaction: ReadTransaction,
    compiled: &Compiled,
    values: &[Value],
) -> Result<Vec<String>, SelectError> {
    let asked = bound(format!("EXPLAIN (COSTS OFF) {}", compiled.sql), compiled, values);
    let lines = asked.fetch_all(transaction.connection()).await.map_err(explained)?;
    lines.iter().map(|line| line.try_get(0).map_err(explained)).collect()
}

fn bound(text: String, compiled: &Compiled, values: &[Value]) -> Statement {
    // A text that was typed once would only crowd out the statements that are used all day.
    let statement = statement(text).persistent(false);
    compiled.binds.iter().zip(values).fold(statement, |bound, (bind, value)| bind_value(bound, bind.kind, value))
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
