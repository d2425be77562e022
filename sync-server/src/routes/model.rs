use crate::access::Person;
use crate::failure::Failure;
use crate::state::AppState;
use crate::storage::read_transaction;
use axum::Json;
use axum::extract::State;
use sync_protocol::ModelAnswer;

/// The company's model, as its head names it.
pub(super) async fn current(State(state): State<AppState>, person: Person) -> Result<Json<ModelAnswer>, Failure> {
    let mut transaction = read_transaction(&person.placement).await?;
    let version = transaction.head.model_version;
    let model = state.tenancy.model(&person.placement, version, transaction.connection()).await?;
    Ok(Json(ModelAnswer { model_version: version, model: model.text.clone() }))
}
