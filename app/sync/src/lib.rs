//! Brings a device and its server together: an engine without I/O that decides (`Engine::step`), the HTTP client,
//! and the thin driver that carries out what the engine says.
//!
//! The engine reads no clock and no randomness, so the simulator in this crate's tests drives the product's own code.

pub mod replica;

mod client;
mod error;

pub use client::{Client, Heads};
pub use error::CallError;
pub use replica::{Deletions, FetchedSegment, Publication, Replica, Standing, UnsentSegment};
