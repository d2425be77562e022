use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use zeroize::Zeroize;

use crate::layout::{Reader, Writer};
use crate::randomness::HpkeRandomness;
use crate::secret::{KeyId, Secret};
use crate::{Owner, Randomness};

type PrivateKey = <X25519HkdfSha256 as Kem>::PrivateKey;
type PublicKey = <X25519HkdfSha256 as Kem>::PublicKey;

/// Bytes of a key sealed to an identity: the encapsulated key, the 32 bytes, the tag.
pub(crate) const SEALED_KEY_BYTES: usize = 32 + 32 + 16;
pub(crate) type SealedKey = [u8; SEALED_KEY_BYTES];

/// The key pair of one generation: what recorders write to and only the unlocked person reads.
pub(crate) struct Identity(PrivateKey);

impl Identity {
    pub(crate) fn generate(randomness: &mut dyn Randomness) -> Self {
        Identity(X25519HkdfSha256::gen_keypair_with_rng(&mut HpkeRandomness(randomness)).0)
    }

    pub(crate) fn from_secret(secret: &Secret) -> Option<Self> {
        PrivateKey::from_bytes(secret.bytes()).ok().map(Identity)
    }

    pub(crate) fn secret(&self) -> Secret {
        let mut bytes = self.0.to_bytes();
        let secret = Secret::copy_of(&bytes).expect("an X25519 key has 32 bytes");
        bytes.zeroize();
        secret
    }

    pub(crate) fn public(&self) -> [u8; 32] {
        X25519HkdfSha256::sk_to_pk(&self.0).to_bytes().into()
    }

    /// HPKE base mode (RFC 9180). None when the sealed key was made for another identity or place, or was changed.
    pub(crate) fn open_key(&self, label: &str, place: &[u8], sealed: &SealedKey) -> Option<Secret> {
        let (encapsulated, sealed) = sealed.split_at(32);
        let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated).ok()?;
        let mut opened = hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.0,
            &encapsulated,
            label.as_bytes(),
            sealed,
            place,
        )
        .ok()?;
        let secret = Secret::copy_of(&opened);
        opened.zeroize();
        secret
    }
}

/// The public half of the person's identity, by which a locked device writes and cannot read.
///
/// It comes from [`crate::Unlocked::recipient`] only, so a device without the confirmed user key has none and writes no
/// signals. The device keeps it in its own file; never take one from the network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    pub(crate) owner: Owner,
    pub(crate) generation: u32,
    pub(crate) key_id: KeyId,
    pub(crate) public: [u8; 32],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "The key that signals are sealed to is damaged on this computer. Unlock with your password to write it anew; until then nothing is recorded."
)]
pub struct RecipientDamaged;

impl Recipient {
    pub fn owner(&self) -> Owner {
        self.owner
    }

    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// For the device's own file.
    pub fn to_stored(&self) -> Vec<u8> {
        Writer::default().owner(&self.owner).u32(self.generation).bytes(&self.key_id).bytes(&self.public).finish()
    }

    /// Reads what [`Recipient::to_stored`] gave when this device was last unlocked.
    pub fn from_stored(bytes: &[u8]) -> Result<Self, RecipientDamaged> {
        let mut reader = Reader::new(bytes);
        let recipient = (|| {
            Some(Recipient {
                owner: reader.owner()?,
                generation: reader.u32()?,
                key_id: reader.array()?,
                public: reader.array()?,
            })
        })();
        recipient.filter(|_| reader.end().is_some()).ok_or(RecipientDamaged)
    }

    pub(crate) fn seal_key(
        &self,
        label: &str,
        place: &[u8],
        key: &Secret,
        randomness: &mut dyn Randomness,
    ) -> Result<SealedKey, RecipientDamaged> {
        let public = PublicKey::from_bytes(&self.public).map_err(|_| RecipientDamaged)?;
        let (encapsulated, sealed) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &public,
            label.as_bytes(),
            key.bytes(),
            place,
            &mut HpkeRandomness(randomness),
        )
        .map_err(|_| RecipientDamaged)?;
        let mut out = [0; SEALED_KEY_BYTES];
        out[..32].copy_from_slice(&encapsulated.to_bytes());
        out[32..].copy_from_slice(&sealed);
        Ok(out)
    }
}
