//! One round with the server: the sync engine over this home's store. One process of a home at a time.

use crate::account::{ACCOUNT, KeptAccount, SIGN_IN_AGAIN};
use crate::lock::Lock;
use crate::moment::{clock_hint, offset_minutes, rfc3339};
use crate::replica::HomeReplica;
use crate::view::{MassDeletion, SyncReport, SyncState};
use crate::{Device, DeviceError, ErrorCode};
use serde::{Deserialize, Serialize};
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::time::Duration;
use store::{Store, StoreError};
use sync::{CallError, Client, Deletions, Ended, Engine, Round, SegmentTrouble};
use uuid::Uuid;

const SYNC_MEMORY: &str = "sync";
const PUSHER: &str = "pusher";

/// How the last rounds went, across processes.
#[derive(Default, Clone, Serialize, Deserialize)]
struct Memory {
    last_success: Option<i64>,
    held_up: Option<String>,
    deletions: Option<(u32, u32)>,
    #[serde(default)]
    segments: Option<String>,
}

/// What becomes of rows when a pull would take much away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Removal {
    /// The person is asked first.
    Asks,
    /// The person agreed.
    IsTaken,
    /// The person said that the rows shall stay.
    IsUndone,
}

/// When a background sync should try again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextRound {
    pub wait: Duration,
    /// The server asked for it (it is busy, or the company moves): nothing is tried before. Else a change may try at once.
    pub asked: bool,
}

impl Device {
    /// After a sync that failed or was held: how long a background should wait. None: until there is something to do.
    pub fn next_round(&self) -> Option<NextRound> {
        *self.next_round.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends what waits and fetches what is new. One process of a home at a time.
    pub async fn sync(&self) -> Result<SyncReport, DeviceError> {
        Ok(self.round(Removal::Asks).await?.0)
    }

    /// As [`Device::sync`], after the person agreed to the deletion that stopped it. What goes is kept first: `undo` offers
    /// the rows to the server again.
    pub async fn sync_with_deletion(&self) -> Result<SyncReport, DeviceError> {
        Ok(self.round(Removal::IsTaken).await?.0)
    }

    /// As [`Device::sync`], after the person said that the rows which a deletion would take away shall stay: they are offered
    /// to the server again, and what it does not take is in the inbox.
    pub async fn sync_keeping_rows(&self) -> Result<SyncReport, DeviceError> {
        let (mut report, were_kept) = self.round(Removal::IsUndone).await?;
        if were_kept {
            let again = self.sync().await?;
            report.pushed += again.pushed;
            report.refused += again.refused;
            report.pulled += again.pulled;
        }
        Ok(report)
    }

    /// Whether rows were kept that the round would have taken away; they are here whatever fails after it.
    async fn round(&self, removal: Removal) -> Result<(SyncReport, bool), DeviceError> {
        let client = self.client()?;
        let mut engine = self.engine.lock().await;
        let _lock = Lock::take(&self.home, PUSHER, "syncing", "wait until it is done")?;
        if let Err(error) = self.close_past_hours() {
            self.notice(error.message);
        }
        let mut were_kept = false;
        let mut result = self.settled_round(&mut engine, &client, removal, &mut were_kept).await;
        if let Ok(report) = &mut result {
            self.compare_clocks(&client).await;
            report.segments_fetched += self.fetch_of_new_devices(&mut engine, &client).await;
        }
        self.remember(&result)?;
        Ok((result?, were_kept))
    }

    /// Once a process; a server that does not answer this is asked by nobody's work.
    async fn compare_clocks(&self, client: &Client) {
        if self.clock_compared.swap(true, Ordering::Relaxed) {
            return;
        }
        let hint = client.hello().await.ok().and_then(|hello| clock_hint(self.now(), hello.server_now));
        hint.into_iter().for_each(|hint| self.notice(hint));
    }

    /// Segments of devices that joined since; trouble with them does not undo the round that is over.
    async fn fetch_of_new_devices(&self, engine: &mut Engine, client: &Client) -> u32 {
        let more = match self.learn_devices().await {
            Ok(false) => return 0,
            Ok(true) => self.settled_round(engine, client, Removal::Asks, &mut false).await,
            Err(error) => Err(error),
        };
        more.map_or_else(
            |error| {
                self.notice(error.message);
                0
            },
            |more| more.segments_fetched,
        )
    }

    /// A round, and where signals clashed with the server's another one with what becomes of them.
    async fn settled_round(
        &self,
        engine: &mut Engine,
        client: &Client,
        removal: Removal,
        were_kept: &mut bool,
    ) -> Result<SyncReport, DeviceError> {
        let (mut report, clash) = self.one_round(engine, client, removal, were_kept).await?;
        let Some(device) = clash else { return Ok(report) };
        match self.settle_clash(client, device).await {
            Ok(None) => {
                let (again, _) = self.one_round(engine, client, Removal::Asks, &mut false).await?;
                report.segments_sent += again.segments_sent;
                report.segments_fetched += again.segments_fetched;
                report.segments_held_up = again.segments_held_up;
            }
            Ok(waiting) => report.segments_held_up = waiting,
            Err(error) => report.segments_held_up = Some(error.message),
        }
        Ok(report)
    }

    /// With the device whose segments clash with the server's.
    async fn one_round(
        &self,
        engine: &mut Engine,
        client: &Client,
        removal: Removal,
        were_kept: &mut bool,
    ) -> Result<(SyncReport, Option<Uuid>), DeviceError> {
        *self.next_round.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let mut replica = HomeReplica { device: self, keeps_rows: removal == Removal::IsUndone, were_kept };
        let allow_deletions = removal != Removal::Asks;
        let mut fresh_id = || self.random_id();
        match sync::round(engine, &mut replica, client, &mut fresh_id, allow_deletions).await {
            Ok(round) => {
                let clash = match round.segments {
                    Some(SegmentTrouble::Clash { device, .. }) => Some(device),
                    _ => None,
                };
                Ok((self.told(round)?, clash))
            }
            Err(error) => Err(error.into()),
        }
    }

    pub(crate) fn told(&self, round: Round) -> Result<SyncReport, DeviceError> {
        *self.next_round.lock().unwrap_or_else(PoisonError::into_inner) = round
            .retry_after_ms
            .map(|wait_ms| NextRound { wait: Duration::from_millis(wait_ms), asked: is_asked(&round.ended) });
        let quiet = round.quiet;
        self.outcome(round).map_err(|error| DeviceError { quiet, ..error })
    }

    fn outcome(&self, round: Round) -> Result<SyncReport, DeviceError> {
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let mut report = SyncReport {
            pushed: count(round.counts.applied),
            refused: count(round.counts.refused),
            pulled: count(round.counts.rows),
            segments_sent: count(round.counts.segments_sent),
            segments_fetched: count(round.counts.segments_fetched),
            mass_deletion: None,
            segments_held_up: None,
        };
        match round.ended {
            Ended::Complete => {
                let waits = self.is_newcomer()?.then(|| SIGN_IN_AGAIN.to_owned());
                report.segments_held_up = waits.or_else(|| round.segments.and_then(segment_trouble));
                Ok(report)
            }
            Ended::MassDeletion(Deletions { rows, held }) => {
                report.mass_deletion = Some(MassDeletion { rows: count(rows), of: count(held) });
                Ok(report)
            }
            Ended::WritesHeld => {
                let say = "the server takes no changes for a moment; they are kept here and sent when it does";
                Err(DeviceError::new(ErrorCode::Unreachable, say))
            }
            Ended::Failed(error) => {
                if error.code() == Some(sync_protocol::ErrorCode::SessionOver) {
                    self.end_session()?;
                }
                Err(error.into())
            }
            Ended::Stopped => {
                Err(DeviceError::new(ErrorCode::Ours, "the sync was stopped; nothing is lost, try again"))
            }
        }
    }

    pub(crate) fn remember(&self, result: &Result<SyncReport, DeviceError>) -> Result<(), DeviceError> {
        let now = self.now();
        let mut store = self.store();
        let mut memory: Memory = store.setting(SYNC_MEMORY)?.unwrap_or_default();
        match result {
            Ok(report) => {
                memory.held_up = None;
                memory.segments.clone_from(&report.segments_held_up);
                memory.deletions = report.mass_deletion.as_ref().map(|found| (found.rows, found.of));
                if memory.deletions.is_none() {
                    memory.last_success = Some(now);
                }
            }
            // The server has been asking for patience for a moment only: nobody needs to know yet.
            Err(error) if error.quiet => {}
            Err(error) => memory.held_up = Some(error.message.clone()),
        }
        Ok(store.set_setting(SYNC_MEMORY, &memory)?)
    }

    pub(crate) fn sync_state(&self) -> Result<SyncState, DeviceError> {
        let sign_in_again = self.is_newcomer()?;
        let waits = sign_in_again.then(|| SIGN_IN_AGAIN.to_owned());
        let store = self.store();
        let mut memory: Memory = store.setting(SYNC_MEMORY)?.unwrap_or_default();
        let zone = &self.outside.zone;
        if store.setting::<KeptAccount>(ACCOUNT)?.is_some() && !store.has_data()? {
            let last = memory.held_up.map(|reason| format!(" (the last time: {reason})"));
            memory.held_up = Some(StoreError::NoData.to_string() + &last.unwrap_or_default());
        }
        Ok(SyncState {
            waiting: store.waiting()?,
            inbox: store.inbox_count()?,
            last_success: memory.last_success.map(|at| rfc3339(at, offset_minutes(zone, at))),
            held_up: memory.held_up,
            segments_held_up: waits.or(memory.segments),
            sign_in_again,
            mass_deletion: memory.deletions.map(|(rows, of)| MassDeletion { rows, of }),
        })
    }

    /// Waits until the server has something newer than this device. An error when the connection ends.
    pub async fn wait_for_news(&self) -> Result<(), DeviceError> {
        let client = self.client()?;
        let seq = self.store().standing()?.and_then(|standing| standing.cursor).map_or(0, |cursor| cursor.seq);
        let mut heads = client.events().await?;
        while let Some(event) = heads.next().await? {
            if event.seq > seq {
                return Ok(());
            }
        }
        Err(DeviceError::new(ErrorCode::Unreachable, "the server ended the connection; it is asked again later"))
    }

    pub(crate) fn new_engine(store: &Store) -> Engine {
        let spread = store.standing().ok().flatten().map_or(0, |standing| standing.client.as_u64_pair().1);
        Engine::new(spread)
    }
}

fn is_asked(ended: &Ended) -> bool {
    let refused = |error: &CallError| matches!(error, CallError::Refused { retry_after_ms: Some(_), .. });
    match ended {
        Ended::WritesHeld => true,
        Ended::Failed(error) => refused(error),
        Ended::Complete | Ended::MassDeletion(_) | Ended::Stopped => false,
    }
}

/// None: what came damaged is set aside and said where that is done.
fn segment_trouble(trouble: SegmentTrouble) -> Option<String> {
    match trouble {
        SegmentTrouble::Clash { .. } => {
            let say = "some signals wait here because the server has others under their numbers (a disk was copied or restored): \
                       the next sync seals and sends them again";
            Some(say.to_owned())
        }
        SegmentTrouble::Refused(error) if error.code() == Some(sync_protocol::ErrorCode::Unavailable) => {
            Some(format!("your bookings are synced, your signals wait: {error}"))
        }
        SegmentTrouble::Refused(error) => Some(format!("signals did not travel: {error}")),
        SegmentTrouble::Damaged { .. } => None,
    }
}
