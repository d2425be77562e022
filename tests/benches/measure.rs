//! One line of the table: a figure of ours, the figure of something plain, and what was promised.

use std::fmt::{Display, Formatter, Result};
use std::time::Duration;

pub(crate) struct Comparison {
    pub(crate) what: &'static str,
    pub(crate) ours: String,
    /// What the plain thing is.
    pub(crate) beside: &'static str,
    pub(crate) plain: String,
    pub(crate) target: &'static str,
}

impl Display for Comparison {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "| {} | {} | {} | {} | {} |", self.what, self.ours, self.plain, self.beside, self.target)
    }
}

/// The middle one of the times, and the slowest; of an even number the lower middle.
pub(crate) struct Times(Vec<Duration>);

impl Times {
    pub(crate) fn of(mut times: Vec<Duration>) -> Times {
        assert!(!times.is_empty(), "nothing was measured");
        times.sort_unstable();
        Times(times)
    }

    pub(crate) fn median(&self) -> Duration {
        self.percentile(50)
    }

    pub(crate) fn percentile(&self, percent: usize) -> Duration {
        self.0[(self.0.len() - 1) * percent / 100]
    }

    pub(crate) fn mean(&self) -> Duration {
        self.0.iter().sum::<Duration>() / self.0.len() as u32
    }
}

impl Display for Times {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{:.1?} (slowest {:.1?})", self.median(), self.percentile(100))
    }
}
