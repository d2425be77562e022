//! What was written here, so that it can be taken back: an undo is a new change, sent like any other.

use super::{Action, Change, Prepared, Writing, Written, is_live, known, shadow};
use crate::exchange::Removal;
use crate::rows::{Version, value, version};
use crate::state::{json, parsed};
use crate::{Refusal, Store, StoreError};
use query_lang::{Catalogue, Environment};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Local transactions that can be undone; older ones are forgotten.
const KEPT: i64 = 1_000;

/// One row of a local transaction.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Step {
    entity: String,
    id: Uuid,
    before: Option<Version>,
    after: Version,
}

/// What a journal entry can take back.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Taken {
    /// A write, row by row.
    Rows(Vec<Step>),
    /// An entry of the inbox that the person let go, as it was noted before the conflict's row followed.
    Inbox(Vec<Refusal>),
    /// An entry of the inbox that the person has decided about, with the rows that were brought back for it.
    Answer { refusals: Vec<Refusal>, steps: Vec<Step>, restored: Vec<(String, Uuid)> },
    /// Rows that a sync took away after the person agreed.
    Removal(Removal),
}

/// What an undo took back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// As it was named when it was written.
    pub what: String,
    pub written: Written,
}

impl Step {
    pub(super) fn of(change: &Prepared<'_>) -> Step {
        Step {
            entity: change.table.entity.clone(),
            id: change.mutation.id,
            before: change.before.clone(),
            after: change.after.clone(),
        }
    }
}

/// `what` None: an undo, which is not undone itself.
pub(crate) fn note(connection: &Connection, at: i64, what: Option<&str>, taken: &Taken) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO main.home_journal (at, what, taken, undone) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![at, what.unwrap_or_default(), json(taken)?, what.is_none()])?;
    let newest = connection.last_insert_rowid();
    connection.prepare_cached("DELETE FROM main.home_journal WHERE no <= ?1")?.execute([newest - KEPT])?;
    Ok(())
}

impl Store {
    /// Takes back the last local transaction that was not taken back yet.
    pub fn undo(&mut self, environment: &Environment) -> Result<Undone, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (no, what, taken): (i64, String, String) = transaction
            .prepare_cached("SELECT no, what, taken FROM main.home_journal WHERE undone = 0 ORDER BY no DESC LIMIT 1")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .optional()?
            .ok_or(StoreError::NothingToUndo)?;
        let mut writing = Writing { transaction: &transaction, layout: &self.layout, environment };
        let written = writing.take_back(&self.catalogue, parsed(&taken)?)?;
        transaction.execute("UPDATE main.home_journal SET undone = 1 WHERE no = ?1", [no])?;
        transaction.commit()?;
        Ok(Undone { what, written })
    }
}

impl Writing<'_> {
    fn take_back(&mut self, catalogue: &Catalogue, taken: Taken) -> Result<Written, StoreError> {
        let (steps, restored, refusals) = match taken {
            Taken::Rows(steps) => (steps, Vec::new(), None),
            Taken::Answer { refusals, steps, restored } => (steps, restored, Some(refusals)),
            Taken::Inbox(refusals) => (Vec::new(), Vec::new(), Some(refusals)),
            Taken::Removal(removal) => {
                removal.offer(self.transaction, self.layout, self.environment.now)?;
                return Ok(Written { changed: true, warnings: Vec::new() });
            }
        };
        let mut changes = steps.iter().rev().map(|step| self.inverse(step)).collect::<Result<Vec<_>, _>>()?;
        for (entity, id) in restored {
            changes.extend(self.removed_again(entity, id)?);
        }
        let (written, steps) = self.group(catalogue, &changes)?;
        if written.changed {
            note(self.transaction, self.environment.now, None, &Taken::Rows(steps))?;
        }
        if let Some(refusals) = refusals {
            crate::exchange::keep(self.transaction, &refusals, self.environment.now)?;
        }
        Ok(written)
    }

    /// A row that an answer to the inbox brought back; None: it did not come back after all.
    fn removed_again(&self, entity: String, id: Uuid) -> Result<Option<Change>, StoreError> {
        let table = known(self.layout, &entity)?;
        if is_live(self.transaction, table, id)? {
            return Ok(Some(Change { entity, id, action: Action::Delete }));
        }
        match shadow(self.transaction, &table.entity, id)? {
            Some(_) => Err(StoreError::NotBackYet(entity)),
            None => Ok(None),
        }
    }

    fn inverse(&self, step: &Step) -> Result<Change, StoreError> {
        let table = known(self.layout, &step.entity)?;
        let held = version::read(self.transaction, table, step.id)?;
        let changed = || StoreError::ChangedSince(step.entity.clone());
        let action = match &step.before {
            None => Action::Delete,
            Some(before) if step.after.deleted => {
                if held.is_none() {
                    version::write(self.transaction, table, step.id, &Version { deleted: true, ..before.clone() })?;
                }
                Action::Restore
            }
            Some(before) if before.deleted => Action::Delete,
            Some(before) => {
                let held = held.ok_or_else(changed)?;
                let mut set = BTreeMap::new();
                for column in table.columns.iter().filter(|column| !column.of_server) {
                    let (old, new) = (before.cell(&column.property), step.after.cell(&column.property));
                    if old == new {
                        continue;
                    }
                    if held.cell(&column.property) != new {
                        return Err(changed());
                    }
                    set.insert(column.property.clone(), value(column.kind, &old).ok_or_else(changed)?);
                }
                Action::Update(set)
            }
        };
        Ok(Change { entity: step.entity.clone(), id: step.id, action })
    }
}
