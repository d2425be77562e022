//! Words for changing a company's model.

use migrations::Model;
use migrations::model::{Entity, Literal, Property, PropertyKind, StoredProperty, ValueType};

pub(super) fn entity<'a>(model: &'a mut Model, name: &str) -> &'a mut Entity {
    model.entities.iter_mut().find(|entity| entity.name == name).expect("the model has this entity")
}

pub(super) fn property<'a>(entity: &'a mut Entity, name: &str) -> &'a mut Property {
    entity.properties.iter_mut().find(|property| property.name == name).expect("the entity has this property")
}

pub(super) fn stored<'a>(entity: &'a mut Entity, name: &str) -> &'a mut StoredProperty {
    match &mut property(entity, name).kind {
        PropertyKind::Stored(stored) => stored,
        _ => panic!("{name} is not stored"),
    }
}

pub(super) fn rename_column(entity: &mut Entity, name: &str, column: &str) {
    stored(entity, name).column = column.to_owned();
}

/// `default` as it stands in a model file.
pub(super) fn set_default(entity: &mut Entity, name: &str, default: &str) {
    let literal: Literal = serde_json::from_str(default).expect("a default is a plain value");
    stored(entity, name).default = Some(literal);
}

pub(super) fn point(entity: &mut Entity, name: &str, target: &str) {
    match &mut property(entity, name).kind {
        PropertyKind::Relation(relation) => relation.to = target.to_owned(),
        _ => panic!("{name} is no relation"),
    }
}

pub(super) fn calculate(entity: &mut Entity, name: &str, text: &str) {
    match &mut property(entity, name).kind {
        PropertyKind::Calculated(calculated) => calculated.expression = text.to_owned(),
        _ => panic!("{name} is not calculated"),
    }
}

pub(super) fn add(entity: &mut Entity, name: &str, value_type: ValueType) {
    let column = name.to_lowercase();
    let kind = PropertyKind::Stored(StoredProperty {
        value_type,
        column,
        required: false,
        default: None,
        unique: false,
        max_length: None,
        fold: false,
    });
    entity.properties.push(Property { name: name.to_owned(), aliases: Vec::new(), read: None, hidden: false, kind });
}
