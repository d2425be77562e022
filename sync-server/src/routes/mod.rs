//! Every route on one page.

mod hello;
mod login;
mod model;
mod segments;
mod vault;

use crate::http::{compress_answer, decompress_request, observe, require_protocol};
use crate::state::AppState;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use axum::routing::{get, post, put};
use sync_protocol::limits;

/// The whole server as a service.
pub fn router(state: AppState) -> Router {
    let spoken = Router::new()
        .route("/v1/login/challenge", post(login::challenge))
        .route("/v1/login/answer", post(login::answer))
        .route("/v1/logout", post(login::logout))
        .route("/v1/invitations/{code}", post(login::accept_invitation))
        .route("/v1/model", get(model::current))
        .route("/v1/vault", get(vault::read).put(vault::replace))
        .route("/v1/segments/{device}", get(segments::list))
        .route("/v1/segments/{device}/{no}", put(segments::store).get(segments::load))
        .route("/v1/segments/fetch", post(segments::fetch))
        .layer(from_fn(decompress_request))
        .layer(from_fn(require_protocol));
    let open = Router::new()
        .route("/v1/hello", get(hello::hello))
        .route("/health", get(hello::health))
        .route("/ready", get(hello::ready))
        .route("/metrics", get(hello::metrics));
    open.merge(spoken)
        .layer(DefaultBodyLimit::max(limits::BODY_BYTES_MAX))
        .layer(from_fn(compress_answer))
        .layer(from_fn(observe))
        .with_state(state)
}
