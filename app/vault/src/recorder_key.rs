use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use zeroize::Zeroizing;

use crate::Randomness;
use crate::secret::Secret;

pub(crate) const SIGNATURE_BYTES: usize = 64;

/// The Ed25519 key of one device: it signs segments, also while the device is locked, and speaks for the device to the
/// server. It opens nothing.
pub struct RecorderKey(SigningKey);

impl RecorderKey {
    pub fn generate(randomness: &mut dyn Randomness) -> Self {
        RecorderKey(SigningKey::from_bytes(Secret::random(randomness).bytes()))
    }

    /// For the device's own file, which nobody else may read.
    pub fn to_stored(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    pub fn from_stored(bytes: &[u8; 32]) -> Self {
        RecorderKey(SigningKey::from_bytes(bytes))
    }

    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// Signs the bytes of [`sync_protocol::VaultUpdate::message`], which begin with a label of their own.
    pub fn sign_update(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }

    /// Signs the bytes of [`sync_protocol::device_message`], which begin with a label of their own.
    pub fn sign_request(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }

    pub(crate) fn sign(&self, label: &str, bytes: &[u8]) -> [u8; SIGNATURE_BYTES] {
        self.0.sign(&labelled(label, bytes)).to_bytes()
    }
}

/// `public` is the device's key as the person's own directory has it.
pub(crate) fn is_signed(public: &[u8; 32], label: &str, bytes: &[u8], signature: &[u8; SIGNATURE_BYTES]) -> bool {
    VerifyingKey::from_bytes(public)
        .and_then(|key| key.verify_strict(&labelled(label, bytes), &Signature::from_bytes(signature)))
        .is_ok()
}

fn labelled(label: &str, bytes: &[u8]) -> Vec<u8> {
    [&(label.len() as u64).to_le_bytes(), label.as_bytes(), bytes].concat()
}
