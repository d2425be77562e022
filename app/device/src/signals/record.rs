//! The recorder's loop: look, seal, store. It needs no key that opens anything.

use super::hours::no_key;
use super::{RECORDER, hour_of};
use crate::lock::Lock;
use crate::{Device, DeviceError};
use recorder::{Recorder, Settings, Signal, Tracker};
use std::time::Duration;
use vault::HourKey;

/// Between two looks.
const PERIOD: Duration = Duration::from_secs(1);
/// What is still going on is written in pieces of this length (microseconds): so soon it can be seen, and no more is lost.
const PIECE: i64 = 60_000_000;
/// How soon `stop` is heard.
const PATIENCE: Duration = Duration::from_millis(100);

/// The hour that is being recorded. Its key is in memory alone.
pub(crate) struct Hour {
    hour: i64,
    no: u64,
    key: HourKey,
    position: u64,
}

impl Device {
    /// Records signals until `stop` says true, looking once a second. One process of a home at a time.
    pub fn record(&self, stop: &dyn Fn() -> bool) -> Result<(), DeviceError> {
        let _lock = Lock::take(&self.home, RECORDER, "another process of this home is recording: nothing more to do")?;
        if self.recipient()?.is_none() {
            return Err(no_key());
        }
        self.close_left_hours(hour_of(self.now()))?;
        let mut tracker = Tracker::new(crate::outside::desktop_session());
        let mut recorder = Recorder::new(Settings { piece: PIECE, ..Settings::default() }, self.rules()?);
        let mut hour = None;
        while !stop() {
            let now = self.now();
            let signals = self.look(&mut tracker, &mut recorder, now)?;
            self.keep(&mut hour, now, &signals)?;
            pause(stop);
        }
        let now = self.now();
        let signals = recorder.stop(now);
        self.keep(&mut hour, now, &signals)
    }

    fn look(&self, tracker: &mut Tracker, recorder: &mut Recorder, now: i64) -> Result<Vec<Signal>, DeviceError> {
        recorder.set_rules(self.rules()?);
        match (self.is_paused()?, recorder.is_paused()) {
            (true, false) => return Ok(recorder.pause(now)),
            (false, true) => recorder.resume(),
            _ => {}
        }
        if recorder.is_paused() {
            return Ok(Vec::new());
        }
        let seen = tracker.look(now);
        Ok(recorder.tick(now, &seen))
    }

    /// Seals what is certain under the key of the hour in which it happened, and closes an hour that is over.
    pub(crate) fn keep(&self, present: &mut Option<Hour>, now: i64, signals: &[Signal]) -> Result<(), DeviceError> {
        if present.as_ref().is_none_or(|hour| hour.hour != hour_of(now)) {
            let mut rest = signals.to_vec();
            if let Some(hour) = present.take() {
                let late = rest.extract_if(.., |signal| hour_of(signal.begin()) <= hour.hour).collect();
                self.close(hour, late)?;
            }
            let (no, key) = self.begin_hour(now)?;
            *present = Some(Hour { hour: hour_of(now), no, key, position: 0 });
            return self.append(present, &rest);
        }
        self.append(present, signals)
    }

    fn append(&self, present: &mut Option<Hour>, signals: &[Signal]) -> Result<(), DeviceError> {
        let Some(hour) = present.as_mut().filter(|_| !signals.is_empty()) else { return Ok(()) };
        let plain = zeroize::Zeroizing::new(recorder::encode(signals));
        let record = hour.key.seal_record(hour.position, &plain, &mut self.randomness());
        self.store().append_records(hour.no, hour.position, &[record.as_bytes()])?;
        hour.position += 1;
        Ok(())
    }

    fn close(&self, hour: Hour, late: Vec<Signal>) -> Result<(), DeviceError> {
        let mut signals = self.records_of(hour.no, &hour.key)?;
        signals.extend(late);
        self.close_hour(hour.hour, &[hour.no], signals)
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
