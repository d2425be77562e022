use ed25519_dalek::{Signature, VerifyingKey};
use sync_protocol::{KdfParameters, LoginPurpose, login_message};
use vault::{DeriveError, KDF_DEFAULT, LoginKey, derive};

const FLOOR: KdfParameters = KdfParameters { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

fn login_key(password: &str, user: &str, salt: u8) -> LoginKey {
    derive(password, user, &[salt; 16], FLOOR).unwrap_or_else(|error| panic!("{error}")).login_key
}

/// The values of the file come from an independent implementation (argon2-cffi, PyNaCl, RFC 5869 by hand).
#[test]
fn the_frozen_login_is_still_derived() {
    let lines: Vec<&str> =
        include_str!("../../vectors/login.txt").lines().map(|line| line.split_at(10).1.trim()).collect();
    let [password, user, salt, costs, expected] = lines[..] else { panic!("five lines") };
    assert_eq!(costs, format!("{} {} {}", KDF_DEFAULT.memory_kib, KDF_DEFAULT.passes, KDF_DEFAULT.lanes));
    let salt = hex::decode(salt).unwrap().try_into().unwrap();
    let derived = derive(password, user, &salt, KDF_DEFAULT).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(hex::encode(derived.login_key.public()), expected);
}

#[test]
fn password_user_and_salt_each_change_the_login() {
    let base = login_key("correct horse", "employee", 1).public();
    assert_eq!(base, login_key("correct horse", "employee", 1).public());
    for other in [
        login_key("correct horsf", "employee", 1),
        login_key("correct horse", "Employee", 1),
        login_key("correct horse", "employee", 2),
    ] {
        assert_ne!(base, other.public());
    }
}

#[test]
fn a_server_that_asks_for_weak_or_endless_costs_gets_nothing() {
    let refusal = |memory_kib, passes, lanes| {
        derive("p", "u", &[0; 16], KdfParameters { memory_kib, passes, lanes }).err().expect("refused")
    };
    for (memory_kib, passes) in [(64 * 1024 - 1, 3), (64 * 1024, 2), (0, 0), (u32::MAX, 0)] {
        assert_eq!(refusal(memory_kib, passes, 1), DeriveError::TooWeak { memory_kib, passes });
    }
    for (memory_kib, passes, lanes) in
        [(u32::MAX, 3, 1), (64 * 1024, u32::MAX, 1), (64 * 1024, 3, 0), (64 * 1024, 3, u32::MAX)]
    {
        assert_eq!(refusal(memory_kib, passes, lanes), DeriveError::TooCostly { memory_kib, passes, lanes });
    }
}

#[test]
fn a_login_signature_holds_for_its_message_only() {
    let key = login_key("correct horse", "employee", 1);
    let message = |origin| login_message(origin, "acme", "employee", LoginPurpose::SignIn, "00", 5, "11");
    let signature = Signature::from_bytes(&key.sign_login(&message("http://a")));
    let public = VerifyingKey::from_bytes(&key.public()).unwrap();
    assert!(public.verify_strict(&message("http://a"), &signature).is_ok());
    assert!(public.verify_strict(&message("http://b"), &signature).is_err());
}
