//! What a publication takes away, kept as a restore point when it is so much that the person was asked before.

use crate::StoreError;
use crate::rows::{Layout, Table, Version, version};
use crate::write::{Taken, enqueue, is_live, known, note, recompute, shadow};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use sync_protocol::limits::{MASS_DELETE_PERCENT, MASS_DELETE_ROWS};
use sync_protocol::{Mutation, Operation};
use uuid::Uuid;

/// Rows as they were before a publication took them away.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Removal {
    /// The server was restored: it knows nothing of them.
    restored: bool,
    rows: Vec<Removed>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Removed {
    entity: String,
    id: Uuid,
    version: Version,
}

impl Removal {
    pub(super) fn new(restored: bool) -> Removal {
        Removal { restored, rows: Vec::new() }
    }

    /// Before the row is dropped. One with a pending change keeps the person's own values anyway.
    pub(super) fn watch(&mut self, connection: &Connection, table: &Table, id: Uuid) -> Result<(), StoreError> {
        let live = version::read(connection, table, id)?.filter(|version| !version.deleted);
        if let Some(version) = live.filter(|_| matches!(shadow(connection, &table.entity, id), Ok(None))) {
            self.rows.push(Removed { entity: table.entity.clone(), id, version });
        }
        Ok(())
    }

    /// None: it was not so much that anybody was asked. `held`: live rows before the publication.
    pub(super) fn large(
        mut self,
        connection: &Connection,
        layout: &Layout,
        held: usize,
    ) -> Result<Option<Removal>, StoreError> {
        let mut gone = Vec::with_capacity(self.rows.len());
        for removed in self.rows {
            if !is_live(connection, known(layout, &removed.entity)?, removed.id)? {
                gone.push(removed);
            }
        }
        self.rows = gone;
        let count = self.rows.len();
        let is_large = count > MASS_DELETE_ROWS && count * 100 > held * MASS_DELETE_PERCENT;
        Ok(is_large.then_some(self))
    }

    /// Keeps it as a restore point, which an undo takes back.
    pub(super) fn keep(self, connection: &Connection, now: i64) -> Result<(), StoreError> {
        let what = format!("removal of {} rows by a sync", self.rows.len());
        note(connection, now, Some(&what), &Taken::Removal(self))
    }

    /// Offers every row to the server again, each for itself: what it does not want back stops no other. They are shown at
    /// once, whether or not the server can be asked.
    pub(crate) fn offer(&self, connection: &Connection, layout: &Layout, at: i64) -> Result<(), StoreError> {
        for Removed { entity, id, version } in &self.rows {
            let table = known(layout, entity)?;
            if is_live(connection, table, *id)? {
                continue;
            }
            // A row that the server knows as deleted lives again by a restore; one that it does not know is a new one.
            let op = if self.restored { Operation::Put } else { Operation::Restore };
            let columns = table.columns.iter().filter(|column| !column.of_server);
            let set = columns.map(|column| (column.property.clone(), version.cell(&column.property))).collect();
            let (entity, was) = (entity.clone(), BTreeMap::new());
            enqueue(connection, vec![Mutation { no: 0, entity, id: *id, op, base: 0, set, was, at }])?;
            let server = match shadow(connection, &table.entity, *id)? {
                Some(server) => server,
                None => version::read(connection, table, *id)?,
            };
            let as_deleted = (!self.restored).then(|| Version { deleted: true, ..version.clone() });
            recompute(connection, table, *id, server.or(as_deleted))?;
        }
        Ok(())
    }
}
