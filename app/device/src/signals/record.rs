//! The recorder's loop: look, seal, store. It needs no key that opens anything, and it outlives a disk that is full.

use super::notes::Notes;
use super::{RECORDER, hour_of};
use crate::lock::Lock;
use crate::{Device, DeviceError, ErrorCode};
use recorder::{Recorder, Settings, Signal, Tracker};
use std::collections::BTreeSet;
use std::time::Duration;
use vault::HourKey;

/// Between two looks.
const PERIOD: Duration = Duration::from_secs(1);
/// What is still going on is written in pieces of this length (microseconds): so soon it can be seen, and no more is lost.
const PIECE: i64 = 60_000_000;
/// How soon `stop` is heard.
const PATIENCE: Duration = Duration::from_millis(100);
/// Signals that wait in memory for a disk that takes them; at the most windows a minute that people have, days of them.
const UNSEALED_MAX: usize = 50_000;

/// What a recorder tells whoever started it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecorderNews<'a> {
    /// From now on it records.
    Records,
    /// Recording is paused: it waits until the person resumes it.
    Waits,
    /// What the person must know: what this desktop does not show, a disk that takes nothing, and that it goes on.
    Says(&'a str),
}

/// The hour that is being recorded. Its key is in memory alone.
pub(crate) struct Hour {
    hour: i64,
    no: u64,
    key: HourKey,
    position: u64,
}

/// One run of the recorder: the present hour, and what the disk did not take yet.
#[derive(Default)]
pub(crate) struct Recording {
    present: Option<Hour>,
    unsealed: Vec<Signal>,
    notes: Notes,
    /// Whether it was told last that recording is paused; None: nothing was told yet.
    told_paused: Option<bool>,
}

#[cfg(test)]
impl Recording {
    /// A run that has seen these.
    pub(crate) fn of(signals: &[Signal]) -> Recording {
        Recording { unsealed: signals.to_vec(), ..Recording::default() }
    }
}

impl Device {
    /// Records signals until `stop` says true, looking once a second. One process of a home at a time.
    pub fn record(&self, stop: &dyn Fn() -> bool, hear: &dyn Fn(RecorderNews<'_>)) -> Result<(), DeviceError> {
        let _lock = Lock::take(&self.home, RECORDER, "recording", "nothing more to do")?;
        let ended = self.record_alone(stop, hear);
        self.note(&Notes { ended: ended.as_ref().err().map(|error| error.message.clone()), ..Notes::default() });
        ended
    }

    fn record_alone(&self, stop: &dyn Fn() -> bool, hear: &dyn Fn(RecorderNews<'_>)) -> Result<(), DeviceError> {
        let say = &|sentence: &str| hear(RecorderNews::Says(sentence));
        if self.recipient()?.is_none() {
            return Err(self.no_key());
        }
        let mut tracker = Tracker::new(crate::outside::desktop_session());
        let mut recorder = Recorder::new(Settings { piece: PIECE, ..Settings::default() }, self.rules()?);
        let mut recording = Recording::default();
        if let Err(error) = self.close_left_hours(hour_of(self.now())) {
            self.tell_trouble(&mut recording, Some(error), say)?;
        }
        while !stop() {
            let now = self.now();
            recording.unsealed.extend(self.look(&mut tracker, &mut recorder, now));
            self.note_desktop(&mut recording.notes, tracker.status(), say)?;
            let kept = self.keep(&mut recording, now);
            self.tell_trouble(&mut recording, kept.err(), say)?;
            if recording.told_paused.replace(recorder.is_paused()) != Some(recorder.is_paused()) {
                hear(if recorder.is_paused() { RecorderNews::Waits } else { RecorderNews::Records });
            }
            pause(stop);
        }
        let now = self.now();
        recording.unsealed.extend(recorder.stop(now));
        self.keep(&mut recording, now)
    }

    /// Switches that cannot be read now stay as they were at the last look.
    fn look(&self, tracker: &mut Tracker, recorder: &mut Recorder, now: i64) -> Vec<Signal> {
        if let Ok(rules) = self.rules() {
            recorder.set_rules(rules);
        }
        let is_paused = self.is_paused().unwrap_or_else(|_| recorder.is_paused());
        match (is_paused, recorder.is_paused()) {
            (true, false) => return recorder.pause(now),
            (false, true) => recorder.resume(),
            _ => {}
        }
        let seen = tracker.look(now);
        recorder.tick(now, &seen)
    }

    /// A disk that takes nothing is said once, and once that it takes again; only what waiting cannot help ends the recorder.
    fn tell_trouble(
        &self,
        recording: &mut Recording,
        error: Option<DeviceError>,
        say: &dyn Fn(&str),
    ) -> Result<(), DeviceError> {
        if let Some(error) = error.as_ref().filter(|error| !matches!(error.code, ErrorCode::Ours | ErrorCode::Busy)) {
            return Err(error.clone());
        }
        let lost = recording.unsealed.len().saturating_sub(UNSEALED_MAX);
        recording.unsealed.drain(..lost);
        let trouble = error.map(|error| {
            format!("{}; what is recorded meanwhile waits in memory and recording goes on", error.message)
        });
        if recording.notes.trouble != trouble {
            say(trouble.as_deref().unwrap_or("what waited was written: recording goes on as before"));
            recording.notes.trouble = trouble;
            self.note(&recording.notes);
        }
        Ok(())
    }

    /// Seals what is certain under the key of the hour in which it happened, and closes hours that are over. What an error
    /// leaves undone is still there for the next call.
    pub(crate) fn keep(&self, recording: &mut Recording, now: i64) -> Result<(), DeviceError> {
        if let Some(present) = recording.present.as_ref().map(|hour| hour.hour) {
            self.append(recording, present)?;
        }
        let mut hours: BTreeSet<i64> =
            recording.unsealed.iter().map(|signal| hour_of(signal.begin()).min(hour_of(now))).collect();
        hours.insert(hour_of(now));
        for hour in hours {
            if let Some(over) = recording.present.as_ref().filter(|present| present.hour != hour) {
                let signals = self.records_of(over.no, &over.key)?;
                self.close_hour(over.hour, &[over.no], signals)?;
                recording.present = None;
            }
            if recording.present.is_none() {
                let (no, key) = self.begin_hour(hour)?;
                recording.present = Some(Hour { hour, no, key, position: 0 });
            }
            self.append(recording, hour)?;
        }
        Ok(())
    }

    /// Seals and stores what happened in this hour or before it.
    fn append(&self, recording: &mut Recording, last: i64) -> Result<(), DeviceError> {
        let Recording { present: Some(hour), unsealed, .. } = recording else { return Ok(()) };
        let is_due = |signal: &Signal| hour_of(signal.begin()) <= last;
        let due: Vec<Signal> = unsealed.iter().filter(|signal| is_due(signal)).cloned().collect();
        if due.is_empty() {
            return Ok(());
        }
        let plain = zeroize::Zeroizing::new(recorder::encode(&due));
        let record = hour.key.seal_record(hour.position, &plain, &mut self.randomness());
        self.store().append_records(hour.no, hour.position, &[record.as_bytes()])?;
        hour.position += 1;
        unsealed.retain(|signal| !is_due(signal));
        Ok(())
    }
}

fn pause(stop: &dyn Fn() -> bool) {
    let mut left = PERIOD;
    while !left.is_zero() && !stop() {
        let step = left.min(PATIENCE);
        std::thread::sleep(step);
        left -= step;
    }
}
