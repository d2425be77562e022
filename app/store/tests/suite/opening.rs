use crate::home::{Home, open};
use std::fs::OpenOptions;
use std::os::unix::fs::PermissionsExt;
use store::{Store, StoreError};
use tempfile::TempDir;

#[test]
fn a_new_home_is_its_owners_alone_and_says_nothing() {
    let folder = TempDir::new().unwrap();
    let opened = open(folder.path());
    assert!(opened.notices.is_empty());
    let mode = |path: std::path::PathBuf| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(folder.path().to_owned()), 0o700);
    assert_eq!(mode(folder.path().join("daybook.sqlite")), 0o600);
}

#[test]
fn a_setting_is_there_after_the_process_was_killed() {
    let mut home = Home::new();
    home.store.set_setting("name", &"value").unwrap();
    let home = home.reopened();
    assert_eq!(home.store.setting::<String>("name").unwrap().as_deref(), Some("value"));
}

#[test]
fn a_booking_is_there_after_the_process_was_killed() {
    let mut home = Home::new();
    let id = home.book(100, 0, "kept");
    let home = home.reopened();
    assert!(home.description(id).is_some());
    assert_eq!(home.store.waiting().unwrap(), 1);
}

#[test]
fn a_file_that_is_cut_off_is_set_aside_and_its_unsent_changes_are_brought_over() {
    let mut home = Home::new();
    let id = home.book(100, 0, "kept");
    home.store.set_setting("account", &"demo").unwrap();
    let hour = home.store.begin_hour(490_000, b"key").unwrap();
    for position in 0..20 {
        home.store.append_records(hour, position, &[&[7; 2_000]]).unwrap();
    }
    let Home { folder, store, .. } = home;
    drop(store);
    let file = folder.path().join("daybook.sqlite");
    let length = file.metadata().unwrap().len();
    OpenOptions::new().write(true).open(&file).unwrap().set_len(length - 4096).unwrap();
    let opened = open(folder.path());
    assert!(opened.notices[0].contains("damaged"), "{:?}", opened.notices);
    assert!(opened.notices[0].contains("brought over"), "{:?}", opened.notices);
    assert_eq!(opened.store.setting::<String>("account").unwrap().as_deref(), Some("demo"));
    assert_eq!(opened.store.waiting().unwrap(), 1);
    assert!(opened.store.record("Timesheet", id).unwrap().is_some());
    assert!(opened.store.standing().unwrap().is_none(), "a new client number is taken");
    assert!(opened.store.is_mended().unwrap(), "who gives numbers hears that some may be lost");
}

#[test]
fn a_file_that_is_no_database_is_set_aside_and_the_next_opening_is_an_ordinary_one() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("daybook.sqlite"), "this is no database, but longer than a header".repeat(9))
        .unwrap();
    assert_eq!(open(folder.path()).notices.len(), 1);
    assert!(open(folder.path()).notices.is_empty());
    let aside = std::fs::read_dir(folder.path()).unwrap().filter_map(Result::ok);
    assert!(aside.into_iter().any(|entry| entry.file_name().to_string_lossy().contains(".damaged-")));
}

#[test]
fn a_home_of_a_newer_daybook_is_left_alone() {
    let folder = TempDir::new().unwrap();
    drop(open(folder.path()));
    let connection = rusqlite::Connection::open(folder.path().join("daybook.sqlite")).unwrap();
    connection.pragma_update(None, "user_version", 999).unwrap();
    drop(connection);
    assert!(matches!(Store::open(folder.path(), 0), Err(StoreError::Newer)));
}

#[test]
fn what_could_be_read_only_in_part_is_named_as_such() {
    let mut home = Home::new();
    for number in 0..40 {
        home.book(100 + number, number as i64, &"long ".repeat(300));
    }
    let Home { folder, store, .. } = home;
    drop(store);
    let file = folder.path().join("daybook.sqlite");
    let length = file.metadata().unwrap().len();
    OpenOptions::new().write(true).open(&file).unwrap().set_len(length - 8 * 4096).unwrap();
    let opened = open(folder.path());
    let waiting = opened.store.waiting().unwrap();
    assert!(waiting < 40, "the test must lose something: {waiting}");
    assert!(opened.notices[0].contains("not all of") && opened.notices[0].contains("unsent changes"), "{opened:?}");
}

#[test]
fn a_file_is_not_checked_and_not_taken_away_while_another_process_has_it_open() {
    let mut home = Home::new();
    for number in 0..40 {
        home.book(100 + number, number as i64, &"long ".repeat(300));
    }
    let Home { folder, store, .. } = home;
    drop(store);
    let mut first = open(folder.path()).store;
    first.set_setting("at work", &true).unwrap();
    let file = folder.path().join("daybook.sqlite");
    let mut bytes = std::fs::read(&file).unwrap();
    let last = bytes.len() - 4096;
    bytes[last..].fill(0xff);
    std::fs::write(&file, &bytes).unwrap();
    assert!(open(folder.path()).notices.is_empty());
    assert!(file.exists());
    // As a power cut leaves it: the log stays, nobody has the file open.
    let copy = TempDir::new().unwrap();
    for name in ["daybook.sqlite", "daybook.sqlite-wal"] {
        std::fs::copy(folder.path().join(name), copy.path().join(name)).unwrap();
    }
    assert!(open(copy.path()).notices[0].contains("damaged"));
}

#[test]
fn a_copy_is_made_before_another_model_shapes_the_tables() {
    let mut home = Home::new();
    let id = home.book(100, 0, "before");
    let value = r#""column": "value", "required": true, "max_length": 10000}"#;
    let note = r#"{"name": "Note", "kind": "stored", "type": "Text", "column": "note", "max_length": 100}"#;
    let model = migrations::model::STANDARD_TEXT.replace(value, &format!("{value}, {note}"));
    assert_ne!(model, migrations::model::STANDARD_TEXT);
    home.store.adopt_model(&sync_protocol::ModelAnswer { model_version: 2, model }).unwrap();
    let kept = TempDir::new().unwrap();
    std::fs::copy(home.folder.path().join("daybook.sqlite.backup"), kept.path().join("daybook.sqlite")).unwrap();
    let before = open(kept.path()).store;
    assert_eq!((before.model_version(), home.store.model_version()), (1, 2));
    assert!(before.record("Timesheet", id).unwrap().is_some());
}
