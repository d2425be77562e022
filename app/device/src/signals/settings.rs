//! The person's own switches: pause and what is never recorded. They lie in this home and take effect at the next look.

use super::RECORDER;
use super::notes::Notes;
use crate::lock::Lock;
use crate::view::{Ability, RecordingState};
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

    /// Programs that are never recorded; the whole list. Capitals do not matter; a word hides every program that has it in
    /// its name, a pattern with `*` (any text) or `?` (one character) is the whole name.
    pub fn set_exclusions(&self, programs: &[String]) -> Result<RecordingState, DeviceError> {
        let rules = rules_of(programs)?;
        self.store().set_setting(RULES, &rules)?;
        self.recording_state()
    }

    /// Programs that are never recorded.
    pub fn exclusions(&self) -> Result<Vec<String>, DeviceError> {
        Ok(self.rules()?.excluded().iter().filter_map(|rule| rule.program.clone()).collect())
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
        let recording = Lock::is_held(&self.home, RECORDER);
        let paused = self.is_paused()?;
        let notes = self.notes()?;
        Ok(RecordingState {
            recording,
            paused,
            why_not: self.why_not(recording, paused, &notes)?,
            desktop: notes.desktop.filter(|_| recording),
            unlocked: self.is_unlockable()?,
            exclusions: self.exclusions()?,
        })
    }

    fn why_not(&self, recording: bool, paused: bool, notes: &Notes) -> Result<Option<String>, DeviceError> {
        if paused {
            return Ok(Some("recording is paused: nothing is recorded until you resume it".to_owned()));
        }
        if self.recipient()?.is_none() {
            return Ok(Some(self.no_key().message));
        }
        if !recording {
            let idle = || "no recorder runs: open the window of Daybook, or start `daybook signals record`".to_owned();
            return Ok(Some(notes.ended.clone().unwrap_or_else(idle)));
        }
        let unseen = notes.desktop.as_ref().filter(|desktop| desktop.windows == Ability::Unseen);
        Ok(notes.trouble.clone().or_else(|| unseen.and_then(|desktop| desktop.limits.first().cloned())))
    }
}

pub(super) fn rules_of(programs: &[String]) -> Result<Rules, DeviceError> {
    let named = programs.iter().map(|program| program.trim()).filter(|program| !program.is_empty());
    let excluded = named.map(|program| Rule { program: Some(program.to_owned()), title: None }).collect();
    Rules::new(excluded).map_err(|error| DeviceError::input(error.to_string()))
}
