//! Every sealed format, as it was first written: the same inputs still give these bytes, and these bytes still open.

use crate::fixture::{HOUR, KDF, SALT, expect, owner, person, sequence, slot_key};
use crate::segments::{open, sealed};
use std::path::Path;
use vault::{
    ChainHead, DeviceKey, HourKey, Pin, Recipient, RecoveryKey, SealedDirectory, SealedHourKey, SealedRecord,
    SealedSlot, SlotSecret, WrappedSegmentKey, verify_segment,
};

/// Hexadecimal in lines; a format changes by a new version with a new file, never by another content of this one.
fn frozen(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    hex::decode(text.split_whitespace().collect::<String>()).unwrap()
}

fn check(name: &str, written: &[u8]) {
    assert_eq!(hex::encode(written), hex::encode(frozen(name)), "{name}");
}

#[test]
fn slots() {
    let employee = person(2);
    let (password, recovery) = (slot_key("demo"), RecoveryKey::generate(&mut sequence("recovery key")));
    let device = DeviceKey::generate(&mut sequence("device key"));
    let secrets = [
        ("slot-password-1.hex", SlotSecret::Password { key: &password, kdf: KDF, salt: SALT }),
        ("slot-recovery-1.hex", SlotSecret::Recovery(&recovery)),
        ("slot-device-1.hex", SlotSecret::Device(&device)),
    ];
    for (name, secret) in secrets {
        check(name, &employee.unlocked.seal_slot(secret, &mut sequence(name)).to_bytes());
        let key = expect(SealedSlot::from_bytes(&frozen(name)).unwrap().open(owner(2), secret));
        assert_eq!(expect(key.open(&employee.directory)).confirm().pin(), employee.pin);
    }
}

#[test]
fn recovery_words() {
    let key = RecoveryKey::generate(&mut sequence("recovery key"));
    check("recovery-words-1.hex", key.words().as_bytes());
    let words = String::from_utf8(frozen("recovery-words-1.hex")).unwrap();
    assert_eq!(expect(RecoveryKey::from_words(&words)).words(), key.words());
}

#[test]
fn directory_and_what_a_device_remembers_of_it() {
    let employee = person(2);
    check("directory-1.hex", employee.directory.as_bytes());
    check("pin-1.hex", &employee.pin.to_stored());
    check("recipient-1.hex", &employee.recipient().to_stored());
    assert_eq!(SealedDirectory::from_bytes(frozen("directory-1.hex")), Ok(employee.directory.clone()));
    assert_eq!(Pin::from_stored(&frozen("pin-1.hex")), Some(employee.pin));
    assert_eq!(Recipient::from_stored(&frozen("recipient-1.hex")), Ok(employee.recipient()));
}

#[test]
fn running_hour() {
    let employee = person(2);
    let mut randomness = sequence("hour");
    let (key, sealed) =
        expect(HourKey::begin(employee.device, HOUR, &employee.recipient(), &employee.recorder_key, &mut randomness));
    check("hour-key-1.hex", &sealed.to_bytes());
    check("record-1.hex", key.seal_record(0, b"editor", &mut randomness).as_bytes());
    let key = SealedHourKey::from_bytes(&frozen("hour-key-1.hex")).unwrap();
    let key = expect(key.open(employee.place(), employee.unlocked.directory(), &employee.unlocked));
    let record = SealedRecord::from_bytes(frozen("record-1.hex"));
    assert_eq!(key.open_record(0, &record).unwrap().as_slice(), b"editor");
}

#[test]
fn segment_and_its_wrapped_key() {
    let employee = person(2);
    let segment = sealed(&employee, b"an hour of signals", ChainHead::START);
    check("segment-1.hex", segment.as_bytes());
    let bytes = frozen("segment-1.hex");
    assert_eq!(open(&employee, employee.place(), &bytes).unwrap(), b"an hour of signals");
    let verified = expect(verify_segment(&bytes, employee.place(), employee.unlocked.directory()));
    let key = expect(verified.key(&employee.unlocked));
    check("wrapped-key-1.hex", employee.unlocked.wrap(&verified, &key, &mut sequence("wrap")).as_bytes());
    let wrapped = WrappedSegmentKey::from_bytes(&frozen("wrapped-key-1.hex")).unwrap();
    let contents = employee.unlocked.open_wrapped(&bytes, employee.place(), &wrapped).unwrap();
    assert_eq!(contents.as_slice(), b"an hour of signals");
}
