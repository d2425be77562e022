use crate::storage::executor::statement;
use sqlx::PgPool;
use uuid::Uuid;

/// Something that an administrator did.
#[derive(Debug, Clone, Copy)]
pub struct Act<'a> {
    /// `tenant.create`, `user.invite`.
    pub action: &'a str,
    pub tenant: Option<Uuid>,
    /// Names and counts; never a secret or what a row holds.
    pub detail: &'a str,
    /// Microseconds UTC.
    pub at: i64,
}

/// Who types commands on the server's machine.
const OPERATOR: &str = "operator";

/// # Errors
/// The control database is away.
pub async fn record(control: &PgPool, act: Act<'_>) -> Result<(), sqlx::Error> {
    let insert = statement("INSERT INTO control.audit (at, actor, action, tenant, detail) VALUES ($1, $2, $3, $4, $5)");
    let insert = insert.bind(act.at).bind(OPERATOR).bind(act.action.to_owned()).bind(act.tenant);
    insert.bind(act.detail.to_owned()).execute(control).await.map(|_| ())
}
