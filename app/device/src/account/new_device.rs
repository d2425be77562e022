//! A home whose disk was copied, restored or damaged is another device from then on: numbers that it gives may be given
//! already, by itself or by its twin. It takes a new id and a new key, and continues the device that it was.

use super::{ACCOUNT, KeptAccount, RECORDER_KEY};
use crate::{Device, DeviceError, ErrorCode};
use store::StoreError;
use uuid::Uuid;
use vault::{Directory, RecorderKey};

/// Devices that this home became and that the person's directory does not know yet, the newest last.
const NEWCOMERS: &str = "new_devices";
/// Whose name the device's key has in the keystore, when it is not this device's.
const KEY_NAME: &str = "device_key_name";

/// What the person has to do, wherever something waits for it.
pub(crate) const SIGN_IN_AGAIN: &str = "this computer counts as a new device, because its files were damaged, copied or restored: sign in again on this \
     computer, so that the signals it records from now on can be opened and travel; bookings go on as before";

impl Device {
    /// Draws the conclusions of a damaged file: numbers that were lost with it must not be given to something else.
    pub(crate) fn settle_damage(&self) -> Result<(), DeviceError> {
        if !self.store().is_mended()? {
            return Ok(());
        }
        if self.store().setting::<KeptAccount>(ACCOUNT)?.is_some() {
            // A device that nobody knows yet has sent nothing: it can go on under its id, if it still has the key.
            if !self.is_newcomer()? || self.kept_recorder_key()?.is_none() {
                self.become_new_device()?;
            }
            self.notice(SIGN_IN_AGAIN.to_owned());
        }
        Ok(self.store().forget_mended()?)
    }

    /// From here on this home is another device, with a key of its own, that continues the one it was.
    pub(crate) fn become_new_device(&self) -> Result<(), DeviceError> {
        self.take_new_id(&RecorderKey::generate(&mut self.randomness()))
    }

    /// The account as it is from here on. The directory may know this device by another key than the one that signs here
    /// (the key was lost once): what is signed here would be believed by nobody.
    pub(super) fn told_apart(&self, account: &KeptAccount, directory: &Directory) -> Result<KeptAccount, DeviceError> {
        let key = self.recorder_key()?;
        if directory.device(account.device).is_some_and(|known| known.recorder_key != key.public()) {
            self.take_new_id(&key)?;
        }
        self.kept_account()
    }

    fn take_new_id(&self, key: &RecorderKey) -> Result<(), DeviceError> {
        let (id, now) = (self.random_id(), self.now());
        let new = |continues| vault::Device { id, ..self.described(continues, key.public(), now) };
        self.store().change_settings(|settings| {
            let Some(account) = settings.get::<KeptAccount>(ACCOUNT)? else { return Ok(()) };
            let mut newcomers: Vec<vault::Device> = settings.get(NEWCOMERS)?.unwrap_or_default();
            newcomers.push(new(account.device));
            settings.set(NEWCOMERS, &newcomers)?;
            settings.set(RECORDER_KEY, &hex::encode(*key.to_stored()))?;
            let key_name: Option<Uuid> = settings.get(KEY_NAME)?;
            settings.set(KEY_NAME, &key_name.unwrap_or(account.device))?;
            settings.set(ACCOUNT, &KeptAccount { device: id, ..account })
        })?;
        Ok(())
    }

    fn described(&self, continues: Uuid, recorder_key: [u8; 32], added: i64) -> vault::Device {
        let name = self.outside.device_name.clone();
        vault::Device { id: Uuid::nil(), name, recorder_key, added, retired_after: None, continues: Some(continues) }
    }

    pub(crate) fn newcomers(&self) -> Result<Vec<vault::Device>, StoreError> {
        Ok(self.store().setting(NEWCOMERS)?.unwrap_or_default())
    }

    /// Whether the person's directory has yet to hear of this device. Until then it sends and fetches no signals.
    pub(crate) fn is_newcomer(&self) -> Result<bool, StoreError> {
        let own = self.store().setting::<KeptAccount>(ACCOUNT)?.map(|account| account.device);
        Ok(self.newcomers()?.iter().any(|newcomer| Some(newcomer.id) == own))
    }

    /// Whoever the directory knows is no newcomer any more.
    pub(super) fn welcome(&self, directory: &Directory) -> Result<(), DeviceError> {
        let mut newcomers = self.newcomers()?;
        let before = newcomers.len();
        newcomers.retain(|newcomer| directory.device(newcomer.id).is_none());
        if newcomers.len() < before {
            self.store().set_setting(NEWCOMERS, &newcomers)?;
        }
        Ok(())
    }

    /// The account under which the keystore has the device's key.
    pub(super) fn key_account(&self, account: &KeptAccount) -> Result<KeptAccount, DeviceError> {
        let name: Option<Uuid> = self.store().setting(KEY_NAME)?;
        Ok(KeptAccount { device: name.unwrap_or(account.device), ..account.clone() })
    }

    /// The key of the device is written anew, under the device's own name.
    pub(super) fn forget_key_name(&self) -> Result<(), DeviceError> {
        Ok(self.store().forget_setting(KEY_NAME)?)
    }

    pub(super) fn kept_recorder_key(&self) -> Result<Option<RecorderKey>, DeviceError> {
        let kept = self.store().setting::<String>(RECORDER_KEY)?;
        let bytes: Option<[u8; 32]> = kept.and_then(|kept| hex::decode(kept).ok()?.try_into().ok());
        Ok(bytes.map(|bytes| RecorderKey::from_stored(&bytes)))
    }

    /// Of a home that is no device yet.
    pub(crate) fn make_recorder_key(&self) -> Result<(), DeviceError> {
        let key = RecorderKey::generate(&mut self.randomness());
        Ok(self.store().set_setting(RECORDER_KEY, &hex::encode(*key.to_stored()))?)
    }

    /// The key that signs this device's segments. A home that lost it is a new device: the directory knows the old one.
    pub(crate) fn recorder_key(&self) -> Result<RecorderKey, DeviceError> {
        if let Some(key) = self.kept_recorder_key()? {
            return Ok(key);
        }
        self.become_new_device()?;
        let say = "this home has no key to sign with: sign in again on this computer";
        self.kept_recorder_key()?.ok_or_else(|| DeviceError::new(ErrorCode::NotSignedIn, say))
    }

    /// This device and the key that signs for it, both of one moment: another process may make the home a new device.
    pub(crate) fn writer(&self) -> Result<(KeptAccount, RecorderKey), DeviceError> {
        loop {
            let (key, account) = (self.recorder_key()?, self.kept_account()?);
            if self.recorder_key()?.public() == key.public() {
                return Ok((account, key));
            }
        }
    }
}
