//! The running hour: single sealed records, until they become a segment.

use uuid::Uuid;
use zeroize::Zeroizing;

use crate::identity::{RecipientDamaged, SEALED_KEY_BYTES, SealedKey};
use crate::layout::{BeginError, Reader, Writer};
use crate::message;
use crate::recorder_key::{SIGNATURE_BYTES, is_signed};
use crate::secret::{KeyId, Secret};
use crate::{Directory, Randomness, Recipient, RecorderKey, SegmentError, SegmentPlace, Unlocked};

const MAGIC: &[u8; 4] = b"DBHK";
const VERSION: u16 = 1;
const KEY_LABEL: &str = "daybook hour key 1";
const RECORDS_LABEL: &str = "daybook hour records 1";
const SIGNATURE_LABEL: &str = "daybook hour signature 1";

/// The key of the hour that runs. It is in memory only; sealed to the person it lies beside the records, so that a
/// recorder that was killed leaves nothing that it could read itself.
pub struct HourKey(Secret);

/// An [`HourKey`] sealed to the person and signed by the device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedHourKey {
    place: SegmentPlace,
    hour: i64,
    generation: u32,
    key_id: KeyId,
    sealed_key: SealedKey,
    commitment: [u8; 32],
    signature: [u8; SIGNATURE_BYTES],
}

/// One sealed record: nonce, ciphertext, tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedRecord(Vec<u8>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Record {position} of an unfinished hour is damaged or at another place. It is left out; the others are kept.")]
pub struct RecordBroken {
    pub position: u64,
}

impl SealedRecord {
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        SealedRecord(bytes)
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl HourKey {
    /// `hour` counts hours since 1970-01-01 UTC. One hour may have several keys: a restarted recorder cannot read the old one.
    pub fn begin(
        device: Uuid,
        hour: i64,
        recipient: &Recipient,
        recorder_key: &RecorderKey,
        randomness: &mut dyn Randomness,
    ) -> Result<(HourKey, SealedHourKey), RecipientDamaged> {
        let key = Secret::random(randomness);
        let mut sealed = SealedHourKey {
            place: SegmentPlace { owner: recipient.owner, device },
            hour,
            generation: recipient.generation,
            key_id: recipient.key_id,
            sealed_key: [0; SEALED_KEY_BYTES],
            commitment: key.commitment(),
            signature: [0; SIGNATURE_BYTES],
        };
        sealed.sealed_key = recipient.seal_key(KEY_LABEL, &sealed.before_key(), &key, randomness)?;
        sealed.signature = recorder_key.sign(SIGNATURE_LABEL, &sealed.before_signature());
        Ok((HourKey(key.derive(RECORDS_LABEL)), sealed))
    }

    /// `position` counts the records under this key from 0; a record opens at its own position only.
    pub fn seal_record(&self, position: u64, plain: &[u8], randomness: &mut dyn Randomness) -> SealedRecord {
        SealedRecord(message::seal(&self.0, &position.to_le_bytes(), plain, randomness))
    }

    pub fn open_record(&self, position: u64, record: &SealedRecord) -> Result<Zeroizing<Vec<u8>>, RecordBroken> {
        message::open(&self.0, &position.to_le_bytes(), &record.0).ok_or(RecordBroken { position })
    }
}

impl SealedHourKey {
    /// Hours since 1970-01-01 UTC.
    pub fn hour(&self) -> i64 {
        self.hour
    }

    /// Who says that it sealed this; believed once it is opened.
    pub fn device(&self) -> Uuid {
        self.place.device
    }

    /// What a crash left, once the person has unlocked. The device's signature is checked first.
    pub fn open(
        &self,
        place: SegmentPlace,
        directory: &Directory,
        unlocked: &Unlocked,
    ) -> Result<HourKey, SegmentError> {
        if self.place != place {
            return Err(SegmentError::Misplaced);
        }
        let device = directory.device(place.device).ok_or(SegmentError::UnknownDevice)?;
        if !is_signed(&device.recorder_key, SIGNATURE_LABEL, &self.before_signature(), &self.signature) {
            return Err(SegmentError::NotSigned);
        }
        let own = unlocked.recipient();
        if (self.generation, self.key_id) != (own.generation, own.key_id) {
            return Err(SegmentError::WrongKey { generation: self.generation });
        }
        let key = unlocked
            .identity()
            .open_key(KEY_LABEL, &self.before_key(), &self.sealed_key)
            .filter(|key| key.matches(&self.commitment))
            .ok_or(SegmentError::Broken)?;
        Ok(HourKey(key.derive(RECORDS_LABEL)))
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        Writer::default().bytes(&self.before_signature()).bytes(&self.signature).finish()
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SegmentError> {
        let mut reader = Reader::begin(bytes, MAGIC, VERSION).map_err(|error| match error {
            BeginError::Malformed => SegmentError::Malformed,
            BeginError::Newer => SegmentError::Newer,
        })?;
        read(&mut reader).filter(|_| reader.end().is_some()).ok_or(SegmentError::Malformed)
    }

    fn before_key(&self) -> Vec<u8> {
        Writer::begin(MAGIC, VERSION)
            .owner(&self.place.owner)
            .bytes(self.place.device.as_bytes())
            .i64(self.hour)
            .u32(self.generation)
            .bytes(&self.key_id)
            .finish()
    }

    fn before_signature(&self) -> Vec<u8> {
        Writer::default().bytes(&self.before_key()).bytes(&self.sealed_key).bytes(&self.commitment).finish()
    }
}

fn read(reader: &mut Reader<'_>) -> Option<SealedHourKey> {
    Some(SealedHourKey {
        place: SegmentPlace { owner: reader.owner()?, device: reader.uuid()? },
        hour: reader.i64()?,
        generation: reader.u32()?,
        key_id: reader.array()?,
        sealed_key: reader.array()?,
        commitment: reader.array()?,
        signature: reader.array()?,
    })
}
