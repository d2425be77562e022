//! Sealed signals: records of the running hour, segments of every device of the person. The store keeps bytes that it
//! cannot read.

mod record;
mod segment;

pub use record::OpenHour;
pub(crate) use segment::index_segment;
pub use segment::{Kept, NewSegment, SegmentKey, Unsent};
