use crate::storage::control::Credentials;
use crate::storage::executor::statement;
use sqlx::PgPool;
use uuid::Uuid;

/// Who is invited, and the code's hash.
#[derive(Debug)]
pub struct NewInvitation<'a> {
    pub tenant: Uuid,
    pub user: Uuid,
    pub user_name: &'a str,
    pub code_hash: [u8; 32],
    /// Microseconds UTC.
    pub created: i64,
    pub expires: i64,
}

/// Makes the account when there is none and puts a new code in the place of older ones.
///
/// # Errors
/// The control database is away.
pub async fn invite(control: &PgPool, invitation: &NewInvitation<'_>) -> Result<(), sqlx::Error> {
    let mut transaction = control.begin().await?;
    let account = statement(
        "INSERT INTO control.account (tenant, \"user\", name, name_key, created) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (tenant, \"user\") DO NOTHING",
    );
    account
        .bind(invitation.tenant)
        .bind(invitation.user)
        .bind(invitation.user_name.to_owned())
        .bind(invitation.user_name.to_lowercase())
        .bind(invitation.created)
        .execute(&mut *transaction)
        .await?;
    let older = statement("DELETE FROM control.invitation WHERE tenant = $1 AND \"user\" = $2 AND used IS NULL");
    older.bind(invitation.tenant).bind(invitation.user).execute(&mut *transaction).await?;
    let code = statement(
        "INSERT INTO control.invitation (code_hash, tenant, \"user\", created, expires) VALUES ($1, $2, $3, $4, $5)",
    );
    code.bind(invitation.code_hash)
        .bind(invitation.tenant)
        .bind(invitation.user)
        .bind(invitation.created)
        .bind(invitation.expires)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}

/// Uses up a code for the password of exactly the person that it was made for, and ends all their sessions. False: the
/// code is wrong, used, too old, or another person's.
///
/// # Errors
/// The control database is away.
pub async fn accept_invitation(
    control: &PgPool,
    code_hash: &[u8; 32],
    (tenant, user): (&str, &str),
    credentials: &Credentials,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let accept = statement(
        "WITH invited AS (UPDATE control.invitation i SET used = $8 \
         FROM control.account a JOIN control.tenant t ON t.id = a.tenant \
         WHERE i.code_hash = $1 AND i.used IS NULL AND i.expires > $8 AND a.tenant = i.tenant AND a.\"user\" = i.\"user\" \
         AND t.name_key = $2 AND a.name_key = $3 AND NOT a.disabled RETURNING i.tenant, i.\"user\"), \
         ended AS (UPDATE control.session s SET revoked = $8 FROM invited n \
         WHERE s.tenant = n.tenant AND s.\"user\" = n.\"user\" AND s.revoked IS NULL) \
         UPDATE control.account a SET salt = $4, login_key = $5, kdf_memory_kib = $6, kdf_passes = $7, kdf_lanes = $9, \
         auth_version = 1 FROM invited n WHERE a.tenant = n.tenant AND a.\"user\" = n.\"user\"",
    );
    let done = accept
        .bind(*code_hash)
        .bind(tenant.to_lowercase())
        .bind(user.to_lowercase())
        .bind(credentials.salt.clone())
        .bind(credentials.login_key.clone())
        .bind(credentials.kdf.memory_kib.cast_signed())
        .bind(credentials.kdf.passes.cast_signed())
        .bind(now)
        .bind(credentials.kdf.lanes.cast_signed())
        .execute(control)
        .await?;
    Ok(done.rows_affected() == 1)
}
