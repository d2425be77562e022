//! From the sealed records of an hour to one segment, signed and chained.

use super::RECORDER;
use crate::account::KeptAccount;
use crate::lock::Lock;
use crate::{Device, DeviceError, ErrorCode};
use recorder::Signal;
use std::collections::BTreeMap;
use store::{NewSegment, OpenHour, Store, StoreError};
use vault::{ChainHead, HourKey, SealedHourKey, SealedRecord};

/// Recorder and sync may both seal a segment of this device.
const TRIES: usize = 3;

impl Device {
    /// Makes segments of what a recorder left open: hours that are over, and the present one when nobody records it. Only
    /// with the person's key, and never beside a recorder, which closes its hours itself.
    pub(crate) fn close_past_hours(&self) -> Result<(), DeviceError> {
        let Ok(_lock) = Lock::take(&self.home, RECORDER, "recording", "it closes its hours itself") else {
            return Ok(());
        };
        self.close_left_hours(i64::MAX)
    }

    /// Open hours before `before`; the caller holds the recorder's lock.
    pub(super) fn close_left_hours(&self, before: i64) -> Result<(), DeviceError> {
        let mut hours: BTreeMap<i64, Vec<OpenHour>> = BTreeMap::new();
        for open in self.store().open_hours()? {
            if open.hour < before {
                hours.entry(open.hour).or_default().push(open);
            }
        }
        // A locked keyring or a damaged hour stops neither the recorder nor the sync: the hour stays sealed for later.
        if hours.is_empty() || self.is_newcomer()? || !self.is_unlockable()? {
            return Ok(());
        }
        if let Err(error) = self.unlocked() {
            self.notice(error.message);
            return Ok(());
        }
        for (hour, parts) in hours {
            let opened: Result<Vec<Vec<Signal>>, DeviceError> =
                parts.iter().map(|part| self.opened_hour(part)).collect();
            let Ok(signals) = opened else {
                let names: Vec<String> = parts.iter().map(|part| format!("hour {}", part.no)).collect();
                self.set_aside(&names, "of a recorder that was cut off cannot be opened")?;
                continue;
            };
            let numbers: Vec<u64> = parts.iter().map(|part| part.no).collect();
            self.close_hour(hour, &numbers, signals.concat())?;
        }
        Ok(())
    }

    /// What an open hour holds, by the person's key. A damaged record is left out, the others are kept.
    pub(super) fn opened_hour(&self, open: &OpenHour) -> Result<Vec<Signal>, DeviceError> {
        let unlocked = self.unlocked()?;
        let sealed = SealedHourKey::from_bytes(&open.sealed_key).map_err(broken)?;
        // This device or one that this home was before: whichever, the directory has the key that must have signed.
        let place = self.kept_account()?.place_of(sealed.device());
        let key = sealed.open(place, unlocked.directory(), &unlocked).map_err(broken)?;
        self.records_of(open.no, &key)
    }

    pub(super) fn records_of(&self, hour_no: u64, key: &HourKey) -> Result<Vec<Signal>, DeviceError> {
        let mut signals = Vec::new();
        for (position, bytes) in self.store().records(hour_no)? {
            let plain = key.open_record(position, &SealedRecord::from_bytes(bytes));
            if let Some(found) = plain.ok().and_then(|plain| recorder::decode(&plain).ok()) {
                signals.extend(found);
            }
        }
        Ok(signals)
    }

    /// Seals the hour as this device's next segment; number and bytes are on the disk when this has answered.
    pub(super) fn close_hour(&self, hour: i64, numbers: &[u64], signals: Vec<Signal>) -> Result<(), DeviceError> {
        self.seal_next(hour, signals, |store, segment| store.close_hours(segment, numbers))
    }

    /// `keep` puts the segment on the disk. Where another process gave its number in this moment it is sealed anew.
    pub(super) fn seal_next(
        &self,
        hour: i64,
        signals: Vec<Signal>,
        mut keep: impl FnMut(&mut Store, &NewSegment) -> Result<(), StoreError>,
    ) -> Result<(), DeviceError> {
        let contents = recorder::encode(&recorder::join(signals));
        for _ in 1..TRIES {
            let segment = self.next_segment(hour, &contents)?;
            match keep(&mut self.store(), &segment) {
                Err(StoreError::SegmentTaken(_)) => {}
                kept => return Ok(kept?),
            }
        }
        let segment = self.next_segment(hour, &contents)?;
        Ok(keep(&mut self.store(), &segment)?)
    }

    fn next_segment(&self, hour: i64, contents: &[u8]) -> Result<NewSegment, DeviceError> {
        let (account, recorder_key) = self.writer()?;
        let recipient = self.recipient()?.ok_or_else(|| self.no_key())?;
        let head = self.chain_head(&account)?;
        let mut randomness = self.randomness();
        let sealed =
            vault::seal_segment(contents, account.device, hour, head, &recipient, &recorder_key, &mut randomness)
                .map_err(|error| DeviceError::new(ErrorCode::Ours, error.to_string()))?;
        let link = sealed.link();
        let sha256 = hex::encode(link.hash);
        Ok(NewSegment { device: account.device, no: link.number, hour, sha256, bytes: sealed.into_bytes() })
    }

    fn chain_head(&self, account: &KeptAccount) -> Result<ChainHead, DeviceError> {
        let Some((number, sha256)) = self.store().last_segment(account.device)? else { return Ok(ChainHead::START) };
        let hash = hex::decode(sha256).ok().and_then(|hash| hash.try_into().ok());
        let hash = hash.ok_or_else(|| StoreError::Damaged(format!("segment {number}")))?;
        Ok(ChainHead { number, hash })
    }

    pub(super) fn no_key(&self) -> DeviceError {
        let reason =
            self.closed_by_password().unwrap_or("this device has no confirmed key to seal with; sign in first");
        DeviceError::new(ErrorCode::Locked, format!("nothing is recorded: {reason}"))
    }

    /// An hour of this device, for the recorder.
    pub(super) fn begin_hour(&self, hour: i64) -> Result<(u64, HourKey), DeviceError> {
        let (account, recorder_key) = self.writer()?;
        let recipient = self.recipient()?.ok_or_else(|| self.no_key())?;
        let mut randomness = self.randomness();
        let (key, sealed) =
            HourKey::begin(account.device, hour, &recipient, &recorder_key, &mut randomness).map_err(broken)?;
        let no = self.store().begin_hour(hour, &sealed.to_bytes())?;
        Ok((no, key))
    }
}

pub(super) fn broken(error: impl std::fmt::Display) -> DeviceError {
    DeviceError::new(ErrorCode::Locked, error.to_string())
}
