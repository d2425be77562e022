//! A home on a full disk: SQLite has no room for the shared memory of its log, and needs none to read a file that nobody
//! changes.

use super::shape;
use crate::StoreError;
use crate::select::{harden, register};
use rusqlite::{Connection, OpenFlags};
use std::path::Path;

pub(super) fn open(file: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(address(file), flags())?;
    harden(&connection)?;
    register(&connection)?;
    // A shape that has to be brought up to date first needs room.
    if shape::is_newest(&connection)? { Ok(connection) } else { Err(StoreError::DiskFull) }
}

fn flags() -> OpenFlags {
    OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI
}

/// The file as a URI that promises SQLite that nobody changes it.
pub(crate) fn address(file: &Path) -> String {
    let mut address = "file:".to_owned();
    for character in file.to_string_lossy().chars() {
        match character {
            '%' => address.push_str("%25"),
            '?' => address.push_str("%3f"),
            '#' => address.push_str("%23"),
            other => address.push(other),
        }
    }
    address + "?immutable=1"
}
