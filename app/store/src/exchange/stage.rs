//! Pages of a pull wait here, where nobody sees them, until the last one has arrived.

use crate::rows::cell::uuid_sql;
use crate::rows::{Table, Version};
use crate::signals::index_segment;
use crate::state::{self, json};
use crate::write::{known, renumber};
use crate::{Store, StoreError};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::collections::HashSet;
use sync_protocol::{Cursor, PullAnswer, Row, TablePage, VisibleIds};
use uuid::Uuid;

/// Where this home stands in the server's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Who numbers the mutations; a copied disk takes a new one.
    pub client: Uuid,
    pub cursor: Option<Cursor>,
    /// Every mutation up to this number has its outcome on disk.
    pub acknowledged: u64,
    /// 0: no model yet.
    pub model_version: u64,
    /// The present filling of the staging; 0: never filled.
    pub stage: u64,
}

impl Store {
    /// None before [`Store::take_client`] was called for the first time.
    pub fn standing(&self) -> Result<Option<Standing>, StoreError> {
        let Some(client) = state::get(&self.connection, state::CLIENT)? else { return Ok(None) };
        Ok(Some(Standing {
            client,
            cursor: state::get(&self.connection, state::CURSOR)?,
            acknowledged: state::get(&self.connection, state::ACKNOWLEDGED)?.unwrap_or(0),
            model_version: self.model_version(),
            stage: state::get(&self.connection, state::STAGE)?.unwrap_or(0),
        }))
    }

    /// Whether the company's rows were ever fetched; false again after a broken file was replaced, until they are.
    pub fn has_data(&self) -> Result<bool, StoreError> {
        Ok(self.model_version() > 0 && state::get::<Cursor>(&self.connection, state::CURSOR)?.is_some())
    }

    /// Becomes another client for the server: unsettled mutations are numbered anew from 1.
    pub fn take_client(&mut self, client: Uuid) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        state::set(&transaction, state::CLIENT, &client)?;
        renumber(&transaction)?;
        transaction.commit()?;
        Ok(())
    }

    /// Empties the staging and numbers its new filling.
    pub fn begin_pull(&mut self) -> Result<u64, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        clear(&transaction)?;
        let stage = state::next(&transaction, state::STAGE)?;
        transaction.commit()?;
        Ok(stage)
    }

    /// Adds a page: of two rows with one id the higher seq wins, a row takes back a `gone` of its id and the other way
    /// round. A list of visible ids takes effect at once: what is held or staged of its entity and is not in it becomes
    /// `gone`; rows that come after it stay.
    pub fn stage(&mut self, page: &PullAnswer) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for table_page in &page.tables {
            stage_rows(&transaction, known(&self.layout, &table_page.entity)?, table_page)?;
        }
        for gone in &page.gone {
            let table = known(&self.layout, &gone.entity)?;
            for id in &gone.ids {
                put(&transaction, table, *id, 0, None)?;
            }
        }
        for visible in &page.visible {
            let table = known(&self.layout, &visible.entity)?;
            see(&transaction, table, &visible.ids)?;
        }
        for segment in &page.segments {
            index_segment(&transaction, segment)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Of the newest visible ids those that are neither staged nor, unless the pull is `whole` and drops what is only
    /// held, held.
    pub fn missing(&self, whole: bool) -> Result<Vec<VisibleIds>, StoreError> {
        let mut missing = Vec::new();
        for table in self.layout.tables() {
            let Some(mut ids) = visible(&self.connection, table)? else { continue };
            let held = if whole { Vec::new() } else { held(&self.connection, table)? };
            for known in held.into_iter().chain(staged(&self.connection, table)?) {
                ids.remove(&known);
            }
            if !ids.is_empty() {
                let mut ids: Vec<Uuid> = ids.into_iter().collect();
                ids.sort_unstable();
                missing.push(VisibleIds { entity: table.entity.clone(), ids });
            }
        }
        Ok(missing)
    }
}

fn see(connection: &Connection, table: &Table, ids: &[Uuid]) -> Result<(), StoreError> {
    let bytes: Vec<u8> = ids.iter().flat_map(|id| *id.as_bytes()).collect();
    connection
        .prepare_cached("INSERT OR REPLACE INTO main.home_visible (entity, ids) VALUES (?1, ?2)")?
        .execute(params![table.entity, bytes])?;
    let visible: HashSet<Uuid> = ids.iter().copied().collect();
    for known in held(connection, table)?.into_iter().chain(staged(connection, table)?) {
        if !visible.contains(&known) {
            put(connection, table, known, 0, None)?;
        }
    }
    Ok(())
}

/// Rows that the server has given and that are shown here, or would be without a pending change.
fn held(connection: &Connection, table: &Table) -> Result<Vec<Uuid>, StoreError> {
    ids_of(connection, &format!("SELECT id FROM main.\"{}\" WHERE seq > 0", table.name))
}

fn stage_rows(connection: &Connection, table: &Table, page: &TablePage) -> Result<(), StoreError> {
    let foreign = |what: &str| StoreError::Foreign(format!("{}: {what}", table.entity));
    let mut columns = Vec::with_capacity(page.columns.len());
    for property in &page.columns {
        let column = table.column(property);
        if column.is_none() && !property.eq_ignore_ascii_case("Id") {
            return Err(foreign(property));
        }
        columns.push(column);
    }
    for Row { id, seq, values } in &page.rows {
        if values.len() != columns.len() || *seq == 0 || *seq > i64::MAX as u64 {
            return Err(foreign("a row of another form"));
        }
        let cells = columns.iter().zip(values);
        let cells = cells.filter_map(|(column, cell)| Some((column.as_ref()?.property.clone(), cell.clone())));
        let version = Version { seq: *seq, deleted: false, cells: cells.collect() };
        put(connection, table, *id, *seq, Some(&version))?;
    }
    Ok(())
}

fn put(connection: &Connection, table: &Table, id: Uuid, seq: u64, row: Option<&Version>) -> Result<(), StoreError> {
    let text = row.map(json).transpose()?;
    connection
        .prepare_cached(
            "INSERT INTO main.home_staged (entity, id, seq, version) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (entity, id) DO UPDATE SET seq = excluded.seq, version = excluded.version \
             WHERE excluded.version IS NULL OR excluded.seq >= home_staged.seq",
        )?
        .execute(params![table.entity, uuid_sql(id), seq as i64, text])?;
    Ok(())
}

pub(super) fn clear(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM main.home_staged", [])?;
    connection.execute("DELETE FROM main.home_visible", [])?;
    Ok(())
}

/// Ids of an entity that the staging says are visible; None: it says nothing of this entity.
pub(super) fn visible(connection: &Connection, table: &Table) -> Result<Option<HashSet<Uuid>>, StoreError> {
    let bytes: Option<Vec<u8>> = connection
        .prepare_cached("SELECT ids FROM main.home_visible WHERE entity = ?1")?
        .query_row([&table.entity], |row| row.get(0))
        .optional()?;
    Ok(bytes.map(|bytes| bytes.chunks_exact(16).filter_map(|id| Uuid::from_slice(id).ok()).collect()))
}

/// Ids of an entity whose row is staged.
pub(super) fn staged(connection: &Connection, table: &Table) -> Result<HashSet<Uuid>, StoreError> {
    let sql = "SELECT id FROM main.home_staged WHERE entity = ?1 AND version IS NOT NULL";
    let mut statement = connection.prepare_cached(sql)?;
    let ids = statement.query_map([&table.entity], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

pub(super) fn ids_of(connection: &Connection, sql: &str) -> Result<Vec<Uuid>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let ids = statement.query_map([], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}
