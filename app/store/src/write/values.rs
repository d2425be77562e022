//! The values of a change: of the right property, type and size, and no more of them than differ.

use crate::StoreError;
use crate::rows::{Column, Table, Version, cell, value};
use query_lang::{Type, Value};
use std::collections::BTreeMap;
use sync_protocol::Cell;
use sync_protocol::limits::TEXT_BYTES_MAX;

type Cells = BTreeMap<String, Cell>;

/// All properties of a new row: the given ones, the model's defaults, null for the others.
pub(super) fn complete(table: &Table, given: &BTreeMap<String, Value>) -> Result<Cells, StoreError> {
    let mut set = checked(table, given)?;
    for column in table.columns.iter().filter(|column| !column.of_server) {
        let default = || column.default.clone().unwrap_or(Cell::Null);
        let cell = set.entry(column.property.clone()).or_insert_with(default);
        if cell.is_null() && column.required {
            return Err(required(table, column));
        }
    }
    Ok(set)
}

/// New and old values of what differs. A change of one property takes its whole field group along, so that begin and
/// end of one booking never come from two people.
pub(super) fn differing(
    table: &Table,
    given: &BTreeMap<String, Value>,
    row: &Version,
) -> Result<(Cells, Cells), StoreError> {
    let mut wanted = checked(table, given)?;
    wanted.retain(|property, cell| row.cell(property) != *cell);
    let mut set = Cells::new();
    for property in wanted.keys() {
        for column in table.group(property) {
            let cell = wanted.get(&column.property).cloned().unwrap_or_else(|| row.cell(&column.property));
            set.insert(column.property.clone(), cell);
        }
    }
    let was = set.keys().map(|property| (property.clone(), row.cell(property))).collect();
    Ok((set, was))
}

/// By the model's spelling of the names.
fn checked(table: &Table, given: &BTreeMap<String, Value>) -> Result<Cells, StoreError> {
    given
        .iter()
        .map(|(property, value)| {
            let column = table.column(property).filter(|column| !column.of_server);
            let column = column.ok_or_else(|| StoreError::UnknownProperty {
                entity: table.entity.clone(),
                property: property.clone(),
            })?;
            check(table, column, value)?;
            Ok((column.property.clone(), cell(value)))
        })
        .collect()
}

fn check(table: &Table, column: &Column, given: &Value) -> Result<(), StoreError> {
    if given.is_null() {
        return if column.required { Err(required(table, column)) } else { Ok(()) };
    }
    if value(column.kind, &cell(given)).as_ref() != Some(given) {
        return Err(bad(table, column, format!("it takes a {}", name(column.kind))));
    }
    if let Value::Text(text) = given {
        let max = column.max_length.map_or(usize::MAX, |max| max as usize);
        if text.len() > TEXT_BYTES_MAX || text.chars().count() > max {
            let max = max.min(TEXT_BYTES_MAX);
            return Err(bad(table, column, format!("it takes at most {max} characters; shorten the text")));
        }
        if text.contains('\0') {
            return Err(bad(table, column, "a text has no NUL character".into()));
        }
    }
    Ok(())
}

fn required(table: &Table, column: &Column) -> StoreError {
    StoreError::Required { entity: table.entity.clone(), property: column.property.clone() }
}

fn bad(table: &Table, column: &Column, reason: String) -> StoreError {
    StoreError::BadValue { entity: table.entity.clone(), property: column.property.clone(), reason }
}

fn name(kind: Type) -> &'static str {
    match kind {
        Type::Bool => "yes or no",
        Type::Int => "whole number",
        Type::Decimal => "number",
        Type::Text => "text",
        Type::Date => "date between the years 1 and 9999",
        Type::Time => "time of day",
        Type::DateTime => "time between the years 1 and 9999",
        Type::Duration => "duration",
        Type::Guid | Type::Ref(_) => "row",
    }
}
