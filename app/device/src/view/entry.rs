use serde::Serialize;

/// A row of another entity, named as people know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Named {
    pub id: String,
    /// Empty when the entity has none.
    pub code: String,
    pub name: String,
}

/// One timesheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TimesheetEntry {
    pub id: String,
    /// The day that the person lived, under their day start.
    pub date: String,
    pub begin: String,
    /// None: the timer runs.
    pub end: Option<String>,
    pub duration: Option<String>,
    pub seconds: Option<i32>,
    /// Only the length counts; begin is midnight.
    pub duration_only: bool,
    /// IANA name of the zone in which it was recorded.
    pub time_zone: String,
    pub description: Option<String>,
    pub customer: Option<Named>,
    pub project: Option<Named>,
    pub task: Option<Named>,
    pub location: Option<String>,
    pub home_office: bool,
    pub billable: bool,
    /// The server has not got all of it yet.
    pub waiting: bool,
    /// The inbox holds values of this entry that were not taken over.
    pub refused: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Day {
    pub date: String,
    /// Sum of the finished entries.
    pub seconds: i32,
    pub entries: Vec<TimesheetEntry>,
}

/// Seven days from the day that the company's weeks begin with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Week {
    pub begin: String,
    pub end: String,
    pub seconds: i32,
    pub days: Vec<Day>,
}

/// What a person should know and what did not stop the change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Warning {
    /// Code of the rule: `overlap`.
    pub code: String,
    pub message: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Saved {
    pub entry: TimesheetEntry,
    pub warnings: Vec<Warning>,
    /// The timer that ended because this one was started.
    pub stopped: Option<TimesheetEntry>,
}

/// What `undo` took back, in words: `add of Timesheet 09:00 Planning`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Undone {
    pub what: String,
}
