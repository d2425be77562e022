//! The staging becomes the rows, in one transaction with the new cursor; pending changes stay on top.

use super::removal::Removal;
use super::{restored, stage};
use crate::rows::cell::uuid_sql;
use crate::rows::{Layout, Table, Version, version};
use crate::state::{self, parsed};
use crate::write::{recompute, shadow};
use crate::{Store, StoreError};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use std::collections::HashSet;
use sync_protocol::Cursor;
use sync_protocol::limits::TOMBSTONE_DAYS;
use uuid::Uuid;

/// How a finished staging becomes rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Publication {
    pub cursor: Cursor,
    /// The staging holds everything that this person may see. False: it holds what changed.
    pub whole: bool,
    /// The server was restored: what it took over and no longer shows is offered again.
    pub restored: bool,
    /// Microseconds UTC; tombstones of this home are forgotten by it.
    pub now: i64,
}

/// Live rows that publishing would take away, of the live rows held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Deletions {
    pub rows: usize,
    pub held: usize,
}

impl Store {
    /// Rows never pushed and rows with a pending change are not counted.
    pub fn deletions(&self, whole: bool) -> Result<Deletions, StoreError> {
        let mut deletions = Deletions::default();
        for table in self.layout.tables() {
            let live = format!("SELECT id FROM main.\"{}\" WHERE deleted = 0", table.name);
            let live: HashSet<Uuid> = stage::ids_of(&self.connection, &live)?.into_iter().collect();
            deletions.held += live.len();
            for id in dropped(&self.connection, table, whole)? {
                if live.contains(&id) && shadow(&self.connection, &table.entity, id)?.is_none() {
                    deletions.rows += 1;
                }
            }
        }
        Ok(deletions)
    }

    /// What takes so much away that the person was asked is kept as a restore point, which [`Store::undo`] takes back.
    pub fn publish(&mut self, publication: &Publication) -> Result<(), StoreError> {
        self.publish_and(publication, |removal, transaction, _| removal.keep(transaction, publication.now)).map(drop)
    }

    /// As [`Store::publish`], after the person said that what it takes away shall stay: in the same transaction the rows are
    /// offered to the server again and shown. Whether there were any.
    pub fn publish_keeping_rows(&mut self, publication: &Publication) -> Result<bool, StoreError> {
        self.publish_and(publication, |removal, transaction, layout| {
            removal.offer(transaction, layout, publication.now)
        })
    }

    /// `then` is done with what was so much that the person was asked. Whether it was.
    fn publish_and(
        &mut self,
        publication: &Publication,
        then: impl FnOnce(Removal, &Connection, &Layout) -> Result<(), StoreError>,
    ) -> Result<bool, StoreError> {
        let held = self.live_rows()?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut removal = Removal::new(publication.restored);
        for table in self.layout.tables() {
            let dropped = dropped(&transaction, table, publication.whole)?;
            absorb(&transaction, table, publication.whole)?;
            for id in dropped {
                removal.watch(&transaction, table, id)?;
                drop_row(&transaction, table, id)?;
            }
            forget_tombstones(&transaction, table, publication.now)?;
        }
        if publication.restored {
            restored::forget_former_numbers(&transaction)?;
            restored::offer_again(&transaction, &self.layout)?;
        }
        let large = removal.large(&transaction, &self.layout, held)?;
        let was_asked = large.is_some();
        large.map(|removal| then(removal, &transaction, &self.layout)).transpose()?;
        stage::clear(&transaction)?;
        state::set(&transaction, state::CURSOR, &publication.cursor)?;
        transaction.commit()?;
        Ok(was_asked)
    }

    fn live_rows(&self) -> Result<usize, StoreError> {
        let mut live = 0;
        for table in self.layout.tables() {
            let sql = format!("SELECT count(*) FROM main.\"{}\" WHERE deleted = 0", table.name);
            live += self.connection.prepare_cached(&sql)?.query_row([], |row| row.get::<_, i64>(0))? as usize;
        }
        Ok(live)
    }
}

/// Rows held that the staging takes away. What the server never had stays.
fn dropped(connection: &Connection, table: &Table, whole: bool) -> Result<Vec<Uuid>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT id FROM main.home_staged WHERE entity = ?1 AND version IS NULL")?;
    let gone: HashSet<Uuid> = statement.query_map([&table.entity], |row| row.get(0))?.collect::<Result<_, _>>()?;
    if gone.is_empty() && !whole {
        return Ok(Vec::new());
    }
    let staged = stage::staged(connection, table)?;
    let mut dropped = stage::ids_of(connection, &format!("SELECT id FROM main.\"{}\" WHERE seq > 0", table.name))?;
    dropped.retain(|id| gone.contains(id) || (whole && !staged.contains(id)));
    Ok(dropped)
}

fn absorb(connection: &Connection, table: &Table, whole: bool) -> Result<(), StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT id, version FROM main.home_staged WHERE entity = ?1 AND version IS NOT NULL")?;
    let mut rows = statement.query([&table.entity])?;
    let held_seq = format!("SELECT seq FROM main.\"{}\" WHERE id = ?1", table.name);
    while let Some(row) = rows.next()? {
        let id: Uuid = row.get(0)?;
        let server: Version = parsed(&row.get::<_, String>(1)?)?;
        let held: Option<i64> =
            connection.prepare_cached(&held_seq)?.query_row([uuid_sql(id)], |row| row.get(0)).optional()?;
        // An answer to a push can be newer than a page that was read before it.
        if !whole && held.is_some_and(|seq| seq as u64 > server.seq) {
            continue;
        }
        match shadow(connection, &table.entity, id)? {
            Some(_) => recompute(connection, table, id, Some(server))?,
            None => version::write(connection, table, id, &server)?,
        }
    }
    Ok(())
}

/// A row that was deleted here stays as a tombstone, so that the delete can be undone. A pending change of a row that
/// left keeps the person's own values alone; what asks for a deleted row back goes on showing it.
fn drop_row(connection: &Connection, table: &Table, id: Uuid) -> Result<(), StoreError> {
    if let Some(server) = shadow(connection, &table.entity, id)? {
        return recompute(connection, table, id, server.filter(|version| version.deleted));
    }
    let sql = format!("DELETE FROM main.\"{}\" WHERE id = ?1 AND deleted = 0", table.name);
    connection.prepare_cached(&sql)?.execute([uuid_sql(id)])?;
    Ok(())
}

fn forget_tombstones(connection: &Connection, table: &Table, now: i64) -> Result<(), StoreError> {
    let oldest = now - i64::from(TOMBSTONE_DAYS) * 86_400_000_000;
    let sql = format!("DELETE FROM main.\"{}\" WHERE deleted = 1 AND seq > 0 AND updated < ?1", table.name);
    connection.prepare_cached(&sql)?.execute([oldest])?;
    Ok(())
}
