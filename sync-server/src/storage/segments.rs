//! The index of sealed segments, in the tenant's schema: it travels with the pull, to its owner alone.

use crate::failure::Failure;
use crate::placement::Placement;
use crate::storage::executor::statement;
use crate::storage::{ReadTransaction, write_transaction};
use query_lang::TenantSchema;
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row};
use std::sync::Arc;
use sync_protocol::SegmentIndexRow;
use uuid::Uuid;

/// A segment whose blob is stored.
#[derive(Debug, Clone, Copy)]
pub struct NewSegment {
    pub user: Uuid,
    pub device: Uuid,
    pub no: u64,
    /// Bytes.
    pub size: u64,
    pub sha256: [u8; 32],
}

/// Writes the index row through the gate; the row that is there now, which is another's when two came at once.
///
/// # Errors
/// `unavailable` when the tenant is fenced or has moved, or the database is away.
pub async fn add(placement: &Arc<Placement>, segment: &NewSegment) -> Result<SegmentIndexRow, Failure> {
    let mut transaction = write_transaction(placement, Some(segment.user)).await?;
    let schema = placement.schema.as_str();
    let insert = format!(
        "INSERT INTO \"{schema}\".sync_segment (\"user\", device, no, size, sha256, seq) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (\"user\", device, no) DO NOTHING"
    );
    let seq = transaction.seq.cast_signed();
    let insert = statement(insert).bind(segment.user).bind(segment.device).bind(segment.no.cast_signed());
    let insert = insert.bind(segment.size.cast_signed()).bind(hex::encode(segment.sha256)).bind(seq);
    insert.execute(transaction.connection()).await?;
    let found = one(schema, segment.user, segment.device, segment.no).fetch_one(transaction.connection()).await?;
    let row = read(&found)?;
    transaction.commit().await?;
    Ok(row)
}

/// # Errors
/// The database is away.
pub async fn find(
    transaction: &mut ReadTransaction,
    user: Uuid,
    device: Uuid,
    no: u64,
) -> Result<Option<SegmentIndexRow>, sqlx::Error> {
    let placement = Arc::clone(transaction.placement());
    let found = one(placement.schema.as_str(), user, device, no);
    found.fetch_optional(transaction.connection()).await?.as_ref().map(read).transpose()
}

/// All segments of one device, by number.
///
/// # Errors
/// The database is away.
pub async fn of_device(
    transaction: &mut ReadTransaction,
    user: Uuid,
    device: Uuid,
) -> Result<Vec<SegmentIndexRow>, sqlx::Error> {
    let sql = format!(
        "SELECT device, no, size, sha256, seq FROM \"{}\".sync_segment \
         WHERE \"user\" = $1 AND device = $2 AND NOT deleted ORDER BY no",
        transaction.placement().schema.as_str()
    );
    let rows = statement(sql).bind(user).bind(device).fetch_all(transaction.connection()).await?;
    rows.iter().map(read).collect()
}

/// The person's own segments that were added after `seq`.
///
/// # Errors
/// The database is away.
pub async fn since(
    connection: &mut PgConnection,
    schema: &TenantSchema,
    user: Uuid,
    seq: u64,
) -> Result<Vec<SegmentIndexRow>, sqlx::Error> {
    let sql = format!(
        "SELECT device, no, size, sha256, seq FROM \"{}\".sync_segment \
         WHERE \"user\" = $1 AND seq > $2 AND NOT deleted ORDER BY seq, device, no",
        schema.as_str()
    );
    let rows = statement(sql).bind(user).bind(seq.cast_signed()).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

fn one(schema: &str, user: Uuid, device: Uuid, no: u64) -> crate::storage::executor::Statement {
    let sql = format!(
        "SELECT device, no, size, sha256, seq FROM \"{schema}\".sync_segment \
         WHERE \"user\" = $1 AND device = $2 AND no = $3 AND NOT deleted"
    );
    statement(sql).bind(user).bind(device).bind(no.cast_signed())
}

fn read(row: &PgRow) -> Result<SegmentIndexRow, sqlx::Error> {
    Ok(SegmentIndexRow {
        device: row.try_get("device")?,
        no: row.try_get::<i64, _>("no")?.cast_unsigned(),
        size: row.try_get::<i64, _>("size")?.cast_unsigned(),
        sha256: row.try_get("sha256")?,
        seq: row.try_get::<i64, _>("seq")?.cast_unsigned(),
    })
}
