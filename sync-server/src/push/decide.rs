//! What becomes of one change, decided from values alone: permission first, then the base, then field group by field
//! group. Nothing here knows a database, so every path is tested with made-up rows.

use crate::push::change::{Change, Row};
use crate::push::field_groups::FieldGroups;
use crate::push::writable::Writable;
use query_lang::Value;
use query_lang::catalogue::Entity;
use std::collections::BTreeMap;
use sync_protocol::{ConflictCode, Operation, OutcomeKind, RejectionCode};

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Decision {
    /// The row is new; it takes all values of the change.
    Insert,
    /// The row takes these properties of the change. `merged`: others had changed other field groups since.
    Write {
        properties: Vec<usize>,
        merged: bool,
    },
    Delete,
    /// The tombstone lives again and takes these properties.
    Restore {
        properties: Vec<usize>,
    },
    /// The row already is as the change wants it.
    Keep,
    /// A conflict or a rejection; the whole group is not applied.
    Refuse(OutcomeKind),
}

/// `row` is None when there is none with this id. A row that the person may not read answers like none.
pub(crate) fn decide(row: Option<&Row>, change: &Change, entity: &Entity, writable: &Writable) -> Decision {
    match row {
        None if change.op == Operation::Put && change.base == 0 => decide_insert(change, entity, writable),
        None => missing(),
        Some(row) if !row.may.read => missing(),
        Some(row) => match change.op {
            Operation::Delete => decide_delete(row, change),
            Operation::Put | Operation::Restore => decide_edit(row, change, entity, &writable.field_groups),
        },
    }
}

fn decide_insert(change: &Change, entity: &Entity, writable: &Writable) -> Decision {
    let given = |property: &usize| match change.set.get(property) {
        Some(value) => !value.is_null(),
        None => writable.defaults.contains_key(property),
    };
    let absent: Vec<usize> = writable.required.iter().copied().filter(|property| !given(property)).collect();
    if absent.is_empty() { Decision::Insert } else { reject(RejectionCode::Required, &absent, entity) }
}

pub(crate) fn is_written_by_server(property: &str) -> bool {
    ["Id", "Created", "CreatedBy", "Updated", "UpdatedBy"].contains(&property)
}

fn decide_delete(row: &Row, change: &Change) -> Decision {
    if !row.may.delete {
        return forbidden();
    }
    if row.deleted {
        Decision::Keep
    } else if row.is_seen_from(change.base) {
        Decision::Delete
    } else {
        conflict(ConflictCode::EditedSince, Vec::new())
    }
}

fn decide_edit(row: &Row, change: &Change, entity: &Entity, groups: &FieldGroups) -> Decision {
    if !row.may.update {
        return forbidden();
    }
    let hidden: Vec<usize> = change.set.keys().filter(|property| row.may.hidden.contains(property)).copied().collect();
    if !hidden.is_empty() {
        return reject(RejectionCode::UnknownProperty, &hidden, entity);
    }
    let differing = || change.set.iter().filter(|(index, new)| row.values[**index] != **new).map(|(index, _)| *index);
    match (row.deleted, change.op) {
        (true, Operation::Restore) => Decision::Restore { properties: differing().collect() },
        (true, _) => conflict(ConflictCode::Deleted, Vec::new()),
        (false, _) if differing().next().is_none() => Decision::Keep,
        (false, _) if row.is_seen_from(change.base) => {
            Decision::Write { properties: differing().collect(), merged: false }
        }
        (false, _) => merge(row, change, entity, groups),
    }
}

/// Each field group is taken as a whole or not at all, so no group ever holds values of two mutations.
fn merge(row: &Row, change: &Change, entity: &Entity, groups: &FieldGroups) -> Decision {
    let (mut taken, mut clashing) = (Vec::new(), Vec::new());
    for group in groups.split(change.set.keys().copied()) {
        let current_is = |values: &BTreeMap<usize, Value>| {
            group.iter().all(|property| values.get(property) == Some(&row.values[*property]))
        };
        if current_is(&change.set) {
            continue;
        }
        if current_is(&change.was) { taken.extend(group) } else { clashing.extend(group) }
    }
    if clashing.is_empty() {
        taken.retain(|property| change.set[property] != row.values[*property]);
        Decision::Write { properties: taken, merged: true }
    } else {
        conflict(ConflictCode::Clash, names(&clashing, entity))
    }
}

fn conflict(code: ConflictCode, properties: Vec<String>) -> Decision {
    Decision::Refuse(OutcomeKind::Conflict { code, properties })
}

fn missing() -> Decision {
    Decision::Refuse(rejected(RejectionCode::Missing, Vec::new()))
}

fn forbidden() -> Decision {
    Decision::Refuse(rejected(RejectionCode::Forbidden, Vec::new()))
}

fn reject(code: RejectionCode, properties: &[usize], entity: &Entity) -> Decision {
    Decision::Refuse(rejected(code, names(properties, entity)))
}

pub(crate) fn rejected(code: RejectionCode, properties: Vec<String>) -> OutcomeKind {
    OutcomeKind::Rejected { code, properties, params: BTreeMap::new() }
}

fn names(properties: &[usize], entity: &Entity) -> Vec<String> {
    properties.iter().map(|property| entity.properties[*property].name.clone()).collect()
}
