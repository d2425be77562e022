//! What the company says of rules that it may decide about: rows of `Setting`, read inside the write's transaction.

use super::Writing;
use crate::StoreError;
use migrations::Policy;
use query_lang::catalogue::Rule;
use rusqlite::OptionalExtension;

const SETTING: &str = "Setting";

pub(super) fn of(writing: &Writing<'_>, rule: &Rule) -> Result<Policy, StoreError> {
    let said = match &rule.policy {
        Some(key) => value(writing, key)?,
        None => None,
    };
    Ok(Policy::of(rule, |_| said))
}

fn value(writing: &Writing<'_>, key: &str) -> Result<Option<String>, StoreError> {
    let Some(table) = writing.layout.table(SETTING) else { return Ok(None) };
    let (Some(name), Some(value)) = (table.column("Key"), table.column("Value")) else { return Ok(None) };
    let sql =
        format!("SELECT \"{}\" FROM main.\"{}\" WHERE \"{}\" = ?1 AND deleted = 0", value.name, table.name, name.name);
    Ok(writing.transaction.prepare_cached(&sql)?.query_row([key], |row| row.get(0)).optional()?)
}
