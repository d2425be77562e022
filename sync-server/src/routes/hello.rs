use crate::clock::now_us;
use crate::failure::Failure;
use crate::http::PROTOCOL_MIN;
use crate::state::AppState;
use crate::storage::control;
use axum::Json;
use axum::extract::State;
use sync_protocol::limits::Limits;
use sync_protocol::{Hello, PROTOCOL};

/// What this server speaks, for a client of any age.
pub(super) async fn hello() -> Json<Hello> {
    Json(Hello { min: PROTOCOL_MIN, max: PROTOCOL, server_now: now_us(), limits: Limits::default() })
}

/// The process is there.
pub(super) async fn health() -> &'static str {
    "ok\n"
}

/// The control database answers, so requests can be served.
pub(super) async fn ready(State(state): State<AppState>) -> Result<&'static str, Failure> {
    control::ping(&state.control).await?;
    Ok("ready\n")
}

/// A path or a method that this server does not have: a newer client, or a wrong address.
pub(super) async fn no_such_route() -> Failure {
    Failure::not_found(
        "This server has nothing at this address. Check the server's address, or ask for an update of the server.",
    )
}

/// Prometheus' text format.
pub(super) async fn metrics(State(state): State<AppState>) -> String {
    state.metrics.render()
}
