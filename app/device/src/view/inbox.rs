use serde::Serialize;

/// One local transaction that the server did not take over; it is applied whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct InboxEntry {
    pub id: String,
    /// When the person made the change.
    pub at: String,
    pub changes: Vec<InboxChange>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct InboxChange {
    pub entity: String,
    pub row: String,
    /// The row as people know it.
    pub title: String,
    /// `put`, `delete` or `restore`.
    pub operation: String,
    /// `clash`, `edited_since`, `deleted`, `rule`, `forbidden`, `missing`, `skipped` ...
    pub code: String,
    /// What happened and what can be done.
    pub message: String,
    pub properties: Vec<InboxProperty>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct InboxProperty {
    pub name: String,
    pub mine: Option<String>,
    /// What the row shows now.
    pub theirs: Option<String>,
    /// The server named this property in its answer.
    pub named: bool,
}
