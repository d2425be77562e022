//! One row as the device shows it, for forms, for the inbox and for defaults.

use crate::rows::{Table, Version, value, version};
use crate::write::known;
use crate::{Store, StoreError};
use query_lang::{Type, Value};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The stored values of one live row, by property name.
pub type Record = BTreeMap<String, Value>;

/// A property that a person can write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub property: String,
    /// `Guid` for a relation.
    pub kind: Type,
    pub required: bool,
    pub unique: bool,
    pub default: Option<Value>,
    /// The entity that a relation points to.
    pub parent: Option<String>,
}

impl Store {
    /// None: there is no such live row here.
    pub fn record(&self, entity: &str, id: Uuid) -> Result<Option<Record>, StoreError> {
        let table = known(&self.layout, entity)?;
        let version = version::read(&self.connection, table, id)?.filter(|version| !version.deleted);
        Ok(version.map(|version| values(table, &version)))
    }

    /// As [`Store::record`], also of a row that is deleted, as long as this device remembers what it held.
    pub fn last_record(&self, entity: &str, id: Uuid) -> Result<Option<Record>, StoreError> {
        let table = known(&self.layout, entity)?;
        Ok(version::read(&self.connection, table, id)?.map(|version| values(table, &version)))
    }

    /// In the model's order.
    pub fn fields(&self, entity: &str) -> Result<Vec<Field>, StoreError> {
        let table = known(&self.layout, entity)?;
        let written = table.columns.iter().filter(|column| !column.of_server);
        Ok(written
            .map(|column| Field {
                property: column.property.clone(),
                kind: column.kind,
                required: column.required,
                unique: column.unique,
                default: column.default.as_ref().and_then(|cell| value(column.kind, cell)),
                parent: column.parent.clone(),
            })
            .collect())
    }
}

fn values(table: &Table, version: &Version) -> Record {
    let pairs = table
        .columns
        .iter()
        .filter_map(|column| Some((column.property.clone(), value(column.kind, &version.cell(&column.property))?)));
    pairs.collect()
}
