//! What the computer was used for: recorded and sealed at once, opened only for the person who asks here.

mod aside;
mod clash;
mod hours;
mod notes;
mod open;
mod preview;
mod record;
mod settings;

/// Microseconds of an hour; an hour is the unit in which signals are sealed together.
pub(crate) const HOUR_US: i64 = 3_600_000_000;
pub(crate) use notes::Notes;
pub use record::RecorderNews;
#[cfg(test)]
pub(crate) use record::Recording;

const RECORDER: &str = "recorder";

/// Hours since 1970-01-01 UTC.
pub(crate) fn hour_of(instant: i64) -> i64 {
    instant.div_euclid(HOUR_US)
}
