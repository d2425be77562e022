//! The thin driver: does what the engine says, against a real store and a real server.

use crate::client::Client;
use crate::engine::{Engine, Round};
use crate::event::{Effect, Event};
use crate::replica::Replica;
use uuid::Uuid;

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
            Event::SegmentPut(client.put_segment(device, no, replica.segment(device, no)?).await)
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
        Effect::MarkSent { device, numbers } => replica.mark_sent(device, &numbers).map(|()| Event::MarkedSent)?,
        Effect::ReadWanted => Event::Wanted(replica.wanted_segments()?),
        Effect::HoldSegments(segments) => Event::Held(replica.hold_segments(segments)?),
        _ => Event::Stopped,
    })
}
