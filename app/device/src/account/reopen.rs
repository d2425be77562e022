//! A locked computer is opened again by the password, without a network.

use super::sign_in::{Proof, stretch};
use super::unlock::{DIRECTORY, PIN, broken, bytes};
use super::{Joined, KeptAccount};
use crate::view::SignedIn;
use crate::{Device, DeviceError, ErrorCode, SignIn};
use vault::{Pin, SealedDirectory, SealedSlot, SlotSecret, Unlocked};
use zeroize::Zeroizing;

const PASSWORD_SLOT: &str = "password_slot";

impl Device {
    /// Opens the signals of a locked computer by the password of the last sign-in here. Another password, and a home that
    /// was signed out, are a sign-in: the server knows whether it is a newer one.
    pub async fn unlock_with(&self, password: Zeroizing<String>) -> Result<SignedIn, DeviceError> {
        let account = self.kept_account()?;
        let here = self.reopen(&account, &password).await;
        // A new device has to be signed in: where the server is away that waits, and what can be opened is open.
        let is_newcomer = self.is_newcomer()?;
        if let (Ok(true), false) = (&here, is_newcomer) {
            return Ok(SignedIn { account: account.view(), notices: self.notices(), found: None });
        }
        let KeptAccount { server, tenant, user, .. } = account;
        let request = SignIn { server, tenant, user, password, invite: None, review: true };
        match (self.sign_in(request).await, here) {
            (Err(there), Ok(true)) if there.code == ErrorCode::Unreachable => {
                Ok(SignedIn { account: self.kept_account()?.view(), notices: self.notices(), found: None })
            }
            (Err(there), Err(here)) if there.code == ErrorCode::Unreachable => Err(here),
            (there, _) => there,
        }
    }

    /// False: nothing that a password opens is on this computer.
    async fn reopen(&self, account: &KeptAccount, password: &Zeroizing<String>) -> Result<bool, DeviceError> {
        let (slot, directory, pin) = {
            let store = self.store();
            (store.setting(PASSWORD_SLOT)?, store.setting(DIRECTORY)?, store.setting(PIN)?)
        };
        let (Some(slot), Some(directory), Some(pin)) = (bytes(slot), bytes(directory), bytes(pin)) else {
            return Ok(false);
        };
        let slot = SealedSlot::from_bytes(&slot).map_err(broken)?;
        let (Some((kdf, salt)), Some(pin)) = (slot.password_costs(), Pin::from_stored(&pin)) else { return Ok(false) };
        let derived = stretch(password, &account.user, salt, kdf).await?;
        let secret = SlotSecret::Password { key: &derived.slot_key, kdf, salt };
        let user_key = slot.open(account.owner(), secret).map_err(|_| wrong_password())?;
        let directory = SealedDirectory::from_bytes(directory).map_err(broken)?;
        let unlocked = user_key.open(&directory).and_then(|found| found.resume(&pin)).map_err(broken)?;
        self.confirmed(account, Joined { unlocked, directory, update: None })?;
        Ok(true)
    }

    /// What a later [`Device::unlock_with`] opens. It is worth as much as the server's own copy: the password, stretched.
    pub(super) fn keep_password_slot(&self, unlocked: &Unlocked, proof: &Proof) -> Result<(), DeviceError> {
        let slot = unlocked.seal_slot(proof.slot_secret(), &mut self.randomness());
        self.store().set_setting(PASSWORD_SLOT, &hex::encode(slot.to_bytes()))?;
        Ok(())
    }

    pub(super) fn forget_password_slot(&self) -> Result<(), DeviceError> {
        self.store().forget_setting(PASSWORD_SLOT)?;
        Ok(())
    }
}

fn wrong_password() -> DeviceError {
    let say = "this password does not open your signals here, and the server cannot be asked whether you have a newer one: \
               check it, or try again with a network";
    DeviceError::new(ErrorCode::SignInFailed, say)
}
