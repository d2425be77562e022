use crate::check::{Problem, structure};
use crate::model::{Entity, Model, Property, PropertyKind, Source, StoredProperty, ValueType};
use query_lang::catalogue::{
    self as language, BackReference, Catalogue, EntityId, Identifier, NamedFunction, NamedQuery,
};
use query_lang::value::Type;

/// The system properties of a row, which every entity of the tenant has: name, column, type, may be null.
pub(crate) const SYSTEM_PROPERTIES: [(&str, &str, SystemType, bool); 5] = [
    ("Id", "id", SystemType::Value(ValueType::Guid), false),
    ("Created", "created", SystemType::Value(ValueType::DateTime), false),
    ("CreatedBy", "created_by", SystemType::User, true),
    ("Updated", "updated", SystemType::Value(ValueType::DateTime), false),
    ("UpdatedBy", "updated_by", SystemType::User, true),
];

#[derive(Debug, Clone, Copy)]
pub(crate) enum SystemType {
    Value(ValueType),
    /// The person, or null: the server itself.
    User,
}

/// What the language knows of this model. What is hidden is not in it. Checks names, columns and relations; that each
/// rule compiles is [`crate::check`]'s.
pub fn catalogue(model: &Model) -> Result<Catalogue, Vec<Problem>> {
    let problems = structure(model);
    if !problems.is_empty() {
        return Err(problems);
    }
    let shown = Shown(model.entities.iter().filter(|entity| !entity.hidden).collect());
    let mut entities: Vec<language::Entity> = shown.0.iter().map(|entity| shown.entity(entity)).collect();
    shown.connect(&mut entities);
    let mut catalogue = Catalogue::new(model.version, entities);
    catalogue.sets = model.sets.iter().map(named_query).collect();
    catalogue.views = model.views.iter().map(named_query).collect();
    catalogue.functions = model.functions.iter().map(named_function).collect();
    Ok(catalogue)
}

/// The entities of the catalogue, in its order.
struct Shown<'a>(Vec<&'a Entity>);

impl Shown<'_> {
    fn entity(&self, entity: &Entity) -> language::Entity {
        let mut properties = vec![self.system_property(entity, 0)];
        properties.extend(entity.properties.iter().filter(|property| !property.hidden).map(|one| self.property(one)));
        if entity.source == Source::Tenant {
            properties.extend((1..SYSTEM_PROPERTIES.len()).map(|index| self.system_property(entity, index)));
        }
        language::Entity {
            name: entity.name.clone(),
            aliases: entity.aliases.iter().map(entity_alias).collect(),
            table: identifier(&entity.table),
            source: match entity.source {
                Source::Tenant => language::Source::Tenant,
                Source::Signal => language::Source::Signal,
            },
            properties,
            back_references: Vec::new(),
            display: entity.display.clone(),
            permissions: language::Permissions {
                read: entity.permissions.read.clone(),
                insert: entity.permissions.insert.clone(),
                update: entity.permissions.update.clone(),
                delete: entity.permissions.delete.clone(),
            },
            rules: entity.rules.iter().map(rule).collect(),
        }
    }

    fn property(&self, property: &Property) -> language::Property {
        let nullable = property.nullable();
        let kind = match &property.kind {
            PropertyKind::Stored(stored) => language::PropertyKind::Stored {
                column: identifier(&stored.column),
                kind: stored.value_type.language_type(),
                nullable,
                // A character of UTF-8 has at most four bytes.
                bytes_max: stored.max_length.map(|characters| characters as usize * 4),
                fold: stored.fold.then(|| identifier(&fold_column(stored))),
            },
            PropertyKind::Relation(relation) => language::PropertyKind::Stored {
                column: identifier(&relation.column),
                kind: Type::Ref(self.id(&relation.to)),
                nullable,
                bytes_max: None,
                fold: None,
            },
            PropertyKind::Calculated(calculated) => language::PropertyKind::Calculated {
                expression: calculated.expression.clone(),
                kind: calculated.value_type.language_type(),
                nullable,
            },
        };
        language::Property {
            name: property.name.clone(),
            aliases: property.aliases.clone(),
            kind,
            read: property.read.clone(),
        }
    }

    fn system_property(&self, entity: &Entity, index: usize) -> language::Property {
        let (name, column, value_type, nullable) = SYSTEM_PROPERTIES[index];
        let kind = match value_type {
            SystemType::Value(value_type) => value_type.language_type(),
            SystemType::User => Type::Ref(self.id("User")),
        };
        let names = std::iter::once(&entity.name).chain(entity.aliases.iter().map(|alias| &alias.name));
        let aliases = if name == "Id" { names.map(|name| format!("{name}Uuid")).collect() } else { Vec::new() };
        let column = identifier(column);
        let kind = language::PropertyKind::Stored { column, kind, nullable, bytes_max: None, fold: None };
        language::Property { name: name.to_owned(), aliases, kind, read: None }
    }

    /// Back references, and the aliases that a relation has from the entity that it points to.
    fn connect(&self, entities: &mut [language::Entity]) {
        let relations: Vec<(usize, usize, EntityId, Option<String>)> =
            (0..entities.len()).flat_map(|owner| self.relations(owner, &entities[owner])).collect();
        for (owner, property, target, back) in relations {
            if let Some(name) = back {
                let reference = BackReference { name, entity: EntityId(owner as u32), property };
                entities[target.0 as usize].back_references.push(reference);
            }
            for alias in inherited_aliases(&entities[owner], property, &entities[target.0 as usize]) {
                entities[owner].properties[property].aliases.push(alias);
            }
        }
    }

    /// Index of the property, target and name at the other end, for the relations that the model declares.
    fn relations(&self, owner: usize, built: &language::Entity) -> Vec<(usize, usize, EntityId, Option<String>)> {
        let declared = self.0[owner].properties.iter().filter(|property| !property.hidden);
        declared
            .filter_map(|property| {
                let relation = property.relation()?;
                let (index, _) = built.property(&property.name)?;
                Some((owner, index, self.id(&relation.to), relation.back.clone()))
            })
            .collect()
    }

    fn id(&self, name: &str) -> EntityId {
        let index = self.0.iter().position(|entity| entity.name.eq_ignore_ascii_case(name));
        EntityId(index.expect("the structure was checked: each relation points to a shown entity") as u32)
    }
}

/// An alias of an entity is an alias of the relation that points to it, where it is clear which one: the only one, or
/// the one that is called as the entity.
fn inherited_aliases(owner: &language::Entity, property: usize, target: &language::Entity) -> Vec<String> {
    let relation = &owner.properties[property];
    let kind = relation.type_of();
    let system = |name: &str| SYSTEM_PROPERTIES.iter().any(|(system, ..)| *system == name);
    let alone = owner.properties.iter().filter(|other| other.type_of() == kind && !system(&other.name)).count() == 1;
    if !alone && !relation.name.eq_ignore_ascii_case(&target.name) {
        return Vec::new();
    }
    let aliases = target.aliases.iter().filter(|alias| alias.condition.is_none()).map(|alias| alias.name.clone());
    aliases.filter(|alias| owner.property(alias).is_none() && owner.back_reference(alias).is_none()).collect()
}

pub(crate) fn fold_column(stored: &StoredProperty) -> String {
    format!("{}_fold", stored.column)
}

pub(crate) fn identifier(text: &str) -> Identifier {
    Identifier::new(text).expect("the structure was checked: each physical name is valid")
}

fn entity_alias(alias: &crate::model::EntityAlias) -> language::EntityAlias {
    language::EntityAlias { name: alias.name.clone(), condition: alias.condition.clone() }
}

fn rule(rule: &crate::model::Rule) -> language::Rule {
    language::Rule {
        code: rule.code.clone(),
        condition: rule.condition.clone(),
        properties: rule.properties.clone(),
        message: rule.message.clone(),
        warning: rule.warning,
        policy: rule.policy.clone(),
        on_change: rule.on_change,
    }
}

fn named_query(query: &crate::model::NamedQuery) -> NamedQuery {
    NamedQuery { name: query.name.clone(), text: query.text.clone(), saved: false }
}

fn named_function(function: &crate::model::NamedFunction) -> NamedFunction {
    NamedFunction { name: function.name.clone(), parameters: function.parameters.clone(), body: function.body.clone() }
}
