//! Reads: compiled text of the language on a connection of its own that can do nothing else.

mod authorizer;
mod functions;
mod plan;
mod signals;

pub(crate) use functions::register;
pub use plan::PlanLine;
pub use signals::SignalTable;

use crate::home::address;
use crate::rows::cell::{from_sql, to_sql};
use crate::{Store, StoreError};
use migrations::Model;
use query_lang::{Catalogue, Compiled, Value};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// SQLite's steps between two looks at the clock and at the cancel handle.
const STEPS_BETWEEN_LOOKS: i32 = 10_000;

/// What one query may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub rows_max: usize,
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        use sync_protocol::limits::{QUERY_ROWS_MAX, QUERY_TIME_MS_MAX};
        Limits { rows_max: QUERY_ROWS_MAX, time: Duration::from_millis(QUERY_TIME_MS_MAX) }
    }
}

/// Ends a query that is under way, from another thread.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_wanted(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Answers queries of one home; may be used beside the store, on any thread.
#[derive(Debug, Clone)]
pub struct Reader {
    file: PathBuf,
    /// The home was opened on a full disk.
    is_unwritten: bool,
    model: Arc<Model>,
    pub catalogue: Arc<Catalogue>,
}

impl Store {
    /// # Errors
    /// [`StoreError::NoData`] before the first sign-in.
    pub fn reader(&self) -> Result<Reader, StoreError> {
        let model = self.model.clone().ok_or(StoreError::NoData)?;
        let (file, is_unwritten) = (self.file.clone(), self.is_unwritten);
        Ok(Reader { file, is_unwritten, model, catalogue: self.catalogue.clone() })
    }
}

impl Reader {
    /// The rows of a compiled query, each as long as its columns. `signals` are the opened signals that it reads; they
    /// are in memory only, and only as long as this runs.
    pub fn select(
        &self,
        compiled: &Compiled,
        binds: &[Value],
        signals: &[SignalTable],
        limits: Limits,
        cancel: &Cancel,
    ) -> Result<Vec<Vec<Value>>, StoreError> {
        let connection = self.connection()?;
        if !compiled.reads.signals.is_empty() {
            signals::attach(&connection, &self.model, signals)?;
        }
        connection.pragma_update(None, "query_only", true)?;
        connection.authorizer(Some(authorizer::allow_list(&compiled.reads)))?;
        let deadline = Instant::now() + limits.time;
        let stop = cancel.clone();
        connection
            .progress_handler(STEPS_BETWEEN_LOOKS, Some(move || stop.is_wanted() || Instant::now() >= deadline))?;
        rows(&connection, compiled, binds, limits).map_err(|error| match error {
            StoreError::Disk(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted) => {
                if cancel.is_wanted() {
                    StoreError::Cancelled
                } else {
                    StoreError::TooSlow { seconds: limits.time.as_secs() }
                }
            }
            other => other,
        })
    }

    fn connection(&self) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let connection = if self.is_unwritten {
            Connection::open_with_flags(address(&self.file), flags)?
        } else {
            Connection::open_with_flags(&self.file, flags)?
        };
        connection.busy_timeout(Duration::from_secs(5))?;
        harden(&connection)?;
        connection.pragma_update(None, "temp_store", "memory")?;
        register(&connection)?;
        Ok(connection)
    }
}

/// What an untrusted file or text could misuse is off.
pub(crate) fn harden(connection: &Connection) -> Result<(), StoreError> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    Ok(())
}

fn rows(
    connection: &Connection,
    compiled: &Compiled,
    binds: &[Value],
    limits: Limits,
) -> Result<Vec<Vec<Value>>, StoreError> {
    let mut statement = connection.prepare(&compiled.sql)?;
    let mut found = statement.query(rusqlite::params_from_iter(binds.iter().map(to_sql)))?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        if rows.len() == limits.rows_max {
            return Err(StoreError::TooManyRows { rows: limits.rows_max });
        }
        let mut values = Vec::with_capacity(compiled.columns.len());
        for (index, column) in compiled.columns.iter().enumerate() {
            let value = from_sql(column.kind, row.get_ref(index)?);
            values.push(value.ok_or_else(|| StoreError::Damaged(format!("the column {}", column.name)))?);
        }
        rows.push(values);
    }
    Ok(rows)
}
