//! A group's frame inside the write transaction: what it wrote stays whole or goes whole.

use crate::storage::executor::run_script;
use sqlx::PgConnection;

/// Constraints that were asked early by the group before are put off again.
///
/// # Errors
/// The database is away.
pub(crate) async fn begin_group(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    run_script(connection, "SAVEPOINT write_group; SET CONSTRAINTS ALL DEFERRED").await
}

/// # Errors
/// What a deferred constraint says; the group is then to be undone.
pub(crate) async fn keep_group(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    run_script(connection, "SET CONSTRAINTS ALL IMMEDIATE; RELEASE SAVEPOINT write_group").await
}

/// # Errors
/// The database is away.
pub(crate) async fn undo_group(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    run_script(connection, "ROLLBACK TO SAVEPOINT write_group; RELEASE SAVEPOINT write_group").await
}
