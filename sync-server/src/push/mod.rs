//! Takes what devices changed: each mutation gets one final outcome, and a group is applied whole or not at all.

mod apply;
mod change;
mod check;
mod conflicts;
mod decide;
mod field_groups;
mod group;
mod judge;
mod numbering;
mod plan;
mod refuse;
mod runs;
#[cfg(test)]
mod tests;
mod writable;

pub(crate) use change::{May, Row};
pub(crate) use plan::Write;
pub(crate) use writable::Writable;

use crate::failure::Failure;
use crate::placement::{ModelSnapshot, Placement, Tenancy};
use crate::pull::check_cursor;
use crate::push::apply::Application;
use crate::push::group::{CheckedGroup, ModelAge};
use crate::push::numbering::{Misnumbered, Placed, check_shape, content_hash, place};
use crate::push::plan::Writer;
use crate::storage::rows::{self, ClientState, Policies, StoredOutcome};
use crate::storage::{WriteTransaction, read_transaction, write_transaction};
use std::collections::BTreeMap;
use std::sync::Arc;
use sync_protocol::{ErrorCode, Group, Outcome, OutcomeKind, PushAnswer, PushRequest};
use uuid::Uuid;

/// Applies what one client pushed for the person `user`.
///
/// # Errors
/// `bad_request`, `client_forked`, `history_changed` and `resync_required` take nothing of the push; `unavailable` and
/// `internal` neither: the client sends it again.
pub async fn push(
    tenancy: &Tenancy,
    placement: &Arc<Placement>,
    user: Uuid,
    request: &PushRequest,
) -> Result<PushAnswer, Failure> {
    check_shape(&request.groups)?;
    let Some(first) = first_number(&request.groups) else { return nothing_pushed(placement, request).await };
    let mut reading = read_transaction(placement).await?;
    let head = reading.head;
    check_cursor(reading.connection(), &placement.schema, &head, request.cursor.as_ref()).await?;
    let state = ClientState::read(reading.connection(), &placement.schema, request.client, first).await?;
    let placed = place(&request.groups, request.acknowledged, user, state.as_ref())?;
    if placed.first_new == request.groups.len() {
        return Ok(answer(first, placed.known, head.seq));
    }
    let model = tenancy.model(placement, head.model_version, reading.connection()).await?;
    let environment = rows::environment_of(reading.connection(), &model, user).await?;
    drop(reading);
    let groups = checked(request, placed.first_new, &model);

    let mut writing = write_transaction(placement, Some(user)).await?;
    if writing.model_version != model.version {
        return Err(Failure::unavailable("The company's model is being changed. The device tries again by itself.", 1));
    }
    let state = ClientState::read(writing.connection(), &placement.schema, request.client, first).await?;
    let again = place(&request.groups, request.acknowledged, user, state.as_ref())?;
    if again != placed {
        return Err(Failure::unavailable("Another push of this device is being taken. It tries again by itself.", 1));
    }
    let writer = Writer { user, now: writing.at, seq: writing.seq };
    let age = ModelAge::of(request.model_version, model.version);
    let policies = Policies::read(writing.connection(), &model.rows, &model.catalogue).await?;
    let mut application = Application::new(&model, age, &environment, writer, policies);
    let outcomes = application.groups(writing.connection(), &groups).await?;
    if groups
        .iter()
        .flat_map(|group| &group.keys)
        .any(|(entity, _)| Some(*entity) == model.catalogue.find("RoleAssignment"))
    {
        let overdue = rows::overdue_roles(writing.connection(), &model, writer.now).await?;
        rows::set_roles_active(writing.connection(), &model, (writer.seq, writer.now), &overdue).await?;
    }
    keep(&mut writing, request, (placed.first_new, &outcomes), &model, writer, state).await?;
    let seq = writing.commit().await?;
    let Placed { mut known, .. } = placed;
    known.extend(outcomes);
    Ok(answer(first, known, seq))
}

fn first_number(groups: &[Group]) -> Option<u64> {
    groups.first().and_then(|group| group.mutations.first()).map(|mutation| mutation.no)
}

fn checked<'r>(request: &'r PushRequest, first_new: usize, model: &ModelSnapshot) -> Vec<CheckedGroup<'r>> {
    let age = ModelAge::of(request.model_version, model.version);
    request.groups[first_new..].iter().map(|group| CheckedGroup::new(group, model, age)).collect()
}

async fn nothing_pushed(placement: &Arc<Placement>, request: &PushRequest) -> Result<PushAnswer, Failure> {
    let mut reading = read_transaction(placement).await?;
    let head = reading.head;
    check_cursor(reading.connection(), &placement.schema, &head, request.cursor.as_ref()).await?;
    Ok(PushAnswer { outcomes: Vec::new(), seq: head.seq })
}

fn answer(first: u64, outcomes: Vec<OutcomeKind>, seq: u64) -> PushAnswer {
    let outcomes = (first..).zip(outcomes).map(|(no, kind)| Outcome { no, kind }).collect();
    PushAnswer { outcomes, seq }
}

/// Conflicts, outcomes and the client's number, in the same transaction as their effects.
async fn keep(
    writing: &mut WriteTransaction,
    request: &PushRequest,
    (first_new, outcomes): (usize, &[OutcomeKind]),
    model: &ModelSnapshot,
    writer: Writer,
    state: Option<ClientState>,
) -> Result<(), Failure> {
    let schema = writing.placement().schema.clone();
    let connection = writing.connection();
    let mut stored = BTreeMap::new();
    let mut conflicts = Vec::new();
    let mutations = request.groups[first_new..].iter().flat_map(|group| &group.mutations);
    for (mutation, outcome) in mutations.zip(outcomes) {
        conflicts.extend(conflicts::row_of(mutation, outcome, request.client, model, writer));
        let outcome = StoredOutcome { content_hash: content_hash(mutation), kind: outcome.clone() };
        stored.insert(mutation.no, outcome);
    }
    if let Some(first) = conflicts.first() {
        let table = model.rows.known(first.key.0);
        rows::write(connection, table, &conflicts.iter().collect::<Vec<_>>(), writer.seq, false).await?;
    }
    let last_no = stored.last_key_value().map_or(0, |(no, _)| *no);
    let acknowledged = state.map_or(0, |state| state.acknowledged).max(request.acknowledged);
    let state = ClientState { user: writer.user, last_no, acknowledged, outcomes: stored };
    state.keep(connection, &schema, request.client, writer.now).await
}

impl From<Misnumbered> for Failure {
    fn from(misnumbered: Misnumbered) -> Self {
        match misnumbered {
            Misnumbered::Malformed(what) => {
                Failure::bad_request(format!("The push holds {what}. Update Daybook on this device."))
            }
            Misnumbered::TooLarge(what) => {
                Failure::too_large(format!("The push holds {what}. Update Daybook on this device."))
            }
            Misnumbered::Forked => Failure::new(
                ErrorCode::ClientForked,
                "Another copy of this device's data has pushed before. The device takes a new identity and goes on.",
            ),
            Misnumbered::Behind => Failure::new(
                ErrorCode::HistoryChanged,
                "The server does not hold what this device pushed before. The device compares everything and goes on.",
            ),
        }
    }
}
