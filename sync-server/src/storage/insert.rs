//! Rows that the server itself makes, many in one statement: the first ones of a company, invited people, the demo.

use crate::storage::executor::{Statement, statement};
use query_lang::catalogue::{Entity, Property, PropertyKind};
use query_lang::functions::fold;
use query_lang::{Catalogue, Identifier, TenantSchema, Type, Value};
use sqlx::{PgConnection, Row};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;
use thiserror::Error;
use uuid::Uuid;

/// Rows in one statement.
const CHUNK: usize = 5_000;

/// New rows of one entity: for each an id and values in the order of `properties`.
#[derive(Debug, Clone)]
pub struct NewRows<'a> {
    pub entity: &'a str,
    pub properties: &'a [&'a str],
    pub rows: Vec<(Uuid, Vec<Value>)>,
}

/// Under which seq, when and by whom rows are written.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    pub seq: u64,
    /// Microseconds UTC.
    pub at: i64,
    /// None: the server itself.
    pub by: Option<Uuid>,
}

#[derive(Debug, Error)]
pub enum InsertError {
    #[error("The model has no stored property {0}. Bring the company's model up to date.")]
    NoProperty(String),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Inserts all of `rows`, in the caller's transaction, which has passed the gate.
///
/// # Errors
/// The model lacks a property, or the database refuses a row.
pub async fn insert(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    schema: &TenantSchema,
    stamp: Stamp,
    rows: &NewRows<'_>,
) -> Result<(), InsertError> {
    let entity = entity(catalogue, rows.entity)?;
    let properties: Vec<&Property> =
        rows.properties.iter().map(|name| stored(entity, name)).collect::<Result<_, _>>()?;
    let sql = insert_sql(entity, &properties, schema);
    for chunk in rows.rows.chunks(CHUNK) {
        let ids: Vec<Uuid> = chunk.iter().map(|(id, _)| *id).collect();
        let mut insert = statement(sql.clone()).bind(stamp.seq.cast_signed()).bind(stamp.at).bind(stamp.by).bind(ids);
        for (index, property) in properties.iter().enumerate() {
            insert = bind_column(insert, property, chunk.iter().map(|(_, values)| &values[index]));
        }
        insert.execute(&mut *connection).await?;
    }
    Ok(())
}

/// The live row whose `property`, a folded text, is `text` without case.
///
/// # Errors
/// The model lacks the property, or the database is away.
pub async fn find(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    schema: &TenantSchema,
    (entity_name, property): (&str, &str),
    text: &str,
) -> Result<Option<Uuid>, InsertError> {
    let entity = entity(catalogue, entity_name)?;
    let PropertyKind::Stored { fold: Some(column), .. } = &stored(entity, property)?.kind else {
        return Err(InsertError::NoProperty(format!("{entity_name}.{property}")));
    };
    let sql = format!(
        "SELECT id FROM \"{}\".\"{}\" WHERE \"{column}\" = $1 AND NOT deleted ORDER BY id LIMIT 1",
        schema.as_str(),
        entity.table
    );
    let row = statement(sql).bind(fold(text)).fetch_optional(connection).await?;
    Ok(row.map(|row| row.try_get("id")).transpose()?)
}

/// The live row whose two relations point to the two given rows.
///
/// # Errors
/// The model lacks a relation, or the database is away.
pub async fn find_pair(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    schema: &TenantSchema,
    entity_name: &str,
    [(first, first_id), (second, second_id)]: [(&str, Uuid); 2],
) -> Result<Option<Uuid>, InsertError> {
    let entity = entity(catalogue, entity_name)?;
    let sql = format!(
        "SELECT id FROM \"{}\".\"{}\" WHERE \"{}\" = $1 AND \"{}\" = $2 AND NOT deleted ORDER BY id LIMIT 1",
        schema.as_str(),
        entity.table,
        column(entity, first)?,
        column(entity, second)?
    );
    let row = statement(sql).bind(first_id).bind(second_id).fetch_optional(connection).await?;
    Ok(row.map(|row| row.try_get("id")).transpose()?)
}

/// The live rows' ids by a text property.
///
/// # Errors
/// The model lacks the property, or the database is away.
pub async fn texts(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    schema: &TenantSchema,
    (entity_name, property): (&str, &str),
) -> Result<BTreeMap<String, Uuid>, InsertError> {
    let entity = entity(catalogue, entity_name)?;
    let column = column(entity, property)?;
    let sql = format!("SELECT id, \"{column}\" FROM \"{}\".\"{}\" WHERE NOT deleted", schema.as_str(), entity.table);
    let rows = statement(sql).fetch_all(connection).await?;
    Ok(rows.iter().map(|row| Ok((row.try_get(1)?, row.try_get(0)?))).collect::<Result<_, sqlx::Error>>()?)
}

/// Those of the ids that are rows of the entity, tombstones too.
///
/// # Errors
/// The model lacks the entity, or the database is away.
pub async fn present(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    schema: &TenantSchema,
    entity_name: &str,
    ids: Vec<Uuid>,
) -> Result<HashSet<Uuid>, InsertError> {
    let entity = entity(catalogue, entity_name)?;
    let sql = format!("SELECT id FROM \"{}\".\"{}\" WHERE id = ANY($1)", schema.as_str(), entity.table);
    let rows = statement(sql).bind(ids).fetch_all(connection).await?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, sqlx::Error>>()?)
}

/// The latest day (days since 1970-01-01) until `until` in this property of the rows that the server itself made.
///
/// # Errors
/// The model lacks the property, or the database is away.
pub async fn last_date(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    schema: &TenantSchema,
    (entity_name, property): (&str, &str),
    until: i32,
) -> Result<Option<i32>, InsertError> {
    let entity = entity(catalogue, entity_name)?;
    let column = column(entity, property)?;
    let sql = format!(
        "SELECT max(\"{column}\") FROM \"{}\".\"{}\" WHERE created_by IS NULL AND \"{column}\" <= $1",
        schema.as_str(),
        entity.table
    );
    Ok(statement(sql).bind(until).fetch_one(connection).await?.try_get(0)?)
}

/// How many rows of an entity the server itself made.
///
/// # Errors
/// The model lacks the entity, or the database is away.
pub async fn count(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    schema: &TenantSchema,
    entity_name: &str,
) -> Result<i64, InsertError> {
    let entity = entity(catalogue, entity_name)?;
    let sql = format!("SELECT count(*) FROM \"{}\".\"{}\" WHERE created_by IS NULL", schema.as_str(), entity.table);
    Ok(statement(sql).fetch_one(connection).await?.try_get(0)?)
}

fn column<'e>(entity: &'e Entity, name: &str) -> Result<&'e Identifier, InsertError> {
    match &stored(entity, name)?.kind {
        PropertyKind::Stored { column, .. } => Ok(column),
        PropertyKind::Calculated { .. } => Err(InsertError::NoProperty(format!("{}.{name}", entity.name))),
    }
}

fn entity<'c>(catalogue: &'c Catalogue, name: &str) -> Result<&'c Entity, InsertError> {
    let id = catalogue.find(name).ok_or_else(|| InsertError::NoProperty(name.to_owned()))?;
    Ok(catalogue.entity(id))
}

fn stored<'e>(entity: &'e Entity, name: &str) -> Result<&'e Property, InsertError> {
    let property = entity.property(name).map(|(_, property)| property);
    property
        .filter(|property| matches!(property.kind, PropertyKind::Stored { .. }))
        .ok_or_else(|| InsertError::NoProperty(format!("{}.{name}", entity.name)))
}

fn insert_sql(entity: &Entity, properties: &[&Property], schema: &TenantSchema) -> String {
    let (mut columns, mut values, mut arrays) = (String::new(), String::new(), String::from("$4::pg_catalog.uuid[]"));
    let mut names = String::from("c0");
    let mut add = |column: &Identifier, array: &str| {
        let number = names.split(',').count();
        let _ = write!(columns, ", \"{column}\"");
        let _ = write!(values, ", c{number}");
        let _ = write!(names, ", c{number}");
        let _ = write!(arrays, ", ${}::{array}", number + 4);
    };
    for property in properties {
        if let PropertyKind::Stored { column, kind, fold, .. } = &property.kind {
            add(column, array_type(*kind));
            if let Some(fold) = fold {
                add(fold, "pg_catalog.text[]");
            }
        }
    }
    format!(
        "INSERT INTO \"{}\".\"{}\" (id, seq, created, created_by, updated, updated_by{columns}) \
         SELECT c0, $1, $2, $3, $2, $3{values} FROM unnest({arrays}) AS u ({names})",
        schema.as_str(),
        entity.table
    )
}

fn array_type(kind: Type) -> &'static str {
    match kind {
        Type::Bool => "pg_catalog.bool[]",
        Type::Int | Type::Decimal | Type::Time | Type::DateTime | Type::Duration => "pg_catalog.int8[]",
        Type::Date => "pg_catalog.int4[]",
        Type::Text => "pg_catalog.text[]",
        Type::Guid | Type::Ref(_) => "pg_catalog.uuid[]",
    }
}

/// One array of a property's values, and one of their folds.
fn bind_column<'v>(insert: Statement, property: &Property, values: impl Iterator<Item = &'v Value>) -> Statement {
    let PropertyKind::Stored { kind, fold: fold_column, .. } = &property.kind else { return insert };
    match kind {
        Type::Bool => insert.bind(
            values.map(|value| if let Value::Bool(value) = value { Some(*value) } else { None }).collect::<Vec<_>>(),
        ),
        Type::Date => insert.bind(
            values.map(|value| if let Value::Date(value) = value { Some(*value) } else { None }).collect::<Vec<_>>(),
        ),
        Type::Guid | Type::Ref(_) => insert.bind(
            values.map(|value| if let Value::Guid(value) = value { Some(*value) } else { None }).collect::<Vec<_>>(),
        ),
        Type::Text => {
            let texts: Vec<Option<String>> =
                values.map(|value| if let Value::Text(value) = value { Some(value.clone()) } else { None }).collect();
            let folds =
                fold_column.is_some().then(|| texts.iter().map(|text| text.as_deref().map(fold)).collect::<Vec<_>>());
            let insert = insert.bind(texts);
            if let Some(folds) = folds { insert.bind(folds) } else { insert }
        }
        Type::Int | Type::Decimal | Type::Time | Type::DateTime | Type::Duration => {
            insert.bind(values.map(whole_number).collect::<Vec<_>>())
        }
    }
}

fn whole_number(value: &Value) -> Option<i64> {
    match value {
        Value::Int(value)
        | Value::Decimal(value)
        | Value::Time(value)
        | Value::DateTime(value)
        | Value::Duration(value) => Some(*value),
        _ => None,
    }
}
