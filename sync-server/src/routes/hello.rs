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

/// Prometheus' text format.
pub(super) async fn metrics(State(state): State<AppState>) -> String {
    state.metrics.render()
}
