use crate::{Cell, SegmentIndexRow};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where a client stands in the server's order. `mark` is random per seq, so a restored server is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cursor {
    pub history_id: Uuid,
    pub seq: u64,
    pub mark: Uuid,
}

/// Body of `POST /v1/sync/pull`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullRequest {
    /// None: everything, from the start.
    pub cursor: Option<Cursor>,
    /// Where the page before ended; it is carried inside one pull only.
    pub after: Option<PagePosition>,
    pub model_version: u64,
    /// Rows that the client learned it may see and does not hold (after [`PullAnswer::visible`]). Those that the person
    /// may read come complete with the first page, whatever their seq, beside what changed since the cursor.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub want: Vec<VisibleIds>,
}

/// Pages are ordered by (seq, entity, id); a page may split a seq.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PagePosition {
    pub seq: u64,
    pub entity: String,
    pub id: Uuid,
}

/// One page. The client stages it and publishes with the page whose `next` is None, in one transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullAnswer {
    pub tables: Vec<TablePage>,
    /// Rows that left this person's sight or were deleted since the client's cursor; never one that it did not hold.
    #[serde(default)]
    pub gone: Vec<Gone>,
    /// On the last page, for entities whose visibility may have changed elsewhere: all ids visible now. The client
    /// drops others and asks for those it misses.
    #[serde(default)]
    pub visible: Vec<VisibleIds>,
    /// The person's own segments; others' are never told.
    #[serde(default)]
    pub segments: Vec<SegmentIndexRow>,
    /// Some: ask again with it. None: this page reached `cursor`.
    pub next: Option<PagePosition>,
    /// The head that this page was read at; the client's new cursor when `next` is None.
    pub cursor: Cursor,
    pub model_version: u64,
}

/// Rows of one entity. `columns` are property names of the model; each row is as long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TablePage {
    pub entity: String,
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub id: Uuid,
    pub seq: u64,
    pub values: Vec<Cell>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    pub entity: String,
    pub ids: Vec<Uuid>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisibleIds {
    pub entity: String,
    pub ids: Vec<Uuid>,
}
