//! What happens to every request before its route sees it and to every answer after: the protocol's number, sizes,
//! compression, a request id, one log line.

mod body;
mod compression;
mod observe;
mod protocol;
mod sealed;

pub use body::{Posted, from_json};
pub use compression::{compress_answer, decompress_request};
pub use observe::observe;
pub use protocol::{PROTOCOL_MIN, require_protocol};
pub use sealed::require_device;
