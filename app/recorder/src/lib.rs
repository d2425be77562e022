//! What the computer was used for: a look at the desktop each second becomes signals, merged and filtered.
//!
//! No disk, no keys, no clock: [`Recorder::tick`] is told the time and what was seen. What the person excluded never leaves
//! this crate. Times are microseconds since 1970-01-01 UTC.

mod codec;
mod desktop;
mod recorder;
mod rules;
mod signal;
mod title;

pub use codec::{DecodeError, RECORDS_BYTES_MAX, decode, encode};
pub use desktop::{Ability, Limit, Session, Status, Tracker};
pub use recorder::{Recorder, Settings, Titles};
pub use rules::{Rule, RuleError, Rules};
pub use signal::{Observation, Signal, State, Window, join};
