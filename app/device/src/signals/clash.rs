//! Two contents for one number: a disk was copied or restored, and the server gave the number to the other one's. Both are
//! kept: the server's where it is, and what is here sealed again as a late segment of this device.

use super::aside::name_of;
use super::open::opened_segment;
use crate::account::SIGN_IN_AGAIN;
use crate::{Device, DeviceError};
use std::collections::HashMap;
use store::{Kept, SegmentKey, StoreError};
use sync::{Client, UnsentSegment};
use sync_protocol::SegmentIndexRow;
use uuid::Uuid;

const LOCKED: &str = "some signals wait here because the server has others under their numbers (a disk was copied or restored): \
                      unlock your signals on this computer or sign in, and the next sync sends them";

impl Device {
    /// Nothing of a device that the person's directory does not know yet, and nothing that cannot be opened here: it would
    /// be opened nowhere.
    pub(crate) fn sendable_segments(&self) -> Result<Vec<UnsentSegment>, StoreError> {
        if self.is_newcomer()? {
            return Ok(Vec::new());
        }
        let mut unsent = self.store().unsent_segments()?;
        unsent.retain(|segment| !self.is_aside(&name_of(segment.key)).unwrap_or(false));
        let of_wire = unsent.into_iter().map(|segment| UnsentSegment {
            device: segment.key.device,
            no: segment.key.no,
            sha256: segment.sha256,
        });
        Ok(of_wire.collect())
    }

    /// The server has other bytes under a number of `device`. None: what was here is ready to be sent again; else what the
    /// person has to do first.
    pub(crate) async fn settle_clash(&self, client: &Client, device: Uuid) -> Result<Option<String>, DeviceError> {
        if self.kept_account()?.device == device {
            self.become_new_device()?;
            return Ok(Some(SIGN_IN_AGAIN.to_owned()));
        }
        if self.unlocked().is_err() {
            return Ok(Some(LOCKED.to_owned()));
        }
        let there = client.segments(device).await?.segments;
        self.seal_again(device, there)?;
        Ok(None)
    }

    /// From the first clash on the log of `device` is another one here than on the server.
    pub(crate) fn seal_again(&self, device: Uuid, there: Vec<SegmentIndexRow>) -> Result<(), DeviceError> {
        let there: HashMap<u64, SegmentIndexRow> = there.into_iter().map(|row| (row.no, row)).collect();
        let unsent = self.store().unsent_segments()?;
        let mut of_device = unsent.iter().filter(|segment| segment.key.device == device);
        let is_other = |row: &SegmentIndexRow, sha256: &str| row.sha256 != sha256;
        let clash =
            of_device.find(|segment| there.get(&segment.key.no).is_some_and(|row| is_other(row, &segment.sha256)));
        let Some(first) = clash.map(|clash| clash.key.no) else { return Ok(()) };
        for key in unsent.iter().map(|segment| segment.key).filter(|key| key.device == device && key.no >= first) {
            self.seal_one_again(key, there.get(&key.no))?;
        }
        // What came meanwhile did not continue what was here.
        for no in there.keys().copied().filter(|no| *no >= first) {
            self.take_back(&name_of(SegmentKey { device, no }))?;
        }
        Ok(())
    }

    fn seal_one_again(&self, key: SegmentKey, there: Option<&SegmentIndexRow>) -> Result<(), DeviceError> {
        let (unlocked, account) = (self.unlocked()?, self.kept_account()?);
        let bytes = self.store().segment(key)?.unwrap_or_default();
        let Some((hour, signals)) = opened_segment(&Kept { key, bytes }, &account, &unlocked) else {
            return self.set_aside(&[name_of(key)], "cannot be opened here, so they are not sent");
        };
        self.seal_next(hour, signals, |store, segment| store.replace_segment(key, segment, there))
    }
}
