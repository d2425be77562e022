//! The control database: tenants and where they live, accounts, sessions, invitations, vaults.

mod accounts;
mod attempts;
mod audit;
mod invitations;
mod placements;
mod sessions;
mod sweep;
mod tenants;
mod vaults;

pub use accounts::{AccountRow, Credentials, account, add_account, login_key, set_disabled, use_nonce};
pub use attempts::{begin_answer, count_attempt, forget_wrong_answers};
pub use audit::{Act, record};
pub use invitations::{NewInvitation, accept_invitation, invite};
pub use placements::{PlacementRow, placement};
pub use sessions::{NewSession, SessionRow, add_session, end_session, session};
pub use sweep::sweep;
pub use tenants::{Creating, PlannedPlace, TenantRow, activate, creating, plan_tenant, tenant_by_name, tenants};
pub use vaults::{VaultRow, replace_vault, vault};

use crate::storage::executor::statement;
use sqlx::PgPool;

/// # Errors
/// The control database does not answer.
pub async fn ping(control: &PgPool) -> Result<(), sqlx::Error> {
    statement("SELECT 1").execute(control).await.map(|_| ())
}
