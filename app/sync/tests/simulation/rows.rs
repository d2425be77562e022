//! Rows as both sides of the simulation hold them, and the field groups of the small model.

use std::collections::BTreeMap;
use sync_protocol::{Cell, Mutation, Operation};
use uuid::Uuid;

pub(crate) const PROJECT: &str = "Project";
pub(crate) const TIMESHEET: &str = "Timesheet";

pub(crate) type Key = (String, Uuid);
pub(crate) type Values = BTreeMap<String, Cell>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Version {
    pub(crate) seq: u64,
    pub(crate) values: Values,
    pub(crate) deleted: bool,
}

impl Version {
    pub(crate) fn apply(&mut self, mutation: &Mutation) {
        match mutation.op {
            Operation::Put => self.values.extend(mutation.set.clone()),
            Operation::Delete => self.deleted = true,
            Operation::Restore => self.deleted = false,
        }
    }

    pub(crate) fn value(&self, property: &str) -> Cell {
        self.values.get(property).cloned().unwrap_or(Cell::Null)
    }
}

/// Begin and End are one group; any other property is its own.
pub(crate) fn field_group(property: &str) -> &str {
    if property == "End" { "Begin" } else { property }
}

pub(crate) fn key(mutation: &Mutation) -> Key {
    (mutation.entity.clone(), mutation.id)
}

pub(crate) fn text(value: impl Into<String>) -> Cell {
    Cell::Text(value.into())
}

pub(crate) fn reference(values: &Values) -> Option<Key> {
    match values.get("Project") {
        Some(Cell::Text(id)) => Some((PROJECT.to_owned(), Uuid::try_parse(id).ok()?)),
        _ => None,
    }
}
