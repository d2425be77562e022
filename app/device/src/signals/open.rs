//! Signals opened for the person who asks: a range of hours, never a whole history.

use super::aside::name_of;
use super::hour_of;
use crate::account::{KeptAccount, SIGN_IN_AGAIN};
use crate::moment::{DAY_US, SECOND_US, date_of, day_of, offset_minutes, rfc3339};
use crate::view::SignalStretch;
use crate::{Device, DeviceError};
use query_lang::catalogue::{Entity, PropertyKind, Source};
use query_lang::{Catalogue, Identifier, SignalRange, Value};
use recorder::{Signal, State};
use store::{Kept, OpenHour, SegmentKey, SignalTable, StoreError};
use sync::FetchedSegment;
use sync_protocol::SegmentIndexRow;
use uuid::Uuid;
use vault::{ChainHead, Link, SealedHourKey, Unlocked, VerifiedSegment, verify_segment};

impl Device {
    /// Stretches of the days, both inclusive; without both: today.
    pub fn signals(&self, from: Option<&str>, to: Option<&str>) -> Result<Vec<SignalStretch>, DeviceError> {
        Ok(self.lived(from, to)?.iter().map(|signal| self.stretch(signal)).collect())
    }

    /// Signals of the days that the person lived, joined.
    pub(super) fn lived(&self, from: Option<&str>, to: Option<&str>) -> Result<Vec<Signal>, DeviceError> {
        let (from, to) = self.days(from, to)?;
        let opened = self.opened(from, to)?;
        let day_start = self.day_start()?;
        let lived = |signal: &Signal| {
            let offset = offset_minutes(&self.outside.zone, signal.begin());
            (from..=to).contains(&day_of(signal.begin(), offset, day_start))
        };
        Ok(recorder::join(opened.into_iter().filter(lived)))
    }

    fn stretch(&self, signal: &Signal) -> SignalStretch {
        let at = |instant| rfc3339(instant, offset_minutes(&self.outside.zone, instant));
        let (kind, program, title, state) = match signal {
            Signal::ActiveWindow { program, title, .. } => {
                ("ActiveWindow", Some(program.clone()), Some(title.clone()), None)
            }
            Signal::Activity { state, .. } => ("Activity", None, None, Some(state_name(*state).to_owned())),
        };
        SignalStretch {
            kind: kind.to_owned(),
            begin: at(signal.begin()),
            end: at(signal.end()),
            seconds: ((signal.end() - signal.begin()) / SECOND_US) as i32,
            program,
            title,
            state,
        }
    }

    /// All signals that can lie on these local days, and some around them.
    fn opened(&self, from: i32, to: i32) -> Result<Vec<Signal>, DeviceError> {
        let zone = &self.outside.zone;
        let midnight = |day: i32| {
            let local = date_of(day).to_datetime(jiff::civil::Time::midnight());
            let known = zone.to_ambiguous_timestamp(local).compatible();
            known.map_or(i64::from(day) * DAY_US, |instant| instant.as_microsecond())
        };
        // A day that starts in the morning ends in the night after its date.
        let (first, last) = (hour_of(midnight(from)), hour_of(midnight(to) + 2 * DAY_US));
        let unlocked = self.unlocked()?;
        let (segments, open) = {
            let store = self.store();
            (store.segments_between(first, last)?, store.open_hours()?)
        };
        let (account, newcomers) = (self.kept_account()?, self.newcomers()?);
        let waits = |device: Uuid| newcomers.iter().any(|newcomer| newcomer.id == device);
        let (mut signals, mut closed) = (Vec::new(), Vec::new());
        for kept in &segments {
            match opened_segment(kept, &account, &unlocked) {
                Some((_, found)) => signals.extend(found),
                None if waits(kept.key.device) => self.notice(SIGN_IN_AGAIN.to_owned()),
                None => closed.push(name_of(kept.key)),
            }
        }
        for hour in open.iter().filter(|hour| (first..last).contains(&hour.hour)) {
            match self.opened_hour(hour) {
                Ok(found) => signals.extend(found),
                Err(_) if sealed_by(hour).is_some_and(waits) => self.notice(SIGN_IN_AGAIN.to_owned()),
                Err(_) => closed.push(format!("hour {}", hour.no)),
            }
        }
        self.set_aside(&closed, "cannot be opened here: damaged, or not written by one of your devices")?;
        signals.sort_by_key(Signal::begin);
        Ok(signals)
    }

    /// Opened signals as the query's tables.
    pub(crate) fn signal_tables(
        &self,
        catalogue: &Catalogue,
        range: SignalRange,
    ) -> Result<Vec<SignalTable>, DeviceError> {
        let signals = self.opened(range.from, range.to)?;
        let day_start = self.day_start()?;
        let entities = catalogue.entities().filter(|(_, entity)| entity.source == Source::Signal);
        Ok(entities
            .map(|(_, entity)| {
                let columns = columns(entity);
                let of_kind = signals.iter().filter(|signal| entity.name == kind_name(signal));
                let rows = of_kind.enumerate().map(|(index, signal)| {
                    let offset = offset_minutes(&self.outside.zone, signal.begin());
                    let day = day_of(signal.begin(), offset, day_start);
                    let id = Uuid::from_u128(index as u128 + 1);
                    columns.iter().map(|(property, _)| property_of(signal, property, id, day)).collect()
                });
                let rows = rows.collect();
                let columns = columns.into_iter().map(|(_, column)| column).collect();
                SignalTable { name: entity.table.clone(), columns, rows }
            })
            .collect())
    }

    /// Segments that are wanted and whose device this one knows; without the person's key there is nothing to check by.
    pub(crate) fn readable_segments(&self) -> Result<Vec<SegmentIndexRow>, StoreError> {
        let mut wanted = self.store().wanted_segments()?;
        let may_open = self.is_unlockable().unwrap_or(false) && !self.is_newcomer().unwrap_or(true);
        if wanted.is_empty() || !may_open {
            return Ok(Vec::new());
        }
        let Ok(unlocked) = self.unlocked() else { return Ok(Vec::new()) };
        wanted.retain(|segment| {
            let name = name_of(SegmentKey { device: segment.device, no: segment.no });
            unlocked.directory().device(segment.device).is_some() && !self.is_aside(&name).unwrap_or(false)
        });
        Ok(wanted)
    }

    /// Keeps fetched segments that are what the index says and what their device signed.
    pub(crate) fn hold_segments(&self, segments: Vec<FetchedSegment>) -> Result<usize, StoreError> {
        let Ok(unlocked) = self.unlocked() else { return Ok(0) };
        let Ok(account) = self.kept_account() else { return Ok(0) };
        let wanted = self.store().wanted_segments()?;
        let (mut kept, mut refused) = (0, Vec::new());
        for FetchedSegment { device, no, bytes } in segments {
            let key = SegmentKey { device, no };
            let Some(index) = wanted.iter().find(|index| (index.device, index.no) == (device, no)) else { continue };
            let hour = match verify_segment(&bytes, account.place_of(device), unlocked.directory()) {
                Ok(verified) => self.hour_of_segment(index, &verified)?,
                Err(_) => None,
            };
            match hour {
                Some(hour) if self.store().hold_segment(key, hour, &bytes)? => {
                    self.take_back(&name_of(key)).ok();
                    kept += 1;
                }
                _ => refused.push(name_of(key)),
            }
        }
        if let Err(error) = self.set_aside(&refused, "came from the server in a form that no device of yours wrote") {
            self.notice(error.message);
        }
        Ok(kept)
    }

    /// None: it is not what the index says, or does not follow the one before it.
    fn hour_of_segment(
        &self,
        index: &SegmentIndexRow,
        verified: &VerifiedSegment<'_>,
    ) -> Result<Option<i64>, StoreError> {
        let header = verified.header();
        let is_indexed = header.number == index.no && hex::encode(verified.link().hash) == index.sha256;
        let key = SegmentKey { device: index.device, no: index.no };
        Ok((is_indexed && self.continues(key, &verified.link())?).then_some(header.hour))
    }

    /// Whether the segment follows the one before it, by the hash that the index has of that: the log of a device can be
    /// neither rewritten nor spliced.
    fn continues(&self, key: SegmentKey, link: &Link) -> Result<bool, StoreError> {
        let store = self.store();
        let hash = |no| Ok::<_, StoreError>(store.indexed_hash(SegmentKey { no, ..key })?.and_then(hash_of));
        let before = match key.no {
            1 => Some(ChainHead::START),
            no => hash(no - 1)?.map(|hash| ChainHead { number: no - 1, hash }),
        };
        Ok(before.is_none_or(|head| head.follow(link).is_ok()))
    }
}

/// Its hour and what it holds. None: damaged, or of a writer that the person's directory does not know.
pub(super) fn opened_segment(kept: &Kept, account: &KeptAccount, unlocked: &Unlocked) -> Option<(i64, Vec<Signal>)> {
    let verified = verify_segment(&kept.bytes, account.place_of(kept.key.device), unlocked.directory()).ok()?;
    let plain = verified.open(&verified.key(unlocked).ok()?).ok()?;
    Some((verified.header().hour, recorder::decode(&plain).ok()?))
}

fn sealed_by(hour: &OpenHour) -> Option<Uuid> {
    Some(SealedHourKey::from_bytes(&hour.sealed_key).ok()?.device())
}

fn hash_of(sha256: String) -> Option<[u8; 32]> {
    hex::decode(sha256).ok()?.try_into().ok()
}

fn columns(entity: &Entity) -> Vec<(String, Identifier)> {
    let stored = entity.properties.iter().filter_map(|property| match &property.kind {
        PropertyKind::Stored { column, .. } => Some((property.name.clone(), column.clone())),
        PropertyKind::Calculated { .. } => None,
    });
    stored.collect()
}

fn kind_name(signal: &Signal) -> &'static str {
    match signal {
        Signal::ActiveWindow { .. } => "Signal.ActiveWindow",
        Signal::Activity { .. } => "Signal.Activity",
    }
}

/// Ids are of one query alone: a signal has none of its own.
fn property_of(signal: &Signal, property: &str, id: Uuid, day: i32) -> Value {
    let text = |text: &str| Value::Text(text.to_owned());
    match (property, signal) {
        ("Id", _) => Value::Guid(id),
        ("Begin", _) => Value::DateTime(signal.begin()),
        ("End", _) => Value::DateTime(signal.end()),
        ("Date", _) => Value::Date(day),
        ("Program", Signal::ActiveWindow { program, .. }) => text(program),
        ("Title", Signal::ActiveWindow { title, .. }) => text(title),
        ("Document", Signal::ActiveWindow { document: Some(document), .. }) => text(document),
        ("State", Signal::Activity { state, .. }) => text(state_name(*state)),
        _ => Value::Null,
    }
}

fn state_name(state: State) -> &'static str {
    match state {
        State::Active => "active",
        State::Idle => "idle",
        State::Locked => "locked",
        State::Asleep => "asleep",
    }
}
