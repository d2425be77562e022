//! What can be said of a mutation before anything is locked: does the model know what it names, has every value its type.

use crate::push::change::Change;
use crate::push::decide::{is_written_by_server, rejected};
use query_lang::catalogue::{Entity, Property, PropertyKind, Source};
use query_lang::value::Type;
use query_lang::{Catalogue, Stored, Value};
use std::collections::BTreeMap;
use sync_protocol::{Cell, Mutation, OutcomeKind, RejectionCode, limits};

/// Longest text of a property in characters, where the model says one.
pub(crate) trait TextLimits {
    fn characters_max(&self, entity: &Entity, property: &Property) -> Option<usize>;
}

/// # Errors
/// The final outcome of a mutation that no row could make right.
pub(crate) fn check(mutation: &Mutation, catalogue: &Catalogue, limits: &impl TextLimits) -> Result<Change, OutcomeKind> {
    let id = catalogue.find(&mutation.entity).ok_or_else(|| rejected(RejectionCode::UnknownEntity, Vec::new()))?;
    let entity = catalogue.entity(id);
    if entity.source != Source::Tenant {
        return Err(rejected(RejectionCode::UnknownEntity, Vec::new()));
    }
    let typed = |cells: &BTreeMap<String, Cell>| -> Result<BTreeMap<usize, Value>, OutcomeKind> {
        cells.iter().map(|(name, cell)| typed_value(entity, name, cell, limits)).collect()
    };
    let set = typed(&mutation.set)?;
    let was = typed(&mutation.was)?;
    if let Some((index, _)) = set.iter().find(|(index, value)| value.is_null() && is_required(&entity.properties[**index])) {
        return Err(rejected(RejectionCode::Required, vec![entity.properties[*index].name.clone()]));
    }
    let Mutation { no, id: row, op, base, at, .. } = *mutation;
    Ok(Change { no, entity: id, id: row, op, base, set, was, at })
}

fn is_required(property: &Property) -> bool {
    matches!(property.kind, PropertyKind::Stored { nullable: false, .. })
}

fn typed_value(
    entity: &Entity,
    name: &str,
    cell: &Cell,
    limits: &impl TextLimits,
) -> Result<(usize, Value), OutcomeKind> {
    let refuse = |code| rejected(code, vec![name.to_owned()]);
    let (index, property) = entity.property(name).ok_or_else(|| refuse(RejectionCode::UnknownProperty))?;
    let PropertyKind::Stored { kind, .. } = property.kind else {
        return Err(refuse(RejectionCode::UnknownProperty));
    };
    if is_written_by_server(&property.name) {
        return Err(refuse(RejectionCode::Forbidden));
    }
    let value = Value::from_stored(kind, stored(cell)).ok_or_else(|| refuse(RejectionCode::BadValue))?;
    if is_storable(&value, limits.characters_max(entity, property)) {
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

/// Whether a stored type is one that the wire carries as a number.
pub(crate) fn is_number(kind: Type) -> bool {
    matches!(kind, Type::Int | Type::Decimal | Type::Date | Type::Time | Type::DateTime | Type::Duration)
}
