//! One recorder and one pusher of a home at a time: a lock file that the system gives back when its process ends.

use crate::{DeviceError, ErrorCode};
use std::fs::{File, OpenOptions};
use std::path::Path;

/// Held until it is dropped.
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// `busy`: the sentence for the person when another process holds it.
    pub(crate) fn take(home: &Path, role: &str, busy: &str) -> Result<Lock, DeviceError> {
        let file = open(home, role)?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(_) => Err(DeviceError::new(ErrorCode::Busy, busy)),
        }
    }

    /// Whether somebody holds it now.
    pub(crate) fn is_held(home: &Path, role: &str) -> bool {
        open(home, role).is_ok_and(|file| file.try_lock().is_err())
    }
}

fn open(home: &Path, role: &str) -> Result<File, DeviceError> {
    let path = home.join(format!("{role}.lock"));
    OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(|error| {
        let path = path.display();
        DeviceError::new(
            ErrorCode::Ours,
            format!("the file {path} cannot be made ({error}): check the folder's rights"),
        )
    })
}
