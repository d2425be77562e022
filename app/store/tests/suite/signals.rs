use crate::home::{Home, page};
use store::{NewSegment, SegmentKey, StoreError};
use sync_protocol::SegmentIndexRow;
use uuid::Uuid;

const DEVICE: Uuid = Uuid::from_u128(5);

fn segment(no: u64) -> NewSegment {
    NewSegment { device: DEVICE, no, hour: 490_000, sha256: "ab".repeat(32), bytes: vec![7; 4096] }
}

#[test]
fn a_batch_of_sealed_records_is_there_after_the_process_was_killed() {
    let mut home = Home::new();
    let hour = home.store.begin_hour(490_000, b"sealed key").unwrap();
    home.store.append_records(hour, 0, &[b"one", b"two"]).unwrap();
    home.store.append_records(hour, 2, &[b"three"]).unwrap();
    let home = home.reopened();
    let hours = home.store.open_hours().unwrap();
    assert_eq!(hours.len(), 1);
    assert_eq!(hours[0].sealed_key, b"sealed key");
    let records = home.store.records(hours[0].no).unwrap();
    assert_eq!(records, vec![(0, b"one".to_vec()), (1, b"two".to_vec()), (2, b"three".to_vec())]);
}

#[test]
fn closing_an_hour_puts_the_segment_in_the_place_of_its_records() {
    let mut home = Home::new();
    let first = home.store.begin_hour(490_000, b"key").unwrap();
    home.store.append_records(first, 0, &[b"one"]).unwrap();
    let second = home.store.begin_hour(490_000, b"key").unwrap();
    home.store.close_hours(&segment(1), &[first, second]).unwrap();
    assert!(home.store.open_hours().unwrap().is_empty());
    assert!(home.store.records(first).unwrap().is_empty());
    assert_eq!(home.store.last_segment(DEVICE).unwrap(), Some((1, "ab".repeat(32))));
    assert_eq!(home.store.unsent_segments().unwrap().len(), 1);
    assert_eq!(home.store.segments_between(490_000, 490_001).unwrap().len(), 1);
}

#[test]
fn a_segments_number_is_never_given_to_other_bytes() {
    let mut home = Home::new();
    home.store.close_hours(&segment(1), &[]).unwrap();
    let hour = home.store.begin_hour(490_001, b"key").unwrap();
    let error = home.store.close_hours(&segment(1), &[hour]).unwrap_err();
    assert!(matches!(error, StoreError::SegmentTaken(1)));
    assert_eq!(home.store.open_hours().unwrap().len(), 1);
}

#[test]
fn a_segment_of_another_device_is_wanted_until_it_is_here() {
    let mut home = Home::new();
    let other = Uuid::from_u128(6);
    let mut answer = page(Vec::new());
    answer.segments = vec![SegmentIndexRow { device: other, no: 1, size: 3, sha256: "cd".repeat(32), seq: 9 }];
    home.pull(answer);
    assert_eq!(home.store.wanted_segments().unwrap().len(), 1);
    let key = SegmentKey { device: other, no: 1 };
    assert!(!home.store.hold_segment(key, 490_000, b"too long").unwrap());
    assert!(home.store.hold_segment(key, 490_000, b"abc").unwrap());
    assert!(home.store.wanted_segments().unwrap().is_empty());
    assert_eq!(home.store.segment(key).unwrap().as_deref(), Some(&b"abc"[..]));
}

#[test]
fn an_index_row_of_an_own_segment_says_that_it_has_arrived() {
    let mut home = Home::new();
    home.store.close_hours(&segment(1), &[]).unwrap();
    let mut answer = page(Vec::new());
    answer.segments = vec![SegmentIndexRow { device: DEVICE, no: 1, size: 4096, sha256: "ab".repeat(32), seq: 9 }];
    home.pull(answer);
    assert!(home.store.unsent_segments().unwrap().is_empty());
    assert_eq!(home.store.segment(SegmentKey { device: DEVICE, no: 1 }).unwrap().unwrap().len(), 4096);
}

#[test]
fn a_server_that_was_restored_is_asked_again_for_every_own_segment() {
    let mut home = Home::new();
    home.store.close_hours(&segment(1), &[]).unwrap();
    home.store.mark_sent(DEVICE, &[1]).unwrap();
    home.pull_as(page(Vec::new()), true, true);
    assert_eq!(home.store.unsent_segments().unwrap().len(), 1);
}

#[test]
fn a_segment_that_clashes_with_the_servers_moves_to_a_number_of_its_own_and_the_servers_is_wanted() {
    let mut home = Home::new();
    home.store.close_hours(&segment(1), &[]).unwrap();
    let (clashing, own) = (SegmentKey { device: DEVICE, no: 1 }, Uuid::from_u128(6));
    let there = SegmentIndexRow { device: DEVICE, no: 1, size: 3, sha256: "cd".repeat(32), seq: 9 };
    let again = NewSegment { device: own, ..segment(1) };
    home.store.replace_segment(clashing, &again, Some(&there)).unwrap();
    let unsent: Vec<SegmentKey> = home.store.unsent_segments().unwrap().iter().map(|segment| segment.key).collect();
    assert_eq!(unsent, [SegmentKey { device: own, no: 1 }]);
    assert_eq!(home.store.wanted_segments().unwrap().len(), 1);
    assert_eq!(home.store.indexed_hash(clashing).unwrap(), Some("cd".repeat(32)));
    assert_eq!(home.store.segments_between(490_000, 490_001).unwrap()[0].key.device, own);
}
