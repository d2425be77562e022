use serde::Serialize;

/// A stretch of time that the computer was used in one way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SignalStretch {
    /// `ActiveWindow` or `Activity`.
    pub kind: String,
    pub begin: String,
    pub end: String,
    pub seconds: i32,
    pub program: Option<String>,
    pub title: Option<String>,
    /// Of an activity: `active`, `idle`, `locked`, `asleep`.
    pub state: Option<String>,
}

/// Whether this home records, and why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RecordingState {
    /// A recorder of this home runs now, in this process or another.
    pub recording: bool,
    pub paused: bool,
    /// The user key is on this device: signals can be opened here.
    pub unlocked: bool,
    /// Programs that are never recorded.
    pub exclusions: Vec<String>,
}
