use argon2::{Algorithm, Argon2, Params, Version};
use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha256};
use sync_protocol::KdfParameters;

use crate::secret::Secret;

/// Costs of Argon2id for a new password.
pub const KDF_DEFAULT: KdfParameters = KdfParameters { memory_kib: 128 * 1024, passes: 3, lanes: 1 };
/// Bytes of the salt that is stored beside a login and in a password slot.
pub const LOGIN_SALT_BYTES: usize = 16;

const MEMORY_KIB_FLOOR: u32 = 64 * 1024;
const PASSES_FLOOR: u32 = 3;
// A server that lies upwards would make the sign-in hang or exhaust the memory.
const MEMORY_KIB_CEILING: u32 = 1024 * 1024;
const PASSES_CEILING: u32 = 16;
const LANES_CEILING: u32 = 16;

/// What a password gives: one key to open the password slot, one to prove oneself to the server. Neither tells the other.
pub struct Derived {
    pub slot_key: SlotKey,
    pub login_key: LoginKey,
}

/// Opens and writes the password slot.
pub struct SlotKey(pub(crate) Secret);

/// The Ed25519 key of a login; the server knows its public half only.
pub struct LoginKey(SigningKey);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeriveError {
    #[error(
        "The server asked for a password check that is too weak ({memory_kib} KiB, {passes} passes; the least is {MEMORY_KIB_FLOOR} KiB, {PASSES_FLOOR} passes), so the password was not used. Tell the person who runs the server."
    )]
    TooWeak { memory_kib: u32, passes: u32 },
    #[error(
        "The server asked for a password check that this computer does not do ({memory_kib} KiB, {passes} passes, {lanes} lanes). Tell the person who runs the server."
    )]
    TooCostly { memory_kib: u32, passes: u32, lanes: u32 },
}

/// Stretches a password with Argon2id (RFC 9106) and splits the result with HKDF. Takes about a second, on purpose.
///
/// `user` is the name as the person typed it and `salt` the stored one: both go into the salt, so that a server that gives
/// one person's salt to another gains nothing.
pub fn derive(
    password: &str,
    user: &str,
    salt: &[u8; LOGIN_SALT_BYTES],
    kdf: KdfParameters,
) -> Result<Derived, DeriveError> {
    let costs = checked_costs(kdf)?;
    let mut root = Secret::zeroed();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, costs)
        .hash_password_into(password.as_bytes(), &full_salt(user, salt), root.bytes_mut())
        .map_err(|_| too_costly(kdf))?;
    Ok(Derived {
        slot_key: SlotKey(root.derive("daybook slot key 1")),
        login_key: LoginKey(SigningKey::from_bytes(root.derive("daybook login seed 1").bytes())),
    })
}

impl LoginKey {
    /// The Ed25519 public key that the server keeps.
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// Signs the bytes of [`sync_protocol::login_message`] or of [`sync_protocol::VaultUpdate::message`]: both begin with a
    /// label of their own.
    pub fn sign_login(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

fn checked_costs(kdf: KdfParameters) -> Result<Params, DeriveError> {
    let KdfParameters { memory_kib, passes, lanes } = kdf;
    if memory_kib < MEMORY_KIB_FLOOR || passes < PASSES_FLOOR {
        return Err(DeriveError::TooWeak { memory_kib, passes });
    }
    if memory_kib > MEMORY_KIB_CEILING || passes > PASSES_CEILING || lanes > LANES_CEILING {
        return Err(too_costly(kdf));
    }
    Params::new(memory_kib, passes, lanes, Some(32)).map_err(|_| too_costly(kdf))
}

fn too_costly(kdf: KdfParameters) -> DeriveError {
    DeriveError::TooCostly { memory_kib: kdf.memory_kib, passes: kdf.passes, lanes: kdf.lanes }
}

fn full_salt(user: &str, salt: &[u8; LOGIN_SALT_BYTES]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for field in [b"daybook salt 1".as_slice(), user.as_bytes(), salt] {
        hash.update((field.len() as u64).to_le_bytes());
        hash.update(field);
    }
    hash.finalize().into()
}
