use hkdf::Hkdf;
use sha2::Sha256;
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

    pub(crate) fn copy_of(bytes: &[u8; 32]) -> Self {
        Secret(*bytes)
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
}
