//! Where the device's own key lies: the keystore of the operating system, else a file that nobody else may read.

use super::KeptAccount;
use crate::{DeviceError, ErrorCode};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;
use vault::DeviceKey;
use zeroize::Zeroizing;

const FILE: &str = "device.key";
const SERVICE: &str = "daybook";
/// A locked keyring blocks for ever.
const KEYSTORE_TIME: Duration = Duration::from_secs(2);

pub(crate) struct DeviceKeyPlace {
    file: PathBuf,
    use_keystore: bool,
}

impl DeviceKeyPlace {
    pub(super) fn new(home: &Path, use_keystore: bool) -> Self {
        DeviceKeyPlace { file: home.join(FILE), use_keystore }
    }

    /// A sentence when the key lies in a file although a keystore was wanted.
    pub(super) fn write(&self, account: &KeptAccount, key: &DeviceKey) -> Result<Option<String>, DeviceError> {
        let bytes = key.to_stored();
        if self.use_keystore {
            let secret = Zeroizing::new(bytes.to_vec());
            if in_time(account, move |entry| entry.set_secret(&secret)).is_ok() {
                self.remove_file()?;
                return Ok(None);
            }
        }
        self.write_file(&bytes[..])?;
        Ok(self.use_keystore.then(|| {
            format!(
                "No keystore of the system took the key of this device within {} seconds, so it lies in {}, which only you \
                 can read. Unlock the keystore and sign in again to move it.",
                KEYSTORE_TIME.as_secs(),
                self.file.display()
            )
        }))
    }

    /// None: there is no key on this device.
    pub(super) fn read(&self, account: &KeptAccount) -> Result<Option<DeviceKey>, DeviceError> {
        match fs::read(&self.file) {
            Ok(bytes) => return Ok(DeviceKey::from_stored(&Zeroizing::new(bytes))),
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(self.failed(&error)),
            Err(_) => {}
        }
        match in_time(account, |entry| entry.get_secret()) {
            Ok(secret) => Ok(DeviceKey::from_stored(&Zeroizing::new(secret))),
            Err(Keystore::Empty) => Ok(None),
            Err(Keystore::Away) => Err(DeviceError::new(
                ErrorCode::Locked,
                "the system's keystore does not answer, so signals wait sealed: unlock it and try again; recording and sync go on",
            )),
        }
    }

    pub(super) fn forget(&self, account: &KeptAccount) -> Result<(), DeviceError> {
        if self.use_keystore {
            // The slot that the key opens is forgotten too, so a keystore that does not answer keeps nothing of use.
            let _ = in_time(account, |entry| entry.delete_credential());
        }
        self.remove_file()
    }

    fn write_file(&self, bytes: &[u8]) -> Result<(), DeviceError> {
        let fresh = self.file.with_extension("key-new");
        let written = private_file(&fresh)
            .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
            .and_then(|()| fs::rename(&fresh, &self.file));
        written.map_err(|error| self.failed(&error))
    }

    fn remove_file(&self) -> Result<(), DeviceError> {
        match fs::remove_file(&self.file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(self.failed(&error)),
            _ => Ok(()),
        }
    }

    fn failed(&self, error: &std::io::Error) -> DeviceError {
        let file = self.file.display();
        DeviceError::new(
            ErrorCode::Ours,
            format!("the file {file} cannot be used ({error}): check the folder's rights"),
        )
    }
}

#[cfg(unix)]
fn private_file(path: &Path) -> std::io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> std::io::Result<fs::File> {
    fs::OpenOptions::new().write(true).create(true).truncate(true).open(path)
}

enum Keystore {
    Empty,
    Away,
}

/// On a thread of its own, which is left behind when the keystore does not answer in time.
fn in_time<T: Send + 'static>(
    account: &KeptAccount,
    action: impl FnOnce(&keyring::Entry) -> keyring::Result<T> + Send + 'static,
) -> Result<T, Keystore> {
    let name = format!("{} {} {}", account.tenant_id, account.user_id, account.device);
    let (answer, asked) = mpsc::channel();
    std::thread::spawn(move || {
        // Nobody listens any more after the time limit; the answer is then of no use.
        let _ = answer.send(keyring::Entry::new(SERVICE, &name).and_then(|entry| action(&entry)));
    });
    match asked.recv_timeout(KEYSTORE_TIME) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(keyring::Error::NoEntry)) => Err(Keystore::Empty),
        _ => Err(Keystore::Away),
    }
}
