//! Bodies are JSON; from a kilobyte on they travel as zstd. What comes in is opened under caps of size and ratio.

use crate::CallError;
use std::io::Read;
use sync_protocol::limits::{BODY_BYTES_MAX, RATIO_FREE_BYTES, RATIO_MAX};

/// Bytes below which compressing costs more than it saves.
const PACK_FROM_BYTES: usize = 1024;
const LEVEL: i32 = 3;
/// A window of 8 MiB: as large as the largest body, so a small body cannot ask for much memory.
const WINDOW_LOG_MAX: u32 = 23;
/// Bytes of an answer that says what went wrong; a query's diagnostics travel in it.
pub(super) const MAX_ERROR_BYTES: usize = 256 * 1024;

pub(super) enum Content {
    Plain(Vec<u8>),
    Zstd(Vec<u8>),
}

/// The body as it is sent.
pub(super) fn pack(text: Vec<u8>) -> Result<Content, CallError> {
    if text.len() > BODY_BYTES_MAX {
        return Err(CallError::TooLarge { bytes: text.len() });
    }
    if text.len() < PACK_FROM_BYTES {
        return Ok(Content::Plain(text));
    }
    match zstd::bulk::compress(&text, LEVEL) {
        // The other side refuses a higher ratio; such a body goes as it is.
        Ok(packed) if text.len() <= allowed(packed.len(), BODY_BYTES_MAX) => Ok(Content::Zstd(packed)),
        _ => Ok(Content::Plain(text)),
    }
}

/// The body as it was before it was packed; Err: why it is not accepted.
pub(super) fn unpack(packed: &[u8], limit: usize) -> Result<Vec<u8>, String> {
    let allowed = allowed(packed.len(), limit);
    let mut decoder = zstd::stream::read::Decoder::new(packed).map_err(|error| error.to_string())?;
    decoder.window_log_max(WINDOW_LOG_MAX).map_err(|error| error.to_string())?;
    let mut text = Vec::new();
    decoder.take(allowed as u64 + 1).read_to_end(&mut text).map_err(|error| error.to_string())?;
    if text.len() > allowed { Err(format!("a body that unpacks to more than {allowed} bytes")) } else { Ok(text) }
}

fn allowed(packed: usize, limit: usize) -> usize {
    packed.saturating_mul(RATIO_MAX).max(RATIO_FREE_BYTES).min(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: usize) -> Vec<u8> {
        (0..bytes).map(|index| (index * index / 7 % 251) as u8).collect()
    }

    #[test]
    fn a_packed_body_opens_to_itself() {
        let text = text(100_000);
        let Ok(Content::Zstd(packed)) = pack(text.clone()) else { panic!("a large body is packed") };
        assert_eq!(unpack(&packed, BODY_BYTES_MAX), Ok(text));
    }

    #[test]
    fn a_small_body_goes_as_it_is() {
        assert!(matches!(pack(text(100)), Ok(Content::Plain(_))));
    }

    #[test]
    fn a_body_above_the_limit_is_not_sent() {
        assert!(matches!(pack(text(BODY_BYTES_MAX + 1)), Err(CallError::TooLarge { .. })));
    }

    #[test]
    fn a_body_that_unpacks_to_far_more_than_it_is_gets_refused() {
        let bomb = zstd::bulk::compress(&vec![0; BODY_BYTES_MAX], 19).expect("zstd packs zeros");
        assert!(unpack(&bomb, BODY_BYTES_MAX).is_err());
        assert!(unpack(b"not zstd at all", BODY_BYTES_MAX).is_err());
    }

    #[test]
    fn a_body_of_zeros_that_the_server_would_refuse_goes_unpacked() {
        assert!(matches!(pack(vec![0; 4 * 1024 * 1024]), Ok(Content::Plain(_))));
    }
}
