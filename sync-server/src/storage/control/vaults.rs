use crate::storage::executor::statement;
use sqlx::{PgPool, Row};
use uuid::Uuid;

/// A person's vault as it is stored: `slots` and `devices` are the wire's JSON.
#[derive(Debug, Clone, Default)]
pub struct VaultRow {
    /// 0: there is none yet.
    pub number: u64,
    pub slots: String,
    pub directory: String,
    pub devices: String,
}

/// # Errors
/// The control database is away.
pub async fn vault(control: &PgPool, tenant: Uuid, user: Uuid) -> Result<Option<VaultRow>, sqlx::Error> {
    let found =
        statement("SELECT number, slots, directory, devices FROM control.vault WHERE tenant = $1 AND \"user\" = $2");
    let Some(row) = found.bind(tenant).bind(user).fetch_optional(control).await? else { return Ok(None) };
    Ok(Some(VaultRow {
        number: row.try_get::<i64, _>("number")?.cast_unsigned(),
        slots: row.try_get("slots")?,
        directory: row.try_get("directory")?,
        devices: row.try_get("devices")?,
    }))
}

/// Puts `vault` in the place of the one with number `vault.number - 1`. False: somebody else did so before.
///
/// # Errors
/// The control database is away.
pub async fn replace_vault(
    control: &PgPool,
    tenant: Uuid,
    user: Uuid,
    vault: &VaultRow,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let replace = statement(if vault.number == 1 {
        "INSERT INTO control.vault (tenant, \"user\", number, slots, directory, devices, changed) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant, \"user\") DO NOTHING"
    } else {
        "UPDATE control.vault SET number = $3, slots = $4, directory = $5, devices = $6, changed = $7 \
         WHERE tenant = $1 AND \"user\" = $2 AND number = $3 - 1"
    });
    let done = replace
        .bind(tenant)
        .bind(user)
        .bind(vault.number.cast_signed())
        .bind(vault.slots.clone())
        .bind(vault.directory.clone())
        .bind(vault.devices.clone())
        .bind(now)
        .execute(control)
        .await?;
    Ok(done.rows_affected() == 1)
}
