//! A file that is cut off or damaged: noticed, set aside, and what can still be read of it is brought over. Rows come
//! back with the next sync; what the server never had is what is saved here.

use super::open::{beside, folder};
use crate::exchange::held_model;
use crate::write::renumber;
use crate::{Store, StoreError};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use sync_protocol::ModelAnswer;

/// Bytes of SQLite's header.
const HEADER: usize = 100;
/// What the server does not have, or cannot give back.
const SAVED: [(&str, &str); 9] = [
    ("home_setting", "settings"),
    ("home_outbox", "unsent changes"),
    ("home_inbox", "the inbox"),
    ("home_inbox_row", "the inbox"),
    ("home_journal", "what can be undone"),
    ("home_acknowledged", "changes kept for a restored server"),
    ("home_segment", "sealed signals"),
    ("home_hour", "sealed signals"),
    ("home_record", "sealed signals"),
];

/// What came over of a broken file.
struct Saved {
    model: Option<ModelAnswer>,
    /// What could be read only in part.
    cut: Vec<&'static str>,
}

/// Files of a home that are there before anything was written to its database.
const OF_A_NEW_HOME: [&str; 2] = ["daybook.sqlite", "open.lock"];

/// A file without a byte is a new home, unless something beside it tells that the home was used. SQLite would take it for
/// new, and delete a log that still holds what was written last.
pub(super) fn check_used(file: &Path) -> Result<(), StoreError> {
    if !fs::metadata(file).is_ok_and(|found| found.len() == 0) {
        return Ok(());
    }
    let folder = file.parent().into_iter().flat_map(fs::read_dir).flatten().flatten();
    let mut names: Vec<String> = folder.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    match names.iter().find(|name| !OF_A_NEW_HOME.contains(&name.as_str())) {
        Some(proof) => Err(StoreError::Damaged(format!("it is empty, and {proof} beside it tells that it was not"))),
        None => Ok(()),
    }
}

/// A file that is shorter than its header says was cut off; SQLite alone would notice it only at the missing page.
pub(super) fn check_length(file: &Path) -> Result<(), StoreError> {
    let Ok(mut opened) = fs::File::open(file) else { return Ok(()) };
    let length = opened.metadata().map_err(|reason| folder("cannot read", file, reason))?.len();
    let mut header = [0; HEADER];
    if length == 0 {
        return Ok(());
    }
    if opened.read_exact(&mut header).is_err() || !header.starts_with(b"SQLite format 3\0") {
        return Err(StoreError::Damaged(format!("{} is no database", file.display())));
    }
    let page = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    let pages = u64::from(u32::from_be_bytes([header[28], header[29], header[30], header[31]]));
    if pages * page > length {
        return Err(StoreError::Damaged(format!("{} is cut off", file.display())));
    }
    Ok(())
}

pub(super) fn check_pages(connection: &Connection) -> Result<(), StoreError> {
    let answer: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if answer == "ok" { Ok(()) } else { Err(StoreError::Damaged(answer)) }
}

/// Moves the file and what belongs to it out of the way; its new name.
pub(super) fn set_aside(file: &Path, now: i64) -> Result<PathBuf, StoreError> {
    let aside = beside(file, &format!(".damaged-{now}"));
    for ending in ["", "-wal", "-shm"] {
        let (from, to) = (beside(file, ending), beside(&aside, ending));
        if from.exists() {
            fs::rename(&from, &to).map_err(|reason| folder("cannot set aside", &from, reason))?;
        }
    }
    Ok(aside)
}

/// Copies what can be read, table by table; the end of a sentence says what came over and what to do.
pub(super) fn bring_over(store: &mut Store, aside: &Path) -> Result<String, StoreError> {
    let Some(saved) = save(store, aside) else {
        return Ok("nothing in it can be read, so sign in again, and what the server has comes back".into());
    };
    if let Some(model) = saved.model {
        store.adopt_model(&model)?;
    }
    let transaction = store.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    crate::state::forget(&transaction, crate::state::CURSOR)?;
    renumber(&transaction)?;
    crate::state::forget(&transaction, crate::state::CLIENT)?;
    crate::state::set(&transaction, crate::state::MENDED, &true)?;
    transaction.commit()?;
    if saved.cut.is_empty() {
        return Ok(
            "your settings, unsent changes and sealed signals were brought over, and the next sync fetches the rest"
                .into(),
        );
    }
    Ok(format!(
        "what can be read was brought over, but not all of {}: look whether something of the last days is missing, keep the \
         old file, and let the next sync fetch what the server has",
        saved.cut.join(", ")
    ))
}

/// None: the file cannot be read at all. Each table by itself, row by row: a damaged page takes no others along.
fn save(store: &Store, aside: &Path) -> Option<Saved> {
    // SQLite would open it as a new file and delete the log beside it.
    if fs::metadata(aside).is_ok_and(|found| found.len() == 0) {
        return None;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let broken = Connection::open_with_flags(aside, flags).ok()?;
    // Without it SQLite refuses every page of a file that is shorter than its header says.
    broken.pragma_update(None, "writable_schema", true).ok()?;
    let model = held_model(&broken).ok().flatten();
    let (mut rows, mut cut) = (0, Vec::new());
    for (table, what) in SAVED {
        if copy(&broken, &store.connection, table, &mut rows).is_err() && !cut.contains(&what) {
            cut.push(what);
        }
    }
    (model.is_some() || rows > 0).then_some(Saved { model, cut })
}

/// Stops at the first row that cannot be read; those before it are kept.
fn copy(from: &Connection, to: &Connection, table: &str, rows: &mut usize) -> Result<(), StoreError> {
    let mut select = from.prepare(&format!("SELECT * FROM main.{table}"))?;
    let columns = select.column_count();
    let binds: Vec<String> = (1..=columns).map(|bind| format!("?{bind}")).collect();
    let mut insert = to.prepare(&format!("INSERT OR IGNORE INTO main.{table} VALUES ({})", binds.join(", ")))?;
    let mut found = select.query([])?;
    while let Some(row) = found.next()? {
        let values = (0..columns).map(|column| row.get::<_, rusqlite::types::Value>(column));
        *rows += insert.execute(rusqlite::params_from_iter(values.collect::<Result<Vec<_>, _>>()?))?;
    }
    Ok(())
}
