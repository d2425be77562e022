//! One message under one key: XChaCha20-Poly1305 with 24 random bytes of nonce before the ciphertext.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::Randomness;
use crate::randomness::random_bytes;
use crate::secret::Secret;

const NONCE_BYTES: usize = 24;
/// What sealing adds to a message: nonce and tag.
pub(crate) const MESSAGE_OVERHEAD: usize = NONCE_BYTES + 16;

pub(crate) fn seal(key: &Secret, associated: &[u8], plain: &[u8], randomness: &mut dyn Randomness) -> Vec<u8> {
    let nonce: [u8; NONCE_BYTES] = random_bytes(randomness);
    let sealed = cipher(key)
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: associated })
        .expect("a message in memory is below the limit of XChaCha20-Poly1305, 256 GiB");
    [nonce.as_slice(), &sealed].concat()
}

/// None when key, place or bytes are not those of the sealing.
pub(crate) fn open(key: &Secret, associated: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>()?;
    cipher(key).decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: associated }).ok().map(Zeroizing::new)
}

fn cipher(key: &Secret) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.bytes().into())
}
