use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::header::SegmentHeader;

/// Where a device's log of segments stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainHead {
    /// 0: no segment yet.
    pub number: u64,
    /// SHA-256 of the segment with that number, zeros for 0.
    pub hash: [u8; 32],
}

/// What one segment says of its place in its device's log. Of a [`crate::VerifiedSegment`] the device said so itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    pub device: Uuid,
    pub number: u64,
    pub previous: [u8; 32],
    /// SHA-256 of the whole segment; the same as the server's index row.
    pub hash: [u8; 32],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChainAlarm {
    #[error(
        "Segments of device {device} are missing: number {expected} should come, and {found} came. Sync again; if it stays so, the server left them out."
    )]
    Gap { device: Uuid, expected: u64, found: u64 },
    #[error(
        "Segment {number} of device {device} does not continue the one before it. The log was changed; nothing of it was taken."
    )]
    WrongHash { device: Uuid, number: u64 },
    #[error(
        "The log of device {device} ends at {found}, and this computer knows {known} segments of it. The server was set back or leaves some out."
    )]
    Lower { device: Uuid, known: u64, found: u64 },
    #[error(
        "There are two different segments with number {number} of device {device}, both signed: its disk was copied or restored. Both are kept; the device takes a new id."
    )]
    Fork { device: Uuid, number: u64 },
}

impl ChainHead {
    pub const START: ChainHead = ChainHead { number: 0, hash: [0; 32] };

    /// The head after `link`, which must be the next one. The present one once more changes nothing.
    pub fn follow(self, link: &Link) -> Result<ChainHead, ChainAlarm> {
        let Link { device, number, .. } = *link;
        if number == 0 || number < self.number {
            return Err(ChainAlarm::Lower { device, known: self.number, found: number });
        }
        if number == self.number {
            return if link.hash == self.hash { Ok(self) } else { Err(ChainAlarm::Fork { device, number }) };
        }
        if number - self.number != 1 {
            return Err(ChainAlarm::Gap { device, expected: self.number + 1, found: number });
        }
        if link.previous != self.hash {
            return Err(ChainAlarm::WrongHash { device, number });
        }
        Ok(link.head())
    }
}

impl Link {
    pub(super) fn of(header: &SegmentHeader, bytes: &[u8]) -> Self {
        Link {
            device: header.place.device,
            number: header.number,
            previous: header.previous,
            hash: Sha256::digest(bytes).into(),
        }
    }

    pub fn head(&self) -> ChainHead {
        ChainHead { number: self.number, hash: self.hash }
    }

    /// Compares with a segment of the same number that this device holds already.
    pub fn same_as(&self, held_hash: &[u8; 32]) -> Result<(), ChainAlarm> {
        if self.hash == *held_hash {
            Ok(())
        } else {
            Err(ChainAlarm::Fork { device: self.device, number: self.number })
        }
    }
}
