use super::home::{Home, MINUTE, NOW};
use crate::account::Joined;
use crate::signals::Recording;
use crate::{Device, ErrorCode, Question};
use recorder::Signal;
use sync::FetchedSegment;
use sync_protocol::SegmentIndexRow;
use vault::{DirectoryContent, RecoveryKey, SealedDirectory, SealedSlot, SlotSecret, Unlocked};

/// The vault as a sign-in of the first device would leave it.
pub(super) fn unlock(device: &Device) -> (SealedSlot, RecoveryKey, SealedDirectory) {
    let account = device.kept_account().unwrap();
    let content =
        DirectoryContent { devices: vec![device.as_device(&account).unwrap()], ..DirectoryContent::default() };
    let (unlocked, sealed) = Unlocked::create(account.owner(), content, &mut device.randomness()).unwrap();
    let words = RecoveryKey::generate(&mut device.randomness());
    let slot = unlocked.seal_slot(SlotSecret::Recovery(&words), &mut device.randomness());
    let joined = Joined { unlocked, directory: sealed.clone(), update: None };
    device.confirmed(&account, joined).unwrap();
    assert!(device.notices().is_empty());
    (slot, words, sealed)
}

/// As a recorder that is killed right after.
pub(super) fn record(device: &Device, signals: &[Signal]) {
    keep(device, NOW, signals);
}

fn keep(device: &Device, now: i64, signals: &[Signal]) {
    device.keep(&mut Recording::of(signals), now).unwrap();
}

/// Of a segment that was not sent.
fn hash_of(device: &Device, no: u64) -> String {
    let unsent = device.store().unsent_segments().unwrap();
    unsent.into_iter().find(|segment| segment.key.no == no).unwrap().sha256
}

pub(super) fn window(begin: i64, end: i64, title: &str) -> Signal {
    let (program, title) = ("editor".to_owned(), title.to_owned());
    Signal::ActiveWindow { begin, end, program, title, document: None }
}

#[test]
fn without_a_confirmed_key_nothing_is_recorded() {
    let home = Home::new(false);
    let error = home.device.record(&|| true, &|_| ()).unwrap_err();
    assert_eq!(error.code, ErrorCode::Locked);
    assert!(home.device.store().open_hours().unwrap().is_empty());
}

#[test]
fn what_was_recorded_is_sealed_on_the_disk_and_opened_for_the_person() {
    let home = Home::new(false);
    unlock(&home.device);
    record(&home.device, &[window(NOW, NOW + MINUTE, "canary title"), window(NOW + MINUTE, NOW + 2 * MINUTE, "b")]);
    let stretches = home.device.signals(None, None).unwrap();
    assert_eq!(stretches[0].title.as_deref(), Some("canary title"));
    assert_eq!((stretches[0].begin.as_str(), stretches[0].seconds), ("2026-11-18T10:00:00+01:00", 60));
    for file in std::fs::read_dir(home.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(6).any(|window| window == b"canary"));
    }
}

#[test]
fn an_hour_that_a_killed_recorder_left_becomes_one_segment_and_says_the_same() {
    let home = Home::new(false);
    unlock(&home.device);
    record(&home.device, &[window(NOW, NOW + MINUTE, "a")]);
    record(&home.device, &[window(NOW + MINUTE, NOW + 3 * MINUTE, "b")]);
    let before = home.device.signals(None, None).unwrap();
    home.clock.wait(60 * MINUTE);
    home.device.close_past_hours().unwrap();
    assert!(home.device.store().open_hours().unwrap().is_empty());
    assert_eq!(home.device.store().unsent_segments().unwrap().len(), 1);
    assert_eq!(home.device.signals(None, None).unwrap(), before);
}

#[test]
fn signals_and_bookings_answer_one_question() {
    let home = Home::new(false);
    unlock(&home.device);
    record(&home.device, &[window(NOW, NOW + MINUTE, "a")]);
    let text = "From S In Signal.ActiveWindow Where S.Date = Today() Select New { S.Program, S.Duration }".to_owned();
    let result = home.device.query(&Question { text, ..Question::default() }).unwrap();
    assert_eq!(result.rows, [[serde_json::json!("editor"), serde_json::json!("PT1M")]]);
}

#[test]
fn a_locked_device_says_so_and_a_pause_and_exclusions_are_kept() {
    let home = Home::new(false);
    assert_eq!(home.device.signals(None, None).unwrap_err().code, ErrorCode::Locked);
    assert!(home.device.pause_recording().unwrap().paused);
    let state = home.device.set_exclusions(&["keepass*".to_owned(), "  ".to_owned()]).unwrap();
    assert_eq!(state.exclusions, ["keepass*"]);
    assert!(!home.device.resume_recording().unwrap().paused);
}

#[test]
fn why_nothing_is_recorded_is_said_before_and_after_the_key_is_there() {
    let home = Home::new(false);
    let why = || home.device.status().unwrap().signals.why_not.unwrap();
    assert!(why().contains("no confirmed key"), "{}", why());
    unlock(&home.device);
    assert!(why().contains("no recorder runs"), "{}", why());
    home.device.pause_recording().unwrap();
    assert!(why().contains("paused"), "{}", why());
}

#[test]
fn exclusions_are_tried_on_what_was_recorded_before_they_are_set() {
    let home = Home::new(false);
    unlock(&home.device);
    record(&home.device, &[window(NOW, NOW + MINUTE, "a"), window(NOW + MINUTE, NOW + 3 * MINUTE, "b")]);
    let preview = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        home.device.preview_exclusions(&words, None, None).unwrap()
    };
    let seen = preview(&["browser", "EDIT"]);
    assert_eq!((seen.len(), seen[0].program.as_str(), seen[0].seconds), (1, "editor", 180));
    assert_eq!((seen[0].hidden_by.as_deref(), seen[0].titles.len()), (Some("EDIT"), 2));
    assert_eq!(preview(&["edit?"])[0].hidden_by, None);
    assert!(home.device.exclusions().unwrap().is_empty());
}

#[test]
fn a_segment_that_cannot_be_opened_is_set_aside_and_said_once() {
    let home = Home::new(false);
    unlock(&home.device);
    record(&home.device, &[window(NOW, NOW + MINUTE, "whole")]);
    let other = uuid::Uuid::from_u128(99);
    let index = SegmentIndexRow { device: other, no: 1, size: 3, sha256: "ab".repeat(32), seq: 2 };
    home.index_segments(vec![index]);
    let key = store::SegmentKey { device: other, no: 1 };
    assert!(home.device.store().hold_segment(key, NOW / (60 * MINUTE), b"bad").unwrap());
    let titles = || home.device.signals(None, None).unwrap().into_iter().map(|stretch| stretch.title.unwrap());
    assert_eq!(titles().collect::<Vec<_>>(), ["whole"]);
    let said = home.device.notices();
    assert!(said.len() == 1 && said[0].starts_with("1 hour of signals cannot be opened"), "{said:?}");
    assert_eq!(titles().count(), 1);
    assert!(home.device.notices().is_empty());
}

#[test]
fn a_day_is_shown_without_opening_what_lies_on_other_days() {
    let home = Home::new(false);
    unlock(&home.device);
    record(&home.device, &[window(NOW, NOW + MINUTE, "today")]);
    let other = uuid::Uuid::from_u128(99);
    let index = |no| SegmentIndexRow { device: other, no, size: 3, sha256: "ab".repeat(32), seq: 2 };
    let days = [-400, -30, -3, 3, 30, 400];
    home.index_segments((1..=days.len() as u64).map(index).collect());
    for (no, day) in (1..).zip(days) {
        let hour = NOW / (60 * MINUTE) + day * 24;
        assert!(home.device.store().hold_segment(store::SegmentKey { device: other, no }, hour, b"bad").unwrap());
    }
    assert_eq!(home.device.signals(None, None).unwrap().len(), 1);
    assert!(home.device.notices().is_empty(), "a bad segment that is opened would be said");
}

#[test]
fn a_segment_that_came_damaged_is_tried_again_a_day_later_and_the_others_at_once() {
    let first = Home::new(false);
    let (slot, words, directory) = unlock(&first.device);
    keep(&first.device, NOW, &[window(NOW, NOW + MINUTE, "a")]);
    keep(&first.device, NOW + 60 * MINUTE, &[window(NOW + 60 * MINUTE, NOW + 61 * MINUTE, "b")]);
    first.device.close_past_hours().unwrap();
    let account = first.device.kept_account().unwrap();
    let key = |no| store::SegmentKey { device: account.device, no };
    let bytes = |no| first.device.store().segment(key(no)).unwrap().unwrap();
    let index = |no| SegmentIndexRow {
        device: account.device,
        no,
        size: bytes(no).len() as u64,
        sha256: hash_of(&first.device, no),
        seq: 2,
    };
    let second = Home::new(false);
    let user_key = slot.open(account.owner(), SlotSecret::Recovery(&words)).unwrap();
    let joined = Joined { unlocked: user_key.open(&directory).unwrap().confirm(), directory, update: None };
    second.device.confirmed(&account, joined).unwrap();
    second.index_segments(vec![index(1), index(2)]);
    let fetched = |no, bytes| FetchedSegment { device: account.device, no, bytes };
    let came = vec![fetched(2, b"damaged".to_vec()), fetched(1, bytes(1))];
    assert_eq!(second.device.hold_segments(came).unwrap(), 1);
    assert_eq!(second.device.notices().len(), 1);
    assert!(second.device.readable_segments().unwrap().is_empty());
    second.clock.wait(25 * 60 * MINUTE);
    assert_eq!(second.device.readable_segments().unwrap().len(), 1);
    assert_eq!(second.device.hold_segments(vec![fetched(2, bytes(2))]).unwrap(), 1);
    assert!(second.device.notices().is_empty());
}

#[test]
fn a_fetched_segment_is_kept_only_when_it_follows_the_one_before_it() {
    let first = Home::new(false);
    let (slot, words, directory) = unlock(&first.device);
    for hour in [0, 60 * MINUTE] {
        keep(&first.device, NOW + hour, &[window(NOW + hour, NOW + hour + MINUTE, "a")]);
    }
    first.device.close_past_hours().unwrap();
    let account = first.device.kept_account().unwrap();
    let key = |no| store::SegmentKey { device: account.device, no };
    let bytes = |no| first.device.store().segment(key(no)).unwrap().unwrap();
    let hash = |no| hash_of(&first.device, no);

    for (sha256_of_first, kept) in [(hash(1), 1), ("0".repeat(64), 0)] {
        let second = Home::new(false);
        let user_key = slot.open(account.owner(), SlotSecret::Recovery(&words)).unwrap();
        let unlocked = user_key.open(&directory).unwrap().confirm();
        let joined = Joined { unlocked, directory: directory.clone(), update: None };
        second.device.confirmed(&account, joined).unwrap();
        let index = |no: u64, sha256: String| {
            let size = bytes(no).len() as u64;
            SegmentIndexRow { device: account.device, no, size, sha256, seq: 2 }
        };
        second.index_segments(vec![index(1, sha256_of_first), index(2, hash(2))]);
        let fetched = FetchedSegment { device: account.device, no: 2, bytes: bytes(2) };
        assert_eq!(second.device.hold_segments(vec![fetched]).unwrap(), kept);
    }
}
