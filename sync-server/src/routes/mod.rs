//! Every route on one page.

mod events;
mod hello;
mod login;
mod model;
mod pull;
mod push;
mod query;
mod segments;
mod vault;

use crate::http::{compress_answer, decompress_request, observe, require_device, require_protocol};
use crate::state::AppState;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post, put};
use std::time::Duration;
use sync_protocol::limits;
use tower_http::timeout::TimeoutLayer;

/// A request and its answer's first byte take no longer; a slow sender does not hold a connection for ever.
const REQUEST_WITHIN: Duration = Duration::from_secs(120);

/// The whole server as a service.
pub fn router(state: AppState) -> Router {
    let sealed = Router::new()
        .route("/v1/vault", get(vault::read).put(vault::replace))
        .route("/v1/segments/{device}", get(segments::list))
        .route("/v1/segments/{device}/{no}", put(segments::store).get(segments::load))
        .route("/v1/segments/fetch", post(segments::fetch))
        .layer(from_fn_with_state(state.clone(), require_device));
    let spoken = Router::new()
        .route("/v1/login/challenge", post(login::challenge))
        .route("/v1/login/answer", post(login::answer))
        .route("/v1/logout", post(login::logout))
        .route("/v1/invitations/{code}", post(login::accept_invitation))
        .route("/v1/model", get(model::current))
        .route("/v1/sync/push", post(push::push))
        .route("/v1/sync/pull", post(pull::pull))
        .route("/v1/sync/events", get(events::events))
        .route("/v1/query", post(query::query))
        .route("/v1/query/plan", post(query::explain))
        .merge(sealed)
        .layer(from_fn(decompress_request))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, REQUEST_WITHIN))
        .layer(from_fn(require_protocol));
    let open = Router::new()
        .route("/v1/hello", get(hello::hello))
        .route("/health", get(hello::health))
        .route("/ready", get(hello::ready))
        .route("/metrics", get(hello::metrics));
    open.merge(spoken)
        .fallback(hello::no_such_route)
        .method_not_allowed_fallback(hello::no_such_route)
        .layer(DefaultBodyLimit::max(limits::BODY_BYTES_MAX))
        .layer(from_fn(compress_answer))
        .layer(from_fn(observe))
        .with_state(state)
}
