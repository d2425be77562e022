use query_lang::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What a person wants of one row. Several of them are one local transaction: applied whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Name of the entity in the model.
    pub entity: String,
    pub id: Uuid,
    pub action: Action,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Properties by name; those left out take the model's default.
    Insert(BTreeMap<String, Value>),
    /// Only what differs from the row is sent.
    Update(BTreeMap<String, Value>),
    Delete,
    /// Takes a delete back.
    Restore,
}

/// What came of a write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// False: every value was there already, so nothing waits to be sent.
    pub changed: bool,
    pub warnings: Vec<Warning>,
}

/// A rule of the model that was broken and does not stop a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Code of the rule.
    pub code: String,
    pub message: String,
}
