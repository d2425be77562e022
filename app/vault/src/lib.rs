//! The only cryptography of the application: keys, slots, sealing, opening, the chain of segments.
//!
//! No disk, no network, no clock; randomness comes in as a [`Randomness`]. What is plain and what is sealed are different
//! types, and no type that holds a secret can be printed. What each key is for stands in this folder's README.

mod device_key;
mod directory;
mod hour;
mod identity;
mod login;
mod owner;
mod recorder_key;
mod recovery;
mod segment;
mod slot;
mod user_key;

mod layout;
mod message;
mod randomness;
mod secret;

pub use device_key::DeviceKey;
pub use directory::{Device, Directory, DirectoryContent, DirectoryError, Head, SealedDirectory};
pub use hour::{HourKey, RecordBroken, SealedHourKey, SealedRecord};
pub use identity::{Recipient, RecipientDamaged};
pub use login::{DeriveError, Derived, KDF_DEFAULT, LOGIN_SALT_BYTES, LoginKey, SlotKey, derive};
pub use owner::Owner;
pub use randomness::Randomness;
pub use recorder_key::RecorderKey;
pub use recovery::{RecoveryKey, RecoveryWordsError};
pub use segment::{
    ChainAlarm, ChainHead, Link, SEGMENT_CONTENT_BYTES_MAX, SealError, SealedSegment, SegmentError, SegmentHeader,
    SegmentKey, SegmentPlace, VerifiedSegment, WrappedSegmentKey, seal_segment, verify_segment,
};
pub use slot::{SealedSlot, SlotError, SlotKind, SlotSecret};
pub use user_key::{Pin, Unconfirmed, Unlocked, UserKey};
/// Wipes what it holds when it is dropped.
pub use zeroize::Zeroizing;
