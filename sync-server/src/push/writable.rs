use crate::push::field_groups::FieldGroups;
use migrations::model::{Entity as ModelEntity, Property as ModelProperty};
use query_lang::catalogue::Entity;
use query_lang::{Stored, Value};
use std::collections::BTreeMap;

/// What a write must know of an entity beyond the catalogue; properties by their index there.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Writable {
    pub(crate) field_groups: FieldGroups,
    /// A live row has a value here.
    pub(crate) required: Vec<usize>,
    /// For a new row that does not say.
    pub(crate) defaults: BTreeMap<usize, Value>,
    /// Longest text in characters.
    pub(crate) characters_max: BTreeMap<usize, usize>,
}

impl Writable {
    pub(crate) fn of(model: &ModelEntity, entity: &Entity) -> Self {
        let index = |name: &str| entity.property(name).map(|(index, _)| index);
        let shown: Vec<(usize, &ModelProperty)> = model
            .columns()
            .filter(|property| !property.hidden)
            .filter_map(|property| Some((index(&property.name)?, property)))
            .collect();
        let groups: Vec<Vec<usize>> =
            model.field_groups.iter().map(|group| group.iter().filter_map(|name| index(name)).collect()).collect();
        Writable {
            field_groups: FieldGroups::new(entity.properties.len(), &groups),
            required: shown.iter().filter(|(_, property)| property.required()).map(|(index, _)| *index).collect(),
            defaults: shown.iter().filter_map(|(index, property)| Some((*index, default(property)?))).collect(),
            characters_max: shown.iter().filter_map(|(index, property)| Some((*index, longest(property)?))).collect(),
        }
    }
}

fn default(property: &ModelProperty) -> Option<Value> {
    let stored = property.stored()?;
    let literal: Stored<'_> = stored.default.as_ref()?.stored();
    Value::from_stored(stored.value_type.language_type(), literal)
}

fn longest(property: &ModelProperty) -> Option<usize> {
    Some(property.stored()?.max_length? as usize)
}
