use crate::fixture::{HOUR, Person, expect, id, person, sequence};
use vault::{HourKey, Recipient, RecordBroken, RecorderKey, SealedHourKey, SealedRecord, SegmentError};

fn begin(person: &Person) -> (HourKey, SealedHourKey) {
    expect(HourKey::begin(person.device, HOUR, &person.recipient(), &person.recorder_key, &mut sequence("hour")))
}

fn error(result: Result<HourKey, SegmentError>) -> SegmentError {
    result.err().expect("refused")
}

#[test]
fn a_locked_device_records_with_what_it_stored_and_the_person_reads_after_a_crash() {
    let employee = person(2);
    let stored = employee.recipient().to_stored();
    let locked = Recipient::from_stored(&stored).unwrap();
    let recorder_key = RecorderKey::from_stored(&employee.recorder_key.to_stored());
    let (key, sealed) = expect(HourKey::begin(employee.device, HOUR, &locked, &recorder_key, &mut sequence("hour")));
    let record = key.seal_record(0, b"editor", &mut sequence("record"));
    drop(key);

    let sealed = SealedHourKey::from_bytes(&sealed.to_bytes()).unwrap();
    assert_eq!(sealed.hour(), HOUR);
    let key = expect(sealed.open(employee.place(), employee.unlocked.directory(), &employee.unlocked));
    assert_eq!(key.open_record(0, &record).unwrap().as_slice(), b"editor");
}

#[test]
fn a_record_opens_at_its_own_position_under_its_own_hour_only() {
    let employee = person(2);
    let (key, _) = begin(&employee);
    let (other, _) = expect(HourKey::begin(
        employee.device,
        HOUR,
        &employee.recipient(),
        &employee.recorder_key,
        &mut sequence("another hour"),
    ));
    let record = key.seal_record(3, b"editor", &mut sequence("record"));
    assert_eq!(key.open_record(4, &record), Err(RecordBroken { position: 4 }));
    assert!(other.open_record(3, &record).is_err());
    for index in 0..record.as_bytes().len() {
        let mut changed = record.as_bytes().to_vec();
        changed[index] ^= 1;
        assert!(key.open_record(3, &SealedRecord::from_bytes(changed)).is_err(), "byte {index}");
        let cut = SealedRecord::from_bytes(record.as_bytes()[..index].to_vec());
        assert!(key.open_record(3, &cut).is_err(), "cut at {index}");
    }
}

#[test]
fn an_hour_key_of_another_person_device_or_signer_is_not_opened() {
    let (employee, colleague) = (person(2), person(3));
    let (_, sealed) = begin(&employee);
    let directory = employee.unlocked.directory();
    assert_eq!(error(sealed.open(colleague.place(), directory, &employee.unlocked)), SegmentError::Misplaced);
    let (_, planted) = expect(HourKey::begin(
        employee.device,
        HOUR,
        &employee.recipient(),
        &colleague.recorder_key,
        &mut sequence("planted"),
    ));
    assert_eq!(error(planted.open(employee.place(), directory, &employee.unlocked)), SegmentError::NotSigned);
    let (_, unknown) =
        expect(HourKey::begin(id(77), HOUR, &employee.recipient(), &employee.recorder_key, &mut sequence("unknown")));
    let place = vault::SegmentPlace { device: id(77), ..employee.place() };
    assert_eq!(error(unknown.open(place, directory, &employee.unlocked)), SegmentError::UnknownDevice);
}

#[test]
fn no_changed_bit_of_an_hour_key_passes() {
    let employee = person(2);
    let bytes = begin(&employee).1.to_bytes();
    for index in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[index] ^= 1 << (index % 8);
        let opened = SealedHourKey::from_bytes(&changed)
            .and_then(|sealed| sealed.open(employee.place(), employee.unlocked.directory(), &employee.unlocked));
        assert!(opened.is_err(), "byte {index}");
        assert!(SealedHourKey::from_bytes(&bytes[..index]).is_err(), "cut at {index}");
    }
}

#[test]
fn a_damaged_recipient_records_nothing() {
    let employee = person(2);
    let mut stored = employee.recipient().to_stored();
    assert!(Recipient::from_stored(&stored[1..]).is_err());
    let public = stored.len() - 32;
    stored[public..].fill(0);
    let zeroed = Recipient::from_stored(&stored).unwrap();
    assert!(HourKey::begin(employee.device, HOUR, &zeroed, &employee.recorder_key, &mut sequence("h")).is_err());
}
