//! Keeps `Active` of the roles that are given for a time, through the gate like any other change: devices get it by pull,
//! and lose or gain the rows that the role opens.

use crate::clock::now_us;
use crate::failure::Failure;
use crate::placement::{Placement, Tenancy};
use crate::storage::rows::{overdue_roles, set_roles_active};
use crate::storage::{control, read_transaction, write_transaction};
use sqlx::PgPool;
use std::sync::Arc;

/// Brings every company's roles to what their dates say now; how many assignments changed. A company that cannot be
/// reached is left for the next time.
///
/// # Errors
/// The control database is away.
pub async fn keep_everywhere(control_pool: &PgPool, tenancy: &Tenancy) -> Result<usize, Failure> {
    let mut changed = 0;
    for tenant in control::tenants(control_pool).await?.into_iter().filter(|tenant| tenant.state == "active") {
        let kept = match tenancy.placement(tenant.id).await {
            Ok(placement) => keep(tenancy, &placement, now_us()).await,
            Err(failure) => Err(failure),
        };
        match kept {
            Ok(count) => changed += count,
            Err(failure) => tracing::warn!(tenant = %tenant.id, cause = %failure, "roles were not looked at"),
        }
    }
    Ok(changed)
}

/// Brings one company's roles to what their dates say at `now` (microseconds UTC); how many assignments changed. Nothing is
/// written where nothing changes.
///
/// # Errors
/// `unavailable` when the company is being moved or its database is away.
pub async fn keep(tenancy: &Tenancy, placement: &Arc<Placement>, now: i64) -> Result<usize, Failure> {
    let mut reading = read_transaction(placement).await?;
    let version = reading.head.model_version;
    let model = tenancy.model(placement, version, reading.connection()).await?;
    if overdue_roles(reading.connection(), &model, now).await?.is_empty() {
        return Ok(0);
    }
    drop(reading);
    let mut writing = write_transaction(placement, None).await?;
    let version = writing.model_version;
    let model = tenancy.model(placement, version, writing.connection()).await?;
    let overdue = overdue_roles(writing.connection(), &model, now).await?;
    let stamp = (writing.seq, writing.at);
    set_roles_active(writing.connection(), &model, stamp, &overdue).await?;
    writing.commit().await?;
    Ok(overdue.len())
}
