use serde::{Deserialize, Serialize};

/// One stored value on the wire. The model says what it means: instants are microseconds, dates are days, decimals are
/// millionths, guids are hyphenated text (MODEL: the storage types, equal on both engines).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Cell {
    Null,
    Bool(bool),
    Int(i64),
    Text(String),
}

impl Cell {
    pub fn is_null(&self) -> bool {
        matches!(self, Cell::Null)
    }
}
