//! One way to the user key (the idea of LUKS): what is in a slot opens with a password, the recovery words or a device's key.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use sync_protocol::KdfParameters;

use crate::layout::{BeginError, Reader, Writer};
use crate::message::{self, MESSAGE_OVERHEAD};
use crate::secret::Secret;
use crate::{DeviceKey, LOGIN_SALT_BYTES, Owner, Randomness, RecoveryKey, SlotKey, UserKey};

const MAGIC: &[u8; 4] = b"DBSL";
const VERSION: u16 = 1;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SlotKind {
    Password,
    Recovery,
    /// Stays on its device.
    Device,
}

/// What opens a slot, and with it the choice of the slot's kind.
#[derive(Clone, Copy)]
pub enum SlotSecret<'a> {
    /// `kdf` and `salt` are those by which `key` was derived; they are written into the slot, so that the password can be
    /// checked without a network.
    Password {
        key: &'a SlotKey,
        kdf: KdfParameters,
        salt: [u8; LOGIN_SALT_BYTES],
    },
    Recovery(&'a RecoveryKey),
    Device(&'a DeviceKey),
}

/// A sealed slot. Its head is readable by everybody and bound to the contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedSlot {
    kind: SlotKind,
    kdf: KdfParameters,
    salt: [u8; LOGIN_SALT_BYTES],
    owner: Owner,
    generation: u32,
    commitment: [u8; 32],
    sealed: [u8; 32 + MESSAGE_OVERHEAD],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SlotError {
    #[error(
        "A key slot is damaged. Sign in again with your password; if it stays so, tell the person who runs the server."
    )]
    Malformed,
    #[error("A key slot was written by a newer Daybook. Update this computer's Daybook.")]
    Newer,
    #[error(
        "The key slot belongs to another person or company. Nothing was opened; tell the person who runs the server."
    )]
    OtherOwner,
    #[error("This key slot is sealed with another password or key. Sign in with your newest password.")]
    WrongSecret,
    #[error(
        "The key slot was changed by somebody who does not hold your key. Nothing was opened; tell the person who runs the server."
    )]
    Broken,
}

impl SealedSlot {
    pub(crate) fn seal(user_key: &UserKey, secret: SlotSecret<'_>, randomness: &mut dyn Randomness) -> Self {
        let (kdf, salt) = match secret {
            SlotSecret::Password { kdf, salt, .. } => (kdf, salt),
            _ => (KdfParameters { memory_kib: 0, passes: 0, lanes: 0 }, [0; LOGIN_SALT_BYTES]),
        };
        let key = secret.key();
        let mut slot = SealedSlot {
            kind: secret.kind(),
            kdf,
            salt,
            owner: user_key.owner,
            generation: user_key.generation,
            commitment: key.commitment(),
            sealed: [0; 32 + MESSAGE_OVERHEAD],
        };
        let sealed = message::seal(&key, &slot.head(), user_key.secret.bytes(), randomness);
        slot.sealed.copy_from_slice(&sealed);
        slot
    }

    /// Compares the commitment first, so that a wrong password is not taken for a broken slot.
    pub fn open(&self, owner: Owner, secret: SlotSecret<'_>) -> Result<UserKey, SlotError> {
        if self.owner != owner {
            return Err(SlotError::OtherOwner);
        }
        let key = secret.key();
        if self.kind != secret.kind() || !key.matches(&self.commitment) {
            return Err(SlotError::WrongSecret);
        }
        let opened = message::open(&key, &self.head(), &self.sealed).ok_or(SlotError::Broken)?;
        let secret = Secret::copy_of(&opened).ok_or(SlotError::Broken)?;
        Ok(UserKey { owner, generation: self.generation, secret })
    }

    pub fn kind(&self) -> SlotKind {
        self.kind
    }

    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// For a password slot: what [`crate::derive`] needs to unlock without a network.
    pub fn password_costs(&self) -> Option<(KdfParameters, [u8; LOGIN_SALT_BYTES])> {
        (self.kind == SlotKind::Password).then_some((self.kdf, self.salt))
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        Writer::default().bytes(&self.head()).bytes(&self.sealed).finish()
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SlotError> {
        let mut reader = Reader::begin(bytes, MAGIC, VERSION).map_err(|error| match error {
            BeginError::Malformed => SlotError::Malformed,
            BeginError::Newer => SlotError::Newer,
        })?;
        read(&mut reader).filter(|_| reader.end().is_some()).ok_or(SlotError::Malformed)
    }

    pub fn to_wire(&self) -> sync_protocol::Slot {
        sync_protocol::Slot { kind: self.kind.name().to_owned(), body: BASE64.encode(self.to_bytes()) }
    }

    pub fn from_wire(slot: &sync_protocol::Slot) -> Result<Self, SlotError> {
        let body = BASE64.decode(&slot.body).map_err(|_| SlotError::Malformed)?;
        SealedSlot::from_bytes(&body)
    }

    fn head(&self) -> Vec<u8> {
        Writer::begin(MAGIC, VERSION)
            .u8(self.kind.number())
            .u32(self.kdf.memory_kib)
            .u32(self.kdf.passes)
            .u32(self.kdf.lanes)
            .bytes(&self.salt)
            .owner(&self.owner)
            .u32(self.generation)
            .bytes(&self.commitment)
            .finish()
    }
}

fn read(reader: &mut Reader<'_>) -> Option<SealedSlot> {
    Some(SealedSlot {
        kind: SlotKind::from_number(reader.u8()?)?,
        kdf: KdfParameters { memory_kib: reader.u32()?, passes: reader.u32()?, lanes: reader.u32()? },
        salt: reader.array()?,
        owner: reader.owner()?,
        generation: reader.u32()?,
        commitment: reader.array()?,
        sealed: reader.array()?,
    })
}

impl SlotKind {
    fn number(self) -> u8 {
        match self {
            SlotKind::Password => 1,
            SlotKind::Recovery => 2,
            SlotKind::Device => 3,
        }
    }

    fn from_number(number: u8) -> Option<Self> {
        [SlotKind::Password, SlotKind::Recovery, SlotKind::Device].into_iter().find(|kind| kind.number() == number)
    }

    fn name(self) -> &'static str {
        match self {
            SlotKind::Password => "password",
            SlotKind::Recovery => "recovery",
            SlotKind::Device => "device",
        }
    }
}

impl SlotSecret<'_> {
    fn kind(&self) -> SlotKind {
        match self {
            SlotSecret::Password { .. } => SlotKind::Password,
            SlotSecret::Recovery(_) => SlotKind::Recovery,
            SlotSecret::Device(_) => SlotKind::Device,
        }
    }

    fn key(&self) -> Secret {
        match self {
            SlotSecret::Password { key, .. } => key.0.derive("daybook password slot 1"),
            SlotSecret::Recovery(key) => key.0.derive("daybook recovery slot 1"),
            SlotSecret::Device(key) => key.0.derive("daybook device slot 1"),
        }
    }
}
