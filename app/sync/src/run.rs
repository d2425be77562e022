//! The thin driver: does what the engine says, against a real store and a real server.

use crate::client::{Client, Heads};
use crate::engine::{Engine, Round};
use crate::event::{Effect, Event};
use crate::replica::Replica;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::Notify;
use uuid::Uuid;

/// The device asks by itself even when it hears nothing.
const POLL_TIME: Duration = Duration::from_secs(5 * 60);
/// Before a stream of heads that broke is opened again.
const REDIAL_TIME: Duration = Duration::from_secs(5);

/// One round. Err: the device's store failed; nothing is lost and the next round begins anew.
pub async fn round<R: Replica>(
    engine: &mut Engine,
    replica: &mut R,
    client: &Client,
    fresh_id: &mut (dyn FnMut() -> Uuid + Send),
    allow_deletions: bool,
) -> Result<Round, R::Error> {
    let mut event = Event::Start { allow_deletions };
    loop {
        let mut next = None;
        for effect in engine.step(event) {
            if let Effect::Finish(round) = effect {
                return Ok(round);
            }
            let answer = match carry_out(effect, replica, client, fresh_id).await {
                Ok(answer) => answer,
                Err(error) => {
                    engine.step(Event::Stopped);
                    return Err(error);
                }
            };
            next = Some(answer);
        }
        event = next.unwrap_or(Event::Stopped);
    }
}

async fn carry_out<R: Replica>(
    effect: Effect,
    replica: &mut R,
    client: &Client,
    fresh_id: &mut (dyn FnMut() -> Uuid + Send),
) -> Result<Event, R::Error> {
    Ok(match effect {
        Effect::Push(request) => Event::Pushed(client.push(&request).await),
        Effect::Pull(request) => Event::Pulled(client.pull(&request).await),
        Effect::FetchModel => Event::Model(client.model().await),
        Effect::ListSegments { device } => Event::SegmentList(client.segments(device).await),
        Effect::PutSegment { device, no } => {
            Event::SegmentPut(client.put_segment(device, no, replica.segment(no)?).await)
        }
        Effect::FetchSegments(request) => Event::SegmentsFetched(client.fetch_segments(&request).await),
        Effect::TakeClient => {
            replica.take_client(fresh_id())?;
            Event::ClientTaken
        }
        local => store(local, replica)?,
    })
}

/// The effects that the store alone carries out; also the simulator's.
pub fn store<R: Replica>(effect: Effect, replica: &mut R) -> Result<Event, R::Error> {
    Ok(match effect {
        Effect::ReadStanding => Event::Standing(replica.standing()?),
        Effect::ReadOutbox { groups_max, bytes_max } => Event::Outbox(replica.outbox(groups_max, bytes_max)?),
        Effect::Settle(outcomes) => replica.settle(&outcomes).map(|()| Event::Settled)?,
        Effect::AdoptModel(model) => replica.adopt_model(&model).map(|()| Event::ModelAdopted)?,
        Effect::BeginPull => Event::PullBegun(replica.begin_pull()?),
        Effect::Stage(page) => replica.stage(&page).map(|()| Event::Staged)?,
        Effect::ReadMissing { whole } => Event::Missing(replica.missing(whole)?),
        Effect::ReadDeletions { whole } => Event::Deletions(replica.deletions(whole)?),
        Effect::Publish(publication) => replica.publish(publication).map(|()| Event::Published)?,
        Effect::ReadUnsent => Event::Unsent(replica.unsent_segments()?),
        Effect::MarkSent(numbers) => replica.mark_sent(&numbers).map(|()| Event::MarkedSent)?,
        Effect::ReadWanted => Event::Wanted(replica.wanted_segments()?),
        Effect::HoldSegments(segments) => Event::Held(replica.hold_segments(segments)?),
        _ => Event::Stopped,
    })
}

/// Wakes [`follow`] from any thread.
#[derive(Debug, Default)]
pub struct Bell {
    rung: Notify,
    deletions_allowed: AtomicBool,
}

impl Bell {
    /// Something changed here: push it.
    pub fn ring(&self) {
        self.rung.notify_one();
    }

    /// The person agreed that the next round takes many rows away.
    pub fn allow_deletions(&self) {
        self.deletions_allowed.store(true, Ordering::Release);
        self.ring();
    }
}

/// Rounds for ever: at once, when the bell rings, when the server has a new head, and after the wait that the engine
/// names. `tell` hears of every round. Dropping the future ends it at any point without loss.
pub async fn follow<R: Replica>(
    engine: &mut Engine,
    replica: &mut R,
    client: &Client,
    fresh_id: &mut (dyn FnMut() -> Uuid + Send),
    bell: &Bell,
    tell: &mut (dyn FnMut(&Round) + Send),
) -> Result<(), R::Error> {
    let mut heads: Option<Heads> = None;
    loop {
        let allow_deletions = bell.deletions_allowed.swap(false, Ordering::AcqRel);
        let round = round(engine, replica, client, fresh_id, allow_deletions).await?;
        tell(&round);
        let seq = round.cursor.map_or(0, |cursor| cursor.seq);
        if heads.is_none() && round.retry_after_ms.is_none() {
            heads = client.events().await.ok();
        }
        let wait = match (round.retry_after_ms, &heads) {
            (Some(wait_ms), _) => Duration::from_millis(wait_ms),
            (None, Some(_)) => POLL_TIME,
            (None, None) => REDIAL_TIME,
        };
        tokio::select! {
            () = bell.rung.notified() => {}
            () = tokio::time::sleep(wait) => {}
            alive = newer_head(&mut heads, seq) => if !alive {
                heads = None;
                tokio::time::sleep(REDIAL_TIME).await;
            },
        }
    }
}

/// Waits for a head above `seq`. False: the stream is broken.
async fn newer_head(heads: &mut Option<Heads>, seq: u64) -> bool {
    let Some(heads) = heads else { return std::future::pending().await };
    while let Ok(Some(event)) = heads.next().await {
        if event.seq > seq {
            return true;
        }
    }
    false
}
