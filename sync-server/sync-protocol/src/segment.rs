use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What the server knows of a sealed segment (`PUT /v1/segments/{device}/{no}` carries the raw bytes).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SegmentIndexRow {
    pub device: Uuid,
    /// Dense per device, starting at 1.
    pub no: u64,
    /// Bytes of the blob.
    pub size: u64,
    /// SHA-256 of the blob, lower-case hexadecimal.
    pub sha256: String,
    /// The tenant's seq at which the row was written: index rows come with the pull.
    pub seq: u64,
}

/// Answer of `GET /v1/segments/{device}`: which numbers are there, so that an upload can resume.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentList {
    pub segments: Vec<SegmentIndexRow>,
}

/// Body of `POST /v1/segments/fetch`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentFetch {
    pub segments: Vec<(Uuid, u64)>,
}

/// Answer of `POST /v1/segments/fetch`: for each found one (device, number, base64 of the blob).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentFetchAnswer {
    pub segments: Vec<(Uuid, u64, String)>,
}
