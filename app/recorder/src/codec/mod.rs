//! The record format of signals: columns, a dictionary of texts, times as differences; compressed when that is shorter.
//!
//! `version u8 | method u8 | length u32 | body`, the body plain (method 0) or zstd (method 1), `length` the plain body's bytes.
//! Body: texts; windows (begins, durations, programs, titles, documents); activities (begins, durations, states). Numbers are
//! LEB128; a begin is the signed distance (zigzag) from the end of the one before.

mod read;
mod write;

pub use read::{DecodeError, decode};
pub use write::encode;

/// Bytes of a decompressed body.
pub const RECORDS_BYTES_MAX: usize = 16 * 1024 * 1024;

const VERSION: u8 = 1;
const PLAIN: u8 = 0;
const ZSTD: u8 = 1;
const HEAD_BYTES: usize = 6;
/// Signals of one record; an hour with a change each second has 3,600.
const SIGNALS_MAX: usize = 200_000;
const TEXT_BYTES_MAX: usize = 64 * 1024;
