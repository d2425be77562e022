//! Signals that cannot be opened stand in the way of no other: they are set aside and said once, and tried again later.

use crate::moment::DAY_US;
use crate::{Device, DeviceError};
use std::collections::BTreeMap;
use store::SegmentKey;

/// Name and time (microseconds) of everything that is set aside.
const ASIDE: &str = "signals_aside";

pub(crate) fn name_of(key: SegmentKey) -> String {
    format!("{}/{}", key.device, key.no)
}

impl Device {
    /// `what` says what happened to that many of them, as the begin of a sentence.
    pub(crate) fn set_aside(&self, names: &[String], what: &str) -> Result<(), DeviceError> {
        let now = self.now();
        let mut store = self.store();
        let mut aside: BTreeMap<String, i64> = store.setting(ASIDE)?.unwrap_or_default();
        let fresh = names.iter().filter(|name| aside.insert((*name).clone(), now).is_none()).count();
        store.set_setting(ASIDE, &aside)?;
        drop(store);
        if fresh > 0 {
            let hours = if fresh == 1 { "1 hour of signals".to_owned() } else { format!("{fresh} hours of signals") };
            self.notice(format!("{hours} {what}; set aside, everything else goes on"));
        }
        Ok(())
    }

    /// Whether it was set aside so lately that it is not tried again yet.
    pub(crate) fn is_aside(&self, name: &str) -> Result<bool, DeviceError> {
        let aside: BTreeMap<String, i64> = self.store().setting(ASIDE)?.unwrap_or_default();
        let now = self.now();
        Ok(aside.get(name).is_some_and(|since| (0..DAY_US).contains(&(now - since))))
    }

    /// It is as it should be after all.
    pub(crate) fn take_back(&self, name: &str) -> Result<(), DeviceError> {
        let mut store = self.store();
        let mut aside: BTreeMap<String, i64> = store.setting(ASIDE)?.unwrap_or_default();
        if aside.remove(name).is_some() {
            store.set_setting(ASIDE, &aside)?;
        }
        Ok(())
    }
}
