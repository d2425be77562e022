//! The one write path: a group of changes is checked, applied to the rows, noted for the server and for undo, in one
//! transaction. When `write` has answered, the change is on the disk.

mod change;
mod check;
mod journal;
mod outbox;
mod policy;
mod values;

pub use change::{Action, Change, Warning, Written};
pub use journal::Undone;
pub(crate) use outbox::{enqueue, pending_of, pending_rows, recompute, renumber, shadow};

use crate::rows::{Layout, Table, Version, version};
use crate::{Store, StoreError};
pub(crate) use journal::{Step, Taken, note};
use query_lang::{Catalogue, Environment};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::collections::{BTreeMap, HashSet};
use sync_protocol::limits::GROUP_MUTATIONS_MAX;
use sync_protocol::{Cell, Mutation, Operation};
use uuid::Uuid;

/// One change of a row, worked out: the version before and after it, and what of it travels.
struct Prepared<'a> {
    table: &'a Table,
    before: Option<Version>,
    after: Version,
    mutation: Mutation,
}

impl Store {
    /// `what` names the change for the person who undoes it.
    pub fn write(&mut self, changes: &[Change], what: &str, environment: &Environment) -> Result<Written, StoreError> {
        self.write_and(changes, environment, |writing, _, steps| match steps.is_empty() {
            true => Ok(()),
            false => note(writing.transaction, environment.now, Some(what), &Taken::Rows(steps)),
        })
    }

    /// `also` happens in the same transaction and keeps what an undo needs.
    pub(crate) fn write_and(
        &mut self,
        changes: &[Change],
        environment: &Environment,
        also: impl FnOnce(&mut Writing<'_>, &Catalogue, Vec<Step>) -> Result<(), StoreError>,
    ) -> Result<Written, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut writing = Writing { transaction: &transaction, layout: &self.layout, environment };
        let (written, steps) = writing.group(&self.catalogue, changes)?;
        also(&mut writing, &self.catalogue, steps)?;
        transaction.commit()?;
        Ok(written)
    }
}

/// A write that is under way.
pub(crate) struct Writing<'a> {
    pub(crate) transaction: &'a Transaction<'a>,
    pub(crate) layout: &'a Layout,
    pub(crate) environment: &'a Environment,
}

impl<'a> Writing<'a> {
    /// Writes these changes as one group: the server takes all of them over or none.
    pub(crate) fn group(
        &mut self,
        catalogue: &Catalogue,
        changes: &[Change],
    ) -> Result<(Written, Vec<Step>), StoreError> {
        let prepared = self.prepare(changes)?;
        self.carry_out(catalogue, prepared)
    }

    fn prepare(&mut self, changes: &[Change]) -> Result<Vec<Prepared<'a>>, StoreError> {
        if changes.len() > GROUP_MUTATIONS_MAX {
            return Err(StoreError::TooManyChanges);
        }
        let mut rows = HashSet::new();
        let mut prepared = Vec::with_capacity(changes.len());
        for change in changes {
            let table = known(self.layout, &change.entity)?;
            if !rows.insert((&table.entity, change.id)) {
                return Err(StoreError::RowTwice(table.entity.clone()));
            }
            let before = version::read(self.transaction, table, change.id)?;
            prepared.extend(self.work_out(table, change, before)?);
        }
        Ok(prepared)
    }

    /// None: the row has these values already.
    fn work_out(
        &self,
        table: &'a Table,
        change: &Change,
        before: Option<Version>,
    ) -> Result<Option<Prepared<'a>>, StoreError> {
        let live = before.as_ref().filter(|version| !version.deleted);
        let missing = || StoreError::MissingRow(table.entity.clone());
        let (op, set, was) = match &change.action {
            Action::Insert(_) if before.is_some() => return Err(StoreError::RowTwice(table.entity.clone())),
            Action::Insert(given) => (Operation::Put, values::complete(table, given)?, BTreeMap::new()),
            Action::Update(given) => {
                let (set, was) = values::differing(table, given, live.ok_or_else(missing)?)?;
                if set.is_empty() {
                    return Ok(None);
                }
                (Operation::Put, set, was)
            }
            Action::Delete => {
                live.ok_or_else(missing)?;
                (Operation::Delete, BTreeMap::new(), BTreeMap::new())
            }
            Action::Restore => {
                before.as_ref().filter(|version| version.deleted).ok_or_else(missing)?;
                (Operation::Restore, BTreeMap::new(), BTreeMap::new())
            }
        };
        let base = self.base(table, change.id, before.as_ref())?;
        let mutation = Mutation {
            no: 0,
            entity: table.entity.clone(),
            id: change.id,
            op,
            base,
            set,
            was,
            at: self.environment.now,
        };
        let Some(after) = Version::after(before.clone(), &mutation) else { return Err(missing()) };
        Ok(Some(Prepared { table, after: self.stamped(after, before.is_none()), before, mutation }))
    }

    /// A later change of a row keeps the base of its first pending one: after a merge nobody here has seen the whole row.
    fn base(&self, table: &Table, id: Uuid, before: Option<&Version>) -> Result<u64, StoreError> {
        let pending = outbox::pending_of(self.transaction, &table.entity, id)?;
        Ok(pending.first().map_or_else(|| before.map_or(0, |version| version.seq), |first| first.base))
    }

    /// Who and when, as the device knows it; the server writes its own.
    fn stamped(&self, mut version: Version, new: bool) -> Version {
        let now = Cell::Int(self.environment.now);
        let user = Cell::Text(self.environment.user.hyphenated().to_string());
        if new {
            version.cells.insert(crate::rows::layout::CREATED.into(), now.clone());
            version.cells.insert(crate::rows::layout::CREATED_BY.into(), user.clone());
        }
        version.cells.insert(crate::rows::layout::UPDATED.into(), now);
        version.cells.insert(crate::rows::layout::UPDATED_BY.into(), user);
        version
    }

    fn carry_out(
        &mut self,
        catalogue: &Catalogue,
        prepared: Vec<Prepared<'_>>,
    ) -> Result<(Written, Vec<Step>), StoreError> {
        if prepared.is_empty() {
            return Ok((Written::default(), Vec::new()));
        }
        check::before(self, catalogue, &prepared)?;
        for change in &prepared {
            outbox::keep_shadow(self.transaction, change.table, change.mutation.id, change.before.as_ref())?;
            version::write(self.transaction, change.table, change.mutation.id, &change.after)?;
        }
        let warnings = check::after(self, catalogue, &prepared)?;
        let steps: Vec<Step> = prepared.iter().map(Step::of).collect();
        outbox::enqueue(self.transaction, prepared.into_iter().map(|change| change.mutation).collect())?;
        Ok((Written { changed: true, warnings }, steps))
    }
}

pub(crate) fn known<'a>(layout: &'a Layout, entity: &str) -> Result<&'a Table, StoreError> {
    layout.table(entity).ok_or_else(|| match layout.tables() {
        [] => StoreError::NoData,
        _ => StoreError::UnknownEntity(entity.to_owned()),
    })
}

/// Whether a live row of this table has the id.
pub(crate) fn is_live(connection: &Connection, table: &Table, id: Uuid) -> Result<bool, StoreError> {
    let sql = format!("SELECT 1 FROM main.\"{}\" WHERE id = ?1 AND deleted = 0", table.name);
    Ok(connection.prepare_cached(&sql)?.exists([crate::rows::cell::uuid_sql(id)])?)
}
