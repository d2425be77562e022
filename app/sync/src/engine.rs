//! The decisions of a sync: which mutations go, what becomes of a page, when something is published, when to wait.
//!
//! A round is push, pull, segments. `step` gets an event and says what to do next; the driver does it and comes back
//! with the event that belongs to it. A round that is given up at any point loses nothing: mutations stay in the outbox
//! until their outcome is on disk, pages stay in the staging until the last one is there.

mod pull;
mod push;
mod round;
mod segments;

pub use round::{Counts, Ended, Round, SegmentTrouble};

use crate::CallError;
use crate::event::{Effect, Event};
use crate::replica::Standing;
use pull::Pull;
use push::Push;
use round::{Patience, is_retried};
use segments::Transfer;
use std::collections::HashSet;
use sync_protocol::ErrorCode;
use uuid::Uuid;

/// Times that one round may begin again (a new model, a new client id, a restored server) before it gives up.
const RESTARTS_MAX: usize = 8;

#[derive(Debug)]
pub struct Engine {
    patience: Patience,
    /// Kept from a round that was cut, so that the next one goes on where it stopped.
    pull: Option<Pull>,
    /// Devices of which this process has asked once what segments the server has.
    listed: HashSet<Uuid>,
    present: Option<Present>,
}

/// The round that is under way.
#[derive(Debug, Default)]
struct Present {
    allow_deletions: bool,
    standing: Option<Standing>,
    restarts: usize,
    /// The outbox was found empty.
    drained: bool,
    /// The server takes no writes; when it wants to be asked again.
    held_ms: Option<u64>,
    push: Push,
    transfer: Transfer,
    counts: Counts,
}

impl Engine {
    /// `spread`: any number of this device's own (of its id), constant; it keeps devices from retrying all at once.
    pub fn new(spread: u64) -> Self {
        Engine { patience: Patience::new(spread), pull: None, listed: HashSet::new(), present: None }
    }

    /// The answer to an event. A round ends with [`Effect::Finish`]; an event that belongs to no round is passed over.
    pub fn step(&mut self, event: Event) -> Vec<Effect> {
        if let Event::Start { allow_deletions } = event {
            self.present = Some(Present { allow_deletions, ..Present::default() });
            return vec![Effect::ReadStanding];
        }
        if self.present.is_none() {
            return Vec::new();
        }
        vec![match event {
            Event::Start { .. } | Event::Stopped => self.finish(Ended::Stopped, None),
            Event::Standing(standing) => self.stand(standing),
            Event::Model(Ok(model)) => Effect::AdoptModel(model),
            Event::ModelAdopted | Event::ClientTaken => self.restart(),
            Event::Outbox(groups) => self.push(groups),
            Event::Pushed(answer) => self.pushed(answer),
            Event::Settled => self.settled(),
            Event::PullBegun(stage) => self.pull_begun(stage),
            Event::Pulled(Ok(page)) => self.pulled(page),
            Event::Pulled(Err(error)) => self.pull_failed(error),
            Event::Staged => self.staged(),
            Event::Missing(missing) => self.ask_for(missing),
            Event::Deletions(deletions) => self.weigh(deletions),
            Event::Published => self.published(),
            Event::Unsent(unsent) => self.unsent(unsent),
            Event::SegmentList(Ok(list)) => self.segments_known(&list),
            Event::SegmentPut(answer) => self.segment_put(answer),
            Event::MarkedSent => self.put_next(),
            Event::Wanted(wanted) => self.wanted(wanted),
            Event::SegmentsFetched(Ok(answer)) => self.segments_fetched(answer),
            Event::Held(kept) => self.segments_held(kept),
            Event::Model(Err(error)) => self.fail(error),
            Event::SegmentList(Err(error)) | Event::SegmentsFetched(Err(error)) => self.segments_failed(error),
        }]
    }

    fn present(&mut self) -> &mut Present {
        self.present.get_or_insert_default()
    }

    fn standing(&self) -> Option<&Standing> {
        self.present.as_ref()?.standing.as_ref()
    }

    fn stand(&mut self, standing: Standing) -> Effect {
        let has_model = standing.model_version > 0;
        // Whoever pushed without a cursor could not be told that the server was restored since.
        let may_push = standing.cursor.is_some() && self.present().held_ms.is_none();
        self.present().standing = Some(standing);
        match (has_model, may_push) {
            (false, _) => Effect::FetchModel,
            (true, false) => self.begin_pull(false, false),
            (true, true) => self.read_outbox(),
        }
    }

    /// From the outbox again, with what the device's store says now.
    fn restart(&mut self) -> Effect {
        let present = self.present();
        present.restarts += 1;
        if present.restarts > RESTARTS_MAX {
            self.confused("it changes its mind at every question")
        } else {
            Effect::ReadStanding
        }
    }

    fn fail(&mut self, error: CallError) -> Effect {
        if let CallError::Refused { code: ErrorCode::Unavailable, retry_after_ms, .. } = &error {
            let (wait_ms, quiet) = self.patience.held(retry_after_ms.unwrap_or_default());
            return self.finish_with(Ended::Failed(error), Some(wait_ms), quiet);
        }
        let asked_ms = match &error {
            CallError::Refused { retry_after_ms, .. } => retry_after_ms.unwrap_or_default(),
            _ => 0,
        };
        let wait_ms = is_retried(&error).then(|| self.patience.away().max(asked_ms));
        self.finish(Ended::Failed(error), wait_ms)
    }

    /// The server's answers do not fit together.
    fn confused(&mut self, reason: &str) -> Effect {
        self.pull = None;
        self.fail(CallError::Malformed { origin: "the server".to_owned(), reason: reason.to_owned() })
    }

    fn complete(&mut self) -> Effect {
        if let Some(asked_ms) = self.present().held_ms {
            let (wait_ms, quiet) = self.patience.held(asked_ms);
            return self.finish_with(Ended::WritesHeld, Some(wait_ms), quiet);
        }
        if let Some(asked_ms) = self.present().transfer.held_ms {
            let (wait_ms, quiet) = self.patience.held(asked_ms);
            return self.finish_with(Ended::Complete, Some(wait_ms), quiet);
        }
        self.patience.reset();
        self.finish(Ended::Complete, None)
    }

    fn finish(&mut self, ended: Ended, retry_after_ms: Option<u64>) -> Effect {
        self.finish_with(ended, retry_after_ms, false)
    }

    fn finish_with(&mut self, ended: Ended, retry_after_ms: Option<u64>, quiet: bool) -> Effect {
        let present = self.present.take().unwrap_or_default();
        let cursor = present.standing.and_then(|standing| standing.cursor);
        Effect::Finish(Round {
            ended,
            retry_after_ms,
            quiet,
            counts: present.counts,
            cursor,
            segments: present.transfer.trouble,
        })
    }
}

#[cfg(test)]
mod tests;
