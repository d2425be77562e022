//! One version of a row: read, written, laid over.

use super::cell::{from_sql, to_sql, uuid_sql, value};
use super::layout::Table;
use crate::StoreError;
use query_lang::Value;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use sync_protocol::{Cell, Mutation, Operation};
use uuid::Uuid;

/// What a row holds, by property name; the form in which shadow, staging and journal keep it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Version {
    /// The server's seq of it; 0: the server never had it.
    pub(crate) seq: u64,
    pub(crate) deleted: bool,
    pub(crate) cells: BTreeMap<String, Cell>,
}

impl Version {
    pub(crate) fn cell(&self, property: &str) -> Cell {
        self.cells.get(property).cloned().unwrap_or(Cell::Null)
    }

    /// The version that a mutation makes of this one; None stands for a row that is not there.
    pub(crate) fn after(before: Option<Version>, mutation: &Mutation) -> Option<Version> {
        let mut version = match before {
            Some(version) => version,
            None if mutation.is_insert() => Version::default(),
            None => return None,
        };
        version.deleted = mutation.op == Operation::Delete;
        version.cells.extend(mutation.set.clone());
        Some(version)
    }
}

/// A row that the client made travels with an empty `was`.
pub(crate) trait Insert {
    fn is_insert(&self) -> bool;
}

impl Insert for Mutation {
    fn is_insert(&self) -> bool {
        self.op == Operation::Put && self.base == 0 && self.was.is_empty()
    }
}

pub(crate) fn read(connection: &Connection, table: &Table, id: Uuid) -> Result<Option<Version>, StoreError> {
    let mut statement = connection.prepare_cached(&table.select)?;
    let row = statement.query_row([uuid_sql(id)], |row| Ok(version(table, row))).optional()?;
    row.transpose()
}

fn version(table: &Table, row: &Row<'_>) -> Result<Version, StoreError> {
    let mut cells = BTreeMap::new();
    for (index, column) in table.columns.iter().enumerate() {
        let value = from_sql(column.kind, row.get_ref(index + 2)?)
            .ok_or_else(|| StoreError::Damaged(format!("{}.{}", table.name, column.name)))?;
        cells.insert(column.property.clone(), super::cell::cell(&value));
    }
    Ok(Version { seq: row.get::<_, i64>(0)? as u64, deleted: row.get(1)?, cells })
}

/// Writes the version as the row, with the fold keys that people's ordering and search need.
pub(crate) fn write(connection: &Connection, table: &Table, id: Uuid, version: &Version) -> Result<(), StoreError> {
    let mut binds = vec![uuid_sql(id), Sql::Integer(version.seq as i64), Sql::Integer(i64::from(version.deleted))];
    let mut folds = Vec::new();
    for column in &table.columns {
        let value = value(column.kind, &version.cell(&column.property))
            .ok_or_else(|| StoreError::Foreign(format!("{}.{}", table.entity, column.property)))?;
        if column.fold {
            folds.push(match &value {
                Value::Text(text) => Sql::Text(query_lang::functions::fold(text)),
                _ => Sql::Null,
            });
        }
        binds.push(to_sql(&value));
    }
    binds.extend(folds);
    connection.prepare_cached(&table.upsert)?.execute(rusqlite::params_from_iter(binds))?;
    Ok(())
}

pub(crate) fn remove(connection: &Connection, table: &Table, id: Uuid) -> Result<(), StoreError> {
    connection.prepare_cached(&table.delete)?.execute([uuid_sql(id)])?;
    Ok(())
}
