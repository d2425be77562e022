//! The vault on this device: made or joined at sign-in, opened by the device's own key afterwards.

use super::sign_in::Proof;
use super::{DeviceKeyPlace, KeptAccount};
use crate::{Device, DeviceError, ErrorCode};
use std::sync::Arc;
use sync_protocol::{DeviceRecord, VaultState, VaultUpdate};
use vault::{DeviceKey, DirectoryContent, Pin, Recipient, SealedDirectory, SealedSlot, SlotKind, SlotSecret, Unlocked};

const PIN: &str = "vault_pin";
const RECIPIENT: &str = "recipient";
const DEVICE_SLOT: &str = "device_slot";
const DIRECTORY: &str = "directory";
/// Times that another device may be quicker while this one joins.
const TRIES: usize = 3;

/// The vault of the person with this device in it, and what the server must take over before that counts.
pub(crate) struct Joined {
    pub(crate) unlocked: Unlocked,
    pub(crate) directory: SealedDirectory,
    pub(crate) update: Option<VaultUpdate>,
}

impl Device {
    /// The vault, open. A device that was not confirmed has none.
    pub(crate) fn unlocked(&self) -> Result<Arc<Unlocked>, DeviceError> {
        let mut held = self.unlocked.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(unlocked) = held.as_ref() {
            return Ok(unlocked.clone());
        }
        let unlocked = Arc::new(self.unlock()?);
        *held = Some(unlocked.clone());
        Ok(unlocked)
    }

    fn unlock(&self) -> Result<Unlocked, DeviceError> {
        let directory = bytes(self.store().setting(DIRECTORY)?).ok_or_else(locked)?;
        self.open_with(&SealedDirectory::from_bytes(directory).map_err(broken)?)
    }

    /// By the device's own key; the directory must be the pinned one or a successor of it.
    fn open_with(&self, directory: &SealedDirectory) -> Result<Unlocked, DeviceError> {
        let account = self.kept_account()?;
        let (slot, pin) = {
            let store = self.store();
            (store.setting(DEVICE_SLOT)?, store.setting(PIN)?)
        };
        let (Some(slot), Some(pin)) = (bytes(slot), bytes(pin)) else { return Err(locked()) };
        let key = self.device_key_place().read(&account)?.ok_or_else(locked)?;
        let slot = SealedSlot::from_bytes(&slot).map_err(broken)?;
        let pin = Pin::from_stored(&pin).ok_or_else(locked)?;
        let user_key = slot.open(account.owner(), SlotSecret::Device(&key)).map_err(broken)?;
        user_key.open(directory).and_then(|found| found.resume(&pin)).map_err(broken)
    }

    /// Takes over the newest list of devices when segments of a device came that this one does not know. True: it knows
    /// more devices than before.
    pub(crate) async fn learn_devices(&self) -> Result<bool, DeviceError> {
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
        *self.unlocked.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(Arc::new(unlocked));
        Ok(learned)
    }

    fn keep_directory(&self, unlocked: &Unlocked, directory: &SealedDirectory) -> Result<(), DeviceError> {
        let mut store = self.store();
        store.set_setting(DIRECTORY, &hex::encode(directory.as_bytes()))?;
        store.set_setting(PIN, &hex::encode(unlocked.pin().to_stored()))?;
        Ok(())
    }

    /// Whether signals could be opened now, without asking a keystore.
    pub(crate) fn is_unlockable(&self) -> Result<bool, DeviceError> {
        let held = self.unlocked.lock().unwrap_or_else(std::sync::PoisonError::into_inner).is_some();
        Ok(held || self.store().setting::<String>(DEVICE_SLOT)?.is_some())
    }

    /// What the recorder seals to. Its presence says that the person confirmed the key on this device.
    pub(crate) fn recipient(&self) -> Result<Option<Recipient>, DeviceError> {
        let kept = bytes(self.store().setting(RECIPIENT)?);
        kept.map(|kept| Recipient::from_stored(&kept).map_err(broken)).transpose()
    }

    /// Forgets the key that opens signals here. Recording goes on: it needs none.
    pub(crate) fn lock(&self) -> Result<(), DeviceError> {
        *self.unlocked.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = None;
        self.device_key_place().forget(&self.kept_account()?)?;
        self.store().forget_setting(DEVICE_SLOT)?;
        Ok(())
    }

    /// At sign-in: the first device makes the person's vault, another one opens it with the password and adds itself.
    /// Gives the sentences that the person must read.
    pub(super) async fn join_vault(&self, account: &KeptAccount, proof: &Proof) -> Result<Vec<String>, DeviceError> {
        let client = self.client()?;
        let mut notices = Vec::new();
        for _ in 0..TRIES {
            let state = client.vault().await?;
            let joined = match state.number {
                0 => self.first_vault(account, proof)?,
                _ => self.known_vault(account, proof, &state, &mut notices)?,
            };
            let put = match &joined.update {
                Some(update) => client.put_vault(update).await,
                None => Ok(()),
            };
            match put {
                Ok(()) => return self.confirmed(account, joined, notices),
                Err(error) if error.code() == Some(sync_protocol::ErrorCode::VaultChanged) => notices.clear(),
                Err(error) => return Err(error.into()),
            }
        }
        Err(DeviceError::new(ErrorCode::Busy, "other devices of yours are signing in too: try again in a moment"))
    }

    fn first_vault(&self, account: &KeptAccount, proof: &Proof) -> Result<Joined, DeviceError> {
        if self.store().setting::<String>(PIN)?.is_some() {
            return Err(DeviceError::new(
                ErrorCode::Refused,
                "the server says that you have no vault, but this computer holds its key: nothing was changed, because a new \
                 vault would close all older signals; ask your administrator whether the server was reset",
            ));
        }
        let content = DirectoryContent { devices: vec![self.as_device(account)?], ..DirectoryContent::default() };
        let mut randomness = self.randomness();
        let (unlocked, sealed) = Unlocked::create(account.owner(), content.clone(), &mut randomness).map_err(broken)?;
        let slot = unlocked.seal_slot(proof.slot_secret(), &mut randomness);
        let update = signed(account, proof, 0, vec![slot.to_wire()], &sealed, &content);
        Ok(Joined { unlocked, directory: sealed, update: Some(update) })
    }

    fn known_vault(
        &self,
        account: &KeptAccount,
        proof: &Proof,
        state: &VaultState,
        notices: &mut Vec<String>,
    ) -> Result<Joined, DeviceError> {
        let mut opened = Err(vault::SlotError::WrongSecret);
        for slot in &state.slots {
            let slot = SealedSlot::from_wire(slot).map_err(broken)?;
            if slot.kind() == SlotKind::Password {
                opened = slot.open(account.owner(), proof.slot_secret());
            }
        }
        let sealed = SealedDirectory::from_wire(&state.directory).map_err(broken)?;
        let found = opened.map_err(broken)?.open(&sealed).map_err(broken)?;
        let pin = bytes(self.store().setting(PIN)?).and_then(|pin| Pin::from_stored(&pin));
        let unlocked = match pin {
            Some(pin) => found.resume(&pin).map_err(broken)?,
            None => {
                let names: Vec<&str> =
                    found.directory().content.devices.iter().map(|device| device.name.as_str()).collect();
                notices.push(format!(
                    "Your signals were opened with your password; your devices are {}. If one of them is not yours, sign \
                     out and change your password.",
                    names.join(", ")
                ));
                found.confirm()
            }
        };
        if unlocked.directory().device(account.device).is_some() {
            return Ok(Joined { unlocked, directory: sealed, update: None });
        }
        let mut content = unlocked.directory().content.clone();
        content.devices.push(self.as_device(account)?);
        let next = unlocked.propose(&content, &mut self.randomness()).map_err(broken)?;
        let update = signed(account, proof, state.number, state.slots.clone(), &next, &content);
        Ok(Joined { unlocked, directory: next, update: Some(update) })
    }

    pub(crate) fn as_device(&self, account: &KeptAccount) -> Result<vault::Device, DeviceError> {
        Ok(vault::Device {
            id: account.device,
            name: self.outside.device_name.clone(),
            recorder_key: self.recorder_key()?.public(),
            added: self.now(),
            retired_after: None,
            continues: None,
        })
    }

    /// The person's password opened it and this device is in it: from here on it may write signals.
    pub(crate) fn confirmed(
        &self,
        account: &KeptAccount,
        joined: Joined,
        mut notices: Vec<String>,
    ) -> Result<Vec<String>, DeviceError> {
        let Joined { mut unlocked, directory, .. } = joined;
        unlocked.adopt(&directory).map_err(broken)?;
        let mut randomness = self.randomness();
        let key = DeviceKey::generate(&mut randomness);
        notices.extend(self.device_key_place().write(account, &key)?);
        let slot = unlocked.seal_slot(SlotSecret::Device(&key), &mut randomness);
        self.keep_directory(&unlocked, &directory)?;
        let mut store = self.store();
        store.set_setting(RECIPIENT, &hex::encode(unlocked.recipient().to_stored()))?;
        store.set_setting(DEVICE_SLOT, &hex::encode(slot.to_bytes()))?;
        drop(store);
        *self.unlocked.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(Arc::new(unlocked));
        Ok(notices)
    }

    fn device_key_place(&self) -> DeviceKeyPlace {
        DeviceKeyPlace::new(&self.home, self.outside.use_keystore)
    }
}

impl Proof {
    fn slot_secret(&self) -> SlotSecret<'_> {
        SlotSecret::Password { key: &self.derived.slot_key, kdf: self.kdf, salt: self.salt }
    }
}

fn signed(
    account: &KeptAccount,
    proof: &Proof,
    expected: u64,
    slots: Vec<sync_protocol::Slot>,
    directory: &SealedDirectory,
    content: &DirectoryContent,
) -> VaultUpdate {
    let devices = content.devices.iter().map(|device| DeviceRecord {
        id: device.id,
        name: device.name.clone(),
        recorder_key: hex::encode(device.recorder_key),
    });
    let mut update = VaultUpdate {
        expected,
        slots,
        directory: directory.to_wire(),
        devices: devices.collect(),
        signature: String::new(),
        signer: hex::encode(proof.derived.login_key.public()),
    };
    let message = update.message(&account.tenant, &account.user);
    update.signature = hex::encode(proof.derived.login_key.sign_login(&message));
    update
}

fn bytes(kept: Option<String>) -> Option<Vec<u8>> {
    hex::decode(kept?).ok()
}

fn locked() -> DeviceError {
    DeviceError::new(ErrorCode::Locked, "your signals are locked on this device: sign in to open them")
}

fn broken(error: impl std::fmt::Display) -> DeviceError {
    DeviceError::new(ErrorCode::Locked, error.to_string())
}
