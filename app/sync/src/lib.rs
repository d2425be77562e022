//! Brings a device and its server together: an engine without I/O that decides ([`Engine::step`]), the HTTP client,
//! and the thin driver that carries out what the engine says.
//!
//! The engine reads no clock and no randomness, so the simulator in this crate's tests drives the product's own code.

mod client;
mod engine;
mod error;
mod event;
mod replica;
mod run;

pub use client::{Client, Heads};
pub use engine::{Counts, Ended, Engine, Round, SegmentTrouble};
pub use error::CallError;
pub use event::{Effect, Event};
pub use replica::{Deletions, FetchedSegment, Publication, Replica, Standing, UnsentSegment};
pub use run::{round, store};
