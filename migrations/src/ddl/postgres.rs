use crate::model::Literal;
use crate::physical::{Column, Index, Storage, Table};
use crate::plan::Step;
use crate::tenant::Roles;
use query_lang::{Identifier, TenantSchema};

/// The columns that every table has, in their order.
const SYSTEM_COLUMNS: [(&str, &str); 7] = [
    ("id", "uuid NOT NULL"),
    ("seq", "bigint NOT NULL"),
    ("deleted", "boolean NOT NULL DEFAULT false"),
    ("created", "bigint NOT NULL"),
    ("created_by", "uuid"),
    ("updated", "bigint NOT NULL"),
    ("updated_by", "uuid"),
];

pub(super) fn statements(step: &Step, schema: &TenantSchema) -> Vec<String> {
    let tenant = Tenant(schema);
    match step {
        Step::CreateTable(table) => tenant.create_table(table),
        Step::AddColumn { table, column } => tenant.add_column(table, column),
        Step::AllowNull { table, column } => {
            vec![format!("ALTER TABLE {} ALTER COLUMN \"{column}\" DROP NOT NULL", tenant.table(table))]
        }
        Step::AddReference { table, column, target } => vec![format!(
            "ALTER TABLE {} ADD FOREIGN KEY (\"{column}\") REFERENCES {} (\"id\") DEFERRABLE INITIALLY DEFERRED",
            tenant.table(table),
            tenant.table(target)
        )],
        Step::CreateIndex { table, index } => vec![tenant.create_index(table, index)],
        Step::DropIndex { index } => vec![format!("DROP INDEX IF EXISTS {}", tenant.table(index))],
        Step::KeepHistory { table, columns } => tenant.keep_history(table, columns),
    }
}

struct Tenant<'a>(&'a TenantSchema);

impl Tenant<'_> {
    fn table(&self, name: &Identifier) -> String {
        format!("\"{}\".\"{name}\"", self.0.as_str())
    }

    fn history(&self, name: &Identifier) -> String {
        format!("\"{}\".\"{name}_history\"", self.0.as_str())
    }

    /// The table, its history, the trigger that asserts the gate, and the rights of the tenant's roles.
    fn create_table(&self, table: &Table) -> Vec<String> {
        let (current, history) = (self.table(&table.name), self.history(&table.name));
        let Roles { write, read } = Roles::of(self.0);
        let system = || SYSTEM_COLUMNS.iter().map(|(name, definition)| format!("\"{name}\" {definition}"));
        let mut columns: Vec<String> = system().chain(table.columns.iter().map(required_definition)).collect();
        columns.push("PRIMARY KEY (\"id\")".to_owned());
        let mut versions: Vec<String> = system().collect();
        versions.push("\"seq_to\" bigint NOT NULL".to_owned());
        versions.extend(table.columns.iter().map(column_definition));
        versions.push("PRIMARY KEY (\"id\", \"seq\")".to_owned());
        vec![
            format!("CREATE TABLE {current} (\n  {}\n)", columns.join(",\n  ")),
            format!("CREATE INDEX \"{}_seq\" ON {current} (\"seq\", \"id\")", table.name),
            format!("CREATE TABLE {history} (\n  {}\n)", versions.join(",\n  ")),
            format!("CREATE INDEX \"{}_history_seq_to\" ON {history} (\"seq_to\")", table.name),
            format!(
                "CREATE CONSTRAINT TRIGGER \"sync_gate\" AFTER INSERT OR UPDATE ON {current} DEFERRABLE INITIALLY \
                 DEFERRED FOR EACH ROW EXECUTE FUNCTION \"{}\".\"sync_assert_gate\"()",
                self.0.as_str()
            ),
            format!("GRANT SELECT, INSERT, UPDATE ON {current} TO \"{write}\""),
            format!("GRANT SELECT, INSERT ON {history} TO \"{write}\""),
            format!("GRANT SELECT ON {current}, {history} TO \"{read}\""),
        ]
    }

    fn add_column(&self, table: &Identifier, column: &Column) -> Vec<String> {
        vec![
            format!("ALTER TABLE {} ADD COLUMN {}", self.table(table), required_definition(column)),
            format!("ALTER TABLE {} ADD COLUMN {}", self.history(table), column_definition(column)),
        ]
    }

    fn create_index(&self, table: &Identifier, index: &Index) -> String {
        let columns: Vec<String> = index.columns.iter().map(index_column).collect();
        let columns = columns.join(", ");
        let table = self.table(table);
        if index.unique {
            format!("CREATE UNIQUE INDEX \"{}\" ON {table} ({columns}) WHERE NOT \"deleted\"", index.name)
        } else {
            format!("CREATE INDEX \"{}\" ON {table} ({columns})", index.name)
        }
    }

    /// A row's version before an update of a later seq; two changes under one seq are one version.
    fn keep_history(&self, table: &Identifier, columns: &[Identifier]) -> Vec<String> {
        let system = SYSTEM_COLUMNS.iter().map(|(name, _)| (*name).to_owned());
        let names: Vec<String> = system.chain(columns.iter().map(ToString::to_string)).collect();
        let listed: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        let former: Vec<String> = names.iter().map(|name| format!("OLD.\"{name}\"")).collect();
        let function = format!("\"{}\".\"{table}_keep_history\"", self.0.as_str());
        vec![
            format!(
                "CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $history$\nBEGIN\n  INSERT \
                 INTO {} ({}, \"seq_to\")\n  VALUES ({}, NEW.\"seq\");\n  RETURN NULL;\nEND\n$history$",
                self.history(table),
                listed.join(", "),
                former.join(", "),
            ),
            format!(
                "CREATE OR REPLACE TRIGGER \"sync_history\" AFTER UPDATE ON {} FOR EACH ROW WHEN (OLD.\"seq\" <> \
                 NEW.\"seq\") EXECUTE FUNCTION {function}()",
                self.table(table)
            ),
        ]
    }
}

/// Nulls are smallest in the language, so an index that is walked has them first.
fn index_column((name, nullable): &(Identifier, bool)) -> String {
    if *nullable { format!("\"{name}\" NULLS FIRST") } else { format!("\"{name}\"") }
}

fn required_definition(column: &Column) -> String {
    let required = if column.required { " NOT NULL" } else { "" };
    format!("{}{required}", column_definition(column))
}

fn column_definition(column: &Column) -> String {
    let storage = match column.storage {
        Storage::Int64 => "bigint",
        Storage::Date => "integer",
        Storage::Bool => "boolean",
        Storage::Guid => "uuid",
        Storage::Text => "text COLLATE \"C\"",
    };
    let default = column.default.as_ref().map_or_else(String::new, |value| format!(" DEFAULT {}", literal(value)));
    format!("\"{}\" {storage}{default}", column.name)
}

fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Bool(value) => value.to_string(),
        Literal::Int(value) => value.to_string(),
        Literal::Text(value) => super::quoted(value),
    }
}
