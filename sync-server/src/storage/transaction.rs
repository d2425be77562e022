//! The two ways into a tenant's schema. A write passes the gate first; a read sees one snapshot and can change nothing.

use crate::clock::now_us;
use crate::failure::Failure;
use crate::placement::{HeadMoved, Placement};
use crate::random::fresh_id;
use crate::storage::executor::{safe, statement};
use query_lang::TenantSchema;
use sqlx::postgres::{PgConnection, Postgres};
use sqlx::{Row, Transaction};
use std::sync::Arc;
use sync_protocol::limits;
use uuid::Uuid;

/// An open write: this transaction owns `seq`, and every row that it touches gets it.
pub struct WriteTransaction {
    pub seq: u64,
    /// Random per seq, so that a restored server is noticed.
    pub mark: Uuid,
    pub history_id: Uuid,
    pub model_version: u64,
    /// The server's time of this write, microseconds UTC.
    pub at: i64,
    placement: Arc<Placement>,
    transaction: Transaction<'static, Postgres>,
}

/// An open read: REPEATABLE READ, READ ONLY, as the tenant's read role.
pub struct ReadTransaction {
    pub head: Head,
    /// Number of the database's process that serves this read.
    backend: i32,
    placement: Arc<Placement>,
    transaction: Transaction<'static, Postgres>,
}

/// The tenant's counter row as the transaction's snapshot has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    pub seq: u64,
    /// Changes below this seq are no longer kept: older cursors pull from the start.
    pub min_seq: u64,
    pub history_id: Uuid,
    pub model_version: u64,
}

/// Opens a write: the tenant's write role, then the gate as first statement. `by` is the person's `User` row; none for
/// jobs.
///
/// # Errors
/// `unavailable` when the tenant is fenced or has moved, or the database is away.
pub async fn write_transaction(placement: &Arc<Placement>, by: Option<Uuid>) -> Result<WriteTransaction, Failure> {
    let begin = format!("BEGIN; SET LOCAL ROLE \"{}\"", placement.write_role);
    let mut transaction = placement.pool.begin_with(safe(begin)).await?;
    let (mark, at) = (fresh_id(), now_us());
    let gate = statement(gate_sql(&placement.schema)).bind(placement.epoch).bind(mark).bind(at).bind(by);
    let Some(row) = gate.fetch_optional(&mut *transaction).await? else {
        placement.mark_outdated();
        return Err(elsewhere());
    };
    Ok(WriteTransaction {
        seq: number(&row, "seq")?,
        mark,
        history_id: row.try_get("history_id")?,
        model_version: number(&row, "model_version")?,
        at,
        placement: Arc::clone(placement),
        transaction,
    })
}

/// Opens a read of one snapshot. It works while the tenant is fenced, and stops after the time limit of a query.
///
/// # Errors
/// `unavailable` when the tenant has moved, or the database is away.
pub async fn read_transaction(placement: &Arc<Placement>) -> Result<ReadTransaction, Failure> {
    let begin = format!(
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL ROLE \"{}\"; SET LOCAL statement_timeout = {}",
        placement.read_role,
        limits::QUERY_TIME_MS_MAX
    );
    let mut transaction = placement.pool.begin_with(safe(begin)).await?;
    let row = statement(head_sql(&placement.schema)).fetch_one(&mut *transaction).await?;
    if row.try_get::<i64, _>("placement_epoch")? != placement.epoch {
        placement.mark_outdated();
        return Err(elsewhere());
    }
    let head = Head {
        seq: number(&row, "seq")?,
        min_seq: number(&row, "min_seq")?,
        history_id: row.try_get("history_id")?,
        model_version: number(&row, "model_version")?,
    };
    let backend = row.try_get("backend")?;
    Ok(ReadTransaction { head, backend, placement: Arc::clone(placement), transaction })
}

impl WriteTransaction {
    pub fn connection(&mut self) -> &mut PgConnection {
        &mut self.transaction
    }

    pub fn placement(&self) -> &Arc<Placement> {
        &self.placement
    }

    /// Commits, then tells the new head to whoever waits for it: never inside the transaction, a `NOTIFY` there would
    /// serialise the commits of the whole cluster.
    ///
    /// # Errors
    /// What a deferred constraint or the connection says; nothing was written then.
    pub async fn commit(self) -> Result<u64, sqlx::Error> {
        self.transaction.commit().await?;
        let _ = self.placement.heads.send(HeadMoved { tenant: self.placement.tenant, seq: self.seq });
        Ok(self.seq)
    }
}

impl ReadTransaction {
    pub fn connection(&mut self) -> &mut PgConnection {
        &mut self.transaction
    }

    /// Ends the statement that the database still works on for this read. The connection is given back only afterwards,
    /// so that no other request's statement can be hit.
    pub async fn cancel(self) {
        let ended = statement("SELECT pg_catalog.pg_cancel_backend($1)").bind(self.backend);
        if let Err(error) = ended.execute(&self.placement.pool).await {
            // Logged here; the time limit of a query ends the statement then.
            drop(Failure::from(error));
        }
    }

    pub fn placement(&self) -> &Arc<Placement> {
        &self.placement
    }
}

/// The gate, and the log's row of the seq that it gave, in one statement.
fn gate_sql(schema: &TenantSchema) -> String {
    let schema = schema.as_str();
    format!(
        "WITH head AS (UPDATE \"{schema}\".sync_head SET seq = seq + 1 \
         WHERE state = 'active' AND placement_epoch = $1 RETURNING seq, history_id, model_version), \
         logged AS (INSERT INTO \"{schema}\".sync_log (seq, mark, at, by) SELECT seq, $2, $3, $4 FROM head) \
         SELECT seq, history_id, model_version FROM head"
    )
}

fn head_sql(schema: &TenantSchema) -> String {
    format!(
        "SELECT seq, min_seq, history_id, model_version, placement_epoch, pg_catalog.pg_backend_pid() AS backend \
         FROM \"{}\".sync_head",
        schema.as_str()
    )
}

fn elsewhere() -> Failure {
    Failure::unavailable("This company is being moved to another database. The device tries again by itself.", 2)
}

/// A counter of the head: a bigint that is never negative.
fn number(row: &sqlx::postgres::PgRow, column: &str) -> Result<u64, Failure> {
    let value: i64 = row.try_get(column)?;
    u64::try_from(value).map_err(|_| Failure::internal("sync_head", format!("{column} is negative")))
}
