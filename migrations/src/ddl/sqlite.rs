use crate::model::Literal;
use crate::physical::{Column, Index, Storage, Table};
use crate::plan::Step;

pub(super) fn statements(step: &Step) -> Vec<String> {
    match step {
        Step::CreateTable(table) => vec![create_table(table)],
        Step::AddColumn { table, column } => {
            vec![format!("ALTER TABLE \"main\".\"{table}\" ADD COLUMN {}", column_definition(column))]
        }
        Step::CreateIndex { table, index } => {
            vec![format!("CREATE INDEX \"main\".\"{}\" ON \"{table}\" ({})", index.name, columns(index))]
        }
        Step::DropIndex { index } => vec![format!("DROP INDEX IF EXISTS \"main\".\"{index}\"")],
        Step::AllowNull { .. } | Step::AddReference { .. } | Step::KeepHistory { .. } => Vec::new(),
    }
}

fn create_table(table: &Table) -> String {
    let mut definitions = vec![
        "\"id\" BLOB NOT NULL PRIMARY KEY CHECK (length(\"id\") = 16)".to_owned(),
        "\"seq\" INTEGER NOT NULL".to_owned(),
        "\"deleted\" INTEGER NOT NULL DEFAULT 0".to_owned(),
        "\"created\" INTEGER NOT NULL".to_owned(),
        "\"created_by\" BLOB".to_owned(),
        "\"updated\" INTEGER NOT NULL".to_owned(),
        "\"updated_by\" BLOB".to_owned(),
    ];
    definitions.extend(table.columns.iter().map(column_definition));
    format!("CREATE TABLE \"main\".\"{}\" (\n  {}\n) STRICT", table.name, definitions.join(",\n  "))
}

pub(super) fn signal_table(table: &Table) -> String {
    let id = "\"id\" BLOB NOT NULL PRIMARY KEY".to_owned();
    let definitions: Vec<String> = std::iter::once(id).chain(table.columns.iter().map(column_definition)).collect();
    format!("CREATE TABLE \"sig\".\"{}\" (\n  {}\n) STRICT", table.name, definitions.join(",\n  "))
}

pub(super) fn signal_indexes(table: &Table) -> Vec<String> {
    let create =
        |index: &Index| format!("CREATE INDEX \"sig\".\"{}\" ON \"{}\" ({})", index.name, table.name, columns(index));
    table.indexes.iter().map(create).collect()
}

fn columns(index: &Index) -> String {
    let names: Vec<String> = index.columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    names.join(", ")
}

fn column_definition(column: &Column) -> String {
    let storage = match column.storage {
        Storage::Int64 | Storage::Date | Storage::Bool => "INTEGER",
        Storage::Guid => "BLOB",
        Storage::Text => "TEXT",
    };
    let default = column.default.as_ref().map_or_else(String::new, |value| format!(" DEFAULT {}", literal(value)));
    format!("\"{}\" {storage}{default}", column.name)
}

fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Bool(value) => i64::from(*value).to_string(),
        Literal::Int(value) => value.to_string(),
        Literal::Text(value) => super::quoted(value),
    }
}
