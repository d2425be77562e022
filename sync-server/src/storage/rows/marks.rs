use crate::failure::Failure;
use crate::storage::executor::statement;
use query_lang::TenantSchema;
use sqlx::{PgConnection, Row};
use uuid::Uuid;

/// The random mark of a seq; None: the log does not know it.
///
/// # Errors
/// `unavailable` when the database is away.
pub(crate) async fn mark_at(
    connection: &mut PgConnection,
    schema: &TenantSchema,
    seq: u64,
) -> Result<Option<Uuid>, Failure> {
    let sql = format!("SELECT mark FROM \"{}\".sync_log WHERE seq = $1", schema.as_str());
    let row = statement(sql).bind(seq.cast_signed()).fetch_optional(connection).await?;
    Ok(row.map(|row| row.try_get(0)).transpose()?)
}
