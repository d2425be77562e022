//! Randomness of the operating system, taken at the server's edge.

use crate::failure::Failure;
use uuid::Uuid;

/// # Errors
/// `internal` when the operating system gives none.
pub fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Failure::internal("randomness", error))?;
    Ok(bytes)
}

/// An id that tells nothing (version 4).
#[expect(clippy::disallowed_methods, reason = "the one place where the server draws ids")]
pub fn fresh_id() -> Uuid {
    Uuid::new_v4()
}

/// An id of a row that the server makes itself; rows made later sort later (version 7).
#[expect(clippy::disallowed_methods, reason = "the one place where the server draws ids")]
pub fn fresh_row_id() -> Uuid {
    Uuid::now_v7()
}
