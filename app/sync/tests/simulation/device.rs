//! A device's store in memory: server versions of rows, the outbox on top of them, the staging beside them.

use crate::rows::{Key, Values, Version, key, reference};
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use sync::{Deletions, FetchedSegment, Publication, Replica, Standing, UnsentSegment};
use sync_protocol::{
    Cursor, Group, ModelAnswer, Mutation, Operation, Outcome, OutcomeKind, PullAnswer, SegmentIndexRow, VisibleIds,
};
use uuid::Uuid;

#[derive(Debug, Clone)]
pub(crate) struct Store {
    pub(crate) client: Uuid,
    pub(crate) device: Uuid,
    cursor: Option<Cursor>,
    acknowledged: u64,
    last_no: u64,
    model_version: u64,
    stage: u64,
    /// What the server said; pending changes are on top of it.
    pub(crate) rows: BTreeMap<Key, Version>,
    pub(crate) outbox: Vec<Group>,
    /// Mutations that the server took.
    settled: Vec<Mutation>,
    pub(crate) inbox: Vec<Mutation>,
    staging: Staging,
    segments: BTreeMap<u64, (Vec<u8>, bool)>,
    index: BTreeMap<(Uuid, u64), SegmentIndexRow>,
    pub(crate) held: BTreeMap<(Uuid, u64), Vec<u8>>,
}

#[derive(Debug, Clone, Default)]
struct Staging {
    rows: BTreeMap<Key, Version>,
    gone: BTreeSet<Key>,
    visible: BTreeSet<Key>,
    segments: Vec<SegmentIndexRow>,
}

impl Store {
    pub(crate) fn new(client: Uuid, device: Uuid) -> Self {
        Store {
            client,
            device,
            cursor: None,
            acknowledged: 0,
            last_no: 0,
            model_version: 0,
            stage: 0,
            rows: BTreeMap::new(),
            outbox: Vec::new(),
            settled: Vec::new(),
            inbox: Vec::new(),
            staging: Staging::default(),
            segments: BTreeMap::new(),
            index: BTreeMap::new(),
            held: BTreeMap::new(),
        }
    }

    /// What the person sees: the server's versions with the pending changes on top.
    pub(crate) fn view(&self) -> BTreeMap<Key, Version> {
        let mut view = self.rows.clone();
        for mutation in self.outbox.iter().flat_map(|group| &group.mutations) {
            let fresh = || Version { seq: 0, values: Values::new(), deleted: false };
            if is_insert(mutation) || view.contains_key(&key(mutation)) {
                view.entry(key(mutation)).or_insert_with(fresh).apply(mutation);
            }
        }
        view.retain(|_, version| !version.deleted);
        view
    }

    /// One local transaction. A row with pending changes has hidden what came from the server since: the base stays that
    /// of the first pending one.
    pub(crate) fn commit(&mut self, mut mutations: Vec<Mutation>) {
        for mutation in &mut mutations {
            let mut pending = self.outbox.iter().flat_map(|group| &group.mutations);
            if let Some(first) = pending.find(|first| key(first) == key(mutation)) {
                mutation.base = first.base;
            }
            self.last_no += 1;
            mutation.no = self.last_no;
        }
        self.outbox.push(Group { mutations });
    }

    pub(crate) fn seal_segment(&mut self) {
        let no = self.segments.len() as u64 + 1;
        self.segments.insert(no, (format!("{} {no}", self.device).into_bytes(), false));
    }

    pub(crate) fn own_segments(&self) -> impl Iterator<Item = ((Uuid, u64), Vec<u8>)> {
        self.segments.iter().map(|(no, (bytes, _))| ((self.device, *no), bytes.clone()))
    }

    /// A copied disk in another computer; its recorder has been told apart, its client has not.
    pub(crate) fn copy(&self, device: Uuid) -> Store {
        Store { device, segments: BTreeMap::new(), ..self.clone() }
    }

    fn succeed(&mut self, mutation: Mutation, kind: &OutcomeKind) {
        if let OutcomeKind::Applied { seq } | OutcomeKind::Merged { seq } | OutcomeKind::Duplicate { seq } = kind
            && self.cursor.is_none_or(|cursor| *seq > cursor.seq)
        {
            let fresh = Version { seq: 0, values: Values::new(), deleted: false };
            if is_insert(&mutation) {
                self.rows.entry(key(&mutation)).or_insert(fresh);
            }
            if let Some(version) = self.rows.get_mut(&key(&mutation)) {
                version.apply(&mutation);
                if matches!(kind, OutcomeKind::Applied { .. }) {
                    version.seq = *seq;
                }
            }
            self.rows.retain(|_, version| !version.deleted);
        }
        self.settled.push(mutation);
    }

    /// Whether it has heard of every restored server.
    pub(crate) fn knows(&self, history_id: Uuid) -> bool {
        self.cursor.is_none_or(|cursor| cursor.history_id == history_id)
    }

    /// What was acknowledged is kept for five weeks.
    pub(crate) fn forget_settled(&mut self) {
        self.settled.clear();
    }

    /// What the server took and no longer has. Numbers of its former history mean nothing now, so bases go.
    fn offer_again(&mut self) {
        let mut offers = Vec::new();
        for mutation in std::mem::take(&mut self.settled) {
            let (held, staged) = (self.rows.get(&key(&mutation)), self.staging.rows.get(&key(&mutation)));
            let offer = match (held, staged, mutation.op) {
                (_, None, _) => Some(mutation),
                (None, Some(_), Operation::Delete) => Some(mutation),
                (held, Some(staged), Operation::Put) => {
                    let mut kept = mutation.clone();
                    let shown = |property: &str, new: &_| held.is_none_or(|held| held.value(property) == *new);
                    kept.set.retain(|property, new| shown(property, new) && staged.value(property) != *new);
                    kept.was.retain(|property, _| kept.set.contains_key(property));
                    if kept.set.len() < mutation.set.len() {
                        self.settled.push(mutation);
                    }
                    (!kept.set.is_empty()).then_some(kept)
                }
                _ => {
                    self.settled.push(mutation);
                    None
                }
            };
            offers.extend(offer.map(|mutation| Group { mutations: vec![mutation] }));
        }
        offers.append(&mut self.outbox);
        self.outbox = offers;
        self.outbox.iter_mut().flat_map(|group| &mut group.mutations).for_each(|mutation| mutation.base = 0);
        self.segments.values_mut().for_each(|segment| segment.1 = false);
    }

    pub(crate) fn broken_reference(&self) -> Option<&Key> {
        let broken =
            |version: &Version| reference(&version.values).is_some_and(|project| !self.rows.contains_key(&project));
        self.rows.iter().find(|(_, version)| broken(version)).map(|(key, _)| key)
    }
}

impl Replica for Store {
    type Error = Infallible;

    fn standing(&self) -> Result<Standing, Infallible> {
        let Store { client, cursor, acknowledged, model_version, stage, .. } = *self;
        Ok(Standing { client, cursor, acknowledged, model_version, stage })
    }

    fn outbox(&self, groups_max: usize, _bytes_max: usize) -> Result<Vec<Group>, Infallible> {
        Ok(self.outbox.iter().take(groups_max.min(4)).cloned().collect())
    }

    fn settle(&mut self, outcomes: &[Outcome]) -> Result<(), Infallible> {
        let mut outcomes = outcomes.iter().peekable();
        while outcomes.peek().is_some() {
            let group = self.outbox.remove(0);
            let taken: Vec<&Outcome> = outcomes.by_ref().take(group.mutations.len()).collect();
            let all = taken.iter().all(|outcome| outcome.kind.is_success());
            for (mutation, outcome) in group.mutations.into_iter().zip(taken) {
                assert_eq!(mutation.no, outcome.no, "an outcome of another mutation");
                self.acknowledged = mutation.no;
                if all { self.succeed(mutation, &outcome.kind) } else { self.inbox.push(mutation) }
            }
        }
        Ok(())
    }

    fn take_client(&mut self, client: Uuid) -> Result<(), Infallible> {
        self.client = client;
        self.acknowledged = 0;
        self.last_no = 0;
        for mutation in self.outbox.iter_mut().flat_map(|group| &mut group.mutations) {
            self.last_no += 1;
            mutation.no = self.last_no;
        }
        Ok(())
    }

    fn adopt_model(&mut self, model: &ModelAnswer) -> Result<(), Infallible> {
        self.model_version = model.model_version;
        Ok(())
    }

    fn begin_pull(&mut self) -> Result<u64, Infallible> {
        self.stage += 1;
        self.staging = Staging::default();
        Ok(self.stage)
    }

    fn stage(&mut self, page: &PullAnswer) -> Result<(), Infallible> {
        let staging = &mut self.staging;
        for table in &page.tables {
            for row in &table.rows {
                let values = table.columns.iter().cloned().zip(row.values.iter().cloned()).collect();
                let key = (table.entity.clone(), row.id);
                staging.gone.remove(&key);
                staging.rows.insert(key, Version { seq: row.seq, values, deleted: false });
            }
        }
        let mut gone: Vec<Key> = Vec::new();
        for part in &page.gone {
            gone.extend(part.ids.iter().map(|id| (part.entity.clone(), *id)));
        }
        for VisibleIds { entity, ids } in &page.visible {
            let known = self.rows.keys().chain(staging.rows.keys());
            gone.extend(known.filter(|key| key.0 == *entity && !ids.contains(&key.1)).cloned());
            staging.visible = ids.iter().map(|id| (entity.clone(), *id)).collect();
        }
        for key in gone {
            staging.rows.remove(&key);
            staging.gone.insert(key);
        }
        staging.segments.extend(page.segments.iter().cloned());
        Ok(())
    }

    fn missing(&self, whole: bool) -> Result<Vec<VisibleIds>, Infallible> {
        let held = |key: &&Key| !whole && self.rows.contains_key(*key) && !self.staging.gone.contains(*key);
        let absent = self.staging.visible.iter().filter(|key| !held(key) && !self.staging.rows.contains_key(*key));
        Ok(absent.map(|key| VisibleIds { entity: key.0.clone(), ids: vec![key.1] }).collect())
    }

    fn deletions(&self, whole: bool) -> Result<Deletions, Infallible> {
        let goes = |key: &&Key| self.staging.gone.contains(*key) || (whole && !self.staging.rows.contains_key(*key));
        Ok(Deletions { rows: self.rows.keys().filter(goes).count(), held: self.rows.len() })
    }

    fn publish(&mut self, publication: Publication) -> Result<(), Infallible> {
        if publication.restored {
            self.offer_again();
        }
        let staging = std::mem::take(&mut self.staging);
        if publication.whole {
            self.rows.clear();
            self.index.clear();
        }
        self.rows.retain(|key, _| !staging.gone.contains(key));
        self.rows.extend(staging.rows);
        self.index.extend(staging.segments.into_iter().map(|row| ((row.device, row.no), row)));
        self.cursor = Some(publication.cursor);
        Ok(())
    }

    fn unsent_segments(&self) -> Result<Vec<UnsentSegment>, Infallible> {
        let unsent = self.segments.iter().filter(|(_, segment)| !segment.1);
        Ok(unsent
            .map(|(no, segment)| UnsentSegment { device: self.device, no: *no, sha256: sha256(&segment.0) })
            .collect())
    }

    fn segment(&self, _: Uuid, no: u64) -> Result<Vec<u8>, Infallible> {
        Ok(self.segments.get(&no).map(|segment| segment.0.clone()).unwrap_or_default())
    }

    fn mark_sent(&mut self, _: Uuid, numbers: &[u64]) -> Result<(), Infallible> {
        for no in numbers {
            self.segments.entry(*no).and_modify(|segment| segment.1 = true);
        }
        Ok(())
    }

    fn wanted_segments(&self) -> Result<Vec<SegmentIndexRow>, Infallible> {
        let wanted =
            |row: &&SegmentIndexRow| row.device != self.device && !self.held.contains_key(&(row.device, row.no));
        Ok(self.index.values().filter(wanted).cloned().collect())
    }

    fn hold_segments(&mut self, segments: Vec<FetchedSegment>) -> Result<usize, Infallible> {
        let kept = segments.len();
        self.held.extend(segments.into_iter().map(|segment| ((segment.device, segment.no), segment.bytes)));
        Ok(kept)
    }
}

fn is_insert(mutation: &Mutation) -> bool {
    mutation.base == 0 && mutation.op == Operation::Put && mutation.was.is_empty()
}

/// Stands for the hash: here only that equal bytes have equal ones matters.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
