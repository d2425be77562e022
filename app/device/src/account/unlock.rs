//! The vault on this device, opened by the device's own key.

use super::{DeviceKeyPlace, KeptAccount};
use crate::{Device, DeviceError, ErrorCode};
use std::sync::{Arc, PoisonError};
use vault::{DeviceKey, Pin, Recipient, SealedDirectory, SealedSlot, SlotSecret, Unlocked};

pub(super) const PIN: &str = "vault_pin";
pub(super) const RECIPIENT: &str = "recipient";
pub(super) const DEVICE_SLOT: &str = "device_slot";
pub(super) const DIRECTORY: &str = "directory";
/// The last sign-in found the key sealed with an earlier password.
pub(super) const CLOSED: &str = "signals_closed";
pub(super) const STAYS_CLOSED: &str = "your signals stay closed on this computer, because their key is sealed with your earlier password: sign in with the \
     new one on a computer that can still open them, and then here again; bookings go on as before";
/// Microseconds.
const KEYSTORE_REST: i64 = 30_000_000;

impl Device {
    /// The vault, open. A device that was not confirmed has none.
    pub(crate) fn unlocked(&self) -> Result<Arc<Unlocked>, DeviceError> {
        let mut held = self.unlocked.lock().unwrap_or_else(PoisonError::into_inner);
        // Another process of this home may have signed out: what it forgot is not kept here either.
        if self.store().setting::<String>(DEVICE_SLOT)?.is_none() {
            *held = None;
            return Err(self.locked());
        }
        if let Some(unlocked) = held.as_ref() {
            return Ok(unlocked.clone());
        }
        let unlocked = Arc::new(self.unlock()?);
        *held = Some(unlocked.clone());
        Ok(unlocked)
    }

    fn unlock(&self) -> Result<Unlocked, DeviceError> {
        let directory = bytes(self.store().setting(DIRECTORY)?);
        let directory = directory.ok_or_else(|| self.locked())?;
        self.open_with(&SealedDirectory::from_bytes(directory).map_err(broken)?)
    }

    /// By the device's own key; the directory must be the pinned one or a successor of it.
    pub(super) fn open_with(&self, directory: &SealedDirectory) -> Result<Unlocked, DeviceError> {
        let account = self.kept_account()?;
        let (slot, pin) = {
            let store = self.store();
            (store.setting(DEVICE_SLOT)?, store.setting(PIN)?)
        };
        let (Some(slot), Some(pin)) = (bytes(slot), bytes(pin)) else { return Err(self.locked()) };
        let key = self.device_key(&account)?.ok_or_else(|| self.locked())?;
        let slot = SealedSlot::from_bytes(&slot).map_err(broken)?;
        let pin = Pin::from_stored(&pin).ok_or_else(|| self.locked())?;
        let user_key = slot.open(account.owner(), SlotSecret::Device(&key)).map_err(broken)?;
        user_key.open(directory).and_then(|found| found.resume(&pin)).map_err(broken)
    }

    /// A keystore that did not answer is left alone for a while: each try would hold up whoever waits for it.
    fn device_key(&self, account: &KeptAccount) -> Result<Option<DeviceKey>, DeviceError> {
        let mut silent = self.keystore_silent.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.now();
        if let Some((_, error)) = silent.as_ref().filter(|(since, _)| (0..KEYSTORE_REST).contains(&(now - since))) {
            return Err(error.clone());
        }
        let read = self.device_key_place().read(&self.key_account(account)?);
        *silent = read.as_ref().err().map(|error| (now, error.clone()));
        read
    }

    /// Takes over the newest list of devices when segments of a device came that this one does not know. True: it knows
    /// more devices than before.
    pub(crate) async fn learn_devices(&self) -> Result<bool, DeviceError> {
        if self.is_newcomer()? {
            return Ok(false);
        }
        let unknown = {
            let wanted = self.store().wanted_segments()?;
            if wanted.is_empty() || !self.is_unlockable()? {
                return Ok(false);
            }
            let unlocked = self.unlocked()?;
            wanted.iter().any(|segment| unlocked.directory().device(segment.device).is_none())
        };
        if !unknown {
            return Ok(false);
        }
        let known = self.unlocked()?.directory().number;
        let state = self.client()?.vault().await?;
        let sealed = SealedDirectory::from_wire(&state.directory).map_err(broken)?;
        let unlocked = self.open_with(&sealed)?;
        let learned = unlocked.directory().number > known;
        self.keep_directory(&unlocked, &sealed)?;
        *self.unlocked.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(unlocked));
        Ok(learned)
    }

    pub(super) fn keep_directory(&self, unlocked: &Unlocked, directory: &SealedDirectory) -> Result<(), DeviceError> {
        let mut store = self.store();
        store.set_setting(DIRECTORY, &hex::encode(directory.as_bytes()))?;
        store.set_setting(PIN, &hex::encode(unlocked.pin().to_stored()))?;
        drop(store);
        self.welcome(unlocked.directory())
    }

    /// Whether signals could be opened now, without asking a keystore.
    pub(crate) fn is_unlockable(&self) -> Result<bool, DeviceError> {
        Ok(self.store().setting::<String>(DEVICE_SLOT)?.is_some())
    }

    /// What keeps the signals closed, when it is the password.
    pub(crate) fn closed_by_password(&self) -> Option<&'static str> {
        let is_closed = self.store().setting::<bool>(CLOSED).ok().flatten().unwrap_or(false);
        is_closed.then_some(STAYS_CLOSED)
    }

    fn locked(&self) -> DeviceError {
        let say = "your signals are locked on this device: unlock them with your password, or sign in";
        DeviceError::new(ErrorCode::Locked, self.closed_by_password().unwrap_or(say))
    }

    /// What the recorder seals to. Its presence says that the person confirmed the key on this device.
    pub(crate) fn recipient(&self) -> Result<Option<Recipient>, DeviceError> {
        let kept = bytes(self.store().setting(RECIPIENT)?);
        kept.map(|kept| Recipient::from_stored(&kept).map_err(broken)).transpose()
    }

    /// Forgets the key that opens signals here, until [`Device::unlock_with`]. Recording, bookings and sync go on: they need none.
    pub fn lock(&self) -> Result<(), DeviceError> {
        *self.unlocked.lock().unwrap_or_else(PoisonError::into_inner) = None;
        self.device_key_place().forget(&self.key_account(&self.kept_account()?)?)?;
        self.store().forget_setting(DEVICE_SLOT)?;
        Ok(())
    }

    pub(super) fn device_key_place(&self) -> DeviceKeyPlace {
        DeviceKeyPlace::new(&self.home, self.outside.use_keystore)
    }
}

pub(super) fn bytes(kept: Option<String>) -> Option<Vec<u8>> {
    hex::decode(kept?).ok()
}

pub(super) fn broken(error: impl std::fmt::Display) -> DeviceError {
    DeviceError::new(ErrorCode::Locked, error.to_string())
}
