//! One recorder and one pusher of a home at a time: a lock file that the system gives back when its process ends.

use crate::{DeviceError, ErrorCode};
use std::fs::{File, OpenOptions};
use std::path::Path;
use std::time::Duration;

/// Somebody who only asks whether the lock is held stands in the way for a moment, and is waited for.
const TRIES: usize = 10;
const BETWEEN_TRIES: Duration = Duration::from_millis(20);

/// Held until it is dropped.
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// `busy`: the sentence for the person when another process holds it.
    pub(crate) fn take(home: &Path, role: &str, busy: &str) -> Result<Lock, DeviceError> {
        let file = open(home, role)?;
        for _ in 0..TRIES {
            if file.try_lock().is_ok() {
                return Ok(Lock { _file: file });
            }
            std::thread::sleep(BETWEEN_TRIES);
        }
        Err(DeviceError::new(ErrorCode::Busy, busy))
    }

    /// Whether somebody holds it now. Who asks shares it for a moment: several may ask at once.
    pub(crate) fn is_held(home: &Path, role: &str) -> bool {
        open(home, role).is_ok_and(|file| file.try_lock_shared().is_err())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_only_asks_never_keeps_another_from_taking_the_lock() {
        let home = tempfile::TempDir::new().unwrap();
        let asking = std::sync::atomic::AtomicBool::new(true);
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    while asking.load(std::sync::atomic::Ordering::Relaxed) {
                        Lock::is_held(home.path(), "pusher");
                        std::thread::sleep(Duration::from_micros(50));
                    }
                });
            }
            let taken = (0..200).all(|_| Lock::take(home.path(), "pusher", "busy").is_ok());
            asking.store(false, std::sync::atomic::Ordering::Relaxed);
            assert!(taken);
        });
    }

    #[test]
    fn a_lock_that_is_held_is_seen_and_not_given_twice() {
        let home = tempfile::TempDir::new().unwrap();
        assert!(!Lock::is_held(home.path(), "recorder"));
        let held = Lock::take(home.path(), "recorder", "busy").unwrap();
        assert!(Lock::is_held(home.path(), "recorder"));
        assert_eq!(Lock::take(home.path(), "recorder", "busy").err().unwrap().code, ErrorCode::Busy);
        drop(held);
        assert!(!Lock::is_held(home.path(), "recorder"));
    }
}
