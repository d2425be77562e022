use crate::fixture::{KDF, SALT, expect, owner, person, sequence, slot_key};
use vault::{DeviceKey, RecoveryKey, RecoveryWordsError, SealedSlot, SlotError, SlotKind, SlotSecret, UserKey};

fn error(result: Result<UserKey, SlotError>) -> SlotError {
    result.err().expect("refused")
}

#[test]
fn each_kind_of_slot_gives_back_the_user_key() {
    let employee = person(2);
    let mut randomness = sequence("slots");
    let (slot_key, recovery, device) =
        (slot_key("pw"), RecoveryKey::generate(&mut randomness), DeviceKey::generate(&mut randomness));
    let secrets = [
        (SlotKind::Password, SlotSecret::Password { key: &slot_key, kdf: KDF, salt: SALT }),
        (SlotKind::Recovery, SlotSecret::Recovery(&recovery)),
        (SlotKind::Device, SlotSecret::Device(&device)),
    ];
    for (kind, secret) in secrets {
        let slot = employee.unlocked.seal_slot(secret, &mut randomness);
        let slot = SealedSlot::from_wire(&slot.to_wire()).unwrap();
        assert_eq!(slot.kind(), kind);
        assert_eq!(slot.password_costs(), (kind == SlotKind::Password).then_some((KDF, SALT)));
        let key = expect(slot.open(owner(2), secret));
        assert_eq!(expect(key.open(&employee.directory)).confirm().recipient(), employee.recipient());
    }
}

#[test]
fn a_wrong_password_and_a_changed_slot_are_two_different_messages() {
    let employee = person(2);
    let (right, wrong) = (slot_key("right"), slot_key("wrong"));
    let password = |key| SlotSecret::Password { key, kdf: KDF, salt: SALT };
    let slot = employee.unlocked.seal_slot(password(&right), &mut sequence("slot"));
    assert_eq!(error(slot.open(owner(2), password(&wrong))), SlotError::WrongSecret);
    assert_eq!(error(slot.open(owner(3), password(&right))), SlotError::OtherOwner);
    let mut bytes = slot.to_bytes();
    *bytes.last_mut().unwrap() ^= 1;
    let changed = SealedSlot::from_bytes(&bytes).unwrap();
    assert_eq!(error(changed.open(owner(2), password(&right))), SlotError::Broken);
}

#[test]
fn no_changed_bit_of_a_slot_passes() {
    let employee = person(2);
    let key = slot_key("right");
    let secret = SlotSecret::Password { key: &key, kdf: KDF, salt: SALT };
    let bytes = employee.unlocked.seal_slot(secret, &mut sequence("slot")).to_bytes();
    for index in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[index] ^= 1 << (index % 8);
        let opened = SealedSlot::from_bytes(&changed).and_then(|slot| slot.open(owner(2), secret));
        assert!(opened.is_err(), "byte {index}");
        assert!(SealedSlot::from_bytes(&bytes[..index]).is_err(), "cut at {index}");
    }
    assert_eq!(SealedSlot::from_bytes(&[bytes.as_slice(), &[0]].concat()), Err(SlotError::Malformed));
}

#[test]
fn recovery_words_are_read_as_people_type_them() {
    let key = RecoveryKey::generate(&mut sequence("recovery"));
    let words = key.words();
    assert_eq!(words.split(' ').count(), 24);
    let typed = format!("  {} ", words.to_uppercase().replace(' ', "\n  "));
    assert_eq!(expect(RecoveryKey::from_words(&typed)).words(), words);
    let third = words.split(' ').nth(2).unwrap();
    assert!(key.has_word(3, &format!(" {} ", third.to_uppercase())));
    assert!(!key.has_word(3, "") && !key.has_word(0, third) && !key.has_word(25, third));
}

#[test]
fn wrong_recovery_words_are_told_apart() {
    let words = RecoveryKey::generate(&mut sequence("recovery")).words();
    let refusal = |text: &str| RecoveryKey::from_words(text).err().expect("refused");
    assert_eq!(refusal(""), RecoveryWordsError::WordCount(0));
    assert_eq!(refusal(&format!("{} zoo", words.as_str())), RecoveryWordsError::WordCount(25));
    let mut list: Vec<&str> = words.split(' ').collect();
    list[4] = "daybook";
    assert_eq!(refusal(&list.join(" ")), RecoveryWordsError::UnknownWord(5));
    let mut list: Vec<&str> = words.split(' ').collect();
    list.swap(0, 1);
    assert_eq!(refusal(&list.join(" ")), RecoveryWordsError::Checksum);
}
