//! Small facts of the home, each under a name.

use crate::StoreError;
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Names of facts that the store itself keeps; others belong to its caller.
pub(crate) const CLIENT: &str = "client";
pub(crate) const CURSOR: &str = "cursor";
/// Number of the last mutation that was made.
pub(crate) const LAST_NO: &str = "last_no";
/// Every mutation up to this number has its outcome on disk.
pub(crate) const ACKNOWLEDGED: &str = "acknowledged";
pub(crate) const STAGE: &str = "stage";
/// Number of the last local transaction.
pub(crate) const LAST_GROUP: &str = "last_group";
/// The file was damaged, and what could be read of it was brought over; until the caller has drawn its conclusions.
pub(crate) const MENDED: &str = "mended";

pub(crate) fn get<T: DeserializeOwned>(connection: &Connection, name: &str) -> Result<Option<T>, StoreError> {
    let text: Option<String> = connection
        .prepare_cached("SELECT value FROM main.home_setting WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    text.map(|text| serde_json::from_str(&text).map_err(|error| StoreError::Damaged(format!("{name}: {error}"))))
        .transpose()
}

pub(crate) fn set<T: Serialize>(connection: &Connection, name: &str, value: &T) -> Result<(), StoreError> {
    let text = json(value)?;
    connection
        .prepare_cached(
            "INSERT INTO main.home_setting (name, value) VALUES (?1, ?2) \
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )?
        .execute([name, &text])?;
    Ok(())
}

pub(crate) fn forget(connection: &Connection, name: &str) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM main.home_setting WHERE name = ?1")?.execute([name])?;
    Ok(())
}

/// The next number of a dense sequence.
pub(crate) fn next(connection: &Connection, name: &str) -> Result<u64, StoreError> {
    let number = get::<u64>(connection, name)?.unwrap_or(0) + 1;
    set(connection, name, &number)?;
    Ok(number)
}

pub(crate) fn json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Foreign(error.to_string()))
}

pub(crate) fn parsed<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Damaged(error.to_string()))
}
