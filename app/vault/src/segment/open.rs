use zeroize::Zeroizing;

use super::header::{HEADER_BYTES, SegmentHeader};
use super::{KEY_LABEL, Link, SIGNATURE_BYTES, SIGNATURE_LABEL, STREAM_LABEL, SegmentPlace};
use super::{bucket, stream};
use crate::layout::BeginError;
use crate::recorder_key::is_signed;
use crate::secret::Secret;
use crate::{Directory, Unlocked};

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SegmentError {
    #[error("A segment of signals is no segment or is cut off. Fetch it again.")]
    Malformed,
    #[error("A segment of signals was written by a newer Daybook. Update this computer's Daybook.")]
    Newer,
    #[error(
        "A segment of signals belongs to another person, company or device than the one it was asked for. It was not opened."
    )]
    Misplaced,
    #[error(
        "A segment of signals comes from a device that is not in your list, or after it was retired. It was not opened; sync your list of devices."
    )]
    UnknownDevice,
    #[error(
        "A segment of signals is not signed by the device that it names. It was not opened: somebody changed or planted it."
    )]
    NotSigned,
    #[error(
        "A segment of signals is sealed to another key (generation {generation}) than the one you unlocked. Sign in with your newest password."
    )]
    WrongKey { generation: u32 },
    #[error("A segment of signals is damaged and does not open. Fetch it again, or from the device that recorded it.")]
    Broken,
}

/// A segment whose place and signature were checked; only such a one can be opened.
pub struct VerifiedSegment<'a> {
    header: SegmentHeader,
    bytes: &'a [u8],
}

/// The key of one segment, as the person's identity opened it.
pub struct SegmentKey(pub(super) Secret);

/// Checks that `bytes` are a segment of `place`, signed by that device as the person's own directory knows it.
pub fn verify_segment<'a>(
    bytes: &'a [u8],
    place: SegmentPlace,
    directory: &Directory,
) -> Result<VerifiedSegment<'a>, SegmentError> {
    let (header, signed, signature) = split(bytes)?;
    if header.place != place {
        return Err(SegmentError::Misplaced);
    }
    let device = directory.device(place.device).ok_or(SegmentError::UnknownDevice)?;
    if device.retired_after.is_some_and(|last| header.number > last) {
        return Err(SegmentError::UnknownDevice);
    }
    if !is_signed(&device.recorder_key, SIGNATURE_LABEL, signed, signature) {
        return Err(SegmentError::NotSigned);
    }
    Ok(VerifiedSegment { header, bytes })
}

impl VerifiedSegment<'_> {
    pub fn header(&self) -> &SegmentHeader {
        &self.header
    }

    pub fn link(&self) -> Link {
        Link::of(&self.header, self.bytes)
    }

    /// The segment's key, by public-key work; [`Unlocked::wrap`] keeps it for the next time.
    pub fn key(&self, unlocked: &Unlocked) -> Result<SegmentKey, SegmentError> {
        let own = unlocked.recipient();
        if (self.header.generation, self.header.key_id) != (own.generation, own.key_id) {
            return Err(SegmentError::WrongKey { generation: self.header.generation });
        }
        let opened = unlocked.identity().open_key(KEY_LABEL, &self.header.before_key(), &self.header.sealed_key);
        opened.map(SegmentKey).ok_or(SegmentError::Broken)
    }

    /// The contents that were sealed.
    pub fn open(&self, key: &SegmentKey) -> Result<Zeroizing<Vec<u8>>, SegmentError> {
        open_stream(&self.header, self.bytes, key)
    }
}

pub(super) fn split(bytes: &[u8]) -> Result<(SegmentHeader, &[u8], &[u8; SIGNATURE_BYTES]), SegmentError> {
    let header = SegmentHeader::read(bytes).map_err(|error| match error {
        BeginError::Malformed => SegmentError::Malformed,
        BeginError::Newer => SegmentError::Newer,
    })?;
    let (signed, signature) = bytes.split_last_chunk::<SIGNATURE_BYTES>().ok_or(SegmentError::Malformed)?;
    if signed.len() <= HEADER_BYTES {
        return Err(SegmentError::Malformed);
    }
    Ok((header, signed, signature))
}

pub(super) fn open_stream(
    header: &SegmentHeader,
    bytes: &[u8],
    key: &SegmentKey,
) -> Result<Zeroizing<Vec<u8>>, SegmentError> {
    if !key.0.matches(&header.commitment) {
        return Err(SegmentError::Broken);
    }
    let (head, stream) = bytes[..bytes.len() - SIGNATURE_BYTES].split_at(HEADER_BYTES);
    let filled = stream::open(&key.0.derive(STREAM_LABEL), head, stream).ok_or(SegmentError::Broken)?;
    let contents = bucket::empty(&filled).ok_or(SegmentError::Broken)?;
    Ok(Zeroizing::new(contents.to_vec()))
}
