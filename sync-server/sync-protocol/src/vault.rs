use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Answer of `GET /v1/vault`, for the person alone. The server holds sealed bytes and cannot check more than shapes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VaultState {
    /// Compare-and-set number; 0: no vault yet.
    pub number: u64,
    pub slots: Vec<Slot>,
    /// Base64 of the sealed directory.
    pub directory: String,
    pub devices: Vec<DeviceRecord>,
}

/// Body of `PUT /v1/vault`; refused with `vault_changed` when `expected` is not the server's number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VaultUpdate {
    pub expected: u64,
    pub slots: Vec<Slot>,
    pub directory: String,
    pub devices: Vec<DeviceRecord>,
    /// Ed25519 signature, hexadecimal, by the login key or a registered device over the canonical bytes of the update.
    pub signature: String,
    /// Hexadecimal public key that signed; must be the account's login key or one of the stored devices'.
    pub signer: String,
}

impl VaultUpdate {
    /// The bytes that `signature` covers: label, then every field with its length before it. The names of company and
    /// person count without case, as at sign-in.
    pub fn message(&self, tenant: &str, user: &str) -> Vec<u8> {
        let mut message = crate::login::Message::new("daybook vault update 1");
        message
            .field(tenant.to_lowercase().as_bytes())
            .field(user.to_lowercase().as_bytes())
            .field(&self.expected.to_le_bytes());
        message.field(&(self.slots.len() as u64).to_le_bytes());
        for slot in &self.slots {
            message.field(slot.kind.as_bytes()).field(slot.body.as_bytes());
        }
        message.field(self.directory.as_bytes());
        message.field(&(self.devices.len() as u64).to_le_bytes());
        for device in &self.devices {
            message.field(device.id.as_bytes()).field(device.name.as_bytes()).field(device.recorder_key.as_bytes());
        }
        message.finish()
    }
}

/// One way to the user key. `body` is base64 of bytes that only the vault understands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slot {
    /// `password` or `recovery`; device slots never leave their device.
    pub kind: String,
    pub body: String,
}

/// A device as the server knows it: enough to check signatures, nothing to open anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceRecord {
    pub id: Uuid,
    pub name: String,
    /// Ed25519 public key, hexadecimal.
    pub recorder_key: String,
}
