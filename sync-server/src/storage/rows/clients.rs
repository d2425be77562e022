//! What the server remembers of each client: its last number and the outcomes that it has not acknowledged.

use crate::failure::Failure;
use crate::storage::executor::statement;
use query_lang::TenantSchema;
use sqlx::{PgConnection, Row};
use std::collections::BTreeMap;
use sync_protocol::OutcomeKind;
use uuid::Uuid;

/// Where a client stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ClientState {
    pub(crate) user: Uuid,
    pub(crate) last_no: u64,
    pub(crate) acknowledged: u64,
    /// Of the numbers that were asked for; acknowledged ones may be gone.
    pub(crate) outcomes: BTreeMap<u64, StoredOutcome>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StoredOutcome {
    /// SHA-256 of the mutation.
    pub(crate) content_hash: Vec<u8>,
    pub(crate) kind: OutcomeKind,
}

impl ClientState {
    /// None: the client is new. Outcomes are read from number `from` on.
    ///
    /// # Errors
    /// `unavailable` when the database is away.
    pub(crate) async fn read(
        connection: &mut PgConnection,
        schema: &TenantSchema,
        client: Uuid,
        from: u64,
    ) -> Result<Option<Self>, Failure> {
        let schema = schema.as_str();
        let sql = format!("SELECT \"user\", last_no, acknowledged FROM \"{schema}\".sync_client WHERE client = $1");
        let Some(row) = statement(sql).bind(client).fetch_optional(&mut *connection).await? else { return Ok(None) };
        let sql =
            format!("SELECT no, content_hash, outcome FROM \"{schema}\".sync_outcome WHERE client = $1 AND no >= $2");
        let mut outcomes = BTreeMap::new();
        for row in statement(sql).bind(client).bind(from.cast_signed()).fetch_all(connection).await? {
            let text: String = row.try_get(2)?;
            let kind = serde_json::from_str(&text).map_err(|error| Failure::internal("stored outcome", error))?;
            let no: i64 = row.try_get(0)?;
            outcomes.insert(no.cast_unsigned(), StoredOutcome { content_hash: row.try_get(1)?, kind });
        }
        let number = |column| row.try_get::<i64, _>(column).map(i64::cast_unsigned);
        Ok(Some(ClientState {
            user: row.try_get(0)?,
            last_no: number("last_no")?,
            acknowledged: number("acknowledged")?,
            outcomes,
        }))
    }

    /// Keeps new outcomes and forgets acknowledged ones. `now` is the server's time in microseconds.
    ///
    /// # Errors
    /// `unavailable` when the database is away.
    pub(crate) async fn keep(
        &self,
        connection: &mut PgConnection,
        schema: &TenantSchema,
        client: Uuid,
        now: i64,
    ) -> Result<(), Failure> {
        let schema = schema.as_str();
        let sql = format!(
            "INSERT INTO \"{schema}\".sync_client (client, \"user\", last_no, acknowledged, seen) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (client) DO UPDATE SET last_no = $3, acknowledged = $4, seen = $5"
        );
        let (last_no, acknowledged) = (self.last_no.cast_signed(), self.acknowledged.cast_signed());
        let client_row = statement(sql).bind(client).bind(self.user).bind(last_no).bind(acknowledged).bind(now);
        client_row.execute(&mut *connection).await?;
        let mut texts = Vec::with_capacity(self.outcomes.len());
        for outcome in self.outcomes.values() {
            let text = serde_json::to_string(&outcome.kind).map_err(|error| Failure::internal("outcome", error))?;
            texts.push(text);
        }
        let numbers: Vec<i64> = self.outcomes.keys().map(|no| no.cast_signed()).collect();
        let hashes: Vec<Vec<u8>> = self.outcomes.values().map(|outcome| outcome.content_hash.clone()).collect();
        let sql = format!(
            "INSERT INTO \"{schema}\".sync_outcome (client, no, content_hash, outcome) \
             SELECT $1, u.* FROM unnest($2::bigint[], $3::bytea[], $4::text[]) AS u"
        );
        statement(sql).bind(client).bind(numbers).bind(hashes).bind(texts).execute(&mut *connection).await?;
        let sql = format!("DELETE FROM \"{schema}\".sync_outcome WHERE client = $1 AND no <= $2");
        statement(sql).bind(client).bind(acknowledged).execute(connection).await?;
        Ok(())
    }
}
