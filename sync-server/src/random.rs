//! Randomness of the operating system, taken at the server's edge.

use crate::failure::Failure;

/// # Errors
/// `internal` when the operating system gives none.
pub fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Failure::internal("randomness", error))?;
    Ok(bytes)
}
