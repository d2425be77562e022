//! The only cryptography of the application: keys, slots, sealing, opening, the chain of segments.
//!
//! No disk, no network, no clock; randomness comes in as a [`Randomness`]. What is plain and what is sealed are different
//! types, and no type that holds a secret can be printed. What each key is for stands in this folder's README.

mod login;
mod randomness;
mod secret;

pub use login::{DeriveError, Derived, KDF_DEFAULT, LOGIN_SALT_BYTES, LoginKey, SlotKey, derive};
pub use randomness::Randomness;
