//! The company's model, kept in its own schema.

use crate::storage::executor::statement;
use query_lang::TenantSchema;
use sqlx::{PgConnection, Row};

/// The model's JSON at one version.
///
/// # Errors
/// There is no such version, or the database is away.
pub async fn read(connection: &mut PgConnection, schema: &TenantSchema, version: u64) -> Result<String, sqlx::Error> {
    let sql = format!("SELECT text FROM \"{}\".sync_model WHERE version = $1", schema.as_str());
    statement(sql).bind(version.cast_signed()).fetch_one(connection).await?.try_get("text")
}
