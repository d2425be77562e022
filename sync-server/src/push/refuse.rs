//! What a constraint of the database means for the group that met it.

use crate::push::change::Change;
use crate::push::plan::{Refusal, Write};
use crate::storage::rows::Violation;
use query_lang::{Catalogue, Type, Value};
use std::collections::BTreeMap;
use sync_protocol::{OutcomeKind, RejectionCode};

pub(crate) fn is_about_permission(refusal: &Refusal) -> bool {
    use RejectionCode::{Forbidden, UnknownProperty};
    matches!(&refusal.outcome, OutcomeKind::Rejected { code: Forbidden | UnknownProperty, .. })
}

/// The write that the constraint is about is blamed, as far as it can be told; else the last one of its entity.
pub(crate) fn by_violation(violation: &Violation, writes: &[Write], catalogue: &Catalogue) -> Refusal {
    let (code, entity, property) = match violation {
        Violation::NotUnique { entity, property, .. } => (RejectionCode::NotUnique, Some(*entity), Some(*property)),
        Violation::MissingParent { entity, property } => (RejectionCode::MissingParent, Some(*entity), Some(*property)),
        Violation::Required { entity, property } => (RejectionCode::Required, Some(*entity), Some(*property)),
        Violation::BadValue { entity } => (RejectionCode::BadValue, *entity, None),
    };
    let of_entity = |write: &&Write| entity.is_none_or(|entity| write.key.0 == entity);
    let blamed = writes.iter().filter(of_entity).rfind(|write| is_meant(violation, write));
    let blamed = blamed.or_else(|| writes.iter().rfind(of_entity)).or(writes.last());
    let named = entity.zip(property).map(|(entity, property)| &catalogue.entity(entity).properties[property]);
    let params = match (code, named.map(|property| (property, property.type_of()))) {
        (RejectionCode::NotUnique, Some((property, _))) => {
            BTreeMap::from([("property".to_owned(), property.name.clone())])
        }
        (RejectionCode::MissingParent, Some((_, Type::Ref(parent)))) => {
            BTreeMap::from([("parent".to_owned(), catalogue.entity(parent).name.clone())])
        }
        _ => BTreeMap::new(),
    };
    let properties = named.map(|property| property.name.clone()).into_iter().collect();
    let outcome = OutcomeKind::Rejected { code, properties, params };
    Refusal { position: blamed.map_or(0, |write| write.last_change), outcome }
}

/// The database cannot take the group, and would say so every time: the first row is named, and the values stay with the
/// person.
pub(crate) fn by_a_lasting_error(changes: &[Change], catalogue: &Catalogue) -> Refusal {
    let entity = changes.first().map(|change| catalogue.entity(change.entity).name.clone());
    let params = entity.map(|name| ("entity".to_owned(), name)).into_iter().collect();
    let outcome = OutcomeKind::Rejected { code: RejectionCode::BadValue, properties: Vec::new(), params };
    Refusal { position: 0, outcome }
}

fn is_meant(violation: &Violation, write: &Write) -> bool {
    match violation {
        Violation::NotUnique { property, value, .. } => as_written(&write.row.values[*property]) == *value,
        Violation::MissingParent { property, .. } => write.references.contains(property),
        Violation::Required { property, .. } => write.row.values[*property].is_null(),
        Violation::BadValue { .. } => true,
    }
}

/// A value as Postgres writes it in the detail of an error.
fn as_written(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Guid(id) => id.to_string(),
        Value::Bool(value) => if *value { "t" } else { "f" }.to_owned(),
        Value::Date(days) => days.to_string(),
        Value::Int(n) | Value::Decimal(n) | Value::Time(n) | Value::DateTime(n) | Value::Duration(n) => n.to_string(),
        Value::Null => String::new(),
    }
}
