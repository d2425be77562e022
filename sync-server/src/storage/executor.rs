//! The one place where a text that was put together becomes a statement. Names come from [`query_lang::Identifier`] and
//! [`query_lang::TenantSchema`], which cannot hold anything but a name; values are always bound.

use sqlx::postgres::{PgArguments, Postgres};
use sqlx::query::Query;
use sqlx::{PgConnection, SqlSafeStr, SqlStr};

pub(crate) type Statement = Query<'static, Postgres, PgArguments>;

/// A prepared statement, kept in the connection's cache by its text.
pub(crate) fn statement(text: impl Into<String>) -> Statement {
    sqlx::query(safe(text))
}

/// Runs several statements without parameters, as migrations and DDL are.
///
/// # Errors
/// The database's answer to the first statement that failed.
pub(crate) async fn run_script(connection: &mut PgConnection, text: impl Into<String>) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(safe(text)).execute(connection).await.map(|_| ())
}

pub(crate) fn safe(text: impl Into<String>) -> SqlStr {
    sqlx::AssertSqlSafe(text.into()).into_sql_str()
}
