//! What the server has not settled: mutations with dense numbers, and the server's version of each row they touch.

use super::known;
use crate::rows::Table;
use crate::rows::cell::uuid_sql;
use crate::rows::version::{self, Version};
use crate::state::{self, json, parsed};
use crate::{Store, StoreError};
use rusqlite::{Connection, OptionalExtension, params};
use sync_protocol::limits::GROUP_BYTES_MAX;
use sync_protocol::{Cell, Group, Mutation};
use uuid::Uuid;

/// Numbers the mutations and keeps them as one group.
pub(crate) fn enqueue(connection: &Connection, mutations: Vec<Mutation>) -> Result<(), StoreError> {
    let group = state::next(connection, state::LAST_GROUP)?;
    let mut insert = connection.prepare_cached(
        "INSERT INTO main.home_outbox (no, group_no, entity, id, mutation) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let mut bytes = 0;
    let mut no = state::get::<u64>(connection, state::LAST_NO)?.unwrap_or(0);
    for mut mutation in mutations {
        no += 1;
        mutation.no = no;
        let text = json(&mutation)?;
        bytes += text.len() + 1;
        if bytes > GROUP_BYTES_MAX {
            return Err(StoreError::ChangeTooLarge);
        }
        insert.execute(params![no as i64, group as i64, mutation.entity, uuid_sql(mutation.id), text])?;
    }
    state::set(connection, state::LAST_NO, &no)
}

/// Keeps what the server has of a row, when its first pending mutation is made. None: the server has nothing.
pub(super) fn keep_shadow(
    connection: &Connection,
    table: &Table,
    id: Uuid,
    held: Option<&Version>,
) -> Result<(), StoreError> {
    let text = held.map(json).transpose()?;
    connection
        .prepare_cached("INSERT OR IGNORE INTO main.home_shadow (entity, id, version) VALUES (?1, ?2, ?3)")?
        .execute(params![table.entity, uuid_sql(id), text])?;
    Ok(())
}

/// The server's version of a row with pending mutations; the outer None: it has no pending mutation.
pub(crate) fn shadow(connection: &Connection, entity: &str, id: Uuid) -> Result<Option<Option<Version>>, StoreError> {
    let text: Option<Option<String>> = connection
        .prepare_cached("SELECT version FROM main.home_shadow WHERE entity = ?1 AND id = ?2")?
        .query_row(params![entity, uuid_sql(id)], |row| row.get(0))
        .optional()?;
    text.map(|text| text.map(|text| parsed(&text)).transpose()).transpose()
}

/// Unsettled mutations of a row, in their order.
pub(crate) fn pending_of(connection: &Connection, entity: &str, id: Uuid) -> Result<Vec<Mutation>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT mutation FROM main.home_outbox WHERE entity = ?1 AND id = ?2 ORDER BY no")?;
    let texts = statement.query_map(params![entity, uuid_sql(id)], |row| row.get::<_, String>(0))?;
    texts.map(|text| parsed(&text?)).collect()
}

/// Rows with unsettled mutations.
pub(crate) fn pending_rows(connection: &Connection) -> Result<Vec<(String, Uuid)>, StoreError> {
    let mut statement = connection.prepare("SELECT DISTINCT entity, id FROM main.home_outbox")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Makes the row anew: the server's version with the pending changes laid over it, and no shadow when none is left.
pub(crate) fn recompute(
    connection: &Connection,
    table: &Table,
    id: Uuid,
    server: Option<Version>,
) -> Result<(), StoreError> {
    let pending = pending_of(connection, &table.entity, id)?;
    let text = server.as_ref().map(json).transpose()?;
    if pending.is_empty() {
        connection
            .prepare_cached("DELETE FROM main.home_shadow WHERE entity = ?1 AND id = ?2")?
            .execute(params![table.entity, uuid_sql(id)])?;
    } else {
        connection
            .prepare_cached(
                "INSERT INTO main.home_shadow (entity, id, version) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (entity, id) DO UPDATE SET version = excluded.version",
            )?
            .execute(params![table.entity, uuid_sql(id), text])?;
    }
    let held = version::read(connection, table, id)?;
    match pending.iter().fold(server, Version::after) {
        Some(version) => version::write(connection, table, id, &stamped(version, &pending, held.as_ref())),
        None => version::remove(connection, table, id),
    }
}

/// A row that only this device has made carries the device's times until the server says its own.
fn stamped(mut version: Version, pending: &[Mutation], held: Option<&Version>) -> Version {
    use crate::rows::layout::{CREATED, CREATED_BY, UPDATED, UPDATED_BY};
    let at = Cell::Int(pending.last().map_or(0, |mutation| mutation.at));
    let nobody = Cell::Null;
    for (property, otherwise) in [(CREATED, &at), (UPDATED, &at), (CREATED_BY, &nobody), (UPDATED_BY, &nobody)] {
        let known = held.and_then(|version| version.cells.get(property)).unwrap_or(otherwise);
        version.cells.entry(property.into()).or_insert_with(|| known.clone());
    }
    version
}

/// Numbers the unsettled mutations anew from 1, as another client's.
pub(crate) fn renumber(connection: &Connection) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT no, mutation FROM main.home_outbox ORDER BY no")?;
    let found: Vec<(i64, String)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    // Through negative numbers: a new number may be another row's old one.
    connection.execute("UPDATE main.home_outbox SET no = -no", [])?;
    let mut no = 0;
    for (old, text) in found {
        no += 1;
        let mutation = Mutation { no, ..parsed(&text)? };
        connection.execute(
            "UPDATE main.home_outbox SET no = ?1, mutation = ?2 WHERE no = ?3",
            params![no as i64, json(&mutation)?, -old],
        )?;
    }
    state::set(connection, state::LAST_NO, &no)?;
    state::set(connection, state::ACKNOWLEDGED, &0_u64)
}

impl Store {
    /// The oldest unsettled groups, at most `groups_max` and about `bytes_max` bytes of JSON, at least one if there is
    /// one; a group is never split.
    pub fn outbox(&self, groups_max: usize, bytes_max: usize) -> Result<Vec<Group>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT group_no, mutation FROM main.home_outbox ORDER BY no")?;
        let mut rows = statement.query([])?;
        let (mut groups, mut last, mut bytes) = (Vec::<Group>::new(), None, 0);
        while let Some(row) = rows.next()? {
            let group: i64 = row.get(0)?;
            let text: String = row.get(1)?;
            if last != Some(group) {
                if groups.len() == groups_max || (bytes > bytes_max && !groups.is_empty()) {
                    break;
                }
                groups.push(Group { mutations: Vec::new() });
                last = Some(group);
            }
            bytes += text.len();
            if let Some(group) = groups.last_mut() {
                group.mutations.push(parsed(&text)?);
            }
        }
        Ok(groups)
    }

    /// Local transactions that the server has not settled.
    pub fn waiting(&self) -> Result<u32, StoreError> {
        let count = "SELECT count(DISTINCT group_no) FROM main.home_outbox";
        Ok(self.connection.prepare_cached(count)?.query_row([], |row| row.get(0))?)
    }

    /// Whether the server has not settled all of this row.
    pub fn is_waiting(&self, entity: &str, id: Uuid) -> Result<bool, StoreError> {
        let table = known(&self.layout, entity)?;
        Ok(shadow(&self.connection, &table.entity, id)?.is_some())
    }
}
