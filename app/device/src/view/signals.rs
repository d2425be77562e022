use serde::{Deserialize, Serialize};

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
    /// Why nothing is recorded now, in one sentence with the way on; None: it records.
    pub why_not: Option<String>,
    /// What the recorder that runs can see; None: none runs.
    pub desktop: Option<Desktop>,
    /// The user key is on this device: signals can be opened here.
    pub unlocked: bool,
    /// Programs that are never recorded.
    pub exclusions: Vec<String>,
}

/// What this desktop lets a recorder see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Desktop {
    /// Program and title of the window in front.
    pub windows: Ability,
    /// Whether somebody is there.
    pub away: Ability,
    /// Whether the screen is locked.
    pub lock: Ability,
    /// What is not seen and why, one sentence each; empty when everything is.
    pub limits: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Ability {
    Seen,
    Partly,
    Unseen,
}

/// What a list of exclusions would do to what was recorded in some days: one program a line, the longest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ProgramPreview {
    pub program: String,
    /// Time that was recorded.
    pub seconds: i32,
    /// The exclusion that would have hidden it; None: it would be kept.
    pub hidden_by: Option<String>,
    /// Some titles, as they were kept.
    pub titles: Vec<String>,
}
