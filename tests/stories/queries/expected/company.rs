//! Reads the company that is written down row by row in `*.rows`.

use crate::queries::engines::rows::{Data, Row, id_of};
use jiff::tz::TimeZone;
use query_lang::catalogue::{Catalogue, Entity, EntityId, Property, PropertyKind};
use query_lang::{Type, Value};
use std::collections::BTreeMap;
use uuid::Uuid;

const PAGES: [&str; 2] = [include_str!("company.rows"), include_str!("bookings.rows")];

/// A table of a page: an entity, its properties, and for each row its name and its cells.
struct Table<'t> {
    entity: EntityId,
    titles: Vec<&'t str>,
    rows: Vec<(&'t str, Vec<&'t str>)>,
}

pub(super) fn read(catalogue: &Catalogue) -> Data {
    let tables: Vec<Table<'_>> = PAGES.iter().flat_map(|page| tables(page, catalogue)).collect();
    let mut names = BTreeMap::new();
    for table in &tables {
        for (index, (name, _)) in table.rows.iter().enumerate() {
            assert!(names.insert(*name, id_of(table.entity, index + 1)).is_none(), "{name} stands there twice");
        }
    }
    let rows = tables.iter().map(|table| {
        let entity = catalogue.entity(table.entity);
        let rows = table.rows.iter().map(|(name, cells)| {
            let written: BTreeMap<&str, &str> = table.titles.iter().copied().zip(cells.iter().copied()).collect();
            row(entity, names[name], &written, &names)
        });
        (table.entity.0, rows.collect())
    });
    Data::of(rows.collect())
}

fn tables<'t>(page: &'t str, catalogue: &Catalogue) -> Vec<Table<'t>> {
    let blocks =
        page.split("\n\n").map(|block| block.lines().filter(|line| !line.starts_with("--") && !line.is_empty()));
    let tables = blocks.filter_map(|mut lines| {
        let mut titles = cells(lines.next()?);
        let entity = titles.remove(0);
        let rows = lines.map(|line| {
            let mut cells = cells(line);
            (cells.remove(0), cells)
        });
        Some(Table { entity: catalogue.find(entity).expect(entity), titles, rows: rows.collect() })
    });
    tables.collect()
}

fn cells(line: &str) -> Vec<&str> {
    line.split('|').map(str::trim).collect()
}

fn row(entity: &Entity, id: Uuid, written: &BTreeMap<&str, &str>, names: &BTreeMap<&str, Uuid>) -> Row {
    let known = |title: &&&str| **title == "deleted" || entity.property(title).is_some();
    assert!(written.keys().all(|title| known(&title)), "{} has not all of {:?}", entity.name, written.keys());
    let values = entity.properties.iter().map(|property| match property.name.as_str() {
        "Id" => Value::Guid(id),
        name => value(property, written.get(name).copied().unwrap_or("."), names),
    });
    Row { id, deleted: written.get("deleted") == Some(&"True"), values: values.collect() }
}

fn value(property: &Property, cell: &str, names: &BTreeMap<&str, Uuid>) -> Value {
    let PropertyKind::Stored { kind, nullable, .. } = &property.kind else { return Value::Null };
    match (cell, kind) {
        (".", _) if *nullable => Value::Null,
        (".", _) => nothing(*kind),
        (name, Type::Ref(_)) => Value::Guid(names[name]),
        _ => Value::read(*kind, cell, &TimeZone::UTC).unwrap_or_else(|| panic!("{}: {cell}", property.name)),
    }
}

fn nothing(kind: Type) -> Value {
    match kind {
        Type::Bool => Value::Bool(false),
        Type::Int => Value::Int(0),
        Type::Decimal => Value::Decimal(0),
        Type::Text => Value::Text(String::new()),
        Type::Date => Value::Date(0),
        Type::Time => Value::Time(0),
        Type::DateTime => Value::DateTime(0),
        Type::Duration => Value::Duration(0),
        Type::Guid | Type::Ref(_) => Value::Guid(Uuid::nil()),
    }
}
