//! What the company says of itself: its rows of `Setting`.

use crate::rows::Layout;
use crate::{Store, StoreError};
use jiff::civil::Weekday;
use rusqlite::{Connection, OptionalExtension};

const SETTING: &str = "Setting";

/// The value of a live row with this key. None: there is no such row, or the model has no settings.
pub(crate) fn said(connection: &Connection, layout: &Layout, key: &str) -> Result<Option<String>, StoreError> {
    let Some(table) = layout.table(SETTING) else { return Ok(None) };
    let (Some(name), Some(value)) = (table.column("Key"), table.column("Value")) else { return Ok(None) };
    let sql =
        format!("SELECT \"{}\" FROM main.\"{}\" WHERE \"{}\" = ?1 AND deleted = 0", value.name, table.name, name.name);
    // A company can allow a setting to have no value: it says nothing then.
    let value = connection.prepare_cached(&sql)?.query_row([key], |row| row.get::<_, Option<String>>(0)).optional()?;
    Ok(value.flatten())
}

impl Store {
    /// The day that the company's weeks begin with; Monday before the first pull.
    pub fn first_weekday(&self) -> Result<Weekday, StoreError> {
        let said = said(&self.connection, &self.layout, migrations::FIRST_DAY_OF_WEEK)?;
        Ok(migrations::first_weekday(said.as_deref()))
    }
}
