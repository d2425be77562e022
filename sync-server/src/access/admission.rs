//! Whether a person may still come in: neither locked out by the operator nor without a place in the company.

use crate::failure::Failure;
use crate::placement::{Placement, Tenancy};
use crate::storage::{read_transaction, rows};
use std::sync::Arc;
use sync_protocol::ErrorCode;
use uuid::Uuid;

/// # Errors
/// `forbidden` with a sentence for the person; `unavailable` when a database is away.
pub async fn admit(tenancy: &Tenancy, placement: &Arc<Placement>, user: Uuid, disabled: bool) -> Result<(), Failure> {
    if disabled {
        return Err(Failure::new(
            ErrorCode::Forbidden,
            "This account is locked. Nothing on this device is lost; ask the people who run the server to let you in again.",
        ));
    }
    let mut reading = read_transaction(placement).await?;
    let version = reading.head.model_version;
    let model = tenancy.model(placement, version, reading.connection()).await?;
    if rows::is_active(reading.connection(), &model, user).await? {
        return Ok(());
    }
    Err(Failure::new(
        ErrorCode::Forbidden,
        "Your company has ended your account. Nothing on this device is lost; ask an administrator of your company to make \
         you active again.",
    ))
}
