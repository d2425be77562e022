//! What a group does to the rows, worked out on rows in memory: several changes of one row become one write.

use crate::push::change::{Change, Key, May, Row};
use crate::push::decide::{Decision, decide, is_written_by_server};
use crate::push::writable::Writable;
use query_lang::Value;
use query_lang::catalogue::{Entity, Property, PropertyKind};
use query_lang::value::Type;
use std::collections::BTreeMap;
use sync_protocol::OutcomeKind;
use uuid::Uuid;

/// What planning needs to know of an entity.
pub(crate) trait Entities {
    fn entity(&self, key: Key) -> &Entity;
    fn writable(&self, key: Key) -> &Writable;
}

/// Who writes, when, and as which seq.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Writer {
    pub(crate) user: Uuid,
    /// The server's time in microseconds UTC.
    pub(crate) now: i64,
    pub(crate) seq: u64,
}

/// The rows of a group before it, by id; a row that does not exist is not in it.
pub(crate) type Rows = BTreeMap<Key, Row>;

#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Plan {
    /// One for each row that changes.
    pub(crate) writes: Vec<Write>,
    /// One for each change, in order.
    pub(crate) outcomes: Vec<OutcomeKind>,
}

/// The new version of one row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Write {
    pub(crate) key: Key,
    pub(crate) row: Row,
    /// The values before the group; None: there was no row.
    pub(crate) before: Option<Vec<Value>>,
    pub(crate) inserted: bool,
    /// Whether its content changed, besides a delete.
    pub(crate) edited: bool,
    /// Position of the last change of this row: the one to blame when a check refuses the row.
    pub(crate) last_change: usize,
    /// Relations that got a new value.
    pub(crate) references: Vec<usize>,
    /// Properties that the changes of this group named.
    pub(crate) named: Vec<usize>,
    /// Whether it was a tombstone before: what holds for a new row then holds for it.
    pub(crate) revived: bool,
}

/// The first change of a group that cannot be done, by its position.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) position: usize,
    pub(crate) outcome: OutcomeKind,
}

/// Decides change after change, each on what the ones before it made of the rows.
pub(crate) fn plan(
    changes: &[Change],
    mut rows: Rows,
    entities: &impl Entities,
    writer: Writer,
) -> Result<Plan, Refusal> {
    let mut writes = BTreeMap::<Key, Write>::new();
    let mut outcomes = Vec::with_capacity(changes.len());
    for (position, change) in changes.iter().enumerate() {
        let key = change.key();
        let (entity, writable) = (entities.entity(key), entities.writable(key));
        let before = rows.get(&key);
        let decision = decide(before, change, entity, writable);
        let next = Next { change, entity, writable, writer };
        let (row, outcome) = match decision {
            Decision::Refuse(outcome) => return Err(Refusal { position, outcome }),
            Decision::Keep => {
                outcomes.push(OutcomeKind::Duplicate { seq: before.map_or(writer.seq, |row| row.seq) });
                continue;
            }
            other => next.row(before, &other),
        };
        note(&mut writes, &next, before, &row, position);
        rows.insert(key, row);
        outcomes.push(outcome);
    }
    Ok(Plan { writes: writes.into_values().collect(), outcomes })
}

/// One step: a change that is going to be done.
struct Next<'a> {
    change: &'a Change,
    entity: &'a Entity,
    writable: &'a Writable,
    writer: Writer,
}

impl Next<'_> {
    fn row(&self, before: Option<&Row>, decision: &Decision) -> (Row, OutcomeKind) {
        let seq = self.writer.seq;
        let Some(before) = before else { return (self.inserted(), OutcomeKind::Applied { seq }) };
        let mut row = before.clone();
        let mut outcome = OutcomeKind::Applied { seq };
        row.own_base = before.is_seen_from(self.change.base).then_some(self.change.base);
        match decision {
            Decision::Write { properties, merged } => {
                self.take(&mut row, properties);
                if *merged {
                    outcome = OutcomeKind::Merged { seq };
                }
            }
            Decision::Restore { properties } => {
                row.deleted = false;
                self.take(&mut row, properties);
            }
            _ => row.deleted = true,
        }
        row.seq = seq;
        self.set_by_name(&mut row, "Updated", Value::DateTime(self.writer.now));
        self.set_by_name(&mut row, "UpdatedBy", Value::Guid(self.writer.user));
        (row, outcome)
    }

    /// The person who makes a row may go on with it in the same group; the finished row is checked in the end.
    fn inserted(&self) -> Row {
        let mut row = Row {
            seq: self.writer.seq,
            deleted: false,
            values: vec![Value::Null; self.entity.properties.len()],
            may: May { read: true, update: true, delete: true, hidden: Vec::new() },
            own_base: Some(self.change.base),
        };
        for (property, value) in self.writable.defaults.iter().chain(&self.change.set) {
            row.values[*property] = value.clone();
        }
        let created = self.change.at.clamp(*query_lang::value::DATE_TIME_RANGE.start(), self.writer.now);
        self.set_by_name(&mut row, "Id", Value::Guid(self.change.id));
        self.set_by_name(&mut row, "Created", Value::DateTime(created));
        self.set_by_name(&mut row, "CreatedBy", Value::Guid(self.writer.user));
        self.set_by_name(&mut row, "Updated", Value::DateTime(self.writer.now));
        self.set_by_name(&mut row, "UpdatedBy", Value::Guid(self.writer.user));
        row
    }

    fn take(&self, row: &mut Row, properties: &[usize]) {
        for property in properties {
            row.values[*property] = self.change.set[property].clone();
        }
    }

    fn set_by_name(&self, row: &mut Row, name: &str, value: Value) {
        if let Some((index, _)) = self.entity.property(name) {
            row.values[index] = value;
        }
    }

    /// Relations with a value that this change names; of a row that lives again, all that it has.
    fn references(&self, row: &Row, revived: bool) -> impl Iterator<Item = usize> {
        let is_relation = |property: &Property| {
            matches!(property.kind, PropertyKind::Stored { kind: Type::Ref(_), .. })
                && !is_written_by_server(&property.name)
        };
        let named = move |index: &usize| revived || self.change.set.contains_key(index);
        let relations = self.entity.properties.iter().enumerate();
        let relations = relations.filter(move |(_, property)| is_relation(property)).map(|(index, _)| index);
        relations.filter(named).filter(|index| !row.values[*index].is_null())
    }
}

fn note(writes: &mut BTreeMap<Key, Write>, next: &Next<'_>, before: Option<&Row>, row: &Row, position: usize) {
    let key = next.change.key();
    let write = writes.entry(key).or_insert_with(|| Write {
        key,
        row: row.clone(),
        before: before.map(|row| row.values.clone()),
        inserted: before.is_none(),
        edited: false,
        last_change: position,
        references: Vec::new(),
        named: Vec::new(),
        revived: false,
    });
    write.row = row.clone();
    write.last_change = position;
    write.edited |= !row.deleted;
    let revived = !row.deleted && before.is_some_and(|before| before.deleted);
    write.revived |= revived;
    let unnamed = |list: &[usize], index: &usize| !list.contains(index);
    let references: Vec<usize> =
        next.references(row, revived).filter(|index| unnamed(&write.references, index)).collect();
    let named: Vec<usize> = next.change.set.keys().copied().filter(|index| unnamed(&write.named, index)).collect();
    write.references.extend(references);
    write.named.extend(named);
}
