//! What can be said of a mutation before anything is locked: does the model know what it names, has every value its type.

use crate::push::change::Change;
use crate::push::decide::{is_written_by_server, rejected};
use crate::push::writable::Writable;
use query_lang::catalogue::{Entity, PropertyKind};
use query_lang::{EntityId, Stored, Value};
use std::collections::BTreeMap;
use sync_protocol::{Cell, Mutation, OutcomeKind, RejectionCode, limits};

/// # Errors
/// The final outcome of a mutation that no row could make right.
pub(crate) fn check(
    mutation: &Mutation,
    (id, entity): (EntityId, &Entity),
    writable: &Writable,
) -> Result<Change, OutcomeKind> {
    let typed = |cells: &BTreeMap<String, Cell>| -> Result<BTreeMap<usize, Value>, OutcomeKind> {
        cells.iter().map(|(name, cell)| typed_value(entity, writable, name, cell)).collect()
    };
    let set = typed(&mutation.set)?;
    let was = typed(&mutation.was)?;
    if let Some(index) = writable.required.iter().find(|index| set.get(index).is_some_and(Value::is_null)) {
        return Err(rejected(RejectionCode::Required, vec![entity.properties[*index].name.clone()]));
    }
    let Mutation { no, id: row, op, base, at, .. } = *mutation;
    Ok(Change { no, entity: id, id: row, op, base, set, was, at })
}

fn typed_value(entity: &Entity, writable: &Writable, name: &str, cell: &Cell) -> Result<(usize, Value), OutcomeKind> {
    let refuse = |code| rejected(code, vec![name.to_owned()]);
    let (index, property) = entity.property(name).ok_or_else(|| refuse(RejectionCode::UnknownProperty))?;
    let PropertyKind::Stored { kind, .. } = property.kind else {
        return Err(refuse(RejectionCode::UnknownProperty));
    };
    if is_written_by_server(&property.name) {
        return Err(refuse(RejectionCode::Forbidden));
    }
    let value = Value::from_stored(kind, stored(cell)).ok_or_else(|| refuse(RejectionCode::BadValue))?;
    if is_storable(&value, writable.characters_max.get(&index).copied()) {
        Ok((index, value))
    } else {
        Err(refuse(RejectionCode::BadValue))
    }
}

pub(crate) fn stored(cell: &Cell) -> Stored<'_> {
    match cell {
        Cell::Null => Stored::Null,
        Cell::Bool(value) => Stored::Bool(*value),
        Cell::Int(value) => Stored::Int(*value),
        Cell::Text(value) => Stored::Text(value),
    }
}

/// Postgres takes no NUL in a text.
fn is_storable(value: &Value, characters_max: Option<usize>) -> bool {
    let Value::Text(text) = value else { return true };
    text.len() <= limits::TEXT_BYTES_MAX
        && !text.contains('\0')
        && characters_max.is_none_or(|maximum| text.chars().count() <= maximum)
}
