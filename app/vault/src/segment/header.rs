use uuid::Uuid;

use crate::Owner;
use crate::identity::{SEALED_KEY_BYTES, SealedKey};
use crate::layout::{BeginError, Reader, Writer};
use crate::secret::KeyId;

const MAGIC: &[u8; 4] = b"DBSG";
const VERSION: u16 = 1;
pub(super) const HEADER_BYTES: usize = 4 + 2 + 2 + 16 * 4 + 8 + 8 + 4 + 16 + 32 + SEALED_KEY_BYTES + 32;

/// Whose segment, of which device: what somebody who asks for a segment expects to get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SegmentPlace {
    pub owner: Owner,
    pub device: Uuid,
}

/// The readable part of a segment. Of a [`crate::VerifiedSegment`] it can be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SegmentHeader {
    pub place: SegmentPlace,
    pub segment: Uuid,
    /// Dense per device, starting at 1.
    pub number: u64,
    /// Hours since 1970-01-01 UTC.
    pub hour: i64,
    /// Of the identity that it is sealed to.
    pub generation: u32,
    pub(crate) key_id: KeyId,
    /// SHA-256 of the device's segment before, zeros for the first.
    pub previous: [u8; 32],
    pub(super) sealed_key: SealedKey,
    pub(super) commitment: [u8; 32],
}

impl SegmentHeader {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, BeginError> {
        let mut reader = Reader::begin(bytes, MAGIC, VERSION)?;
        let header = (|| {
            Some(SegmentHeader {
                place: SegmentPlace { owner: reader.owner()?, device: reader.uuid()? },
                segment: reader.uuid()?,
                number: reader.u64()?,
                hour: reader.i64()?,
                generation: reader.u32()?,
                key_id: reader.array()?,
                previous: reader.array()?,
                sealed_key: reader.array()?,
                commitment: reader.array()?,
            })
        })();
        header.ok_or(BeginError::Malformed)
    }

    pub(super) fn write(&self) -> Vec<u8> {
        Writer::default().bytes(&self.before_key()).bytes(&self.sealed_key).bytes(&self.commitment).finish()
    }

    /// What the sealed key is bound to.
    pub(super) fn before_key(&self) -> Vec<u8> {
        Writer::begin(MAGIC, VERSION)
            .owner(&self.place.owner)
            .bytes(self.place.device.as_bytes())
            .bytes(self.segment.as_bytes())
            .u64(self.number)
            .i64(self.hour)
            .u32(self.generation)
            .bytes(&self.key_id)
            .bytes(&self.previous)
            .finish()
    }
}
