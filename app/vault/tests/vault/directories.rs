use crate::fixture::{Person, expect, id, laptop, owner, person, sequence};
use vault::{
    DirectoryContent, DirectoryError, Head, Pin, RecorderKey, SealedDirectory, SealedSlot, SlotSecret, Unconfirmed,
    Unlocked, UserKey,
};

/// The user key as another of the person's devices gets it.
fn user_key(person: &Person) -> UserKey {
    let mut randomness = sequence("other device");
    let device = vault::DeviceKey::generate(&mut randomness);
    let slot: SealedSlot = person.unlocked.seal_slot(SlotSecret::Device(&device), &mut randomness);
    expect(slot.open(person.unlocked.owner(), SlotSecret::Device(&device)))
}

fn opened(person: &Person, directory: &SealedDirectory) -> Unconfirmed {
    expect(user_key(person).open(directory))
}

fn with_second_device(person: &Person, number: u8) -> DirectoryContent {
    let mut content = person.unlocked.directory().content.clone();
    let key = RecorderKey::generate(&mut sequence(&number.to_string()));
    content.devices.push(laptop(id(number), &key));
    content
}

fn error<T>(result: Result<T, DirectoryError>) -> DirectoryError {
    result.err().expect("refused")
}

#[test]
fn a_new_device_sees_devices_and_generation_before_it_may_write() {
    let employee = person(2);
    let unconfirmed = opened(&employee, &employee.directory);
    assert_eq!(unconfirmed.directory().generation, 1);
    assert_eq!(unconfirmed.directory().content.devices, employee.unlocked.directory().content.devices);
    assert_eq!(unconfirmed.confirm().pin(), employee.pin);
}

#[test]
fn every_part_of_a_directory_comes_back() {
    let employee = person(2);
    let mut content = with_second_device(&employee, 50);
    content.devices[0].retired_after = Some(7);
    content.devices[1].continues = Some(employee.device);
    content.privacy_rules = "{\"programs\":[\"signal-desktop\"]}".to_owned();
    content.heads = vec![Head { device: employee.device, number: 7, hash: [9; 32] }];
    let sealed = employee.unlocked.propose(&content, &mut sequence("next")).unwrap();
    let sealed = SealedDirectory::from_wire(&sealed.to_wire()).unwrap();
    assert_eq!(opened(&employee, &sealed).directory().content, content);
}

#[test]
fn a_device_follows_directories_that_others_wrote_while_it_was_away() {
    let mut employee = person(2);
    let mut last = employee.directory.clone();
    for number in 50..55 {
        last = employee.unlocked.propose(&with_second_device(&employee, number), &mut sequence("next")).unwrap();
        employee.unlocked.adopt(&last).unwrap();
    }
    let resumed = expect(opened(&employee, &last).resume(&employee.pin));
    assert_eq!(resumed.directory().number, 6);
    assert_eq!(resumed.directory().content.devices.len(), 6);
}

#[test]
fn an_old_directory_is_refused() {
    let mut employee = person(2);
    let next = employee.unlocked.propose(&with_second_device(&employee, 50), &mut sequence("next")).unwrap();
    employee.unlocked.adopt(&next).unwrap();
    let old = DirectoryError::Old { known: 2, found: 1 };
    assert_eq!(error(opened(&employee, &employee.directory).resume(&employee.unlocked.pin())), old);
    assert_eq!(error(employee.unlocked.adopt(&employee.directory.clone())), old);
}

#[test]
fn a_directory_with_another_history_is_refused() {
    let mut employee = person(2);
    let ours = employee.unlocked.propose(&with_second_device(&employee, 50), &mut sequence("ours")).unwrap();
    let theirs = employee.unlocked.propose(&with_second_device(&employee, 51), &mut sequence("theirs")).unwrap();
    let mut elsewhere = expect(opened(&employee, &theirs).resume(&employee.pin));
    let after_theirs = elsewhere.propose(&with_second_device(&employee, 52), &mut sequence("more")).unwrap();
    elsewhere.adopt(&after_theirs).unwrap();
    employee.unlocked.adopt(&ours).unwrap();
    for other in [&theirs, &after_theirs] {
        assert_eq!(error(employee.unlocked.adopt(other)), DirectoryError::OtherHistory);
        assert_eq!(error(opened(&employee, other).resume(&employee.unlocked.pin())), DirectoryError::OtherHistory);
    }
}

#[test]
fn a_vault_that_the_server_made_up_is_not_the_confirmed_one() {
    let employee = person(2);
    let (forged, directory) =
        expect(Unlocked::create(owner(2), DirectoryContent::default(), &mut sequence("the server's own")));
    assert_eq!(error(user_key(&employee).open(&directory)), DirectoryError::WrongKey);
    let device = vault::DeviceKey::generate(&mut sequence("d"));
    let slot = forged.seal_slot(SlotSecret::Device(&device), &mut sequence("s"));
    let key = expect(slot.open(owner(2), SlotSecret::Device(&device)));
    assert_eq!(error(expect(key.open(&directory)).resume(&employee.pin)), DirectoryError::WrongKey);
}

#[test]
fn another_persons_directory_does_not_open() {
    assert_eq!(error(user_key(&person(2)).open(&person(3).directory)), DirectoryError::OtherOwner);
}

#[test]
fn no_changed_bit_of_a_directory_passes() {
    let employee = person(2);
    let bytes = employee.directory.as_bytes();
    for index in 0..bytes.len() {
        let mut changed = bytes.to_vec();
        changed[index] ^= 1 << (index % 8);
        let changed = SealedDirectory::from_bytes(changed).unwrap();
        assert!(user_key(&employee).open(&changed).is_err(), "byte {index}");
        let cut = SealedDirectory::from_bytes(bytes[..index].to_vec()).unwrap();
        assert!(user_key(&employee).open(&cut).is_err(), "cut at {index}");
    }
}

#[test]
fn a_directory_above_the_protocols_limit_is_refused_on_both_ways() {
    let employee = person(2);
    let content = DirectoryContent { privacy_rules: "x".repeat(300_000), ..Default::default() };
    assert!(matches!(error(employee.unlocked.propose(&content, &mut sequence("n"))), DirectoryError::TooLarge(_)));
    assert!(matches!(error(SealedDirectory::from_bytes(vec![0; 256 * 1024 + 1])), DirectoryError::TooLarge(_)));
}

#[test]
fn a_pin_survives_its_stored_form_and_a_damaged_one_is_none() {
    let pin = person(2).pin;
    let bytes = pin.to_stored();
    assert_eq!(Pin::from_stored(&bytes), Some(pin));
    assert_eq!(Pin::from_stored(&bytes[1..]), None);
    assert_eq!(Pin::from_stored(&[bytes.as_slice(), &[0]].concat()), None);
}
