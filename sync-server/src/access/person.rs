use crate::access::admission::admit;
use crate::clock::now_us;
use crate::failure::Failure;
use crate::placement::Placement;
use crate::state::AppState;
use crate::storage::control;
use axum::extract::FromRequestParts;
use axum::http::{header, request::Parts};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use sync_protocol::ErrorCode;
use uuid::Uuid;

/// Who sends a request, by the bearer token of their session.
#[derive(Debug, Clone)]
pub struct Person {
    /// Where their company lives; holds the tenant's id and name too.
    pub placement: Arc<Placement>,
    /// Id of their `User` row, and of their account.
    pub user: Uuid,
    pub user_name: String,
    pub device: Uuid,
    /// Hash of the session's token.
    pub session: [u8; 32],
    /// Public half of the key that the session's device signs with.
    pub session_key: Vec<u8>,
}

impl FromRequestParts<AppState> for Person {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failure> {
        if let Some(known) = parts.extensions.get::<Person>() {
            return Ok(known.clone());
        }
        let token = bearer(parts).ok_or_else(session_over)?;
        Person::of_session(state, token_hash(token)).await
    }
}

impl Person {
    /// Who holds the token with this hash, if they may still come in.
    ///
    /// # Errors
    /// `session_over`; `forbidden` for a person who is locked out; `unavailable` when a database is away.
    pub async fn of_session(state: &AppState, hash: [u8; 32]) -> Result<Self, Failure> {
        let session = control::session(&state.control, &hash, now_us()).await?.ok_or_else(session_over)?;
        let placement = state.tenancy.placement(session.tenant).await?;
        admit(&state.tenancy, &placement, session.user, session.disabled).await?;
        Ok(Person {
            placement,
            user: session.user,
            user_name: session.user_name,
            device: session.device,
            session: hash,
            session_key: session.session_key,
        })
    }
}

/// A session's token is kept as its hash alone.
pub(crate) fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

pub(crate) fn bearer(parts: &Parts) -> Option<&str> {
    parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

fn session_over() -> Failure {
    Failure::new(ErrorCode::SessionOver, "This session is over. Sign in again; nothing on this device is lost.")
}
