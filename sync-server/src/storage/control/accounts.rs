use crate::storage::executor::statement;
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row};
use sync_protocol::KdfParameters;
use uuid::Uuid;

/// A person who has a password.
#[derive(Debug, Clone)]
pub struct AccountRow {
    /// Id of their `User` row.
    pub user: Uuid,
    pub tenant: Uuid,
    pub credentials: Credentials,
    /// Locked out by the operator.
    pub disabled: bool,
}

/// What a password became on its device; nothing of it opens anything.
#[derive(Debug, Clone)]
pub struct Credentials {
    pub kdf: KdfParameters,
    /// 16 bytes.
    pub salt: Vec<u8>,
    /// Ed25519 public key, 32 bytes.
    pub login_key: Vec<u8>,
}

/// By the names that people type, without case. None: nobody of that name has a password.
///
/// # Errors
/// The control database is away.
pub async fn account(control: &PgPool, tenant: &str, user: &str) -> Result<Option<AccountRow>, sqlx::Error> {
    let found = statement(
        "SELECT a.tenant, a.\"user\", a.kdf_memory_kib, a.kdf_passes, a.kdf_lanes, a.salt, a.login_key, a.disabled \
         FROM control.account a JOIN control.tenant t ON t.id = a.tenant \
         WHERE t.name_key = $1 AND a.name_key = $2 AND a.login_key IS NOT NULL",
    );
    let row = found.bind(tenant.to_lowercase()).bind(user.to_lowercase()).fetch_optional(control).await?;
    row.as_ref().map(read).transpose()
}

fn read(row: &PgRow) -> Result<AccountRow, sqlx::Error> {
    let cost = |column| row.try_get::<i32, _>(column).map(i32::cast_unsigned);
    Ok(AccountRow {
        user: row.try_get("user")?,
        tenant: row.try_get("tenant")?,
        credentials: Credentials {
            kdf: KdfParameters {
                memory_kib: cost("kdf_memory_kib")?,
                passes: cost("kdf_passes")?,
                lanes: cost("kdf_lanes")?,
            },
            salt: row.try_get("salt")?,
            login_key: row.try_get("login_key")?,
        },
        disabled: row.try_get("disabled")?,
    })
}

/// Locks a person out, or lets them in again; false: the company has no account of this name. Sessions stay and are
/// refused while it is so.
///
/// # Errors
/// The control database is away.
pub async fn set_disabled(control: &PgPool, tenant: Uuid, user: &str, disabled: bool) -> Result<bool, sqlx::Error> {
    let set = statement("UPDATE control.account SET disabled = $3 WHERE tenant = $1 AND name_key = $2");
    let set = set.bind(tenant).bind(user.to_lowercase()).bind(disabled);
    Ok(set.execute(control).await?.rows_affected() == 1)
}

/// Public half of the login key. None: no such account, or it has no password.
///
/// # Errors
/// The control database is away.
pub async fn login_key(control: &PgPool, tenant: Uuid, user: Uuid) -> Result<Option<Vec<u8>>, sqlx::Error> {
    let found = statement("SELECT login_key FROM control.account WHERE tenant = $1 AND \"user\" = $2");
    let row = found.bind(tenant).bind(user).fetch_optional(control).await?;
    row.map_or(Ok(None), |row| row.try_get("login_key"))
}

/// Writes down that a challenge was answered. False: it was before.
///
/// # Errors
/// The control database is away.
pub async fn use_nonce(
    control: &PgPool,
    nonce: &[u8; 32],
    (tenant, user): (&str, &str),
    expires: i64,
    now: i64,
) -> Result<bool, sqlx::Error> {
    statement("DELETE FROM control.challenge WHERE expires < $1").bind(now).execute(control).await?;
    let insert = statement(
        "INSERT INTO control.challenge (nonce, tenant_key, name_key, expires, used) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (nonce) DO NOTHING",
    );
    let insert = insert.bind(*nonce).bind(tenant.to_lowercase()).bind(user.to_lowercase()).bind(expires).bind(now);
    Ok(insert.execute(control).await?.rows_affected() == 1)
}

/// Adds an account with its credentials. One that is there stays as it is.
///
/// # Errors
/// The control database is away.
pub async fn add_account(control: &PgPool, name: &str, account: &AccountRow, now: i64) -> Result<(), sqlx::Error> {
    let insert = statement(
        "INSERT INTO control.account (tenant, \"user\", name, name_key, salt, login_key, kdf_memory_kib, kdf_passes, \
         kdf_lanes, created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (tenant, \"user\") DO NOTHING",
    );
    let Credentials { kdf, salt, login_key } = &account.credentials;
    insert
        .bind(account.tenant)
        .bind(account.user)
        .bind(name.to_owned())
        .bind(name.to_lowercase())
        .bind(salt.clone())
        .bind(login_key.clone())
        .bind(kdf.memory_kib.cast_signed())
        .bind(kdf.passes.cast_signed())
        .bind(kdf.lanes.cast_signed())
        .bind(now)
        .execute(control)
        .await
        .map(|_| ())
}
