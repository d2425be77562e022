//! Login by challenge: nothing equal to a password crosses the wire (the derivation belongs to `vault`).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Body of `POST /v1/login/challenge`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChallengeRequest {
    pub tenant: String,
    pub user: String,
}

/// An unknown user gets a made-up but constant salt, so the answers are alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChallengeAnswer {
    /// 1: Argon2id to an Ed25519 seed. Leaves room for others.
    pub auth_version: u32,
    pub kdf: KdfParameters,
    /// Hexadecimal, 16 bytes.
    pub salt: String,
    /// Hexadecimal, 32 bytes; used once.
    pub nonce: String,
    /// Microseconds since 1970-01-01 UTC by the server's clock; opaque to the client, which signs it.
    pub expires: i64,
}

/// Costs of Argon2id. The client refuses any below the floor that is compiled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KdfParameters {
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
}

/// Body of `POST /v1/login/answer`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginRequest {
    pub tenant: String,
    pub user: String,
    pub nonce: String,
    pub expires: i64,
    /// Ed25519 over [`login_message`], hexadecimal.
    pub signature: String,
    /// Origin of the client's own connection, as it dialled it: `http://127.0.0.1:7000`.
    pub origin: String,
    pub device: Uuid,
    pub device_name: String,
    /// Hexadecimal Ed25519 public key of the device: the session is bound to it.
    pub session_key: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginAnswer {
    /// Bearer token; the server keeps its hash only.
    pub token: String,
    /// Id of the person's `User` row, and of the account.
    pub user: Uuid,
    /// The tenant's stable id; part of every segment's header.
    pub tenant: Uuid,
}

/// Body of `POST /v1/invitations/{code}`: the first password of an invited person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationRequest {
    pub tenant: String,
    pub user: String,
    pub kdf: KdfParameters,
    pub salt: String,
    /// Ed25519 public key, hexadecimal.
    pub login_key: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginPurpose {
    SignIn,
}

/// The bytes that a login signs: a label, then every field with its length before it, so no two inputs share bytes.
pub fn login_message(
    origin: &str,
    tenant: &str,
    user: &str,
    purpose: LoginPurpose,
    nonce: &str,
    expires: i64,
    session_key: &str,
) -> Vec<u8> {
    let purpose = match purpose {
        LoginPurpose::SignIn => "sign-in",
    };
    let mut message = Message::new("daybook login 1");
    message.field(origin.as_bytes()).field(tenant.as_bytes()).field(user.as_bytes()).field(purpose.as_bytes());
    message.field(nonce.as_bytes()).field(&expires.to_le_bytes()).field(session_key.as_bytes());
    message.finish()
}

/// Length-prefixed fields after a label.
pub(crate) struct Message(Vec<u8>);

impl Message {
    pub(crate) fn new(label: &str) -> Self {
        let mut message = Message(Vec::new());
        message.field(label.as_bytes());
        message
    }

    pub(crate) fn field(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        self.0.extend_from_slice(bytes);
        self
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }
}
