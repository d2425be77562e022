//! An hour of signals, sealed: written by a device that may be locked, read by its person alone.
//!
//! `magic | version | suite | tenant | user | device | segment id | number | UTC hour | generation | key id | previous hash |
//! sealed key | commitment | STREAM(bucket(contents)) | signature`: everything before the stream has a fixed width, is the
//! associated data of its first chunk, and with the stream is signed.

mod bucket;
mod chain;
mod header;
mod open;
mod seal;
mod stream;
mod wrap;

pub use bucket::SEGMENT_CONTENT_BYTES_MAX;
pub use chain::{ChainAlarm, ChainHead, Link};
pub use header::{SegmentHeader, SegmentPlace};
pub use open::{SegmentError, SegmentKey, VerifiedSegment, verify_segment};
pub use seal::{SealError, SealedSegment, seal_segment};
pub use wrap::WrappedSegmentKey;

use crate::recorder_key::SIGNATURE_BYTES;

const SIGNATURE_LABEL: &str = "daybook segment signature 1";
const KEY_LABEL: &str = "daybook segment key 1";
const STREAM_LABEL: &str = "daybook segment stream 1";
