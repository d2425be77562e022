use crate::fixture::{HOUR, Person, expect, id, person, sequence};
use vault::{
    ChainHead, SEGMENT_CONTENT_BYTES_MAX, SealError, SealedSegment, SegmentError, SegmentPlace, WrappedSegmentKey,
    seal_segment, verify_segment,
};

pub(crate) const HEADER_BYTES: usize = 4 + 2 + 2 + 64 + 8 + 8 + 4 + 16 + 32 + 80 + 32;

pub(crate) fn sealed(person: &Person, contents: &[u8], head: ChainHead) -> SealedSegment {
    sealed_by(person, contents, head, "segment")
}

fn sealed_by(person: &Person, contents: &[u8], head: ChainHead, seed: &str) -> SealedSegment {
    let mut randomness = sequence(seed);
    expect(seal_segment(
        contents,
        person.device,
        HOUR,
        head,
        &person.recipient(),
        &person.recorder_key,
        &mut randomness,
    ))
}

/// Opens the whole way: place, signature, key, contents.
pub(crate) fn open(person: &Person, place: SegmentPlace, bytes: &[u8]) -> Result<Vec<u8>, SegmentError> {
    let verified = verify_segment(bytes, place, person.unlocked.directory())?;
    let key = verified.key(&person.unlocked)?;
    verified.open(&key).map(|contents| contents.to_vec())
}

/// Signs changed bytes anew, as an attacker with the device's recorder key would.
fn signed_anew(person: &Person, bytes: &[u8]) -> Vec<u8> {
    use ed25519_dalek::{Signer, SigningKey};
    let label = "daybook segment signature 1";
    let unsigned = &bytes[..bytes.len() - 64];
    let message = [&(label.len() as u64).to_le_bytes(), label.as_bytes(), unsigned].concat();
    let signature = SigningKey::from_bytes(&person.recorder_key.to_stored()).sign(&message);
    [unsigned, &signature.to_bytes()].concat()
}

#[test]
fn the_same_person_reads_on_another_device_what_was_sealed() {
    let employee = person(2);
    for size in [0, 1, 4088, 4089, 65_536 - 8, 65_536, 200_000] {
        let contents: Vec<u8> = (0..size).map(|index| index as u8).collect();
        let segment = sealed(&employee, &contents, ChainHead::START);
        assert_eq!(open(&employee, employee.place(), segment.as_bytes()).unwrap(), contents, "{size} bytes");
    }
}

#[test]
fn an_idle_hour_and_a_busy_one_are_equally_long() {
    let employee = person(2);
    let length = |size| sealed(&employee, &vec![1; size], ChainHead::START).as_bytes().len();
    assert_eq!(length(0), HEADER_BYTES + 4096 + 16 + 64);
    assert_eq!(length(0), length(4088));
    assert_eq!(length(4089), HEADER_BYTES + 8192 + 16 + 64);
    assert_eq!(length(70_000), HEADER_BYTES + 131_072 + 2 * 16 + 64);
}

#[test]
fn the_largest_segment_fits_into_the_protocol_and_one_byte_more_is_refused() {
    let employee = person(2);
    let largest = vec![1; SEGMENT_CONTENT_BYTES_MAX];
    let segment = sealed(&employee, &largest, ChainHead::START);
    assert!(segment.as_bytes().len() <= sync_protocol::limits::SEGMENT_BYTES_MAX);
    assert_eq!(open(&employee, employee.place(), segment.as_bytes()).unwrap(), largest);
    let above = vec![1; SEGMENT_CONTENT_BYTES_MAX + 1];
    let refused = seal_segment(
        &above,
        employee.device,
        HOUR,
        ChainHead::START,
        &employee.recipient(),
        &employee.recorder_key,
        &mut sequence("s"),
    );
    assert_eq!(refused, Err(SealError::TooLarge(above.len())));
}

#[test]
fn no_changed_bit_of_a_segment_passes() {
    let employee = person(2);
    let bytes = sealed(&employee, b"editor", ChainHead::START).into_bytes();
    let around_the_edges = (0..HEADER_BYTES + 64).chain((HEADER_BYTES + 64..bytes.len() - 96).step_by(97));
    for index in around_the_edges.chain(bytes.len() - 96..bytes.len()) {
        let mut changed = bytes.clone();
        changed[index] ^= 1 << (index % 8);
        assert!(open(&employee, employee.place(), &changed).is_err(), "byte {index}");
        assert!(open(&employee, employee.place(), &bytes[..index]).is_err(), "cut at {index}");
    }
    assert!(open(&employee, employee.place(), &[bytes.as_slice(), &[0]].concat()).is_err());
}

#[test]
fn even_the_devices_own_key_cannot_sign_changed_bytes_into_something_that_opens() {
    let employee = person(2);
    let bytes = sealed(&employee, b"editor", ChainHead::START).into_bytes();
    assert_eq!(signed_anew(&employee, &bytes), bytes);
    for index in [56, 72, 80, 88, 96, 104, 108, 124, 156, 190, 236, 260, HEADER_BYTES, HEADER_BYTES + 4000] {
        let mut changed = bytes.clone();
        changed[index] ^= 1;
        assert!(open(&employee, employee.place(), &signed_anew(&employee, &changed)).is_err(), "byte {index}");
    }
}

#[test]
fn chunks_that_change_places_or_are_left_out_do_not_open() {
    let employee = person(2);
    let bytes = sealed(&employee, &vec![5; 200_000], ChainHead::START).into_bytes();
    let chunk = 64 * 1024 + 16;
    let mut exchanged = bytes.clone();
    let (first, second) = exchanged[HEADER_BYTES..].split_at_mut(chunk);
    first.swap_with_slice(&mut second[..chunk]);
    let without_last = [&bytes[..HEADER_BYTES + 3 * chunk], &[0; 64]].concat();
    let without_second = [&bytes[..HEADER_BYTES + chunk], &bytes[HEADER_BYTES + 2 * chunk..]].concat();
    for changed in [exchanged, without_last, without_second] {
        assert_eq!(open(&employee, employee.place(), &signed_anew(&employee, &changed)), Err(SegmentError::Broken));
    }
}

#[test]
fn a_segment_that_was_moved_elsewhere_is_not_opened() {
    let (employee, colleague) = (person(2), person(3));
    let bytes = sealed(&employee, b"editor", ChainHead::START).into_bytes();
    let other_device = SegmentPlace { device: id(9), ..employee.place() };
    assert_eq!(open(&employee, other_device, &bytes), Err(SegmentError::Misplaced));
    assert_eq!(open(&colleague, colleague.place(), &bytes), Err(SegmentError::Misplaced));
    assert_eq!(open(&colleague, employee.place(), &bytes), Err(SegmentError::UnknownDevice));
}

#[test]
fn the_contents_of_one_segment_under_the_head_of_another_do_not_open() {
    let employee = person(2);
    let first = sealed(&employee, b"first", ChainHead::START);
    let second = sealed_by(&employee, b"second", first.link().head(), "second");
    let spliced = [&second.as_bytes()[..HEADER_BYTES], &first.as_bytes()[HEADER_BYTES..]].concat();
    assert_eq!(open(&employee, employee.place(), &spliced), Err(SegmentError::NotSigned));
    assert_eq!(open(&employee, employee.place(), &signed_anew(&employee, &spliced)), Err(SegmentError::Broken));
}

#[test]
fn what_a_stranger_sealed_to_the_persons_public_key_is_not_opened() {
    let (employee, colleague) = (person(2), person(3));
    let planted = expect(seal_segment(
        b"planted",
        employee.device,
        HOUR,
        ChainHead::START,
        &employee.recipient(),
        &colleague.recorder_key,
        &mut sequence("planted"),
    ));
    assert_eq!(open(&employee, employee.place(), planted.as_bytes()), Err(SegmentError::NotSigned));
}

#[test]
fn a_wrong_key_is_not_taken_for_a_broken_file() {
    let (employee, colleague) = (person(2), person(3));
    let bytes = sealed(&employee, b"editor", ChainHead::START).into_bytes();
    let verified = expect(verify_segment(&bytes, employee.place(), employee.unlocked.directory()));
    assert_eq!(verified.key(&colleague.unlocked).err(), Some(SegmentError::WrongKey { generation: 1 }));
}

#[test]
fn a_retired_device_is_believed_up_to_its_last_number() {
    let mut employee = person(2);
    let first = sealed(&employee, b"before", ChainHead::START);
    let second = sealed_by(&employee, b"after", first.link().head(), "second");
    let mut content = employee.unlocked.directory().content.clone();
    content.devices[0].retired_after = Some(1);
    let next = employee.unlocked.propose(&content, &mut sequence("retire")).unwrap();
    employee.unlocked.adopt(&next).unwrap();
    assert_eq!(open(&employee, employee.place(), first.as_bytes()).unwrap(), b"before");
    assert_eq!(open(&employee, employee.place(), second.as_bytes()), Err(SegmentError::UnknownDevice));
}

#[test]
fn a_wrapped_key_opens_its_own_segment_and_no_other_bytes() {
    let (employee, colleague) = (person(2), person(3));
    let first = sealed(&employee, b"first", ChainHead::START);
    let second = sealed_by(&employee, b"second", first.link().head(), "second");
    let verified = expect(verify_segment(first.as_bytes(), employee.place(), employee.unlocked.directory()));
    let key = expect(verified.key(&employee.unlocked));
    let wrapped = employee.unlocked.wrap(&verified, &key, &mut sequence("wrap"));
    let wrapped = WrappedSegmentKey::from_bytes(wrapped.as_bytes()).unwrap();
    let opened = employee.unlocked.open_wrapped(first.as_bytes(), employee.place(), &wrapped).unwrap();
    assert_eq!(opened.as_slice(), b"first");
    let broken = Err(SegmentError::Broken);
    assert_eq!(employee.unlocked.open_wrapped(second.as_bytes(), employee.place(), &wrapped), broken);
    assert_eq!(colleague.unlocked.open_wrapped(first.as_bytes(), employee.place(), &wrapped), broken);
    let mut changed = first.into_bytes();
    *changed.last_mut().unwrap() ^= 1;
    assert_eq!(employee.unlocked.open_wrapped(&changed, employee.place(), &wrapped), broken);
}
