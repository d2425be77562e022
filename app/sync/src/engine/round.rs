use crate::CallError;
use crate::replica::Deletions;
use sync_protocol::{Cursor, ErrorCode};
use uuid::Uuid;

/// What one round did and when to come again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    pub ended: Ended,
    /// None: nothing to wait for but a change or a head; or only the person can help.
    pub retry_after_ms: Option<u64>,
    /// The server has been asking for patience for a short time only: say nothing yet.
    pub quiet: bool,
    pub counts: Counts,
    /// Where the device stands now.
    pub cursor: Option<Cursor>,
    /// Why segments did not travel, when everything else did.
    pub segments: Option<SegmentTrouble>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Mutations that the server has now.
    pub applied: usize,
    /// Mutations that went to the inbox.
    pub refused: usize,
    /// Rows that were published.
    pub rows: usize,
    pub segments_sent: usize,
    pub segments_fetched: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// The outbox is empty and the device has the rows that the server has; [`Round::segments`] tells of segments.
    Complete,
    /// The server takes no writes for the moment; what could be pulled was.
    WritesHeld,
    /// Publishing would take much away; a round with `allow_deletions` goes on.
    MassDeletion(Deletions),
    Failed(CallError),
    /// The device's store failed.
    Stopped,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SegmentTrouble {
    /// The server has other bytes under a device's number: a disk was copied or restored. Nothing of that device from there
    /// on was sent.
    Clash {
        device: Uuid,
        no: u64,
    },
    Refused(CallError),
    /// The bytes that came were not those that the index names.
    Damaged {
        count: usize,
    },
}

const AWAY_FIRST_MS: u64 = 1_000;
const AWAY_MAX_MS: u64 = 5 * 60 * 1_000;
/// Places between a wait and one and a half of it.
const SPREAD_STEPS: u64 = 1024;
const QUIET_MS: u64 = 2 * 60 * 1_000;

/// How long to wait after rounds that failed, one after the other.
#[derive(Debug, Clone)]
pub(super) struct Patience {
    /// Moves this device's retries away from those of others, so that a server that comes back is not overrun.
    spread: u64,
    failures: u32,
    held_ms: u64,
}

impl Patience {
    pub(super) fn new(spread: u64) -> Self {
        Patience { spread, failures: 0, held_ms: 0 }
    }

    pub(super) fn reset(&mut self) {
        self.failures = 0;
        self.held_ms = 0;
    }

    /// The server asked for patience. Gives the wait and whether it is still too early to say so.
    pub(super) fn held(&mut self, asked_ms: u64) -> (u64, bool) {
        let wait_ms = self.spread_over(asked_ms.max(AWAY_FIRST_MS));
        let quiet = self.held_ms < QUIET_MS;
        self.held_ms = self.held_ms.saturating_add(wait_ms);
        (wait_ms, quiet)
    }

    pub(super) fn away(&mut self) -> u64 {
        let base_ms = AWAY_FIRST_MS << self.failures.min(16);
        self.failures = self.failures.saturating_add(1);
        self.spread_over(base_ms.min(AWAY_MAX_MS))
    }

    /// Up to a half more.
    fn spread_over(&self, base_ms: u64) -> u64 {
        base_ms + base_ms / 2 * (self.spread % SPREAD_STEPS) / SPREAD_STEPS
    }
}

/// Whether trying again later can help without the person.
pub(super) fn is_retried(error: &CallError) -> bool {
    match error {
        CallError::Unreachable { .. } | CallError::Malformed { .. } => true,
        CallError::BadAddress { .. } | CallError::TooLarge { .. } => false,
        CallError::Refused { code, .. } => !matches!(
            code,
            ErrorCode::SessionOver | ErrorCode::SignInFailed | ErrorCode::Forbidden | ErrorCode::ProtocolTooOld
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_five_minutes_and_a_half_of_it() {
        let mut patience = Patience::new(u64::MAX);
        let waits: Vec<u64> = (0..12).map(|_| patience.away()).collect();
        assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]), "{waits:?}");
        assert!(waits[0] < 1_500 && waits[11] >= AWAY_MAX_MS && waits[11] < AWAY_MAX_MS * 3 / 2, "{waits:?}");
        patience.reset();
        assert_eq!(patience.away(), waits[0]);
    }

    #[test]
    fn a_server_that_asks_for_patience_is_not_mentioned_for_two_minutes() {
        let mut patience = Patience::new(0);
        let quiet: Vec<bool> = (0..5).map(|_| patience.held(50_000).1).collect();
        assert_eq!(quiet, [true, true, true, false, false]);
    }
}
