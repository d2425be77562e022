//! What the person's own key vouches for: their devices with the keys that sign, their privacy rules, the heads of the logs.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sync_protocol::limits::DIRECTORY_BYTES_MAX;
use uuid::Uuid;

use crate::identity::Identity;
use crate::layout::{BeginError, Reader, Writer};
use crate::message::{self, MESSAGE_OVERHEAD};
use crate::secret::KeyId;
use crate::secret::Secret;
use crate::user_key::UserKey;
use crate::{Owner, Randomness};

const MAGIC: &[u8; 4] = b"DBDR";
const VERSION: u16 = 1;
const CONTENT_VERSION: u32 = 1;
const WRAPPED_IDENTITY_BYTES: usize = 32 + MESSAGE_OVERHEAD;
/// Hashes of earlier directories that a directory carries, so that a device that was away can tell a successor from another history.
const ANCESTORS_MAX: usize = 1024;

/// What the person edits. Everything that decides whom to believe stands here and is sealed as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectoryContent {
    pub devices: Vec<Device>,
    /// The recorder's rules as it writes them; no meaning here.
    #[serde(default)]
    pub privacy_rules: String,
    /// The newest segment known of each device when this directory was written.
    #[serde(default)]
    pub heads: Vec<Head>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    pub id: Uuid,
    pub name: String,
    /// Ed25519, the public half of its [`crate::RecorderKey`].
    #[serde(with = "hex::serde")]
    pub recorder_key: [u8; 32],
    /// Microseconds since 1970-01-01 UTC by the clock of the device that added it; for the person to recognise, it decides nothing.
    pub added: i64,
    /// The last number that counts when the device was retired.
    #[serde(default)]
    pub retired_after: Option<u64>,
    /// The device whose copied or restored disk this one continues.
    #[serde(default)]
    pub continues: Option<Uuid>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub device: Uuid,
    pub number: u64,
    #[serde(with = "hex::serde")]
    pub hash: [u8; 32],
}

/// A sealed directory: what travels and what lies on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedDirectory(Vec<u8>);

/// An opened directory and where it stands in the history of directories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    pub content: DirectoryContent,
    /// Grows by one with every change.
    pub number: u64,
    pub generation: u32,
    pub(crate) hash: [u8; 32],
    pub(crate) ancestors: Vec<[u8; 32]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DirectoryError {
    #[error("Your list of devices is damaged. Sync again; if it stays so, tell the person who runs the server.")]
    Malformed,
    #[error("Your list of devices was written by a newer Daybook. Update this computer's Daybook.")]
    Newer,
    #[error(
        "The list of devices belongs to another person or company. Nothing was opened; tell the person who runs the server."
    )]
    OtherOwner,
    #[error(
        "Your list of devices is sealed with another key than the one you unlocked. Sync again and unlock with your newest password."
    )]
    WrongKey,
    #[error(
        "Your list of devices was changed by somebody who does not hold your key. Nothing was opened; tell the person who runs the server."
    )]
    Broken,
    #[error(
        "The server sent an old list of your devices (number {found}; this computer knows {known}). Nothing was changed; the server was set back or it lies."
    )]
    Old { known: u64, found: u64 },
    #[error(
        "The server sent a list of your devices with another history than the one this computer knows. Nothing was changed; compare with your other devices."
    )]
    OtherHistory,
    #[error(
        "Your list of devices is too large to be stored ({0} bytes). Sign in again in a home that you have, instead of new ones."
    )]
    TooLarge(usize),
}

#[derive(Serialize, Deserialize)]
struct Body {
    version: u32,
    ancestors: Vec<String>,
    #[serde(flatten)]
    content: DirectoryContent,
}

impl SealedDirectory {
    /// Foreign bytes; nothing is believed before they are opened.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, DirectoryError> {
        if bytes.len() > DIRECTORY_BYTES_MAX {
            return Err(DirectoryError::TooLarge(bytes.len()));
        }
        Ok(SealedDirectory(bytes))
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Base64, as [`sync_protocol::VaultState`] carries it.
    pub fn to_wire(&self) -> String {
        BASE64.encode(&self.0)
    }

    pub fn from_wire(text: &str) -> Result<Self, DirectoryError> {
        let bytes = BASE64.decode(text).map_err(|_| DirectoryError::Malformed)?;
        SealedDirectory::from_bytes(bytes)
    }

    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(&self.0).into()
    }
}

struct Envelope {
    owner: Owner,
    generation: u32,
    number: u64,
    previous: [u8; 32],
    key_id: KeyId,
    commitment: [u8; 32],
    identity: [u8; WRAPPED_IDENTITY_BYTES],
}

impl Envelope {
    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Some(Envelope {
            owner: reader.owner()?,
            generation: reader.u32()?,
            number: reader.u64()?,
            previous: reader.array()?,
            key_id: reader.array()?,
            commitment: reader.array()?,
            identity: reader.array()?,
        })
    }

    fn write(&self) -> Vec<u8> {
        Writer::begin(MAGIC, VERSION)
            .owner(&self.owner)
            .u32(self.generation)
            .u64(self.number)
            .bytes(&self.previous)
            .bytes(&self.key_id)
            .bytes(&self.commitment)
            .bytes(&self.identity)
            .finish()
    }
}

/// Where a new directory stands: after `previous`, or first.
pub(crate) fn seal(
    user_key: &UserKey,
    identity: &Identity,
    content: &DirectoryContent,
    previous: Option<&Directory>,
    randomness: &mut dyn Randomness,
) -> Result<SealedDirectory, DirectoryError> {
    let key = user_key.secret.derive("directory");
    let mut wrapped = [0; WRAPPED_IDENTITY_BYTES];
    let place = identity_place(user_key);
    let secret = identity.secret();
    wrapped.copy_from_slice(&message::seal(&user_key.secret.derive("identity"), &place, secret.bytes(), randomness));
    let envelope = Envelope {
        owner: user_key.owner,
        generation: user_key.generation,
        number: previous.map_or(1, |directory| directory.number + 1),
        previous: previous.map_or([0; 32], |directory| directory.hash),
        key_id: user_key.secret.key_id(),
        commitment: key.commitment(),
        identity: wrapped,
    }
    .write();
    let body = Body {
        version: CONTENT_VERSION,
        ancestors: previous.map(Directory::line).unwrap_or_default().iter().map(hex::encode).collect(),
        content: content.clone(),
    };
    let body = serde_json::to_vec(&body).expect("a directory has text keys only");
    let sealed = message::seal(&key, &envelope, &body, randomness);
    SealedDirectory::from_bytes([envelope, sealed].concat())
}

pub(crate) fn open(user_key: &UserKey, sealed: &SealedDirectory) -> Result<(Directory, Identity), DirectoryError> {
    let mut reader = Reader::begin(&sealed.0, MAGIC, VERSION).map_err(|error| match error {
        BeginError::Malformed => DirectoryError::Malformed,
        BeginError::Newer => DirectoryError::Newer,
    })?;
    let envelope = Envelope::read(&mut reader).ok_or(DirectoryError::Malformed)?;
    if envelope.owner != user_key.owner {
        return Err(DirectoryError::OtherOwner);
    }
    let key = user_key.secret.derive("directory");
    if envelope.generation != user_key.generation || envelope.key_id != user_key.secret.key_id() {
        return Err(DirectoryError::WrongKey);
    }
    if !key.matches(&envelope.commitment) {
        return Err(DirectoryError::Broken);
    }
    let body = message::open(&key, &envelope.write(), reader.rest()).ok_or(DirectoryError::Broken)?;
    let body: Body = serde_json::from_slice(&body).map_err(|_| DirectoryError::Newer)?;
    if body.version != CONTENT_VERSION {
        return Err(DirectoryError::Newer);
    }
    let wrap = user_key.secret.derive("identity");
    let identity = message::open(&wrap, &identity_place(user_key), &envelope.identity)
        .and_then(|secret| Identity::from_secret(&Secret::copy_of(&secret)?))
        .ok_or(DirectoryError::Broken)?;
    let directory = Directory {
        content: body.content,
        number: envelope.number,
        generation: envelope.generation,
        hash: sealed.hash(),
        ancestors: ancestors(&body.ancestors, &envelope).ok_or(DirectoryError::Broken)?,
    };
    Ok((directory, identity))
}

fn ancestors(lines: &[String], envelope: &Envelope) -> Option<Vec<[u8; 32]>> {
    let ancestors: Option<Vec<[u8; 32]>> = lines.iter().map(|line| hex::decode(line).ok()?.try_into().ok()).collect();
    let ancestors = ancestors.filter(|ancestors| ancestors.len() <= ANCESTORS_MAX)?;
    let previous = ancestors.last().copied().unwrap_or_default();
    let complete = ancestors.len() as u64 == envelope.number.checked_sub(1)?.min(ANCESTORS_MAX as u64);
    (complete && previous == envelope.previous).then_some(ancestors)
}

fn identity_place(user_key: &UserKey) -> Vec<u8> {
    Writer::begin(b"DBID", 1).owner(&user_key.owner).u32(user_key.generation).finish()
}

impl Directory {
    /// The device with this id, retired ones too: what they signed before stays signed.
    pub fn device(&self, id: Uuid) -> Option<&Device> {
        self.content.devices.iter().find(|device| device.id == id)
    }

    /// Hashes of this directory and those before it, oldest first, as the next one carries them.
    fn line(&self) -> Vec<[u8; 32]> {
        let skipped = (self.ancestors.len() + 1).saturating_sub(ANCESTORS_MAX);
        self.ancestors.iter().skip(skipped).chain([&self.hash]).copied().collect()
    }

    /// Whether the directory `number` with `hash` is this one or one that it came from.
    pub(crate) fn follows(&self, number: u64, hash: &[u8; 32]) -> Result<(), DirectoryError> {
        let Some(back) = self.number.checked_sub(number) else {
            return Err(DirectoryError::Old { known: number, found: self.number });
        };
        let found = match usize::try_from(back) {
            Ok(0) => Some(&self.hash),
            Ok(back) => self.ancestors.len().checked_sub(back).map(|index| &self.ancestors[index]),
            Err(_) => None,
        };
        if found == Some(hash) { Ok(()) } else { Err(DirectoryError::OtherHistory) }
    }
}
