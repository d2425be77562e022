//! STREAM over XChaCha20-Poly1305 in chunks of 64 KiB: chunks cannot be reordered, left out or cut off.

use aead_stream::{DecryptorBE32, EncryptorBE32};
use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::Payload;
use zeroize::Zeroizing;

use crate::secret::Secret;

const CHUNK_BYTES: usize = 64 * 1024;
const TAG_BYTES: usize = 16;
// A segment key seals exactly one stream, so the nonce need not be random; STREAM counts in its last five bytes.
const NONCE_PREFIX: [u8; 19] = [0; 19];

pub(super) fn seal(key: &Secret, associated: &[u8], plain: &[u8]) -> Vec<u8> {
    let mut stream = EncryptorBE32::<XChaCha20Poly1305>::new(key.bytes().into(), &NONCE_PREFIX.into());
    let last = plain.len().div_ceil(CHUNK_BYTES).saturating_sub(1);
    let mut sealed = Vec::with_capacity(plain.len() + (last + 1) * TAG_BYTES);
    let mut associated = associated;
    let (head, tail) = plain.split_at(last * CHUNK_BYTES);
    for chunk in head.chunks(CHUNK_BYTES) {
        let payload = Payload { msg: chunk, aad: std::mem::take(&mut associated) };
        sealed.extend(stream.encrypt_next(payload).expect("a bucket is below the limit of STREAM, 2^32 chunks"));
    }
    let payload = Payload { msg: tail, aad: associated };
    sealed.extend(stream.encrypt_last(payload).expect("a chunk is below the limit of XChaCha20-Poly1305"));
    sealed
}

pub(super) fn open(key: &Secret, associated: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let sealed_chunk = CHUNK_BYTES + TAG_BYTES;
    let mut stream = DecryptorBE32::<XChaCha20Poly1305>::new(key.bytes().into(), &NONCE_PREFIX.into());
    let last = sealed.len().div_ceil(sealed_chunk).checked_sub(1)?;
    let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
    let mut associated = associated;
    let (head, tail) = sealed.split_at(last * sealed_chunk);
    for chunk in head.chunks(sealed_chunk) {
        let payload = Payload { msg: chunk, aad: std::mem::take(&mut associated) };
        plain.extend_from_slice(&Zeroizing::new(stream.decrypt_next(payload).ok()?));
    }
    let payload = Payload { msg: tail, aad: associated };
    plain.extend_from_slice(&Zeroizing::new(stream.decrypt_last(payload).ok()?));
    Some(plain)
}
