//! What the server did not take over: the person's values stay here until the person has decided.

use super::conflicts;
use crate::rows::Layout;
use crate::rows::cell::{cell, uuid_sql, value};
use crate::rows::version::{self, Insert};
use crate::state::{json, parsed};
use crate::write::{Action, Change, Step, Taken, Writing, Written, enqueue, known, note, recompute, shadow};
use crate::{Store, StoreError};
use query_lang::{Catalogue, Environment, Value};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use sync_protocol::{ConflictCode, Mutation, Operation, OutcomeKind};
use uuid::Uuid;

/// One local transaction that was not applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxEntry {
    pub no: u64,
    /// Microseconds UTC when the answer came.
    pub answered: i64,
    pub refusals: Vec<Refusal>,
}

/// A mutation and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    pub mutation: Mutation,
    pub outcome: OutcomeKind,
}

pub(crate) fn keep(connection: &Connection, refusals: &[Refusal], now: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO main.home_inbox (answered, refusals) VALUES (?1, ?2)")?
        .execute(params![now, json(&refusals)?])?;
    let no = connection.last_insert_rowid();
    for Refusal { mutation, .. } in refusals {
        connection
            .prepare_cached("INSERT OR IGNORE INTO main.home_inbox_row (no, entity, id) VALUES (?1, ?2, ?3)")?
            .execute(params![no, mutation.entity, uuid_sql(mutation.id)])?;
    }
    Ok(())
}

impl Store {
    /// The oldest first.
    pub fn inbox(&self) -> Result<Vec<InboxEntry>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT no, answered, refusals FROM main.home_inbox ORDER BY no")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get::<_, String>(2)?)))?;
        rows.map(|row| {
            let (no, answered, refusals) = row?;
            Ok(InboxEntry { no: no as u64, answered, refusals: parsed(&refusals)? })
        })
        .collect()
    }

    pub fn inbox_count(&self) -> Result<u32, StoreError> {
        let count = "SELECT count(*) FROM main.home_inbox";
        Ok(self.connection.prepare_cached(count)?.query_row([], |row| row.get(0))?)
    }

    /// Whether the inbox holds values of this row.
    pub fn is_refused(&self, entity: &str, id: Uuid) -> Result<bool, StoreError> {
        let table = known(&self.layout, entity)?;
        let sql = "SELECT 1 FROM main.home_inbox_row WHERE entity = ?1 AND id = ?2";
        Ok(self.connection.prepare_cached(sql)?.exists(params![table.entity, uuid_sql(id)])?)
    }

    /// Lets the person's values go: the rows stay as the server has them. [`Store::undo`] brings the entry back.
    pub fn take_theirs(&mut self, no: u64, environment: &Environment) -> Result<(), StoreError> {
        let refusals = entry(&self.connection, no)?;
        self.write_and(&[], environment, |writing, catalogue, steps| {
            settle(writing, catalogue, no, "values let go from the inbox", refusals, (steps, Vec::new()))
        })?;
        Ok(())
    }

    /// Writes the person's values again, on top of what the rows show now; `instead` replaces values by row and
    /// property. A row that somebody deleted is restored with them. The entry leaves the inbox in the same transaction, and
    /// [`Store::undo`] brings it back.
    pub fn take_mine(
        &mut self,
        no: u64,
        instead: &BTreeMap<(Uuid, String), Value>,
        environment: &Environment,
    ) -> Result<Written, StoreError> {
        let refusals = entry(&self.connection, no)?;
        let (mut changes, mut restored) = (Vec::new(), Vec::new());
        for Refusal { mutation, outcome } in &refusals {
            let was_deleted = matches!(outcome, OutcomeKind::Conflict { code: ConflictCode::Deleted, .. });
            if was_deleted && self.record(&mutation.entity, mutation.id)?.is_none() {
                restored.push(self.as_restore(mutation, instead, environment)?);
            } else {
                changes.extend(self.again(mutation, instead)?);
            }
        }
        let layout = self.layout.clone();
        self.write_and(&changes, environment, |writing, catalogue, steps| {
            restore(writing.transaction, &layout, &restored)?;
            let restored = restored.into_iter().map(|mutation| (mutation.entity, mutation.id)).collect();
            settle(writing, catalogue, no, "values sent again from the inbox", refusals, (steps, restored))
        })
    }

    fn as_restore(
        &self,
        mutation: &Mutation,
        instead: &BTreeMap<(Uuid, String), Value>,
        environment: &Environment,
    ) -> Result<Mutation, StoreError> {
        let set = self.mine(mutation, instead)?;
        let set = set.iter().map(|(property, value)| (property.clone(), cell(value))).collect();
        Ok(Mutation { op: Operation::Restore, set, at: environment.now, ..mutation.clone() })
    }

    /// The person's values, checked against the model of today.
    fn mine(
        &self,
        mutation: &Mutation,
        instead: &BTreeMap<(Uuid, String), Value>,
    ) -> Result<BTreeMap<String, Value>, StoreError> {
        let table = known(&self.layout, &mutation.entity)?;
        let mut set = BTreeMap::new();
        for (property, cell) in &mutation.set {
            let Some(column) = table.column(property).filter(|column| !column.of_server) else { continue };
            let other = instead.get(&(mutation.id, column.property.clone())).cloned();
            if let Some(value) = other.or_else(|| value(column.kind, cell)) {
                set.insert(column.property.clone(), value);
            }
        }
        Ok(set)
    }

    /// The mutation as a change of the row that is here now; None: there is nothing left to do.
    fn again(
        &self,
        mutation: &Mutation,
        instead: &BTreeMap<(Uuid, String), Value>,
    ) -> Result<Option<Change>, StoreError> {
        let table = known(&self.layout, &mutation.entity)?;
        let held = version::read(&self.connection, table, mutation.id)?;
        let set = self.mine(mutation, instead)?;
        let action = match (mutation.op, held) {
            (Operation::Put, Some(held)) if !held.deleted => Action::Update(set),
            (Operation::Put, None) if mutation.is_insert() => Action::Insert(set),
            (Operation::Delete, Some(held)) if !held.deleted => Action::Delete,
            (Operation::Restore, Some(held)) if held.deleted => Action::Restore,
            (Operation::Delete | Operation::Restore, _) => return Ok(None),
            (Operation::Put, _) => return Err(StoreError::MissingRow(table.entity.clone())),
        };
        Ok(Some(Change { entity: table.entity.clone(), id: mutation.id, action }))
    }
}

/// The row is not shown before the server has given it back; its tombstone here, if there is one, lives at once.
fn restore(connection: &Connection, layout: &Layout, restored: &[Mutation]) -> Result<(), StoreError> {
    if restored.is_empty() {
        return Ok(());
    }
    enqueue(connection, restored.to_vec())?;
    for mutation in restored {
        let table = known(layout, &mutation.entity)?;
        let server = match shadow(connection, &table.entity, mutation.id)? {
            Some(server) => server,
            None => version::read(connection, table, mutation.id)?,
        };
        recompute(connection, table, mutation.id, server)?;
    }
    Ok(())
}

/// The entry leaves the inbox, its conflict is resolved, and the journal keeps what an undo needs. The conflict's row is a
/// group of its own: it is decided about, even if the values that are sent again clash once more.
fn settle(
    writing: &mut Writing<'_>,
    catalogue: &Catalogue,
    no: u64,
    what: &str,
    refusals: Vec<Refusal>,
    (mut steps, restored): (Vec<Step>, Vec<(String, Uuid)>),
) -> Result<(), StoreError> {
    let resolved = conflicts::resolved(writing, &refusals)?;
    steps.extend(writing.group(catalogue, &resolved)?.1);
    let taken = Taken::Answer { refusals, steps, restored };
    note(writing.transaction, writing.environment.now, Some(what), &taken)?;
    close(writing.transaction, no)
}

fn entry(connection: &Connection, no: u64) -> Result<Vec<Refusal>, StoreError> {
    let text: Option<String> = connection
        .prepare_cached("SELECT refusals FROM main.home_inbox WHERE no = ?1")?
        .query_row([no as i64], |row| row.get(0))
        .optional()?;
    parsed(&text.ok_or(StoreError::NotInInbox)?)
}

fn close(connection: &Connection, no: u64) -> Result<(), StoreError> {
    connection.execute("DELETE FROM main.home_inbox WHERE no = ?1", [no as i64])?;
    connection.execute("DELETE FROM main.home_inbox_row WHERE no = ?1", [no as i64])?;
    Ok(())
}
