//! One recorder and one pusher of a home at a time: a lock file that the system gives back when its process ends.

use crate::{DeviceError, ErrorCode};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
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
    /// `doing` and `way_on` are the sentence for the person when another process holds it: what that does, and what now.
    pub(crate) fn take(home: &Path, role: &str, doing: &str, way_on: &str) -> Result<Lock, DeviceError> {
        let mut file = open(home, role)?;
        for _ in 0..TRIES {
            if file.try_lock().is_ok() {
                name_holder(&mut file);
                return Ok(Lock { _file: file });
            }
            std::thread::sleep(BETWEEN_TRIES);
        }
        let holder = holder(&mut file);
        Err(DeviceError::new(ErrorCode::Busy, format!("another process of this home{holder} is {doing}: {way_on}")))
    }

    /// Whether somebody holds it now. Who asks shares it for a moment: several may ask at once.
    pub(crate) fn is_held(home: &Path, role: &str) -> bool {
        open(home, role).is_ok_and(|file| file.try_lock_shared().is_err())
    }
}

/// For whoever finds it held. A disk that does not take the number leaves the lock as good as it is.
fn name_holder(file: &mut File) {
    let _ = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
}

/// As part of a sentence; empty where it cannot be told.
fn holder(file: &mut File) -> String {
    let mut number = String::new();
    let read = file.read_to_string(&mut number).ok().and_then(|_| number.trim().parse::<u32>().ok());
    read.map_or_else(String::new, |process| format!(" (process {process})"))
}

fn open(home: &Path, role: &str) -> Result<File, DeviceError> {
    let path = home.join(format!("{role}.lock"));
    OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path).map_err(|error| {
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
            let taken = (0..200).all(|_| Lock::take(home.path(), "pusher", "syncing", "wait").is_ok());
            asking.store(false, std::sync::atomic::Ordering::Relaxed);
            assert!(taken);
        });
    }

    #[test]
    fn a_lock_that_is_held_is_seen_and_not_given_twice() {
        let home = tempfile::TempDir::new().unwrap();
        assert!(!Lock::is_held(home.path(), "recorder"));
        let held = Lock::take(home.path(), "recorder", "recording", "nothing more to do").unwrap();
        assert!(Lock::is_held(home.path(), "recorder"));
        let refused = Lock::take(home.path(), "recorder", "recording", "nothing more to do").err().unwrap();
        let (process, code) = (std::process::id(), ErrorCode::Busy);
        let sentence = format!("another process of this home (process {process}) is recording: nothing more to do");
        assert_eq!((refused.code, refused.message), (code, sentence));
        drop(held);
        assert!(!Lock::is_held(home.path(), "recorder"));
    }
}
