use super::{ACCOUNT, KeptAccount};
use crate::view::SignedIn;
use crate::{Device, DeviceError, ErrorCode, SignIn};
use sync::Client;
use sync_protocol::{
    ChallengeRequest, InvitationRequest, KdfParameters, LoginAnswer, LoginPurpose, LoginRequest, login_message,
};
use vault::{Derived, KDF_DEFAULT, LOGIN_SALT_BYTES};
use zeroize::Zeroizing;

/// What a password gave, and how it was stretched: the password slot is written with the same.
pub(super) struct Proof {
    pub(super) derived: Derived,
    pub(super) kdf: KdfParameters,
    pub(super) salt: [u8; LOGIN_SALT_BYTES],
}

impl Device {
    /// Signs in, fetches the model and the rows. The first device of a person makes their vault; a new one shows the vault
    /// first when the request asks for it, and waits for [`Device::confirm_vault`].
    pub async fn sign_in(&self, request: SignIn) -> Result<SignedIn, DeviceError> {
        let before = self.store().setting::<KeptAccount>(ACCOUNT)?;
        if let Some(kept) = &before
            && (kept.tenant != request.tenant || kept.user != request.user)
        {
            return Err(DeviceError::input(format!(
                "this home belongs to {} of {}: choose another home for {} of {}",
                kept.user, kept.tenant, request.user, request.tenant
            )));
        }
        let client = Client::new(&request.server)?;
        if let Some(code) = &request.invite {
            self.accept_invitation(&client, &request, code).await?;
        }
        let device = self.device_to_sign_in(before.is_some())?;
        let (proof, login) = self.log_in(&client, &request, device).await?;
        let account = KeptAccount {
            server: request.server,
            tenant: request.tenant,
            user: request.user,
            user_id: login.user,
            tenant_id: login.tenant,
            device,
            token: Some(login.token),
        };
        if before.is_some_and(|kept| kept.owner() != account.owner()) {
            return Err(DeviceError::new(
                ErrorCode::Refused,
                "the server knows this user under another id than this home: it is another company; choose another home",
            ));
        }
        self.keep_account(&account)?;
        let found = self.join_vault(&account, proof, request.review).await?;
        let report = self.sync().await?;
        if report.mass_deletion.is_some() {
            return Err(DeviceError::new(
                ErrorCode::Refused,
                "the server has far fewer rows than this home: look at the sync state and decide",
            ));
        }
        Ok(SignedIn { account: self.kept_account()?.view(), notices: self.notices(), found })
    }

    /// The id that this home has, or becomes.
    fn device_to_sign_in(&self, is_known: bool) -> Result<uuid::Uuid, DeviceError> {
        if is_known {
            return Ok(self.writer()?.0.device);
        }
        self.make_recorder_key()?;
        Ok(self.random_id())
    }

    pub(crate) fn keep_account(&self, account: &KeptAccount) -> Result<(), DeviceError> {
        let client = self.random_id();
        let mut store = self.store();
        store.set_setting(ACCOUNT, account)?;
        if store.standing()?.is_none() {
            store.take_client(client)?;
        }
        Ok(())
    }

    async fn accept_invitation(&self, client: &Client, request: &SignIn, code: &str) -> Result<(), DeviceError> {
        let mut salt = [0; LOGIN_SALT_BYTES];
        self.outside.randomness.fill(&mut salt);
        let derived = stretch(&request.password, &request.user, salt, KDF_DEFAULT).await?;
        let invitation = InvitationRequest {
            tenant: request.tenant.clone(),
            user: request.user.clone(),
            kdf: KDF_DEFAULT,
            salt: hex::encode(salt),
            login_key: hex::encode(derived.login_key.public()),
        };
        Ok(client.accept_invitation(code, &invitation).await?)
    }

    async fn log_in(
        &self,
        client: &Client,
        request: &SignIn,
        device: uuid::Uuid,
    ) -> Result<(Proof, LoginAnswer), DeviceError> {
        let challenge =
            client.challenge(&ChallengeRequest { tenant: request.tenant.clone(), user: request.user.clone() }).await?;
        if challenge.auth_version != 1 {
            return Err(DeviceError::new(ErrorCode::Ours, "the server signs in by a newer way: update Daybook"));
        }
        let salt = hex::decode(&challenge.salt).ok().and_then(|salt| salt.try_into().ok()).ok_or_else(|| {
            DeviceError::new(ErrorCode::Ours, "the server's challenge is not readable: check the address")
        })?;
        let derived = stretch(&request.password, &request.user, salt, challenge.kdf).await?;
        let session_key = hex::encode(self.recorder_key()?.public());
        let message = login_message(
            client.origin(),
            &request.tenant,
            &request.user,
            LoginPurpose::SignIn,
            &challenge.nonce,
            challenge.expires,
            &session_key,
        );
        let answer = LoginRequest {
            tenant: request.tenant.clone(),
            user: request.user.clone(),
            nonce: challenge.nonce,
            expires: challenge.expires,
            signature: hex::encode(derived.login_key.sign_login(&message)),
            origin: client.origin().to_owned(),
            device,
            device_name: self.outside.device_name.clone(),
            session_key,
        };
        let login = client.login(&answer).await?;
        Ok((Proof { derived, kdf: challenge.kdf, salt }, login))
    }
}

/// Takes about a second of one core, so it runs beside the runtime.
pub(super) async fn stretch(
    password: &Zeroizing<String>,
    user: &str,
    salt: [u8; LOGIN_SALT_BYTES],
    kdf: KdfParameters,
) -> Result<Derived, DeviceError> {
    let (password, user) = (password.clone(), user.to_owned());
    let stretched = tokio::task::spawn_blocking(move || vault::derive(&password, &user, &salt, kdf)).await;
    let stopped = |_| DeviceError::new(ErrorCode::Ours, "the password check was stopped: sign in again");
    stretched.map_err(stopped)?.map_err(|error| DeviceError::new(ErrorCode::SignInFailed, error.to_string()))
}
