use query_lang::{EntityId, Value};
use std::collections::BTreeMap;
use sync_protocol::Operation;
use uuid::Uuid;

/// A mutation that was checked against the model: property names are indices of the entity's properties, and cells have
/// the types of those.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Change {
    pub(crate) no: u64,
    pub(crate) entity: EntityId,
    pub(crate) id: Uuid,
    pub(crate) op: Operation,
    /// The row's seq that the client saw; 0 for a row that it made.
    pub(crate) base: u64,
    pub(crate) set: BTreeMap<usize, Value>,
    pub(crate) was: BTreeMap<usize, Value>,
    /// The device's time in microseconds UTC.
    pub(crate) at: i64,
}

/// One row of one entity.
pub(crate) type Key = (EntityId, Uuid);

impl Change {
    pub(crate) fn key(&self) -> Key {
        (self.entity, self.id)
    }
}

/// A row as it stands, and what the pushing person may do with it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) seq: u64,
    pub(crate) deleted: bool,
    /// By property index; null for a calculated one.
    pub(crate) values: Vec<Value>,
    pub(crate) may: May,
    /// Only this push led from the row's state at this seq to the present one, so a change with this base has seen all.
    pub(crate) own_base: Option<u64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct May {
    pub(crate) read: bool,
    pub(crate) update: bool,
    pub(crate) delete: bool,
    /// Properties that this person may not read in this row.
    pub(crate) hidden: Vec<usize>,
}

impl Row {
    /// Whether a change with this base was made by somebody who saw the row as it stands.
    pub(crate) fn is_seen_from(&self, base: u64) -> bool {
        self.seq == base || self.own_base == Some(base)
    }
}
