//! The vault at sign-in: the first device makes it, another one opens it with the password and adds itself.

use super::KeptAccount;
use super::sign_in::Proof;
use super::unlock::{CLOSED, DEVICE_SLOT, PIN, RECIPIENT, STAYS_CLOSED, broken, bytes};
use crate::moment::{date_text, day_of, offset_minutes};
use crate::view::{FoundDevice, FoundVault};
use crate::{Device, DeviceError, ErrorCode};
use std::sync::{Arc, PoisonError};
use sync::Client;
use sync_protocol::{DeviceRecord, Slot, VaultState, VaultUpdate};
use vault::{
    DeviceKey, Directory, DirectoryContent, Pin, SealedDirectory, SealedSlot, SlotKind, SlotSecret, Unconfirmed,
    Unlocked,
};

/// Times that another device may be quicker while this one joins.
const TRIES: usize = 3;

/// The vault of the person with this device in it, and what the server must take over before that counts.
pub(crate) struct Joined {
    pub(crate) unlocked: Unlocked,
    pub(crate) directory: SealedDirectory,
    pub(crate) update: Option<VaultUpdate>,
}

/// A vault that was shown to the person. What they confirm is this state, whatever the server says afterwards.
pub(crate) struct Found {
    account: KeptAccount,
    proof: Proof,
    state: VaultState,
}

impl Device {
    /// The vault that was found, when the person has to see it first. What they must read goes to the notices.
    pub(super) async fn join_vault(
        &self,
        account: &KeptAccount,
        proof: Proof,
        review: bool,
    ) -> Result<Option<FoundVault>, DeviceError> {
        let client = self.client()?;
        for _ in 0..TRIES {
            let state = client.vault().await?;
            if state.number == 0 {
                let joined = self.first_vault(account, &proof)?;
                if self.offer(&client, account, &proof, joined).await? {
                    return Ok(None);
                }
                continue;
            }
            let sealed = SealedDirectory::from_wire(&state.directory).map_err(broken)?;
            let pin = bytes(self.store().setting(PIN)?).and_then(|pin| Pin::from_stored(&pin));
            let unlocked = match (self.opened_by_password(account, &proof, &state, &sealed)?, pin) {
                (Some(found), Some(pin)) => found.resume(&pin).map_err(broken)?,
                (Some(found), None) if review => {
                    let shown = self.as_found(found.directory());
                    *self.found.lock().unwrap_or_else(PoisonError::into_inner) =
                        Some(Found { account: account.clone(), proof, state });
                    return Ok(Some(shown));
                }
                (Some(found), None) => {
                    self.notice(sentence(&self.as_found(found.directory())));
                    found.confirm()
                }
                (None, _) => match self.open_with(&sealed) {
                    Ok(unlocked) => unlocked,
                    Err(error) => return self.stay_closed(error).map(|()| None),
                },
            };
            let account = self.told_apart(account, unlocked.directory())?;
            let joined = self.with_this_device(&account, &proof, &state, unlocked, sealed)?;
            if self.offer(&client, &account, &proof, joined).await? {
                return Ok(None);
            }
        }
        Err(DeviceError::new(ErrorCode::Busy, "other devices of yours are signing in too: try again in a moment"))
    }

    /// The person saw the vault that the sign-in found and said that it is theirs: from here on this device opens signals
    /// and may write them.
    pub async fn confirm_vault(&self) -> Result<(), DeviceError> {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner).take();
        let nothing = || DeviceError::new(ErrorCode::NotSignedIn, "there is no vault to confirm: sign in first");
        let Found { account, proof, state } = found.ok_or_else(nothing)?;
        let sealed = SealedDirectory::from_wire(&state.directory).map_err(broken)?;
        let unconfirmed = self.opened_by_password(&account, &proof, &state, &sealed)?;
        let unlocked = unconfirmed.ok_or_else(nothing)?.confirm();
        let account = self.told_apart(&account, unlocked.directory())?;
        let joined = self.with_this_device(&account, &proof, &state, unlocked, sealed)?;
        if self.offer(&self.client()?, &account, &proof, joined).await? {
            return Ok(());
        }
        let say = "your devices changed while you looked at them, so nothing was confirmed: sign in again and compare";
        Err(DeviceError::new(ErrorCode::Busy, say))
    }

    /// False: another device was quicker.
    async fn offer(
        &self,
        client: &Client,
        account: &KeptAccount,
        proof: &Proof,
        joined: Joined,
    ) -> Result<bool, DeviceError> {
        let put = match &joined.update {
            Some(update) => client.put_vault(update).await,
            None => Ok(()),
        };
        match put {
            Ok(()) => {
                self.keep_password_slot(&joined.unlocked, proof)?;
                self.confirmed(account, joined).map(|()| true)
            }
            Err(error) if error.code() == Some(sync_protocol::ErrorCode::VaultChanged) => Ok(false),
            Err(error) => Err(error.into()),
        }
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

    /// None: the key is sealed with an earlier password.
    fn opened_by_password(
        &self,
        account: &KeptAccount,
        proof: &Proof,
        state: &VaultState,
        sealed: &SealedDirectory,
    ) -> Result<Option<Unconfirmed>, DeviceError> {
        let mut opened = Err(vault::SlotError::WrongSecret);
        for slot in &state.slots {
            // A slot that cannot be read stands in the way of no other.
            let Ok(slot) = SealedSlot::from_wire(slot) else { continue };
            if slot.kind() == SlotKind::Password && opened.is_err() {
                opened = slot.open(account.owner(), proof.slot_secret());
            }
        }
        match opened {
            Ok(user_key) => Ok(Some(user_key.open(sealed).map_err(broken)?)),
            Err(vault::SlotError::WrongSecret) => Ok(None),
            Err(error) => Err(broken(error)),
        }
    }

    /// The server knows the person by the new password, and nothing here opens the vault: bookings go on without signals.
    fn stay_closed(&self, error: DeviceError) -> Result<(), DeviceError> {
        // A keystore that does not answer may open it the next time.
        if self.is_unlockable()? {
            self.notice(error.message);
        }
        self.store().set_setting(CLOSED, &true)?;
        self.notice(STAYS_CLOSED.to_owned());
        Ok(())
    }

    /// The person's slots, with one that the present password opens.
    fn slots(&self, account: &KeptAccount, proof: &Proof, state: &VaultState, unlocked: &Unlocked) -> Vec<Slot> {
        let is_password = |slot: &Slot| SealedSlot::from_wire(slot).is_ok_and(|slot| slot.kind() == SlotKind::Password);
        let opens = |slot: &Slot| {
            SealedSlot::from_wire(slot).is_ok_and(|slot| slot.open(account.owner(), proof.slot_secret()).is_ok())
        };
        if state.slots.iter().any(opens) {
            return state.slots.clone();
        }
        let fresh = unlocked.seal_slot(proof.slot_secret(), &mut self.randomness());
        let others = state.slots.iter().filter(|slot| !is_password(slot)).cloned();
        std::iter::once(fresh.to_wire()).chain(others).collect()
    }

    fn with_this_device(
        &self,
        account: &KeptAccount,
        proof: &Proof,
        state: &VaultState,
        unlocked: Unlocked,
        directory: SealedDirectory,
    ) -> Result<Joined, DeviceError> {
        let mut devices = self.newcomers()?;
        devices.push(self.as_device(account)?);
        let mut content = unlocked.directory().content.clone();
        for device in devices {
            if content.devices.iter().all(|known| known.id != device.id) {
                content.devices.push(device);
            }
        }
        let slots = self.slots(account, proof, state, &unlocked);
        if content == unlocked.directory().content && slots == state.slots {
            return Ok(Joined { unlocked, directory, update: None });
        }
        let next = unlocked.propose(&content, &mut self.randomness()).map_err(broken)?;
        let update = signed(account, proof, state.number, slots, &next, &content);
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
    pub(crate) fn confirmed(&self, account: &KeptAccount, joined: Joined) -> Result<(), DeviceError> {
        let Joined { mut unlocked, directory, .. } = joined;
        unlocked.adopt(&directory).map_err(broken)?;
        let mut randomness = self.randomness();
        let key = DeviceKey::generate(&mut randomness);
        if unlocked.directory().device(account.device).is_some() {
            self.forget_key_name()?;
        }
        if let Some(sentence) = self.device_key_place().write(&self.key_account(account)?, &key)? {
            self.notice(sentence);
        }
        let slot = unlocked.seal_slot(SlotSecret::Device(&key), &mut randomness);
        self.keep_directory(&unlocked, &directory)?;
        let mut store = self.store();
        store.set_setting(RECIPIENT, &hex::encode(unlocked.recipient().to_stored()))?;
        store.set_setting(DEVICE_SLOT, &hex::encode(slot.to_bytes()))?;
        store.forget_setting(CLOSED)?;
        drop(store);
        *self.unlocked.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(unlocked));
        Ok(())
    }

    fn as_found(&self, directory: &Directory) -> FoundVault {
        let day = |at: i64| date_text(day_of(at, offset_minutes(&self.outside.zone, at), 0));
        let devices = directory.content.devices.iter();
        let devices = devices.map(|device| FoundDevice { name: device.name.clone(), added: day(device.added) });
        FoundVault { generation: directory.generation, devices: devices.collect() }
    }
}

fn sentence(found: &FoundVault) -> String {
    let devices: Vec<String> =
        found.devices.iter().map(|device| format!("{} (since {})", device.name, device.added)).collect();
    format!(
        "Your signals were opened with your password (key generation {}); your devices are {}. If one of them is not yours, \
         ask your administrator for a new invitation: it ends every session and gives you a new password.",
        found.generation,
        devices.join(", ")
    )
}

impl Proof {
    pub(super) fn slot_secret(&self) -> SlotSecret<'_> {
        SlotSecret::Password { key: &self.derived.slot_key, kdf: self.kdf, salt: self.salt }
    }
}

fn signed(
    account: &KeptAccount,
    proof: &Proof,
    expected: u64,
    slots: Vec<Slot>,
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
