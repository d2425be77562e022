//! From a key in a slot to a vault that may write. The types say how far the person has come: [`UserKey`] opens a directory
//! and no more, [`Unconfirmed`] shows what was found, [`Unlocked`] reads and hands out the [`Recipient`] that writing needs.

use crate::directory::{self, Directory, DirectoryContent, DirectoryError, SealedDirectory};
use crate::identity::Identity;
use crate::layout::{Reader, Writer};
use crate::secret::{KeyId, Secret};
use crate::slot::{SealedSlot, SlotSecret};
use crate::{Owner, Randomness, Recipient};

/// The user key of one generation, as a slot gave it. It never leaves a device unwrapped.
pub struct UserKey {
    pub(crate) owner: Owner,
    pub(crate) generation: u32,
    pub(crate) secret: Secret,
}

/// An opened directory that this device has not confirmed. It can be looked at; it writes nothing.
///
/// ```compile_fail
/// fn write_before_confirmation(vault: &vault::Unconfirmed) -> vault::Recipient {
///     vault.recipient()
/// }
/// ```
pub struct Unconfirmed(Unlocked);

/// The vault, open on a device whose person confirmed it. Like every type that holds a secret it cannot be printed.
///
/// ```
/// fn write(vault: &vault::Unlocked) -> vault::Recipient {
///     vault.recipient()
/// }
/// ```
/// ```compile_fail
/// fn print(vault: &vault::Unlocked) -> String {
///     format!("{vault:?}")
/// }
/// ```
pub struct Unlocked {
    user_key: UserKey,
    identity: Identity,
    directory: Directory,
}

/// What a device remembers of the vault that its person confirmed. It is no secret; it lies in the device's own file and
/// tells an old or another directory from a newer one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pin {
    owner: Owner,
    generation: u32,
    key_id: KeyId,
    number: u64,
    hash: [u8; 32],
}

impl UserKey {
    pub fn generation(&self) -> u32 {
        self.generation
    }

    pub fn open(self, sealed: &SealedDirectory) -> Result<Unconfirmed, DirectoryError> {
        let (directory, identity) = directory::open(&self, sealed)?;
        Ok(Unconfirmed(Unlocked { user_key: self, identity, directory }))
    }
}

impl Unconfirmed {
    /// Generation, devices and dates, for the person to compare.
    pub fn directory(&self) -> &Directory {
        &self.0.directory
    }

    /// The person saw [`Unconfirmed::directory`] on this new device and said that it is theirs.
    pub fn confirm(self) -> Unlocked {
        self.0
    }

    /// This device was confirmed before: the directory must be the pinned one or a successor of it.
    pub fn resume(self, pin: &Pin) -> Result<Unlocked, DirectoryError> {
        let now = self.0.pin();
        if now.owner != pin.owner {
            return Err(DirectoryError::OtherOwner);
        }
        if (now.generation, now.key_id) != (pin.generation, pin.key_id) {
            return Err(DirectoryError::WrongKey);
        }
        self.0.directory.follows(pin.number, &pin.hash)?;
        Ok(self.0)
    }
}

impl Unlocked {
    /// The first vault of a person: generation 1, made by their first device.
    pub fn create(
        owner: Owner,
        content: DirectoryContent,
        randomness: &mut dyn Randomness,
    ) -> Result<(Self, SealedDirectory), DirectoryError> {
        let user_key = UserKey { owner, generation: 1, secret: Secret::random(randomness) };
        let identity = Identity::generate(randomness);
        let sealed = directory::seal(&user_key, &identity, &content, None, randomness)?;
        let (directory, identity) = directory::open(&user_key, &sealed)?;
        Ok((Unlocked { user_key, identity, directory }, sealed))
    }

    pub fn owner(&self) -> Owner {
        self.user_key.owner
    }

    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// To be stored with every directory that was adopted, and before anything is written.
    pub fn pin(&self) -> Pin {
        Pin {
            owner: self.user_key.owner,
            generation: self.user_key.generation,
            key_id: self.user_key.secret.key_id(),
            number: self.directory.number,
            hash: self.directory.hash,
        }
    }

    /// What the recorder seals to, also when the vault is locked again.
    pub fn recipient(&self) -> Recipient {
        Recipient {
            owner: self.user_key.owner,
            generation: self.user_key.generation,
            key_id: self.user_key.secret.key_id(),
            public: self.identity.public(),
        }
    }

    pub fn seal_slot(&self, secret: SlotSecret<'_>, randomness: &mut dyn Randomness) -> SealedSlot {
        SealedSlot::seal(&self.user_key, secret, randomness)
    }

    /// The next directory, to be offered to the server. It counts when the server took it and [`Unlocked::adopt`] was called.
    pub fn propose(
        &self,
        content: &DirectoryContent,
        randomness: &mut dyn Randomness,
    ) -> Result<SealedDirectory, DirectoryError> {
        directory::seal(&self.user_key, &self.identity, content, Some(&self.directory), randomness)
    }

    /// Takes over a directory of this device or of another one; it must be the present one or a successor.
    pub fn adopt(&mut self, sealed: &SealedDirectory) -> Result<(), DirectoryError> {
        let (directory, identity) = directory::open(&self.user_key, sealed)?;
        directory.follows(self.directory.number, &self.directory.hash)?;
        if identity.public() != self.identity.public() {
            return Err(DirectoryError::OtherHistory);
        }
        self.directory = directory;
        Ok(())
    }

    pub(crate) fn identity(&self) -> &Identity {
        &self.identity
    }

    pub(crate) fn user_key(&self) -> &UserKey {
        &self.user_key
    }
}

impl Pin {
    pub fn directory_number(&self) -> u64 {
        self.number
    }

    pub fn to_stored(&self) -> Vec<u8> {
        Writer::default()
            .owner(&self.owner)
            .u32(self.generation)
            .bytes(&self.key_id)
            .u64(self.number)
            .bytes(&self.hash)
            .finish()
    }

    /// None when the bytes are damaged: the device then has to be confirmed again.
    pub fn from_stored(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let pin = Pin {
            owner: reader.owner()?,
            generation: reader.u32()?,
            key_id: reader.array()?,
            number: reader.u64()?,
            hash: reader.array()?,
        };
        reader.end().map(|()| pin)
    }
}
