//! A home with the company's rows, asked as the device asks.

use super::{Engine, rows};
use query_lang::catalogue::{Catalogue, PropertyKind, Source};
use query_lang::{Compiled, Target, Value};
use rusqlite::Connection;
use rusqlite::types::Value as Sql;
use std::path::Path;
use std::sync::Arc;
use store::{Cancel, Limits, Reader, SignalTable, Store};
use sync_protocol::ModelAnswer;

pub(super) struct Home {
    reader: Reader,
    signals: Vec<SignalTable>,
    _store: Store,
}

impl Home {
    pub(super) fn new(folder: &Path, bookings: usize) -> Home {
        let mut store = Store::open(folder, rows::NOW).expect("the home opens").store;
        let model = ModelAnswer { model_version: 1, model: migrations::model::STANDARD_TEXT.to_owned() };
        store.adopt_model(&model).expect("the standard model fits");
        let reader = store.reader().expect("a model is there");
        let signals = fill(&folder.join("daybook.sqlite"), &reader.catalogue, bookings);
        Home { reader, signals, _store: store }
    }

    pub(super) fn catalogue(&self) -> Arc<Catalogue> {
        self.reader.catalogue.clone()
    }
}

impl Engine for Home {
    fn target(&self) -> Target {
        Target::Sqlite
    }

    fn answer(&self, compiled: &Compiled, binds: &[Value]) -> Result<Vec<Vec<Value>>, String> {
        let signals = if compiled.reads.signals.is_empty() { &[][..] } else { &self.signals };
        let found = self.reader.select(compiled, binds, signals, Limits::default(), &Cancel::default());
        found.map_err(|error| format!("{error}\n{}", compiled.sql))
    }
}

fn fill(file: &Path, catalogue: &Catalogue, bookings: usize) -> Vec<SignalTable> {
    let mut connection = Connection::open(file).expect("the home's file");
    connection.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF").expect("settings");
    let transaction = connection.transaction().expect("a transaction");
    let mut signals = Vec::new();
    for (_, entity) in catalogue.entities() {
        let all = (1..=rows::count(entity, bookings)).map(|number| rows::row(catalogue, entity, number));
        if entity.source == Source::Signal {
            let stored = entity.properties.iter().filter_map(|property| match &property.kind {
                PropertyKind::Stored { column, .. } => Some(column.clone()),
                PropertyKind::Calculated { .. } => None,
            });
            signals.push(SignalTable { name: entity.table.clone(), columns: stored.collect(), rows: all.collect() });
            continue;
        }
        let columns = rows::columns(entity);
        let places: Vec<String> = (1..=columns.len()).map(|place| format!("?{place}")).collect();
        let (columns, places) = (columns.join("\", \""), places.join(", "));
        let sql = format!("INSERT INTO main.\"{}\" (\"{columns}\") VALUES ({places})", entity.table);
        let mut insert = transaction.prepare(&sql).expect("a table of the model");
        for row in all {
            insert.execute(rusqlite::params_from_iter(row.into_iter().map(stored))).expect("a row");
        }
    }
    transaction.commit().expect("the rows are written");
    signals
}

fn stored(value: Value) -> Sql {
    match value {
        Value::Null => Sql::Null,
        Value::Bool(value) => Sql::Integer(i64::from(value)),
        Value::Text(text) => Sql::Text(text),
        Value::Guid(id) => Sql::Blob(id.as_bytes().to_vec()),
        Value::Date(days) => Sql::Integer(i64::from(days)),
        Value::Int(number) | Value::Decimal(number) | Value::Time(number) => Sql::Integer(number),
        Value::DateTime(number) | Value::Duration(number) => Sql::Integer(number),
    }
}
