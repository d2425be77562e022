use crate::access::{self, Person, attempts};
use crate::clock::now_us;
use crate::failure::Failure;
use crate::http::Posted;
use crate::state::AppState;
use crate::storage::control;
use axum::Json;
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use std::net::SocketAddr;
use sync_protocol::{ChallengeAnswer, ChallengeRequest, InvitationRequest, LoginAnswer, LoginRequest};

pub(super) async fn challenge(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Posted(request): Posted<ChallengeRequest>,
) -> Result<Json<ChallengeAnswer>, Failure> {
    attempts::count_network(&state.control, peer.ip(), now_us()).await?;
    access::challenge(&state, &request).await.map(Json)
}

pub(super) async fn answer(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    Posted(request): Posted<LoginRequest>,
) -> Result<Json<LoginAnswer>, Failure> {
    attempts::count_network(&state.control, peer.ip(), now_us()).await?;
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    access::answer(&state, (host, peer.ip()), &request).await.map(Json)
}

pub(super) async fn accept_invitation(
    State(state): State<AppState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Path(code): Path<String>,
    Posted(request): Posted<InvitationRequest>,
) -> Result<StatusCode, Failure> {
    attempts::count_network(&state.control, peer.ip(), now_us()).await?;
    access::accept(&state, &code, &request).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends the session that asks; its token opens nothing any more.
pub(super) async fn logout(State(state): State<AppState>, person: Person) -> Result<StatusCode, Failure> {
    control::end_session(&state.control, &person.session, now_us()).await?;
    Ok(StatusCode::NO_CONTENT)
}
