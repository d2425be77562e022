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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

    #[test]
    fn a_home_that_was_opened_on_a_full_disk_is_read_and_written_again_when_there_is_room() {
        let folder = tempfile::TempDir::with_prefix("100% of #1?").unwrap();
        let mut store = Store::open(folder.path(), 0).unwrap().store;
        store.set_setting("name", &"before").unwrap();
        drop(store);
        let mut store = Store::open(folder.path(), 0).unwrap().store;
        store.connection = open(&store.file).unwrap();
        store.is_unwritten = true;
        assert_eq!(store.setting::<String>("name").unwrap().as_deref(), Some("before"));
        assert!(matches!(store.set_setting("name", &"meanwhile"), Err(StoreError::DiskFull)));
        store.write_again();
        store.set_setting("name", &"afterwards").unwrap();
        assert_eq!(store.setting::<String>("name").unwrap().as_deref(), Some("afterwards"));
    }
}
