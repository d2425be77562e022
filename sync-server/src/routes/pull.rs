use crate::access::Person;
use crate::failure::Failure;
use crate::http::Posted;
use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use sync_protocol::{PullAnswer, PullRequest};

/// One page of what changed since the device's cursor.
pub(super) async fn pull(
    State(state): State<AppState>,
    person: Person,
    Posted(request): Posted<PullRequest>,
) -> Result<Json<PullAnswer>, Failure> {
    crate::pull::pull(&state.tenancy, &person.placement, person.user, &request).await.map(Json)
}
