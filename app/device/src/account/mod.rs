//! Whose home this is: sign-in, the session, sign-out.

mod device_key;
mod join;
mod new_device;
mod reopen;
mod sign_in;
mod unlock;

use device_key::DeviceKeyPlace;
pub(crate) use join::{Found, Joined};
pub(crate) use new_device::SIGN_IN_AGAIN;

use crate::view::Account;
use crate::{Device, DeviceError, ErrorCode};
use serde::{Deserialize, Serialize};
use sync::Client;
use uuid::Uuid;
use vault::{Owner, SegmentPlace};

pub(crate) const ACCOUNT: &str = "account";
const RECORDER_KEY: &str = "recorder_key";

/// What the home keeps of its account. The file is its owner's alone.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeptAccount {
    pub(crate) server: String,
    pub(crate) tenant: String,
    pub(crate) user: String,
    pub(crate) user_id: Uuid,
    pub(crate) tenant_id: Uuid,
    pub(crate) device: Uuid,
    /// None after sign-out and when the session is over.
    pub(crate) token: Option<String>,
}

impl KeptAccount {
    pub(crate) fn owner(&self) -> Owner {
        Owner { tenant: self.tenant_id, user: self.user_id }
    }

    pub(crate) fn place_of(&self, device: Uuid) -> SegmentPlace {
        SegmentPlace { owner: self.owner(), device }
    }

    fn view(&self) -> Account {
        Account {
            server: self.server.clone(),
            tenant: self.tenant.clone(),
            user: self.user.clone(),
            user_id: self.user_id.hyphenated().to_string(),
            device: self.device.hyphenated().to_string(),
            signed_in: self.token.is_some(),
        }
    }
}

impl Device {
    /// None before the first sign-in.
    pub fn account(&self) -> Result<Option<Account>, DeviceError> {
        Ok(self.store().setting::<KeptAccount>(ACCOUNT)?.map(|account| account.view()))
    }

    pub(crate) fn kept_account(&self) -> Result<KeptAccount, DeviceError> {
        self.store().setting(ACCOUNT)?.ok_or_else(not_signed_in)
    }

    /// Forgets the session and the device's key, for every process of this home, and ends the session on the server. Rows and
    /// unsent changes stay. A server that is not there to be told is said in the notices.
    pub async fn sign_out(&self) -> Result<(), DeviceError> {
        let account = self.kept_account()?;
        let client = self.client();
        self.lock()?;
        self.forget_password_slot()?;
        self.store().set_setting(ACCOUNT, &KeptAccount { token: None, ..account })?;
        if let Ok(client) = client
            && let Err(error) = client.logout().await
            && error.code() != Some(sync_protocol::ErrorCode::SessionOver)
        {
            self.notice(format!("this computer is signed out, but the server was not told: {error}"));
        }
        Ok(())
    }

    /// The connection of the session.
    pub(crate) fn client(&self) -> Result<Client, DeviceError> {
        let account = self.kept_account()?;
        let token = account.token.as_ref().ok_or_else(not_signed_in)?;
        let key = self.recorder_key()?;
        Ok(Client::new(&account.server)?
            .with_token(token)
            .with_signer(move |message| hex::encode(key.sign_request(message))))
    }

    /// After the server said that the session is over.
    pub(crate) fn end_session(&self) -> Result<(), DeviceError> {
        let account = self.kept_account()?;
        self.store().set_setting(ACCOUNT, &KeptAccount { token: None, ..account })?;
        Ok(())
    }

    pub(crate) fn randomness(&self) -> impl FnMut(&mut [u8]) + use<> {
        let source = self.outside.randomness.clone();
        move |bytes: &mut [u8]| source.fill(bytes)
    }

    /// A random id, for what must not tell when it was made.
    pub(crate) fn random_id(&self) -> Uuid {
        let mut bytes = [0; 16];
        self.outside.randomness.fill(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }
}

pub(crate) fn not_signed_in() -> DeviceError {
    DeviceError::new(ErrorCode::NotSignedIn, "this home is not signed in: sign in first")
}
