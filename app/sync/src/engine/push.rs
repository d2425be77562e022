//! The outbox goes in batches. Every mutation gets its final outcome, so nothing can stop the queue: what the server
//! cannot even read is found alone and goes to the inbox.

use super::Engine;
use crate::CallError;
use crate::event::Effect;
use std::collections::BTreeMap;
use sync_protocol::limits::{GROUP_BYTES_MAX, PUSH_GROUPS_MAX};
use sync_protocol::{ErrorCode, Group, Outcome, OutcomeKind, PushAnswer, PushRequest, RejectionCode};

/// Bytes of one batch: well below a body's limit, at least one group.
const BATCH_BYTES_MAX: usize = 4 * GROUP_BYTES_MAX;

/// What was sent and waits for its answer.
#[derive(Debug, Default)]
pub(super) struct Push {
    sent: Vec<Group>,
    /// The server did not understand a batch: groups go one by one.
    alone: bool,
    stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Stage {
    #[default]
    Ordinary,
    /// An empty push: is it the group that the server does not understand, or everything?
    Probing,
    /// The group is settled as refused without the server's knowledge, so the numbers have a gap: another client goes on.
    Poisoned,
}

impl Engine {
    pub(super) fn read_outbox(&mut self) -> Effect {
        let groups_max = if self.present().push.alone { 1 } else { PUSH_GROUPS_MAX };
        Effect::ReadOutbox { groups_max, bytes_max: BATCH_BYTES_MAX }
    }

    pub(super) fn push(&mut self, groups: Vec<Group>) -> Effect {
        let present = self.present();
        present.drained = groups.is_empty();
        present.push.stage = Stage::Ordinary;
        present.push.sent.clone_from(&groups);
        if groups.is_empty() { self.begin_pull(false, false) } else { self.send(groups) }
    }

    fn send(&mut self, groups: Vec<Group>) -> Effect {
        let Some(standing) = self.standing() else { return self.restart() };
        Effect::Push(PushRequest {
            client: standing.client,
            cursor: standing.cursor,
            acknowledged: standing.acknowledged,
            model_version: standing.model_version,
            groups,
        })
    }

    pub(super) fn pushed(&mut self, answer: Result<PushAnswer, CallError>) -> Effect {
        let probing = self.present().push.stage == Stage::Probing;
        match answer {
            Ok(_) if probing => self.settle_poisoned(),
            Ok(answer) => self.settle(answer.outcomes),
            Err(error) => self.push_failed(error, probing),
        }
    }

    fn settle(&mut self, outcomes: Vec<Outcome>) -> Effect {
        let present = self.present();
        let sent = present.push.sent.iter().flat_map(|group| &group.mutations).map(|mutation| mutation.no);
        if !sent.eq(outcomes.iter().map(|outcome| outcome.no)) {
            return self.confused("the outcomes are not those of what was sent");
        }
        let applied = outcomes.iter().filter(|outcome| outcome.kind.is_success()).count();
        present.counts.applied += applied;
        present.counts.refused += outcomes.len() - applied;
        Effect::Settle(outcomes)
    }

    pub(super) fn settled(&mut self) -> Effect {
        let present = self.present();
        if present.push.stage == Stage::Poisoned {
            return Effect::TakeClient;
        }
        let last = present.push.sent.iter().flat_map(|group| &group.mutations).map(|mutation| mutation.no).max();
        if let (Some(standing), Some(last)) = (&mut present.standing, last) {
            standing.acknowledged = standing.acknowledged.max(last);
        }
        self.read_outbox()
    }

    fn push_failed(&mut self, error: CallError, probing: bool) -> Effect {
        let held_ms = match &error {
            CallError::Refused { retry_after_ms, .. } => retry_after_ms.unwrap_or_default(),
            _ => 0,
        };
        match error.code() {
            Some(ErrorCode::HistoryChanged) => self.begin_pull(true, true),
            Some(ErrorCode::ResyncRequired) => self.begin_pull(true, false),
            Some(ErrorCode::ClientForked) => Effect::TakeClient,
            Some(ErrorCode::Unavailable) => {
                self.present().held_ms = Some(held_ms);
                self.begin_pull(false, false)
            }
            Some(ErrorCode::BadRequest | ErrorCode::TooLarge) if !probing => self.not_understood(),
            None if matches!(error, CallError::TooLarge { .. }) && !probing => self.not_understood(),
            _ => self.fail(error),
        }
    }

    fn not_understood(&mut self) -> Effect {
        let push = &mut self.present().push;
        if push.sent.len() > 1 {
            push.alone = true;
            return self.read_outbox();
        }
        push.stage = Stage::Probing;
        self.send(Vec::new())
    }

    fn settle_poisoned(&mut self) -> Effect {
        let present = self.present();
        present.push.stage = Stage::Poisoned;
        let outcomes: Vec<Outcome> = present.push.sent.iter().flat_map(|group| &group.mutations).map(refusal).collect();
        present.counts.refused += outcomes.len();
        Effect::Settle(outcomes)
    }
}

fn refusal(mutation: &sync_protocol::Mutation) -> Outcome {
    let properties = mutation.set.keys().cloned().collect();
    let kind = OutcomeKind::Rejected { code: RejectionCode::BadValue, properties, params: BTreeMap::new() };
    Outcome { no: mutation.no, kind }
}
