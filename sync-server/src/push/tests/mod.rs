//! Made-up rows of a small booking entity: what a decision depends on is values alone.

mod check;
mod decide;
mod judge;
mod merge_laws;
mod numbering;
mod plan;
mod runs;

use crate::push::change::{Change, May, Row};
use crate::push::field_groups::FieldGroups;
use crate::push::writable::Writable;
use query_lang::catalogue::{Entity, Permissions, Property, PropertyKind, Source};
use query_lang::value::Type;
use query_lang::{EntityId, Identifier, Value};
use std::collections::BTreeMap;
use sync_protocol::Operation;
use uuid::Uuid;

pub(super) const ID: usize = 0;
pub(super) const CREATED: usize = 1;
pub(super) const UPDATED_BY: usize = 2;
pub(super) const BEGIN: usize = 3;
pub(super) const END: usize = 4;
pub(super) const DESCRIPTION: usize = 5;
pub(super) const PROJECT: usize = 6;
pub(super) const TASK: usize = 7;

pub(super) const ROW: Uuid = Uuid::from_u128(7);
pub(super) const PERSON: Uuid = Uuid::from_u128(1);

pub(super) fn booking() -> Entity {
    let relation = Type::Ref(EntityId(1));
    let properties = [
        ("Id", Type::Guid, false),
        ("Created", Type::DateTime, false),
        ("UpdatedBy", Type::Guid, false),
        ("Begin", Type::DateTime, false),
        ("End", Type::DateTime, true),
        ("Description", Type::Text, true),
        ("Project", relation, true),
        ("Task", relation, true),
    ];
    Entity {
        name: "Booking".to_owned(),
        aliases: Vec::new(),
        table: Identifier::new("booking").unwrap(),
        source: Source::Tenant,
        properties: properties.map(|(name, kind, nullable)| property(name, kind, nullable)).into(),
        back_references: Vec::new(),
        display: "Current.Description".to_owned(),
        permissions: Permissions::default(),
        rules: Vec::new(),
    }
}

fn property(name: &str, kind: Type, nullable: bool) -> Property {
    let column = Identifier::new(&name.to_lowercase()).unwrap();
    let kind = PropertyKind::Stored { column, kind, nullable, bytes_max: None, fold: None };
    Property { name: name.to_owned(), aliases: Vec::new(), kind, read: None }
}

/// Begin and end are one field group, project and task another.
pub(super) fn writable() -> Writable {
    Writable {
        field_groups: FieldGroups::new(8, &[vec![BEGIN, END], vec![PROJECT, TASK]]),
        required: vec![BEGIN],
        defaults: BTreeMap::new(),
        characters_max: BTreeMap::from([(DESCRIPTION, 20)]),
    }
}

/// A booking from 8 to 9 with a text, at seq 5, that the person may do everything with.
pub(super) fn row() -> Row {
    let mut values = vec![Value::Null; 8];
    values[ID] = Value::Guid(ROW);
    values[BEGIN] = Value::DateTime(8);
    values[END] = Value::DateTime(9);
    values[DESCRIPTION] = text("review");
    let may = May { read: true, update: true, delete: true, hidden: Vec::new() };
    Row { seq: 5, deleted: false, values, may, own_base: None }
}

pub(super) fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

pub(super) fn change(op: Operation, base: u64, set: &[(usize, Value)], was: &[(usize, Value)]) -> Change {
    let map = |pairs: &[(usize, Value)]| pairs.iter().cloned().collect::<BTreeMap<_, _>>();
    Change { no: 1, entity: EntityId(0), id: ROW, op, base, set: map(set), was: map(was), at: 100 }
}
