//! What the device and the server say to each other: ids, requests, outcomes, error codes, limits.
//!
//! Plain data with serde, nothing else: no clock, no randomness, no I/O. A change to a type here is a change to the
//! wire, so it comes with a new [`PROTOCOL`] number and a frozen vector in the tests of this crate.

pub mod limits;

mod cell;
mod error;
mod login;
mod pull;
mod push;
mod query;
mod request;
mod segment;
mod vault;

pub use cell::Cell;
pub use error::{ErrorBody, ErrorCode};
pub use login::{
    ChallengeAnswer, ChallengeRequest, InvitationRequest, KdfParameters, LoginAnswer, LoginPurpose, LoginRequest,
    login_message,
};
pub use pull::{Cursor, Gone, PagePosition, PullAnswer, PullRequest, Row, TablePage, VisibleIds};
pub use push::{
    ConflictCode, Group, Mutation, Operation, Outcome, OutcomeKind, PushAnswer, PushRequest, RejectionCode,
};
pub use query::{PlanAnswer, QueryAnswer, QueryColumn, QueryRequest};
pub use request::{DEVICE_SIGNATURE_HEADER, device_message};
pub use segment::{SegmentFetch, SegmentFetchAnswer, SegmentIndexRow, SegmentList};
pub use vault::{DeviceRecord, Slot, VaultState, VaultUpdate};

use serde::{Deserialize, Serialize};

/// The protocol that this build speaks; a server supports this one and the two before it.
pub const PROTOCOL: u32 = 1;

/// The request header that carries [`PROTOCOL`].
pub const PROTOCOL_HEADER: &str = "sync-protocol";

/// Answer of `GET /v1/hello`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// Oldest and newest protocol that the server understands.
    pub min: u32,
    pub max: u32,
    /// Microseconds since 1970-01-01 UTC; for a hint about a wrong clock only, it decides nothing.
    pub server_now: i64,
    pub limits: limits::Limits,
}

/// Answer of `GET /v1/model`: the company's model as data, to be read by `migrations::Model`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelAnswer {
    pub model_version: u64,
    /// The model file's JSON, as text, so that an unknown member survives a round trip.
    pub model: String,
}

/// One event of `GET /v1/sync/events`: the client pulls when it hears a seq above its cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadEvent {
    pub seq: u64,
}
