use ed25519_dalek::{Signature, VerifyingKey};

/// Whether the holder of `key` (32 bytes) signed `message`; `signature` is hexadecimal. Weak keys sign nothing.
pub(crate) fn signed_by(key: &[u8], message: &[u8], signature: &str) -> bool {
    let Ok(key) = <&[u8; 32]>::try_from(key) else { return false };
    let Ok(key) = VerifyingKey::from_bytes(key) else { return false };
    let mut bytes = [0; 64];
    hex::decode_to_slice(signature, &mut bytes).is_ok()
        && key.verify_strict(message, &Signature::from_bytes(&bytes)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signer, SigningKey};

    #[test]
    fn only_the_holder_of_the_key_signs() {
        let key = SigningKey::from_bytes(&[3; 32]);
        let public = key.verifying_key().to_bytes();
        let signature = hex::encode(key.sign(b"message").to_bytes());
        assert!(signed_by(&public, b"message", &signature));
        assert!(!signed_by(&public, b"messagE", &signature));
        assert!(!signed_by(&SigningKey::from_bytes(&[4; 32]).verifying_key().to_bytes(), b"message", &signature));
        assert!(!signed_by(&public[..31], b"message", &signature));
        assert!(!signed_by(&public, b"message", &signature[2..]));
        assert!(!signed_by(&[0; 32], b"message", &"00".repeat(64)));
    }
}
