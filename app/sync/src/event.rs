//! What the engine hears and what it asks for. Each effect that asks brings one event back.

use crate::replica::{Deletions, FetchedSegment, Publication, Standing, UnsentSegment};
use crate::{CallError, Round};
use sync_protocol::{
    Group, ModelAnswer, Outcome, PullAnswer, PullRequest, PushAnswer, PushRequest, SegmentFetch, SegmentFetchAnswer,
    SegmentIndexRow, SegmentList, VisibleIds,
};
use uuid::Uuid;

#[derive(Debug, Clone)]
pub enum Event {
    /// Begin a round. `allow_deletions`: the person agreed to a pull that takes much away.
    Start {
        allow_deletions: bool,
    },
    /// The device's store failed; the round is over and the next one begins anew.
    Stopped,

    Standing(Standing),
    Outbox(Vec<Group>),
    Settled,
    ClientTaken,
    ModelAdopted,
    /// The number that [`crate::Replica::begin_pull`] gave.
    PullBegun(u64),
    Staged,
    Missing(Vec<VisibleIds>),
    Deletions(Deletions),
    Published,
    Unsent(Vec<UnsentSegment>),
    MarkedSent,
    Wanted(Vec<SegmentIndexRow>),
    /// How many of the fetched segments were kept.
    Held(usize),

    Pushed(Result<PushAnswer, CallError>),
    Pulled(Result<PullAnswer, CallError>),
    Model(Result<ModelAnswer, CallError>),
    SegmentList(Result<SegmentList, CallError>),
    SegmentPut(Result<(), CallError>),
    SegmentsFetched(Result<SegmentFetchAnswer, CallError>),
}

/// The first group asks the device's store, the second the server, the last one ends the round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    ReadStanding,
    ReadOutbox {
        groups_max: usize,
        bytes_max: usize,
    },
    Settle(Vec<Outcome>),
    /// Become another client; the id is random and made by the driver.
    TakeClient,
    AdoptModel(ModelAnswer),
    BeginPull,
    Stage(PullAnswer),
    ReadMissing {
        whole: bool,
    },
    ReadDeletions {
        whole: bool,
    },
    Publish(Publication),
    ReadUnsent,
    MarkSent {
        device: Uuid,
        numbers: Vec<u64>,
    },
    ReadWanted,
    HoldSegments(Vec<FetchedSegment>),

    Push(PushRequest),
    Pull(PullRequest),
    FetchModel,
    ListSegments {
        device: Uuid,
    },
    /// The bytes are read from the store and sent.
    PutSegment {
        device: Uuid,
        no: u64,
    },
    FetchSegments(SegmentFetch),

    Finish(Round),
}
