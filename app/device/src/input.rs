//! `Property=value` as people type it: the property by name or alias, the value by the property's type.

use crate::moment::Wall;
use crate::names::nearest;
use crate::{Device, DeviceError, moment};
use query_lang::{Type, Value};
use std::collections::BTreeMap;
use store::{Field, Record};
use uuid::Uuid;

impl Device {
    /// Values by the model's spelling of the properties. Empty text is null. Times without a day or an offset are of `wall`;
    /// `held` is the row as it is, when there is one.
    pub(crate) fn read_values(
        &self,
        entity: &str,
        set: &BTreeMap<String, String>,
        wall: &Wall,
        held: Option<&Record>,
    ) -> Result<BTreeMap<String, Value>, DeviceError> {
        self.needs_data()?;
        let fields = self.store().fields(entity)?;
        let mut values = BTreeMap::new();
        // What a relation is looked for in depends on the others, so those come first.
        let mut relations = Vec::new();
        for (name, text) in set {
            let field = self.field(entity, name, &fields)?;
            match (&field.parent, text.trim().is_empty()) {
                (_, true) => drop(values.insert(field.property.clone(), Value::Null)),
                (Some(parent), false) => relations.push((field.property.clone(), parent.clone(), text)),
                (None, false) => drop(values.insert(field.property.clone(), self.read_value(field, text, wall)?)),
            }
        }
        relations.sort_by_key(|(property, ..)| property != "Project");
        for (property, parent, text) in relations {
            let within = narrowing(&parent, &values, held);
            let id = self.find(&parent, text, within)?;
            values.insert(property, Value::Guid(id));
        }
        Ok(values)
    }

    fn read_value(&self, field: &Field, text: &str, wall: &Wall) -> Result<Value, DeviceError> {
        match field.kind {
            Type::DateTime => moment::read_instant(text, wall.day, self.now(), &wall.zone).map(Value::DateTime),
            Type::Date => moment::read_day(text, self.today()?).map(Value::Date),
            kind => Value::read(kind, text, &self.outside.zone).ok_or_else(|| {
                DeviceError::input(format!("`{text}` is no value for {}: {}", field.property, example(kind)))
            }),
        }
    }

    fn field<'a>(&self, entity: &str, name: &str, fields: &'a [Field]) -> Result<&'a Field, DeviceError> {
        let catalogue = self.store().catalogue();
        let known = catalogue.find(entity).and_then(|id| catalogue.entity(id).property(name));
        let property = known.map_or(name, |(_, property)| property.name.as_str());
        fields.iter().find(|field| field.property.eq_ignore_ascii_case(property)).ok_or_else(|| {
            let names = fields.iter().map(|field| field.property.as_str());
            match (known, nearest(name, names)) {
                (Some(_), _) => DeviceError::input(format!("{entity}.{property} is calculated: it cannot be written")),
                (None, Some(near)) => {
                    DeviceError::unknown(format!("{entity} has no property `{name}`; did you mean `{near}`?"))
                }
                (None, None) => DeviceError::unknown(format!("{entity} has no property `{name}`")),
            }
        })
    }

    /// The model's spelling of an entity's name.
    pub(crate) fn entity_name(&self, entity: &str) -> Result<String, DeviceError> {
        self.needs_data()?;
        let catalogue = self.store().catalogue();
        if let Some(id) = catalogue.find(entity) {
            return Ok(catalogue.entity(id).name.clone());
        }
        let names: Vec<&str> = catalogue.entities().map(|(_, entity)| entity.name.as_str()).collect();
        Err(match nearest(entity, names.into_iter()) {
            Some(near) => DeviceError::unknown(format!("there is no entity `{entity}`; did you mean `{near}`?")),
            None => DeviceError::unknown(format!("there is no entity `{entity}`: check the name")),
        })
    }
}

/// A task is looked for in the project that stands beside it.
fn narrowing(
    parent: &str,
    values: &BTreeMap<String, Value>,
    held: Option<&Record>,
) -> Option<(&'static str, Option<Uuid>)> {
    if parent != "Task" {
        return None;
    }
    match values.get("Project").or_else(|| held?.get("Project")) {
        Some(Value::Guid(project)) => Some(("Project", Some(*project))),
        Some(Value::Null) => Some(("Project", None)),
        _ => None,
    }
}

fn example(kind: Type) -> &'static str {
    match kind {
        Type::Bool => "write true or false",
        Type::Int => "write a whole number like 3",
        Type::Decimal => "write a number like 12.5",
        Type::Time => "write a time like 08:30",
        Type::Duration => "write a duration like 1h30min",
        _ => "write it like the list shows it",
    }
}
