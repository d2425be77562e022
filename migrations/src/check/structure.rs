use super::Problem;
use crate::catalogue::SYSTEM_PROPERTIES;
use crate::model::{Entity, Literal, Model, Property, PropertyKind, Source, StoredProperty, ValueType};
use query_lang::Identifier;
use query_lang::value::{TIME_RANGE, Value};
use std::collections::HashSet;

/// Entities of one model, and properties of one entity.
const ENTITIES_MAX: usize = 300;
const PROPERTIES_MAX: usize = 300;
/// Bytes of a table's and a column's name: names are made longer by `_history` and `_fold`.
const PHYSICAL_NAME_MAX: usize = 48;
/// Names that the system tables of a tenant and of a home have for themselves, and what engines have of their own: a table
/// `json_each` would hide the one that lists are read with.
const RESERVED_PREFIXES: [&str; 5] = ["sync_", "home_", "sqlite_", "pg_", "json_"];
const RESERVED_COLUMNS: [&str; 8] =
    ["id", "seq", "seq_to", "deleted", "created", "created_by", "updated", "updated_by"];

/// Names, physical names, relations, groups and defaults.
pub(crate) fn structure(model: &Model) -> Vec<Problem> {
    let mut problems = Vec::new();
    if model.entities.len() > ENTITIES_MAX {
        problems.push(Problem::new("model", format!("It has more than {ENTITIES_MAX} entities: remove some.")));
    }
    if !model.entities.iter().any(|entity| entity.name == "User" && !entity.hidden && entity.source == Source::Tenant) {
        problems.push(Problem::new("model", "It has no entity User, which every permission asks for: add it."));
    }
    entity_names(model, &mut problems);
    query_names(model, &mut problems);
    for entity in &model.entities {
        table(entity, &mut problems);
        member_names(model, entity, &mut problems);
        field_groups(entity, &mut problems);
        for property in &entity.properties {
            physical_name(entity, property, &mut problems);
            target(model, entity, property, &mut problems);
            default(entity, property, &mut problems);
        }
    }
    problems
}

fn entity_names(model: &Model, problems: &mut Vec<Problem>) {
    let (mut names, mut tables) = (HashSet::new(), HashSet::new());
    for entity in &model.entities {
        let aliases = entity.aliases.iter().map(|alias| &alias.name);
        for name in std::iter::once(&entity.name).chain(aliases).filter(|_| !entity.hidden) {
            if !is_name(name) {
                problems.push(Problem::new(&entity.name, format!("\"{name}\" is no name: use letters and digits.")));
            }
            if !names.insert(name.to_lowercase()) {
                problems.push(Problem::new(&entity.name, format!("The name \"{name}\" is taken: choose another.")));
            }
        }
        if !tables.insert((entity.source == Source::Signal, entity.table.as_str())) {
            problems.push(Problem::new(&entity.name, format!("The table {} is taken: choose another.", entity.table)));
        }
    }
}

fn query_names(model: &Model, problems: &mut Vec<Problem>) {
    let sets: Vec<&str> = model.sets.iter().map(|query| query.name.as_str()).collect();
    let views: Vec<&str> = model.views.iter().map(|query| query.name.as_str()).collect();
    let functions: Vec<&str> = model.functions.iter().map(|function| function.name.as_str()).collect();
    for (kind, all) in [("set", sets), ("view", views), ("function", functions)] {
        let mut names = HashSet::new();
        for name in all {
            if !is_name(name) || !names.insert(name.to_lowercase()) {
                let sentence =
                    format!("\"{name}\" is no name, or two have it: choose another with letters and digits.");
                problems.push(Problem::new(format!("{kind} {name}"), sentence));
            }
        }
    }
}

fn table(entity: &Entity, problems: &mut Vec<Problem>) {
    let reserved =
        RESERVED_PREFIXES.iter().any(|prefix| entity.table.starts_with(prefix)) || entity.table.ends_with("_history");
    if Identifier::new(&entity.table).is_none() || entity.table.len() > PHYSICAL_NAME_MAX || reserved {
        problems
            .push(Problem::new(&entity.name, format!("{} cannot be a table's name: choose another.", entity.table)));
    }
    if entity.properties.len() > PROPERTIES_MAX {
        problems
            .push(Problem::new(&entity.name, format!("It has more than {PROPERTIES_MAX} properties: remove some.")));
    }
}

/// Properties, their aliases, system properties and back references share one set of names.
fn member_names(model: &Model, entity: &Entity, problems: &mut Vec<Problem>) {
    let system = SYSTEM_PROPERTIES.iter().map(|(name, ..)| *name);
    let shown = entity.properties.iter().filter(|property| !property.hidden);
    let own = shown.flat_map(|property| std::iter::once(&property.name).chain(&property.aliases)).map(String::as_str);
    let back = model.back_references(entity);
    let mut names = HashSet::new();
    for name in system.chain(own).chain(back.iter().map(|reference| reference.name)) {
        if !is_name(name) {
            problems.push(Problem::new(&entity.name, format!("\"{name}\" is no name: use letters and digits.")));
        }
        if !names.insert(name.to_lowercase()) {
            let sentence = format!("Two properties or back references are called {name}: rename one of them.");
            problems.push(Problem::new(&entity.name, sentence));
        }
    }
    let mut columns = HashSet::new();
    for column in entity.columns().flat_map(physical_columns) {
        if !columns.insert(column.clone()) {
            problems.push(Problem::new(&entity.name, format!("The column {column} is there twice: choose another.")));
        }
    }
}

fn physical_columns(property: &Property) -> Vec<String> {
    let fold = property.stored().filter(|stored| stored.fold).map(crate::catalogue::fold_column);
    property.column().map(str::to_owned).into_iter().chain(fold).collect()
}

fn physical_name(entity: &Entity, property: &Property, problems: &mut Vec<Problem>) {
    let Some(column) = property.column() else { return };
    let place = || format!("{}.{}", entity.name, property.name);
    if Identifier::new(column).is_none() || column.len() > PHYSICAL_NAME_MAX || RESERVED_COLUMNS.contains(&column) {
        problems.push(Problem::new(place(), format!("{column} cannot be a column's name: choose another.")));
    }
    if property.relation().is_some() && !column.ends_with("_id") {
        problems.push(Problem::new(place(), format!("The column {column} of a relation must end in _id.")));
    }
    if property.stored().is_some_and(|stored| stored.fold && stored.value_type != ValueType::Text) {
        problems.push(Problem::new(place(), "Only a text has a fold key: remove it."));
    }
}

fn target(model: &Model, entity: &Entity, property: &Property, problems: &mut Vec<Problem>) {
    let Some(relation) = property.relation().filter(|_| !property.hidden && !entity.hidden) else { return };
    let found = model.entity(&relation.to).filter(|to| !to.hidden && to.source == Source::Tenant);
    if found.is_none() || entity.source == Source::Signal {
        let sentence = format!("It cannot point to {}: choose an entity of the company.", relation.to);
        problems.push(Problem::new(format!("{}.{}", entity.name, property.name), sentence));
    }
}

/// Groups and indexes name stored properties, and no property is in two groups.
fn field_groups(entity: &Entity, problems: &mut Vec<Problem>) {
    let mut grouped = HashSet::new();
    for name in entity.field_groups.iter().chain(&entity.indexes).flatten() {
        if entity.property(name).is_none_or(|property| property.column().is_none()) {
            let sentence = format!("{name} is no stored property: correct the field groups or indexes.");
            problems.push(Problem::new(&entity.name, sentence));
        }
    }
    for name in entity.field_groups.iter().flatten() {
        if !grouped.insert(name.to_lowercase()) {
            problems.push(Problem::new(&entity.name, format!("{name} is in two field groups: leave it in one.")));
        }
    }
}

fn default(entity: &Entity, property: &Property, problems: &mut Vec<Problem>) {
    let PropertyKind::Stored(StoredProperty { value_type, default: Some(literal), .. }) = &property.kind else {
        return;
    };
    let fits = match literal {
        Literal::Int(_) if *value_type == ValueType::Bool => false,
        Literal::Int(value) if *value_type == ValueType::Time => TIME_RANGE.contains(value),
        _ => Value::from_stored(value_type.language_type(), literal.stored()).is_some(),
    };
    if !fits {
        let place = format!("{}.{}", entity.name, property.name);
        problems.push(Problem::new(place, "The default is not of the property's type: correct it."));
    }
}

/// A letter, then letters and digits; signals have one dot after `Signal`.
fn is_name(name: &str) -> bool {
    let name = name.strip_prefix("Signal.").unwrap_or(name);
    let mut characters = name.chars();
    characters.next().is_some_and(char::is_alphabetic)
        && characters.all(|c| c.is_alphanumeric() || c == '_')
        && name.chars().count() <= 100
}
