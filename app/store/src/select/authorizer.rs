//! The second wall: what the compiler says that a query reads is an allow-list; SQLite asks it at every prepare, and
//! everything that is not in it is denied.

use query_lang::Reads;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use std::collections::{HashMap, HashSet};

/// Columns by table of one database.
type Tables = HashMap<String, HashSet<String>>;

pub(super) fn allow_list(reads: &Reads) -> impl for<'r> FnMut(AuthContext<'r>) -> Authorization + Send + 'static {
    let main = tables(&reads.tables);
    let signals = tables(&reads.signals);
    let functions: HashSet<String> = reads.functions.iter().map(|name| name.to_lowercase()).collect();
    move |context: AuthContext<'_>| {
        let allowed = match context.action {
            AuthAction::Select => true,
            AuthAction::Read { table_name, column_name } => match context.database_name {
                Some("main") => reads_column(&main, table_name, column_name),
                Some("sig") => reads_column(&signals, table_name, column_name),
                // Rows that the text itself makes, of which only the number matters. No table can have this name.
                None => table_name == "$made" && column_name.is_empty(),
                _ => false,
            },
            AuthAction::Function { function_name } => functions.contains(&function_name.to_lowercase()),
            _ => false,
        };
        if allowed { Authorization::Allow } else { Authorization::Deny }
    }
}

fn tables(reads: &[(String, Vec<String>)]) -> Tables {
    let mut tables = Tables::new();
    for (table, columns) in reads {
        tables.entry(table.clone()).or_default().extend(columns.iter().cloned());
    }
    tables
}

/// SQLite names an empty column where only the number of rows matters.
fn reads_column(tables: &Tables, table: &str, column: &str) -> bool {
    tables.get(table).is_some_and(|columns| column.is_empty() || columns.contains(column))
}
