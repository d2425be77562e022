use hkdf::Hkdf;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::Randomness;

/// 32 secret bytes, wiped when dropped. It has neither `Debug` nor `Clone`: copies are made on purpose or not at all.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(crate) struct Secret([u8; 32]);

impl Secret {
    pub(crate) fn zeroed() -> Self {
        Secret([0; 32])
    }

    pub(crate) fn random(randomness: &mut dyn Randomness) -> Self {
        let mut secret = Secret::zeroed();
        randomness.fill(&mut secret.0);
        secret
    }

    pub(crate) fn copy_of(bytes: &[u8]) -> Option<Self> {
        let mut secret = Secret::zeroed();
        (bytes.len() == 32).then(|| secret.0.copy_from_slice(bytes))?;
        Some(secret)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn bytes_mut(&mut self) -> &mut [u8; 32] {
        &mut self.0
    }

    /// HKDF-SHA256 (RFC 5869) without salt: every key here is uniform already, so the label alone separates.
    pub(crate) fn derive(&self, label: &str) -> Secret {
        let mut derived = Secret::zeroed();
        Hkdf::<Sha256>::new(None, &self.0)
            .expand(label.as_bytes(), &mut derived.0)
            .expect("32 bytes are below the limit of HKDF-SHA256, 8160");
        derived
    }

    /// Public: the cipher commits to no key, so what is sealed carries this and it is compared before opening.
    pub(crate) fn commitment(&self) -> [u8; 32] {
        *self.derive("commit").bytes()
    }

    pub(crate) fn matches(&self, commitment: &[u8; 32]) -> bool {
        self.commitment().ct_eq(commitment).into()
    }

    /// Public: tells a wrong key from a broken file.
    pub(crate) fn key_id(&self) -> KeyId {
        let mut id = [0; 16];
        id.copy_from_slice(&self.derive("kid").bytes()[..16]);
        id
    }
}

pub(crate) type KeyId = [u8; 16];
