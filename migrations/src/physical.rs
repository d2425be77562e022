//! An entity as both databases hold it, before any engine's words.

use crate::catalogue::{fold_column, identifier};
use crate::model::{Entity, Literal, Model, Property, PropertyKind, ValueType};
use query_lang::Identifier;

/// A table without the columns that every table has (`id`, `seq`, `deleted`, `created` ...).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub name: Identifier,
    pub columns: Vec<Column>,
    pub indexes: Vec<Index>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: Identifier,
    pub storage: Storage,
    pub required: bool,
    pub default: Option<Literal>,
    /// The table whose `id` this column holds.
    pub references: Option<Identifier>,
}

/// What a value is stored as: the same number or text on both engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Storage {
    /// Ints, instants and durations in microseconds, decimals in millionths.
    Int64,
    /// Days since 1970-01-01.
    Date,
    Bool,
    Guid,
    Text,
}

/// Over live rows of one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    pub name: Identifier,
    /// With whether the column may be null.
    pub columns: Vec<(Identifier, bool)>,
    /// No two live rows of the server's table have the same values.
    pub unique: bool,
}

impl Storage {
    fn of(value_type: ValueType) -> Self {
        match value_type {
            ValueType::Int | ValueType::Decimal | ValueType::Time | ValueType::DateTime | ValueType::Duration => {
                Storage::Int64
            }
            ValueType::Date => Storage::Date,
            ValueType::Bool => Storage::Bool,
            ValueType::Guid => Storage::Guid,
            ValueType::Text => Storage::Text,
        }
    }
}

/// The table of an entity whose model's structure was checked.
pub(crate) fn table(model: &Model, entity: &Entity) -> Table {
    Table {
        name: identifier(&entity.table),
        columns: entity.columns().flat_map(|property| columns(model, property)).collect(),
        indexes: indexes(entity),
    }
}

/// The column of a stored property or relation, and its fold key's. What is hidden is written by nobody, so it cannot
/// be required.
fn columns(model: &Model, property: &Property) -> Vec<Column> {
    let required = property.required() && !property.hidden;
    match &property.kind {
        PropertyKind::Stored(stored) => {
            let storage = Storage::of(stored.value_type);
            let default = stored.default.clone();
            let column = Column { name: identifier(&stored.column), storage, required, default, references: None };
            let fold = stored.fold.then(|| Column {
                name: identifier(&fold_column(stored)),
                storage: Storage::Text,
                required: false,
                default: None,
                references: None,
            });
            std::iter::once(column).chain(fold).collect()
        }
        PropertyKind::Relation(relation) => {
            let references = model.entity(&relation.to).map(|target| identifier(&target.table));
            let name = identifier(&relation.column);
            vec![Column { name, storage: Storage::Guid, required, default: None, references }]
        }
        PropertyKind::Calculated(_) => Vec::new(),
    }
}

/// Unique properties, then the declared ones, then relations that no other index begins with.
fn indexes(entity: &Entity) -> Vec<Index> {
    let shown = || entity.columns().filter(|property| !property.hidden);
    let unique = shown().filter(|property| property.stored().is_some_and(|stored| stored.unique));
    let mut indexes: Vec<Index> = unique.map(|property| index(entity, &[property], true)).collect();
    for names in &entity.indexes {
        let properties: Vec<&Property> = names.iter().filter_map(|name| entity.property(name)).collect();
        if properties.iter().all(|property| !property.hidden) {
            indexes.push(index(entity, &properties, false));
        }
    }
    for relation in shown().filter(|property| property.relation().is_some()) {
        let starts = |index: &Index| index.columns.first().map(|(name, _)| name.as_str()) == relation.column();
        if !indexes.iter().any(starts) {
            indexes.push(index(entity, &[relation], false));
        }
    }
    indexes
}

fn index(entity: &Entity, properties: &[&Property], unique: bool) -> Index {
    let columns: Vec<(Identifier, bool)> =
        properties.iter().filter_map(|property| Some((identifier(property.column()?), !property.required()))).collect();
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let name = format!("{}_{}_{}", entity.table, names.join("_"), if unique { "key" } else { "index" });
    Index { name: identifier(&within_63_bytes(&name)), columns, unique }
}

/// A longer name keeps its beginning and gets a hash of the whole (FNV-1a, 64 bit), so that two stay two.
fn within_63_bytes(name: &str) -> String {
    if name.len() <= 63 {
        return name.to_owned();
    }
    let hash = name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{}_{hash:016x}", &name[..46])
}
