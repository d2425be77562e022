//! The person's own switches: pause and what is never recorded. They lie in this home and take effect at the next look.

use super::RECORDER;
use crate::lock::Lock;
use crate::view::RecordingState;
use crate::{Device, DeviceError};
use recorder::{Rule, Rules};

const PAUSED: &str = "recording_paused";
const RULES: &str = "recording_rules";

impl Device {
    pub fn pause_recording(&self) -> Result<RecordingState, DeviceError> {
        self.store().set_setting(PAUSED, &true)?;
        self.recording_state()
    }

    pub fn resume_recording(&self) -> Result<RecordingState, DeviceError> {
        self.store().set_setting(PAUSED, &false)?;
        self.recording_state()
    }

    /// Programs that are never recorded; the whole list. `*` stands for any text.
    pub fn set_exclusions(&self, programs: &[String]) -> Result<RecordingState, DeviceError> {
        let named = programs.iter().map(|program| program.trim()).filter(|program| !program.is_empty());
        let excluded = named.map(|program| Rule { program: Some(program.to_owned()), title: None }).collect();
        let rules = Rules::new(excluded).map_err(|error| DeviceError::input(error.to_string()))?;
        self.store().set_setting(RULES, &rules)?;
        self.recording_state()
    }

    pub(super) fn is_paused(&self) -> Result<bool, DeviceError> {
        Ok(self.store().setting(PAUSED)?.unwrap_or(false))
    }

    pub(super) fn rules(&self) -> Result<Rules, DeviceError> {
        let rules: Rules = self.store().setting(RULES)?.unwrap_or_default();
        rules.check().map_err(|error| DeviceError::input(error.to_string()))?;
        Ok(rules)
    }

    pub(crate) fn recording_state(&self) -> Result<RecordingState, DeviceError> {
        let excluded = self.rules()?;
        Ok(RecordingState {
            recording: Lock::is_held(&self.home, RECORDER),
            paused: self.is_paused()?,
            unlocked: self.is_unlockable()?,
            exclusions: excluded.excluded().iter().filter_map(|rule| rule.program.clone()).collect(),
        })
    }
}
