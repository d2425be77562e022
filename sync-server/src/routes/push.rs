use crate::access::Person;
use crate::failure::Failure;
use crate::http::Posted;
use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use sync_protocol::{PushAnswer, PushRequest};

/// What a device changed; one final outcome for each mutation.
pub(super) async fn push(
    State(state): State<AppState>,
    person: Person,
    Posted(request): Posted<PushRequest>,
) -> Result<Json<PushAnswer>, Failure> {
    crate::push::push(&state.tenancy, &person.placement, person.user, &request).await.map(Json)
}
