//! The libraries that were chosen do what the standards say: Wycheproof's vectors of known attacks, and RFC 9180.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, XChaCha20Poly1305};
use ed25519_dalek::{Signature, VerifyingKey};
use hkdf::Hkdf;
use hpke::{Deserializable, Kem, OpModeR};
use sha2::Sha256;
use wycheproof::TestResult;

fn check_cipher<const NONCE: usize, C: Aead + KeyInit>(name: wycheproof::aead::TestName)
where
    chacha20poly1305::aead::Nonce<C>: From<[u8; NONCE]>,
{
    let set = wycheproof::aead::TestSet::load(name).unwrap();
    let mut opened = 0;
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let Ok(nonce) = <[u8; NONCE]>::try_from(test.nonce.as_slice()) else { continue };
        let cipher = C::new_from_slice(&test.key).unwrap_or_else(|_| panic!("case {}: key", test.tc_id));
        let sealed = [test.ct.as_slice(), &test.tag].concat();
        let result = cipher.decrypt(&nonce.into(), Payload { msg: &sealed, aad: &test.aad });
        match test.result {
            TestResult::Invalid => assert!(result.is_err(), "case {}", test.tc_id),
            _ => assert_eq!(result.ok().as_deref(), Some(test.pt.as_slice()), "case {}", test.tc_id),
        }
        opened += 1;
    }
    assert!(opened > 200, "{opened} cases");
}

#[test]
fn chacha20_poly1305() {
    check_cipher::<12, ChaCha20Poly1305>(wycheproof::aead::TestName::ChaCha20Poly1305);
}

#[test]
fn xchacha20_poly1305() {
    check_cipher::<24, XChaCha20Poly1305>(wycheproof::aead::TestName::XChaCha20Poly1305);
}

#[test]
fn ed25519() {
    let set = wycheproof::eddsa::TestSet::load(wycheproof::eddsa::TestName::Ed25519).unwrap();
    for group in &set.test_groups {
        let key = VerifyingKey::from_bytes(group.key.pk.as_slice().try_into().unwrap()).unwrap();
        for test in &group.tests {
            let valid = Signature::from_slice(&test.sig).and_then(|sig| key.verify_strict(&test.msg, &sig)).is_ok();
            assert_eq!(valid, test.result == TestResult::Valid, "case {}", test.tc_id);
        }
    }
}

#[test]
fn hkdf_sha256() {
    let set = wycheproof::hkdf::TestSet::load(wycheproof::hkdf::TestName::HkdfSha256).unwrap();
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let mut derived = vec![0; test.size];
        let result = Hkdf::<Sha256>::new(Some(&test.salt), &test.ikm).expand(&test.info, &mut derived);
        assert_eq!(result.is_ok(), test.result == TestResult::Valid, "case {}", test.tc_id);
        if result.is_ok() {
            assert_eq!(derived, test.okm.as_slice(), "case {}", test.tc_id);
        }
    }
}

#[test]
fn x25519() {
    let set = wycheproof::xdh::TestSet::load(wycheproof::xdh::TestName::X25519).unwrap();
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let private: [u8; 32] = test.private_key.as_slice().try_into().unwrap();
        let public: [u8; 32] = test.public_key.as_slice().try_into().unwrap();
        assert_eq!(x25519_dalek::x25519(private, public), test.shared_secret.as_slice(), "case {}", test.tc_id);
    }
}

/// Appendix A.2.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305, base mode, sequence number 0.
#[test]
fn hpke_of_rfc_9180() {
    type X25519 = hpke::kem::X25519HkdfSha256;
    let bytes = |text| hex::decode(text).unwrap();
    let private = "8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb";
    let encapsulated = "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a";
    let sealed = "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28";
    let opened = hpke::single_shot_open::<hpke::aead::ChaCha20Poly1305, hpke::kdf::HkdfSha256, X25519>(
        &OpModeR::Base,
        &<X25519 as Kem>::PrivateKey::from_bytes(&bytes(private)).unwrap(),
        &<X25519 as Kem>::EncappedKey::from_bytes(&bytes(encapsulated)).unwrap(),
        b"Ode on a Grecian Urn",
        &bytes(sealed),
        b"Count-0",
    );
    assert_eq!(opened.unwrap(), b"Beauty is truth, truth beauty");
}
