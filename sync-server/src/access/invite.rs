//! An invitation is a code that a person turns into their first password, once.

use crate::access::person::token_hash;
use crate::access::sign_in::check_names;
use crate::clock::now_us;
use crate::failure::Failure;
use crate::random::random;
use crate::state::AppState;
use crate::storage::control::{self, Credentials};
use std::ops::RangeInclusive;
use sync_protocol::{InvitationRequest, KdfParameters};

/// Days that a code can be used.
pub const CODE_DAYS: u32 = 14;
/// Costs of a login key that are taken: below them a stolen record could be guessed, above them no device would sign in.
const MEMORY_KIB: RangeInclusive<u32> = 64 * 1024..=1024 * 1024;
const PASSES: RangeInclusive<u32> = 3..=16;
const LANES: RangeInclusive<u32> = 1..=16;
/// Letters and digits that are not mistaken for one another; 32 of them, so each byte of randomness gives one evenly.
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
const CODE_CHARACTERS: usize = 24;

/// A fresh code and the hash that is kept of it.
///
/// # Errors
/// `internal` when the operating system gives no randomness.
pub fn new_code() -> Result<(String, [u8; 32]), Failure> {
    let code: String = random::<CODE_CHARACTERS>()?.iter().map(|byte| letter(*byte)).collect();
    let hash = token_hash(&code);
    Ok((code, hash))
}

fn letter(byte: u8) -> char {
    char::from(ALPHABET[usize::from(byte) % ALPHABET.len()])
}

/// Gives the invited person's account its first password.
///
/// # Errors
/// `not_found` when the code is wrong, used or too old, or was made for somebody else; `bad_request` for weak costs.
pub async fn accept(state: &AppState, code: &str, request: &InvitationRequest) -> Result<(), Failure> {
    check_names(&[&request.tenant, &request.user, code])?;
    let credentials = credentials(request)?;
    let taken = control::accept_invitation(
        &state.control,
        &token_hash(code),
        (&request.tenant, &request.user),
        &credentials,
        now_us(),
    )
    .await?;
    if taken {
        return Ok(());
    }
    Err(Failure::not_found(
        "This invitation is not valid for this company and user: it was used, is too old, or has a typing error. If you \
         chose a password with it already, sign in without the code; else ask for a new one.",
    ))
}

fn credentials(request: &InvitationRequest) -> Result<Credentials, Failure> {
    let damaged = || Failure::bad_request("The salt or the key of the new password has a wrong form. Update Daybook.");
    let salt = hex::decode(&request.salt).ok().filter(|salt| salt.len() == 16).ok_or_else(damaged)?;
    let mut login_key = [0; 32];
    hex::decode_to_slice(&request.login_key, &mut login_key).map_err(|_| damaged())?;
    let KdfParameters { memory_kib, passes, lanes } = request.kdf;
    if !MEMORY_KIB.contains(&memory_kib) || !PASSES.contains(&passes) || !LANES.contains(&lanes) {
        return Err(Failure::bad_request(
            "The password was derived with too little work, or too much. Update Daybook.",
        ));
    }
    Ok(Credentials { kdf: request.kdf, salt, login_key: login_key.to_vec() })
}
