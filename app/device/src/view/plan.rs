use serde::Serialize;

/// How an engine goes about a query: its steps, a part of a step deeper than the step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct QueryPlan {
    pub steps: Vec<PlanStep>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PlanStep {
    pub depth: u32,
    pub work: PlanWork,
    /// The entity (or the table) whose rows are read, if any are.
    pub of: Option<String>,
    /// By what they are found: `user_id, date`.
    pub by: Option<String>,
    /// In the engine's own words.
    pub detail: String,
}

/// What a step costs is mostly what it does: a read of everything grows with the table, a search hardly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PlanWork {
    /// Every row of a table is read.
    Read,
    /// Rows are found by an index.
    Search,
    /// Rows that another step made are gone through.
    Walk,
    Sort,
    Group,
    Distinct,
    /// An index is made for this query alone, because the table has none that helps.
    Index,
    /// Two lists of rows are brought together.
    Join,
    /// Asked once, before or beside the rows.
    Once,
    /// Asked anew for each row.
    EachRow,
    Other,
}
