use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::open::{SegmentError, SegmentKey, open_stream, split};
use super::{SegmentPlace, VerifiedSegment};
use crate::layout::Writer;
use crate::message::{self, MESSAGE_OVERHEAD};
use crate::secret::Secret;
use crate::{Randomness, Unlocked};

const WRAPPED_BYTES: usize = 32 + MESSAGE_OVERHEAD;

/// A segment's key under the user key, for the device's own file: a year opens without public-key work.
///
/// It is bound to the segment's bytes. Whoever could make it had verified and opened them, so they need not be verified again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrappedSegmentKey([u8; WRAPPED_BYTES]);

impl WrappedSegmentKey {
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// None when these are not as many bytes as a wrapped key has.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(WrappedSegmentKey)
    }
}

impl Unlocked {
    pub fn wrap(
        &self,
        segment: &VerifiedSegment<'_>,
        key: &SegmentKey,
        randomness: &mut dyn Randomness,
    ) -> WrappedSegmentKey {
        let place = wrap_place(segment.header().place, &segment.link().hash);
        let sealed = message::seal(&self.wrap_key(), &place, key.0.bytes(), randomness);
        WrappedSegmentKey(sealed.try_into().expect("nonce, 32 bytes and tag"))
    }

    /// Opens a segment whose key was wrapped by [`Unlocked::wrap`] on this device.
    pub fn open_wrapped(
        &self,
        bytes: &[u8],
        place: SegmentPlace,
        wrapped: &WrappedSegmentKey,
    ) -> Result<Zeroizing<Vec<u8>>, SegmentError> {
        let (header, ..) = split(bytes)?;
        if header.place != place {
            return Err(SegmentError::Misplaced);
        }
        let hash = Sha256::digest(bytes).into();
        let key = message::open(&self.wrap_key(), &wrap_place(place, &hash), &wrapped.0)
            .and_then(|key| Secret::copy_of(&key))
            .ok_or(SegmentError::Broken)?;
        open_stream(&header, bytes, &SegmentKey(key))
    }

    fn wrap_key(&self) -> Secret {
        self.user_key().secret.derive("wrap")
    }
}

fn wrap_place(place: SegmentPlace, hash: &[u8; 32]) -> Vec<u8> {
    Writer::begin(b"DBWK", 1).owner(&place.owner).bytes(place.device.as_bytes()).bytes(hash).finish()
}
