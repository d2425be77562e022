use crate::access::challenge::{LIFETIME_US, USUAL_KDF};
use crate::access::person::token_hash;
use crate::access::{admit, attempts, signed_by};
use crate::clock::now_us;
use crate::failure::Failure;
use crate::random::random;
use crate::state::AppState;
use crate::storage::control::{self, AccountRow, NewSession};
use std::net::IpAddr;
use sync_protocol::limits::NAME_CHARACTERS_MAX;
use sync_protocol::{
    ChallengeAnswer, ChallengeRequest, ErrorCode, LoginAnswer, LoginPurpose, LoginRequest, login_message,
};

/// Argon2id to an Ed25519 seed.
const AUTH_VERSION: u32 = 1;
const SESSION_LIFETIME_US: i64 = 90 * 24 * 3_600 * 1_000_000;

/// What a client needs to answer with its password. Alike for users who exist and who do not.
///
/// # Errors
/// `bad_request` for names that are too long, `unavailable` when the control database is away.
pub async fn challenge(state: &AppState, request: &ChallengeRequest) -> Result<ChallengeAnswer, Failure> {
    check_names(&[&request.tenant, &request.user])?;
    let account = control::account(&state.control, &request.tenant, &request.user).await?;
    let (kdf, salt) = match account {
        Some(account) => (account.credentials.kdf, account.credentials.salt),
        None => (USUAL_KDF, state.challenger.made_up_salt(&request.tenant, &request.user).to_vec()),
    };
    let expires = now_us() + LIFETIME_US;
    let nonce = state.challenger.nonce(random()?, &request.tenant, &request.user, expires);
    Ok(ChallengeAnswer { auth_version: AUTH_VERSION, kdf, salt: hex::encode(salt), nonce, expires })
}

/// Checks the signature over this server's own challenge and opens a session for the device.
///
/// # Errors
/// `sign_in_failed`, which never tells what was wrong; `bad_request` for a request of another origin; `too_many_attempts`
/// after wrong answers from the same network; `forbidden` for a person who is locked out and has the right password.
pub async fn answer(
    state: &AppState,
    (host, address): (Option<&str>, IpAddr),
    request: &LoginRequest,
) -> Result<LoginAnswer, Failure> {
    check_names(&[&request.tenant, &request.user, &request.device_name])?;
    if !state.origins.accept(&request.origin, host) {
        return Err(Failure::bad_request(
            "This server is not reachable under the address that the device signed in to. Check the server's address.",
        ));
    }
    let nonce = state.challenger.check(&request.nonce, &request.tenant, &request.user, request.expires, now_us());
    let nonce = nonce.ok_or_else(failed)?;
    let names = (request.tenant.as_str(), request.user.as_str());
    attempts::begin_answer(&state.control, names, address, now_us()).await?;
    let account = control::account(&state.control, &request.tenant, &request.user).await?;
    let signed = signed(request, account.as_ref());
    let (Some(account), true) = (account, signed) else { return Err(failed()) };
    if !control::use_nonce(&state.control, &nonce, names, request.expires, now_us()).await? {
        return Err(failed());
    }
    attempts::succeeded(&state.control, names, address).await?;
    let placement = state.tenancy.placement(account.tenant).await?;
    admit(&state.tenancy, &placement, account.user, account.disabled).await?;
    let token = hex::encode(random::<32>()?);
    open_session(state, request, &account, &token).await?;
    Ok(LoginAnswer { token, user: account.user, tenant: account.tenant })
}

async fn open_session(
    state: &AppState,
    request: &LoginRequest,
    account: &AccountRow,
    token: &str,
) -> Result<(), Failure> {
    let mut session_key = [0; 32];
    hex::decode_to_slice(&request.session_key, &mut session_key)
        .map_err(|_| Failure::bad_request("The device's key is not 64 hexadecimal digits. Update Daybook."))?;
    let now = now_us();
    let session = NewSession {
        token_hash: token_hash(token),
        tenant: account.tenant,
        user: account.user,
        device: request.device,
        device_name: &request.device_name,
        session_key,
        created: now,
        expires: now + SESSION_LIFETIME_US,
    };
    if control::add_session(&state.control, &session).await? {
        return Ok(());
    }
    Err(Failure::new(
        ErrorCode::Forbidden,
        "This device belongs to another person of the company, or was retired. Sign in with a new home folder.",
    ))
}

/// The check is made for an unknown user too, with a key that nobody holds, so that both take as long.
fn signed(request: &LoginRequest, account: Option<&AccountRow>) -> bool {
    let message = login_message(
        &request.origin,
        &request.tenant,
        &request.user,
        LoginPurpose::SignIn,
        &request.nonce,
        request.expires,
        &request.session_key,
    );
    let key = account.map_or(NOBODYS_KEY.as_slice(), |account| account.credentials.login_key.as_slice());
    signed_by(key, &message, &request.signature) && account.is_some()
}

/// The base point of Ed25519 as a public key: valid, and its secret half is no key that could be derived.
const NOBODYS_KEY: [u8; 32] = [
    0x58, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
    0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
];

pub(super) fn check_names(names: &[&str]) -> Result<(), Failure> {
    let fits = |name: &str| (1..=NAME_CHARACTERS_MAX).contains(&name.chars().count());
    if names.iter().all(|name| fits(name) && !name.chars().any(char::is_control)) {
        return Ok(());
    }
    let message = format!(
        "Names of companies, users and devices have 1 to {NAME_CHARACTERS_MAX} characters and no control characters."
    );
    Err(Failure::bad_request(message))
}

fn failed() -> Failure {
    Failure::new(
        ErrorCode::SignInFailed,
        "The company, the user name or the password is wrong. Check them and try again; who has no password yet needs an \
         invitation code.",
    )
}
