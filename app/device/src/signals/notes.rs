//! What the recorder knows of itself and a screen wants to show: what this desktop allows, and why nothing is recorded.

use crate::view::{Ability, Desktop};
use crate::{Device, DeviceError, ErrorCode};
use recorder::{Status, Tracker};
use serde::{Deserialize, Serialize};

const NOTES: &str = "recorder_notes";

/// Kept in the home for every process of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Notes {
    /// As of the last look; None: no recorder looks.
    pub(super) desktop: Option<Desktop>,
    /// Why what is seen is not stored, in one sentence.
    pub(super) trouble: Option<String>,
    /// Why the last recorder ended, when nobody told it to.
    pub(super) ended: Option<String>,
}

impl Device {
    /// What this desktop allows, asked now. It can take as long as the display takes to answer.
    pub fn desktop(&self) -> Desktop {
        let mut tracker = Tracker::new(crate::outside::desktop_session());
        tracker.look(self.now());
        Desktop::of(tracker.status())
    }

    /// Tells what this desktop does not show when that changes. An error where nothing can ever be seen.
    pub(super) fn note_desktop(
        &self,
        notes: &mut Notes,
        status: &Status,
        say: &dyn Fn(&str),
    ) -> Result<(), DeviceError> {
        let desktop = Desktop::of(status);
        if notes.desktop.as_ref() == Some(&desktop) {
            return Ok(());
        }
        if status.sees_nothing_for_good() {
            return Err(DeviceError::new(ErrorCode::NoDesktop, desktop.limits.join(" ")));
        }
        desktop.limits.iter().for_each(|limit| say(limit));
        notes.desktop = Some(desktop);
        self.note(notes);
        Ok(())
    }

    pub(super) fn note(&self, notes: &Notes) {
        let kept = self.store().set_setting(NOTES, notes);
        // A disk that takes nothing is what may have to be noted; then this process alone can tell.
        let held = kept.is_err().then(|| notes.clone());
        *self.notes.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = held;
    }

    pub(super) fn notes(&self) -> Result<Notes, DeviceError> {
        let held = self.notes.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        match held {
            Some(notes) => Ok(notes),
            None => Ok(self.store().setting(NOTES)?.unwrap_or_default()),
        }
    }
}

impl Desktop {
    fn of(status: &Status) -> Desktop {
        Desktop {
            windows: Ability::of(status.windows),
            away: Ability::of(status.idle),
            lock: Ability::of(status.lock),
            limits: status.limits().iter().map(ToString::to_string).collect(),
        }
    }
}

impl Ability {
    fn of(ability: recorder::Ability) -> Ability {
        match ability {
            recorder::Ability::Seen => Ability::Seen,
            recorder::Ability::Partly(_) => Ability::Partly,
            recorder::Ability::Unseen(_) => Ability::Unseen,
        }
    }
}
