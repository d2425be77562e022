//! Who has the home open. A file that was left in disorder is checked by the first one to come, and only where nobody else
//! is: a log that is there while another process works is no disorder.

use std::fs::{File, OpenOptions};
use std::path::Path;

const FILE: &str = "open.lock";

/// Held as long as the home is open; the system gives it back when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Presence {
    /// None where no lock file can be made: then nobody is told to be alone.
    file: Option<File>,
    alone: bool,
}

impl Presence {
    /// Waits while another process checks or mends the home.
    pub(super) fn enter(home: &Path) -> Presence {
        let opened = OpenOptions::new().create(true).truncate(false).write(true).open(home.join(FILE));
        let Ok(file) = opened else { return Presence { file: None, alone: false } };
        let alone = file.try_lock().is_ok();
        if !alone && file.lock_shared().is_err() {
            return Presence { file: None, alone: false };
        }
        Presence { file: Some(file), alone }
    }

    /// Nobody else has the home open, and nobody can open it before [`Presence::share`].
    pub(super) fn is_alone(&self) -> bool {
        self.alone
    }

    pub(super) fn share(&mut self) {
        if self.alone && self.file.as_ref().is_some_and(|file| file.unlock().and_then(|()| file.lock_shared()).is_err())
        {
            self.file = None;
        }
        self.alone = false;
    }
}
