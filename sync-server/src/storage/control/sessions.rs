use crate::storage::executor::statement;
use sqlx::{PgPool, Row};
use uuid::Uuid;

/// A session that is to be opened.
#[derive(Debug)]
pub struct NewSession<'a> {
    pub token_hash: [u8; 32],
    pub tenant: Uuid,
    pub user: Uuid,
    pub device: Uuid,
    pub device_name: &'a str,
    pub session_key: [u8; 32],
    /// Microseconds UTC.
    pub created: i64,
    pub expires: i64,
}

/// An open session.
#[derive(Debug, Clone)]
pub struct SessionRow {
    pub tenant: Uuid,
    pub user: Uuid,
    pub user_name: String,
    pub device: Uuid,
    /// Public half of the device's key.
    pub session_key: Vec<u8>,
    /// The operator locked the person out.
    pub disabled: bool,
}

/// Opens a session of a device that is new or the person's own. False: the device is another person's, or was retired.
///
/// # Errors
/// The control database is away.
pub async fn add_session(control: &PgPool, session: &NewSession<'_>) -> Result<bool, sqlx::Error> {
    let insert = statement(
        "WITH device AS (INSERT INTO control.device AS d (tenant, id, \"user\", name, session_key, created, last_seen) \
         VALUES ($2, $4, $3, $5, $6, $7, $7) \
         ON CONFLICT (tenant, id) DO UPDATE SET name = excluded.name, session_key = excluded.session_key, \
         last_seen = excluded.last_seen WHERE d.\"user\" = excluded.\"user\" AND d.retired IS NULL RETURNING d.id) \
         INSERT INTO control.session (token_hash, tenant, \"user\", device, created, last_used, expires) \
         SELECT $1, $2, $3, device.id, $7, $7, $8 FROM device",
    );
    let done = insert
        .bind(session.token_hash)
        .bind(session.tenant)
        .bind(session.user)
        .bind(session.device)
        .bind(session.device_name.to_owned())
        .bind(session.session_key)
        .bind(session.created)
        .bind(session.expires)
        .execute(control)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The open session of a token. None: there never was one, or it is over.
///
/// # Errors
/// The control database is away.
pub async fn session(control: &PgPool, token_hash: &[u8; 32], now: i64) -> Result<Option<SessionRow>, sqlx::Error> {
    let found = statement(
        "SELECT s.tenant, s.\"user\", s.device, a.name, a.disabled, d.session_key \
         FROM control.session s JOIN control.account a ON a.tenant = s.tenant AND a.\"user\" = s.\"user\" \
         JOIN control.device d ON d.tenant = s.tenant AND d.id = s.device \
         WHERE s.token_hash = $1 AND s.expires > $2 AND s.revoked IS NULL",
    );
    let Some(row) = found.bind(*token_hash).bind(now).fetch_optional(control).await? else { return Ok(None) };
    Ok(Some(SessionRow {
        tenant: row.try_get("tenant")?,
        user: row.try_get("user")?,
        user_name: row.try_get("name")?,
        device: row.try_get("device")?,
        session_key: row.try_get("session_key")?,
        disabled: row.try_get("disabled")?,
    }))
}

/// # Errors
/// The control database is away.
pub async fn end_session(control: &PgPool, token_hash: &[u8; 32], now: i64) -> Result<(), sqlx::Error> {
    let end = statement("UPDATE control.session SET revoked = $2 WHERE token_hash = $1 AND revoked IS NULL");
    end.bind(*token_hash).bind(now).execute(control).await.map(|_| ())
}
