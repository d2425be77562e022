//! Signals sealed one by one and appended in batches that are on the disk when they are answered, beside a plain table.

use crate::measure::{Comparison, Times};
use recorder::{Signal, encode};
use rusqlite::{Connection, params};
use std::path::Path;
use std::time::{Duration, Instant};
use store::Store;
use uuid::Uuid;
use vault::{Device, DirectoryContent, HourKey, Owner, RecorderKey, SealedRecord, Unlocked};

const BATCHES: u64 = 200;
const BATCH: u64 = 100;
const HOUR: i64 = 490_000;

pub(crate) fn measure() -> Vec<Comparison> {
    let folder = tempfile::tempdir().expect("a folder");
    let (sealed, plain) = (sealed(folder.path()), plain(folder.path()));
    vec![Comparison {
        what: "sealed records, durable batches of 100",
        ours: rate(&sealed),
        beside: "the same records in plain SQLite, same batches",
        plain: rate(&plain),
        target: "5,000/s",
    }]
}

fn rate(times: &Times) -> String {
    format!("{:.0}/s", BATCH as f64 / times.median().as_secs_f64())
}

/// One stretch of one window, as the recorder gives it out.
fn record(number: u64) -> Vec<u8> {
    let begin = HOUR * 3_600_000_000 + number as i64 * 1_000;
    let title = format!("document {number} - editor");
    encode(&[Signal::ActiveWindow { begin, end: begin + 1_000, program: "editor".to_owned(), title, document: None }])
}

fn sealed(folder: &Path) -> Times {
    let (key, sealed_key) = hour_key();
    let mut store = Store::open(&folder.join("home"), 0).expect("a home").store;
    let hour = store.begin_hour(HOUR, &sealed_key).expect("an hour begins");
    batches(|first| {
        let records: Vec<SealedRecord> = (first..first + BATCH)
            .map(|position| key.seal_record(position, &record(position), &mut randomness))
            .collect();
        let bytes: Vec<&[u8]> = records.iter().map(SealedRecord::as_bytes).collect();
        store.append_records(hour, first, &bytes).expect("the batch is on the disk");
    })
}

fn plain(folder: &Path) -> Times {
    let mut connection = Connection::open(folder.join("plain.db")).expect("a file");
    connection.pragma_update(None, "journal_mode", "wal").expect("a log");
    connection.pragma_update(None, "synchronous", "full").expect("durable");
    connection.execute_batch("CREATE TABLE record (position INTEGER PRIMARY KEY, bytes BLOB)").expect("a table");
    batches(|first| {
        let transaction = connection.transaction().expect("a transaction");
        for position in first..first + BATCH {
            transaction
                .prepare_cached("INSERT INTO record (position, bytes) VALUES (?1, ?2)")
                .and_then(|mut insert| insert.execute(params![position as i64, record(position)]))
                .expect("a row");
        }
        transaction.commit().expect("the batch is on the disk");
    })
}

fn batches(mut write: impl FnMut(u64)) -> Times {
    let time = |batch: u64| -> Duration {
        let begun = Instant::now();
        write(batch * BATCH);
        begun.elapsed()
    };
    Times::of((0..BATCHES).map(time).collect())
}

fn hour_key() -> (HourKey, Vec<u8>) {
    let recorder_key = RecorderKey::generate(&mut randomness);
    let laptop = Device {
        id: Uuid::from_u128(1),
        name: "laptop".to_owned(),
        recorder_key: recorder_key.public(),
        added: 0,
        retired_after: None,
        continues: None,
    };
    let owner = Owner { tenant: Uuid::from_u128(2), user: Uuid::from_u128(3) };
    let content = DirectoryContent { devices: vec![laptop.clone()], ..DirectoryContent::default() };
    let (unlocked, _) = Unlocked::create(owner, content, &mut randomness)
        .unwrap_or_else(|error| panic!("a person with a device: {error}"));
    let (key, sealed) = HourKey::begin(laptop.id, HOUR, &unlocked.recipient(), &recorder_key, &mut randomness)
        .unwrap_or_else(|error| panic!("an hour begins: {error}"));
    (key, sealed.to_bytes())
}

fn randomness(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system has randomness");
}
