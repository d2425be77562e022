//! A server in memory that keeps the rules of the protocol: one counter, field groups, stored outcomes, small pages.

use crate::blobs::Blobs;
use crate::chance::Chance;
use crate::rows::{Key, PROJECT, TIMESHEET, Values, Version, field_group, key, reference};
use std::collections::{BTreeMap, BTreeSet};
use sync::CallError;
use sync_protocol::{
    Cell, ConflictCode, Cursor, ErrorCode, Gone, Group, ModelAnswer, Mutation, Operation, Outcome, OutcomeKind,
    PagePosition, PullAnswer, PullRequest, PushAnswer, PushRequest, RejectionCode, Row, TablePage, VisibleIds,
};
use uuid::Uuid;

const PAGE_ROWS: usize = 3;

#[derive(Debug, Clone)]
pub(crate) struct Server {
    chance: Chance,
    pub(crate) history_id: Uuid,
    pub(crate) seq: u64,
    min_seq: u64,
    marks: Vec<Uuid>,
    pub(crate) rows: BTreeMap<Key, Vec<Version>>,
    clients: BTreeMap<Uuid, Known>,
    /// (seq, who may read, whose rows, from now on or no more)
    grants: Vec<(u64, String, String, bool)>,
    pub(crate) model_version: u64,
    pub(crate) writes_held: bool,
    pub(crate) blobs: Blobs,
    pub(crate) collected: BTreeSet<Key>,
    /// Every value that was ever written, with what it replaced: (row, property, old, new).
    pub(crate) written: Vec<(Key, String, Cell, Cell)>,
}

#[derive(Debug, Clone, Default)]
struct Known {
    last_no: u64,
    outcomes: BTreeMap<u64, (Mutation, OutcomeKind)>,
}

pub(crate) fn refused(code: ErrorCode) -> CallError {
    CallError::Refused { code, message: String::new(), params: BTreeMap::new(), retry_after_ms: Some(1_000) }
}

impl Server {
    pub(crate) fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed ^ 0xface);
        Server {
            history_id: chance.id(),
            marks: vec![chance.id()],
            chance,
            seq: 0,
            min_seq: 0,
            rows: BTreeMap::new(),
            clients: BTreeMap::new(),
            grants: Vec::new(),
            model_version: 1,
            writes_held: false,
            blobs: Blobs::default(),
            collected: BTreeSet::new(),
            written: Vec::new(),
        }
    }

    pub(crate) fn model(&self) -> ModelAnswer {
        ModelAnswer { model_version: self.model_version, model: String::new() }
    }

    pub(crate) fn grant(&mut self, reader: &str, owner: &str) {
        let may = self.may_read(reader, owner, self.seq);
        self.pass_gate();
        self.grants.push((self.seq, reader.to_owned(), owner.to_owned(), !may));
    }

    /// Tombstones and the log up to the head are collected.
    pub(crate) fn collect(&mut self) {
        self.min_seq = self.seq;
        let dead = |versions: &Vec<Version>| versions.last().is_none_or(|version| version.deleted);
        self.collected.extend(self.rows.extract_if(.., |_, versions| dead(versions)).map(|(key, _)| key));
    }

    /// Becomes an older copy of itself, and says so by a new history.
    pub(crate) fn restore(&mut self, backup: &Server) {
        let mut chance = self.chance.clone();
        let history_id = chance.id();
        *self = Server { chance, history_id, ..backup.clone() };
    }

    pub(crate) fn put_segment(&mut self, owner: &str, device: Uuid, no: u64, bytes: Vec<u8>) -> bool {
        self.pass_gate();
        self.blobs.put(owner, device, no, bytes, self.seq)
    }

    pub(crate) fn visible_now(&self, user: &str) -> BTreeMap<Key, Values> {
        let live = |(key, versions): (&Key, &Vec<Version>)| {
            let version = versions.last()?;
            self.may_see(user, version, self.seq).then(|| (key.clone(), version.values.clone()))
        };
        self.rows.iter().filter_map(live).collect()
    }

    fn pass_gate(&mut self) {
        self.seq += 1;
        let mark = self.chance.id();
        self.marks.truncate(self.seq as usize);
        self.marks.push(mark);
    }

    fn cursor(&self) -> Cursor {
        Cursor { history_id: self.history_id, seq: self.seq, mark: self.marks[self.seq as usize] }
    }

    fn check(&self, cursor: Option<Cursor>) -> Result<(), CallError> {
        let Some(cursor) = cursor else { return Ok(()) };
        let known = self.marks.get(cursor.seq as usize) == Some(&cursor.mark) && cursor.seq <= self.seq;
        if cursor.history_id != self.history_id || !known {
            return Err(refused(ErrorCode::HistoryChanged));
        }
        if cursor.seq < self.min_seq { Err(refused(ErrorCode::ResyncRequired)) } else { Ok(()) }
    }

    fn may_read(&self, reader: &str, owner: &str, at: u64) -> bool {
        let last = self.grants.iter().rev().find(|grant| grant.0 <= at && grant.1 == reader && grant.2 == owner);
        reader == owner || last.is_some_and(|grant| grant.3)
    }

    fn may_see(&self, user: &str, version: &Version, at: u64) -> bool {
        let owner = version.value("Owner");
        !version.deleted
            && match owner {
                Cell::Text(owner) => self.may_read(user, &owner, at),
                _ => true,
            }
    }

    /// Whether a version that was current at `since` or later could be read: the device may hold it, from a page or
    /// because it wrote it.
    fn saw(&self, user: &str, versions: &[Version], since: u64) -> bool {
        let ends = versions.iter().skip(1).map(|version| version.seq).chain([u64::MAX]);
        versions.iter().zip(ends).any(|(version, end)| end > since && self.may_see(user, version, self.seq))
    }
}

/// Pull.
impl Server {
    pub(crate) fn pull(&self, user: &str, request: &PullRequest) -> Result<PullAnswer, CallError> {
        self.check(request.cursor)?;
        if !request.want.is_empty() {
            return Ok(self.named(user, request));
        }
        let from = request.cursor.map_or(0, |cursor| cursor.seq);
        let mut found: Vec<(PagePosition, &Key, &Vec<Version>)> = self
            .rows
            .iter()
            .filter_map(|(key, versions)| Some((position(key, versions.last()?), key, versions)))
            .filter(|(position, ..)| position.seq > from && request.after.as_ref().is_none_or(|after| position > after))
            .collect();
        found.sort_by(|left, right| left.0.cmp(&right.0));
        let next = (found.len() > PAGE_ROWS).then(|| found[PAGE_ROWS - 1].0.clone());
        let mut page = self.empty_page(next);
        for (_, key, versions) in found.into_iter().take(PAGE_ROWS) {
            let Some(version) = versions.last() else { continue };
            if self.may_see(user, version, self.seq) {
                page.tables.push(table(key, version));
            } else if request.cursor.is_some() && self.saw(user, versions, from) {
                page.gone.push(Gone { entity: key.0.clone(), ids: vec![key.1] });
            }
        }
        if page.next.is_none() {
            page.segments = self.blobs.since(user, from);
        }
        let changed = self.grants.iter().any(|grant| grant.0 > from && grant.1 == user);
        if page.next.is_none() && changed && request.cursor.is_some() {
            let ids = self.visible_now(user).into_keys().filter(|key| key.0 == TIMESHEET).map(|key| key.1);
            page.visible.push(VisibleIds { entity: TIMESHEET.to_owned(), ids: ids.collect() });
        }
        Ok(page)
    }

    fn named(&self, user: &str, request: &PullRequest) -> PullAnswer {
        let mut page = self.empty_page(None);
        for VisibleIds { entity, ids } in &request.want {
            for id in ids {
                let key = (entity.clone(), *id);
                let version = self.rows.get(&key).and_then(|versions| versions.last());
                if let Some(version) = version.filter(|version| self.may_see(user, version, self.seq)) {
                    page.tables.push(table(&key, version));
                }
            }
        }
        page
    }

    fn empty_page(&self, next: Option<PagePosition>) -> PullAnswer {
        PullAnswer {
            tables: Vec::new(),
            gone: Vec::new(),
            visible: Vec::new(),
            segments: Vec::new(),
            next,
            cursor: self.cursor(),
            model_version: self.model_version,
        }
    }
}

fn position(key: &Key, version: &Version) -> PagePosition {
    PagePosition { seq: version.seq, entity: key.0.clone(), id: key.1 }
}

fn table(key: &Key, version: &Version) -> TablePage {
    let columns = version.values.keys().cloned().collect();
    let row = Row { id: key.1, seq: version.seq, values: version.values.values().cloned().collect() };
    TablePage { entity: key.0.clone(), columns, rows: vec![row] }
}

/// Push.
impl Server {
    pub(crate) fn push(&mut self, user: &str, request: &PushRequest) -> Result<PushAnswer, CallError> {
        if self.writes_held {
            return Err(refused(ErrorCode::Unavailable));
        }
        let mutations = || request.groups.iter().flat_map(|group| &group.mutations);
        if mutations().flat_map(|mutation| mutation.set.values()).any(is_poison) {
            return Err(refused(ErrorCode::BadRequest));
        }
        self.check(request.cursor)?;
        self.check_numbers(request)?;
        self.pass_gate();
        let mut outcomes = Vec::new();
        for group in &request.groups {
            outcomes.extend(self.push_group(user, request.client, group));
        }
        Ok(PushAnswer { outcomes, seq: self.seq })
    }

    fn check_numbers(&mut self, request: &PushRequest) -> Result<(), CallError> {
        let known = self.clients.entry(request.client).or_default();
        let mut last_no = known.last_no;
        if request.acknowledged > last_no {
            return Err(refused(ErrorCode::HistoryChanged));
        }
        for mutation in request.groups.iter().flat_map(|group| &group.mutations) {
            let stored = known.outcomes.get(&mutation.no).is_some_and(|(stored, _)| stored == mutation);
            if mutation.no == last_no + 1 {
                last_no += 1;
            } else if mutation.no > last_no || !stored {
                return Err(refused(ErrorCode::ClientForked));
            }
        }
        known.outcomes.retain(|no, _| *no > request.acknowledged);
        Ok(())
    }

    fn push_group(&mut self, user: &str, client: Uuid, group: &Group) -> Vec<Outcome> {
        let known = self.clients.entry(client).or_default();
        let stored: Option<Vec<Outcome>> = group
            .mutations
            .iter()
            .map(|mutation| {
                known.outcomes.get(&mutation.no).map(|(_, kind)| Outcome { no: mutation.no, kind: kind.clone() })
            })
            .collect();
        if let Some(outcomes) = stored {
            return outcomes;
        }
        let (rows, written) = (self.rows.clone(), self.written.len());
        let mut outcomes: Vec<Outcome> = Vec::new();
        for mutation in &group.mutations {
            let failed = outcomes.iter().find(|outcome| !outcome.kind.is_success());
            let kind = match failed {
                Some(failed) => OutcomeKind::Skipped { depends_on: failed.no },
                None => self.mutate(user, mutation),
            };
            outcomes.push(Outcome { no: mutation.no, kind });
        }
        if let Some(failed) = outcomes.iter().find(|outcome| !outcome.kind.is_success()).map(|outcome| outcome.no) {
            self.rows = rows;
            self.written.truncate(written);
            for outcome in outcomes.iter_mut().filter(|outcome| outcome.kind.is_success()) {
                outcome.kind = OutcomeKind::Skipped { depends_on: failed };
            }
        }
        let known = self.clients.entry(client).or_default();
        for (mutation, outcome) in group.mutations.iter().zip(&outcomes) {
            known.last_no = mutation.no;
            known.outcomes.insert(mutation.no, (mutation.clone(), outcome.kind.clone()));
        }
        outcomes
    }

    fn mutate(&mut self, user: &str, mutation: &Mutation) -> OutcomeKind {
        let key = key(mutation);
        let current = self.rows.get(&key).and_then(|versions| versions.last()).cloned();
        let Some(current) = current else {
            let fresh = Version { seq: 0, values: Values::new(), deleted: false };
            return match (mutation.base, mutation.op) {
                (0, Operation::Put) if mutation.was.is_empty() => self.write(key, fresh, mutation, false),
                _ => rejected(RejectionCode::Missing),
            };
        };
        if !self.may_see(user, &Version { deleted: false, ..current.clone() }, self.seq) {
            return rejected(RejectionCode::Missing);
        }
        if current.deleted {
            return conflict(ConflictCode::Deleted, mutation);
        }
        if current.seq == mutation.base {
            return self.write(key, current, mutation, false);
        }
        if mutation.op != Operation::Put {
            return conflict(ConflictCode::EditedSince, mutation);
        }
        let differing: BTreeSet<&str> = mutation
            .set
            .iter()
            .filter(|(property, new)| current.value(property) != **new)
            .map(|(property, _)| field_group(property))
            .collect();
        if differing.is_empty() {
            return OutcomeKind::Duplicate { seq: current.seq };
        }
        let clash = mutation
            .set
            .keys()
            .filter(|property| differing.contains(field_group(property)))
            .any(|property| mutation.was.get(property).cloned().unwrap_or(Cell::Null) != current.value(property));
        if clash { conflict(ConflictCode::Clash, mutation) } else { self.write(key, current, mutation, true) }
    }

    fn write(&mut self, key: Key, mut version: Version, mutation: &Mutation, merged: bool) -> OutcomeKind {
        let old = version.clone();
        version.apply(mutation);
        if let Err(code) = self.obeys(&key, &version) {
            return rejected(code);
        }
        for (property, new) in mutation.set.iter().filter(|(property, new)| old.value(property) != **new) {
            self.written.push((key.clone(), property.clone(), old.value(property), new.clone()));
        }
        version.seq = self.seq;
        let versions = self.rows.entry(key).or_default();
        versions.retain(|older| older.seq != self.seq);
        versions.push(version);
        if merged { OutcomeKind::Merged { seq: self.seq } } else { OutcomeKind::Applied { seq: self.seq } }
    }

    fn obeys(&self, key: &Key, version: &Version) -> Result<(), RejectionCode> {
        let live = |versions: &Vec<Version>| versions.last().filter(|version| !version.deleted).cloned();
        if let Some(project) = reference(&version.values).filter(|_| !version.deleted)
            && self.rows.get(&project).and_then(live).is_none()
        {
            return Err(RejectionCode::MissingParent);
        }
        let refers = |other: &Version| reference(&other.values).as_ref() == Some(key);
        if version.deleted && key.0 == PROJECT && self.rows.values().filter_map(live).any(|other| refers(&other)) {
            return Err(RejectionCode::StillReferenced);
        }
        if version.value("Begin") > version.value("End") { Err(RejectionCode::Rule) } else { Ok(()) }
    }
}

fn is_poison(value: &Cell) -> bool {
    matches!(value, Cell::Text(text) if text.starts_with("poison"))
}

fn conflict(code: ConflictCode, mutation: &Mutation) -> OutcomeKind {
    OutcomeKind::Conflict { code, properties: mutation.set.keys().cloned().collect() }
}

fn rejected(code: RejectionCode) -> OutcomeKind {
    OutcomeKind::Rejected { code, properties: Vec::new(), params: BTreeMap::new() }
}
