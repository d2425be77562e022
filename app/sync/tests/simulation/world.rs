//! Several devices, one server, a bad network and impatient people, all driven by one seed.

use crate::chance::Chance;
use crate::device::Store;
use crate::person;
use crate::rows::{Key, text};
use crate::server::{Server, refused};
use std::collections::{BTreeMap, BTreeSet};
use sync::{CallError, Effect, Ended, Engine, Event, Publication, Replica, store};
use sync_protocol::{Cell, ErrorCode, OutcomeKind};

/// A fault that somebody might build in; the simulation must notice each one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mutant {
    None,
    PageAppliedEarly,
    OutcomeIgnored,
    StagingForgottenInTheMiddle,
}

pub(crate) struct Device {
    pub(crate) user: String,
    pub(crate) store: Store,
    engine: Engine,
    pending: Option<Effect>,
    finished: Option<Ended>,
}

pub(crate) struct World {
    pub(crate) chance: Chance,
    pub(crate) server: Server,
    pub(crate) devices: Vec<Device>,
    backup: Server,
    mutant: Mutant,
    calm: bool,
    /// Every value that a person entered, and what they saw in its place.
    pub(crate) entered: BTreeMap<Cell, Cell>,
    /// Values that somebody replaced or deleted on the server, also on one that was restored since.
    replaced: BTreeSet<Cell>,
    pub(crate) values: i64,
}

const DEVICES_MAX: usize = 5;

impl World {
    pub(crate) fn new(seed: u64, mutant: Mutant) -> Self {
        let mut chance = Chance::new(seed);
        let server = Server::new(seed);
        let devices = ["employee", "employee", "colleague"].map(|user| Device {
            user: user.to_owned(),
            store: Store::new(chance.id(), chance.id()),
            engine: Engine::new(0),
            pending: None,
            finished: None,
        });
        World {
            chance,
            backup: server.clone(),
            server,
            devices: devices.into(),
            mutant,
            calm: false,
            entered: BTreeMap::new(),
            replaced: BTreeSet::new(),
            values: 0,
        }
    }

    /// Err: which property does not hold.
    pub(crate) fn live(&mut self, steps: usize) -> Result<(), String> {
        for _ in 0..steps {
            self.happen()?;
        }
        self.calm_down()?;
        self.check_end()
    }

    fn happen(&mut self) -> Result<(), String> {
        let device = self.chance.below(self.devices.len());
        match self.chance.below(1_000) {
            0..200 => person::act(self, device),
            200..206 => self.kill(device),
            206..212 => self.server.grant("colleague", "employee"),
            212..216 => self.server.grant("employee", "colleague"),
            216..218 => self.server.model_version += 1,
            218..226 => self.server.writes_held = !self.server.writes_held,
            226..228 => self.copy_disk(device),
            228..230 => self.backup = self.server.clone(),
            230..231 => self.restore(),
            231..233 => self.collect(),
            233..240 => self.devices[device].store.seal_segment(),
            _ => return self.advance(device),
        }
        Ok(())
    }

    fn kill(&mut self, device: usize) {
        self.devices[device].engine = Engine::new(0);
        self.devices[device].pending = None;
    }

    fn copy_disk(&mut self, device: usize) {
        if self.devices.len() == DEVICES_MAX {
            return;
        }
        let id = self.chance.id();
        let original = &self.devices[device];
        let copy = Device {
            user: original.user.clone(),
            store: original.store.copy(id),
            engine: Engine::new(0),
            pending: None,
            finished: None,
        };
        self.devices.push(copy);
    }

    fn restore(&mut self) {
        self.note_replaced();
        self.server.restore(&self.backup.clone());
    }

    /// Half a year has passed: no pull takes that long, no backup is that old, nothing acknowledged is kept that long.
    fn collect(&mut self) {
        if !self.devices.iter().all(|device| device.store.knows(self.server.history_id)) {
            return;
        }
        self.note_replaced();
        for device in 0..self.devices.len() {
            self.kill(device);
            self.devices[device].store.forget_settled();
        }
        self.server.collect();
        self.backup = self.server.clone();
    }

    fn note_replaced(&mut self) {
        self.replaced.extend(self.server.written.iter().map(|write| write.2.clone()));
        let last = self.server.rows.values().filter_map(|versions| versions.last());
        let buried = last.filter(|version| version.deleted).flat_map(|version| version.values.values().cloned());
        self.replaced.extend(buried);
    }

    /// Without faults, until nobody has anything to say any more.
    fn calm_down(&mut self) -> Result<(), String> {
        self.calm = true;
        self.server.writes_held = false;
        (0..self.devices.len()).for_each(|device| self.kill(device));
        for _ in 0..3 {
            for device in 0..self.devices.len() {
                self.whole_round(device)?;
            }
        }
        Ok(())
    }

    fn whole_round(&mut self, device: usize) -> Result<(), String> {
        self.devices[device].finished = None;
        for _ in 0..2_000 {
            self.advance(device)?;
            if let Some(ended) = self.devices[device].finished.take() {
                return match ended {
                    Ended::Complete => Ok(()),
                    other => Err(format!("a round without faults ended with {other:?}")),
                };
            }
        }
        Err("a round has no end".to_owned())
    }

    /// One effect of one device.
    fn advance(&mut self, device: usize) -> Result<(), String> {
        let event = match self.devices[device].pending.take() {
            None => Event::Start { allow_deletions: true },
            Some(Effect::Finish(round)) => {
                self.devices[device].finished = Some(round.ended);
                return Ok(());
            }
            Some(effect) => self.carry_out(device, effect),
        };
        if matches!(event, Event::Published)
            && let Some(key) = self.devices[device].store.broken_reference()
        {
            return Err(format!("{key:?} refers to a row that is not there"));
        }
        let effects = self.devices[device].engine.step(event);
        if effects.len() != 1 {
            return Err(format!("{} effects for one event", effects.len()));
        }
        self.devices[device].pending = effects.into_iter().next();
        Ok(())
    }

    fn carry_out(&mut self, device: usize, effect: Effect) -> Event {
        let call = self.network(device, &effect);
        if let Some(event) = call {
            return event;
        }
        let id = self.chance.id();
        let Ok(event) = self.sabotage(device, effect.clone()).map_or_else(
            || match effect {
                Effect::TakeClient => self.devices[device].store.take_client(id).map(|()| Event::ClientTaken),
                local => store(local, &mut self.devices[device].store),
            },
            Ok,
        );
        event
    }

    /// What a mutant does instead.
    fn sabotage(&mut self, device: usize, effect: Effect) -> Option<Event> {
        let replica = &mut self.devices[device].store;
        match (self.mutant, effect) {
            (Mutant::PageAppliedEarly, Effect::Stage(page)) => {
                let Ok(()) = replica.stage(&page);
                let Ok(()) = replica.publish(Publication { cursor: page.cursor, whole: false, restored: false });
                Some(if replica.broken_reference().is_some() { Event::Published } else { Event::Staged })
            }
            (Mutant::OutcomeIgnored, Effect::Settle(mut outcomes)) => {
                outcomes.iter_mut().for_each(|outcome| outcome.kind = OutcomeKind::Applied { seq: 1 });
                let Ok(()) = replica.settle(&outcomes);
                Some(Event::Settled)
            }
            (Mutant::StagingForgottenInTheMiddle, Effect::Stage(_)) if self.chance.percent(2) => Some(Event::Staged),
            _ => None,
        }
    }

    /// None: the effect is none for the server.
    fn network(&mut self, device: usize, effect: &Effect) -> Option<Event> {
        let away = || CallError::Unreachable { origin: String::new(), reason: String::new() };
        let (lost, answer_lost, twice) = match self.calm {
            true => (false, false, false),
            false => (self.chance.percent(8), self.chance.percent(8), self.chance.percent(8)),
        };
        if twice && !lost {
            self.call(device, effect);
        }
        let answered = if lost { failed(effect, away()) } else { self.call(device, effect) };
        if answer_lost { failed(effect, away()) } else { answered }
    }

    fn call(&mut self, device: usize, effect: &Effect) -> Option<Event> {
        let Device { user, store, .. } = &self.devices[device];
        let server = &mut self.server;
        Some(match effect {
            Effect::Push(request) => Event::Pushed(server.push(user, request)),
            Effect::Pull(request) => Event::Pulled(server.pull(user, request)),
            Effect::FetchModel => Event::Model(Ok(server.model())),
            Effect::ListSegments { device } => Event::SegmentList(Ok(server.blobs.list(*device))),
            Effect::PutSegment { .. } if server.writes_held => Event::SegmentPut(Err(refused(ErrorCode::Unavailable))),
            Effect::PutSegment { device, no } => {
                let Ok(bytes) = store.segment(*device, *no);
                let taken = server.put_segment(user, *device, *no, bytes);
                Event::SegmentPut(if taken { Ok(()) } else { Err(refused(ErrorCode::SegmentExists)) })
            }
            Effect::FetchSegments(request) => Event::SegmentsFetched(Ok(server.blobs.fetch(request))),
            _ => return None,
        })
    }
}

/// The properties that hold when everything has calmed down.
impl World {
    fn check_end(&mut self) -> Result<(), String> {
        for device in &self.devices {
            let mine: BTreeMap<_, _> = device.store.view().into_iter().map(|(key, row)| (key, row.values)).collect();
            if mine != self.server.visible_now(&device.user) {
                return Err("a device and the server do not agree".to_owned());
            }
            if !device.store.outbox.is_empty() {
                return Err("an outbox is not empty".to_owned());
            }
        }
        self.check_values()?;
        self.check_overwrites()?;
        self.check_segments()
    }

    /// No value that a person entered is lost: it is in a row, in an inbox, or somebody replaced it.
    fn check_values(&mut self) -> Result<(), String> {
        self.note_replaced();
        let in_rows = self.server.rows.values().flatten().flat_map(|version| version.values.values());
        let in_inboxes =
            self.devices.iter().flat_map(|device| &device.store.inbox).flat_map(|mutation| mutation.set.values());
        let kept: BTreeSet<&Cell> = in_rows.chain(in_inboxes).chain(&self.replaced).collect();
        match self.entered.keys().find(|value| !kept.contains(value)) {
            Some(value) => Err(format!("the value {value:?} is lost")),
            None => Ok(()),
        }
    }

    /// A value is written once, and over nothing but what its author saw: there, or below own values that went to the
    /// inbox.
    fn check_overwrites(&self) -> Result<(), String> {
        let inboxes = self.devices.iter().flat_map(|device| &device.store.inbox);
        let refused: BTreeSet<&Cell> = inboxes.flat_map(|mutation| mutation.set.values()).collect();
        let mut seen: BTreeSet<(&Key, &Cell)> = BTreeSet::new();
        for (key, property, old, new) in &self.server.written {
            let Some(mut expected) = self.entered.get(new) else { continue };
            // A copied disk may offer a row again whose tombstone is long gone.
            if !seen.insert((key, new)) && !self.server.collected.contains(key) {
                return Err(format!("{new:?} was written twice"));
            }
            while expected != old && refused.contains(expected) {
                expected = self.entered.get(expected).unwrap_or(&Cell::Null);
            }
            if expected != old {
                return Err(format!("{property} {new:?} went over {old:?}, its author had seen {expected:?}"));
            }
        }
        Ok(())
    }

    fn check_segments(&self) -> Result<(), String> {
        for from in &self.devices {
            for to in self.devices.iter().filter(|to| to.user == from.user && to.store.device != from.store.device) {
                if from.store.own_segments().any(|(name, bytes)| to.store.held.get(&name) != Some(&bytes)) {
                    return Err("a segment did not arrive".to_owned());
                }
            }
        }
        Ok(())
    }

    /// A value that no other one is equal to.
    pub(crate) fn fresh_text(&mut self) -> Cell {
        self.values += 1;
        text(format!("value {}", self.values))
    }
}

fn failed(effect: &Effect, error: CallError) -> Option<Event> {
    Some(match effect {
        Effect::Push(_) => Event::Pushed(Err(error)),
        Effect::Pull(_) => Event::Pulled(Err(error)),
        Effect::FetchModel => Event::Model(Err(error)),
        Effect::ListSegments { .. } => Event::SegmentList(Err(error)),
        Effect::PutSegment { .. } => Event::SegmentPut(Err(error)),
        Effect::FetchSegments(_) => Event::SegmentsFetched(Err(error)),
        _ => return None,
    })
}
