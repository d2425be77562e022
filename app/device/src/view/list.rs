use super::Warning;
use serde::Serialize;

/// An entity of the model, for lists and forms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct EntityView {
    pub name: String,
    pub properties: Vec<PropertyView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PropertyView {
    pub name: String,
    pub kind: PropertyKind,
    /// The entity that a relation points to.
    pub target: Option<String>,
    pub required: bool,
    /// Stored by the person; calculated ones and those of the server are only shown.
    pub writable: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PropertyKind {
    Bool,
    Int,
    Decimal,
    Text,
    Date,
    Time,
    DateTime,
    Duration,
    Guid,
    Relation,
}

/// Rows of an entity, in the order of its natural key.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ListView {
    pub entity: EntityView,
    pub rows: Vec<ListRow>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ListRow {
    pub id: String,
    /// The text that people know the row by.
    pub title: String,
    /// One a property of the entity, in its order; a relation is the id of its row.
    #[cfg_attr(test, ts(type = "JsonValue[]"))]
    pub values: Vec<serde_json::Value>,
    /// One a property: the text that people know a relation's row by, None for everything else.
    pub titles: Vec<Option<String>>,
    pub waiting: bool,
    pub refused: bool,
}

/// Answer of `put`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PutRow {
    pub entity: String,
    pub id: String,
    /// False: a row with this key was there and was changed.
    pub created: bool,
    pub warnings: Vec<Warning>,
}
