use uuid::Uuid;

use super::header::SegmentHeader;
use super::{ChainHead, KEY_LABEL, Link, SEGMENT_CONTENT_BYTES_MAX, SIGNATURE_LABEL, STREAM_LABEL, SegmentPlace};
use super::{bucket, stream};
use crate::identity::{RecipientDamaged, SEALED_KEY_BYTES};
use crate::secret::Secret;
use crate::{Randomness, Recipient, RecorderKey};

/// A finished segment: the same bytes on disk, on the wire and in the blob store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedSegment {
    bytes: Vec<u8>,
    link: Link,
}

impl SealedSegment {
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    pub fn link(&self) -> Link {
        self.link
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    #[error(transparent)]
    Recipient(#[from] RecipientDamaged),
    #[error(
        "An hour of signals is too large for one segment ({0} bytes; the limit is {SEGMENT_CONTENT_BYTES_MAX}). Divide it into several."
    )]
    TooLarge(usize),
}

/// Seals `contents` as the next segment after `head`. Store number and bytes, synced, before the first upload: a second
/// sealing of the same number is a fork.
pub fn seal_segment(
    contents: &[u8],
    device: Uuid,
    hour: i64,
    head: ChainHead,
    recipient: &Recipient,
    recorder_key: &RecorderKey,
    randomness: &mut dyn Randomness,
) -> Result<SealedSegment, SealError> {
    let filled = bucket::fill(contents).ok_or(SealError::TooLarge(contents.len()))?;
    let key = Secret::random(randomness);
    let mut segment = [0; 16];
    randomness.fill(&mut segment);
    let mut header = SegmentHeader {
        place: SegmentPlace { owner: recipient.owner, device },
        segment: uuid_of(segment),
        number: head.number + 1,
        hour,
        generation: recipient.generation,
        key_id: recipient.key_id,
        previous: head.hash,
        sealed_key: [0; SEALED_KEY_BYTES],
        commitment: key.commitment(),
    };
    header.sealed_key = recipient.seal_key(KEY_LABEL, &header.before_key(), &key, randomness)?;
    let mut bytes = header.write();
    let sealed = stream::seal(&key.derive(STREAM_LABEL), &bytes, &filled);
    bytes.extend_from_slice(&sealed);
    let signature = recorder_key.sign(SIGNATURE_LABEL, &bytes);
    bytes.extend_from_slice(&signature);
    let link = Link::of(&header, &bytes);
    Ok(SealedSegment { bytes, link })
}

/// A random id in the shape of UUID version 4.
fn uuid_of(mut bytes: [u8; 16]) -> Uuid {
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    Uuid::from_bytes(bytes)
}
