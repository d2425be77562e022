//! A home on a disk, asked as the device asks: read-only, under the authorizer, signals in memory.

use super::rows::Data;
use migrations::Model;
use query_lang::catalogue::{Catalogue, PropertyKind, Source};
use query_lang::{Compiled, Identifier, Value};
use rusqlite::Connection;
use rusqlite::types::Value as Sql;
use std::sync::Arc;
use store::{Cancel, Limits, Reader, SignalTable, Store};
use sync_protocol::ModelAnswer;
use tempfile::TempDir;

pub(crate) struct Home {
    reader: Reader,
    signals: Vec<SignalTable>,
    file: Connection,
    _store: Store,
    _folder: TempDir,
}

impl Home {
    /// A home with this model and no rows.
    pub(crate) fn new(model: &Model) -> Self {
        let folder = TempDir::new().expect("a folder");
        let mut store = Store::open(folder.path(), super::rows::NOW).expect("the home opens").store;
        let model = ModelAnswer { model_version: 1, model: model.text().expect("JSON") };
        store.adopt_model(&model).expect("the model fits");
        let reader = store.reader().expect("a model is there");
        let file = Connection::open(folder.path().join("daybook.sqlite")).expect("the home's file");
        file.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF").expect("settings");
        Home { reader, signals: Vec::new(), file, _store: store, _folder: folder }
    }

    pub(crate) fn catalogue(&self) -> Arc<Catalogue> {
        self.reader.catalogue.clone()
    }

    /// Puts these rows in the place of all others.
    pub(crate) fn fill(&mut self, catalogue: &Catalogue, data: &Data) {
        self.signals.clear();
        let transaction = self.file.transaction().expect("a transaction");
        for (id, entity) in catalogue.entities() {
            let rows = data.rows.get(&id.0).into_iter().flatten();
            if entity.source == Source::Signal {
                let stored = |index: &usize| matches!(entity.properties[*index].kind, PropertyKind::Stored { .. });
                let kept: Vec<usize> = (0..entity.properties.len()).filter(stored).collect();
                let columns = kept.iter().map(|index| column(&entity.properties[*index].kind)).collect();
                let values = rows.map(|row| kept.iter().map(|index| row.values[*index].clone()).collect()).collect();
                self.signals.push(SignalTable { name: entity.table.clone(), columns, rows: values });
                continue;
            }
            transaction.execute(&format!("DELETE FROM main.\"{}\"", entity.table), []).expect("an empty table");
            for row in rows {
                let (columns, values) = super::columns(entity, row);
                let places: Vec<String> = (1..=values.len()).map(|place| format!("?{place}")).collect();
                let sql = format!(
                    "INSERT INTO main.\"{}\" ({}) VALUES ({})",
                    entity.table,
                    columns.join(", "),
                    places.join(", ")
                );
                let mut insert = transaction.prepare_cached(&sql).expect("a table of the model");
                insert.execute(rusqlite::params_from_iter(values.iter().map(sql_value))).expect("a row");
            }
        }
        transaction.commit().expect("the rows are written");
    }

    pub(crate) fn ask(&self, compiled: &Compiled, binds: &[Value]) -> Result<Vec<Vec<Value>>, String> {
        let signals = if compiled.reads.signals.is_empty() { &[][..] } else { &self.signals };
        let rows = self.reader.select(compiled, binds, signals, Limits::default(), &Cancel::default());
        rows.map_err(|error| format!("{error}: {error:?}"))
    }
}

fn column(kind: &PropertyKind) -> Identifier {
    match kind {
        PropertyKind::Stored { column, .. } => column.clone(),
        PropertyKind::Calculated { .. } => unreachable!("only stored properties have a column"),
    }
}

fn sql_value(value: &Value) -> Sql {
    match value {
        Value::Null => Sql::Null,
        Value::Bool(value) => Sql::Integer(i64::from(*value)),
        Value::Text(text) => Sql::Text(text.clone()),
        Value::Guid(id) => Sql::Blob(id.as_bytes().to_vec()),
        Value::Date(days) => Sql::Integer(i64::from(*days)),
        Value::Int(number)
        | Value::Decimal(number)
        | Value::Time(number)
        | Value::DateTime(number)
        | Value::Duration(number) => Sql::Integer(*number),
    }
}
