use super::presence::Presence;
use super::{broken, shape, unwritten};
use crate::exchange::{catalogue, held_model, read_model};
use crate::rows::Layout;
use crate::select::{harden, register};
use crate::{Store, StoreError};
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// The home's file inside its folder.
const FILE: &str = "daybook.sqlite";
/// How long a write waits for another process of the same home.
const BUSY: Duration = Duration::from_secs(5);

/// An open home, and what the person must read about the opening, a sentence each.
#[derive(Debug)]
pub struct Opened {
    pub store: Store,
    pub notices: Vec<String>,
}

impl Store {
    /// Opens the home's file, made if it is not there. A file that is damaged is set aside, with what can be read of it
    /// brought over into a new one. `now`: microseconds UTC, for the name of the file that is set aside.
    pub fn open(home: &Path, now: i64) -> Result<Opened, StoreError> {
        make_folder(home)?;
        let file = home.join(FILE);
        let mut presence = Presence::enter(home);
        let damage = match Self::open_file(&file, presence.is_alone()) {
            Ok(connection) => {
                presence.share();
                return Ok(Opened { store: Store::of(file, connection, presence)?, notices: Vec::new() });
            }
            Err(StoreError::DiskFull) if is_whole_by_itself(&file) => {
                presence.share();
                let connection = unwritten::open(&file)?;
                let store = Store { is_unwritten: true, ..Store::of(file, connection, presence)? };
                return Ok(Opened { store, notices: Vec::new() });
            }
            // Another process has it open: it is not taken away under its hands.
            Err(StoreError::Damaged(what)) if presence.is_alone() => what,
            Err(error) => return Err(error),
        };
        let aside = broken::set_aside(&file, now)?;
        let connection = Self::open_file(&file, true)?;
        presence.share();
        let mut store = Store::of(file, connection, presence)?;
        let over = broken::bring_over(&mut store, &aside)?;
        let notices = vec![format!(
            "The file of this home is damaged ({damage}): it was set aside as {} and nothing of it is deleted; {over}.",
            aside.display()
        )];
        Ok(Opened { store, notices })
    }

    /// Nobody else has the home open: what the last process left behind is looked at.
    fn open_file(file: &Path, alone: bool) -> Result<Connection, StoreError> {
        // A checkpoint that a crash cut short leaves a file that is shorter than its header says, and a log with the rest.
        let unclean = alone && wal_is_left(file);
        if alone {
            broken::check_used(file)?;
        }
        if alone && !unclean {
            broken::check_length(file)?;
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(file, flags)?;
        if connection.is_readonly("main")? {
            return Err(folder("cannot write", file, std::io::ErrorKind::PermissionDenied.into()));
        }
        connection.busy_timeout(BUSY)?;
        harden(&connection)?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        connection.pragma_update(None, "synchronous", "full")?;
        connection.set_prepared_statement_cache_capacity(256);
        if unclean {
            broken::check_pages(&connection)?;
        }
        shape::migrate(&mut connection, file)?;
        register(&connection)?;
        restrict(file)?;
        Ok(connection)
    }

    fn of(file: PathBuf, connection: Connection, presence: Presence) -> Result<Store, StoreError> {
        let (layout, catalogue) = (Arc::default(), Arc::default());
        let (model, is_unwritten) = (None, false);
        let mut store =
            Store { file, connection, layout, catalogue, model, model_version: 0, is_unwritten, _presence: presence };
        store.load_model()?;
        Ok(store)
    }

    /// A home that was opened on a full disk can be written as soon as there is room.
    pub fn write_again(&mut self) {
        if self.is_unwritten
            && let Ok(connection) = Self::open_file(&self.file, false)
        {
            self.connection = connection;
            self.is_unwritten = false;
        }
    }

    fn load_model(&mut self) -> Result<(), StoreError> {
        if let Some(held) = held_model(&self.connection)? {
            let model = read_model(&held.model)?;
            self.catalogue = Arc::new(catalogue(&model)?);
            self.layout = Arc::new(Layout::new(&model));
            self.model = Some(Arc::new(model));
            self.model_version = held.model_version;
        }
        Ok(())
    }

    /// A copy of the whole file, before its shape changes; the one before is replaced.
    pub(crate) fn back_up(&self) -> Result<(), StoreError> {
        shape::back_up(&self.connection, &self.file)
    }
}

/// Nothing of it lies in a log, and nobody writes one now.
fn is_whole_by_itself(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|found| found.len() > 0) && !wal_is_left(file)
}

/// A clean end removes the write-ahead log.
fn wal_is_left(file: &Path) -> bool {
    fs::metadata(beside(file, "-wal")).is_ok_and(|wal| wal.len() > 0)
}

/// `daybook.sqlite` + `-wal`
pub(super) fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

pub(super) fn folder(what: &str, path: &Path, reason: std::io::Error) -> StoreError {
    match reason.kind() {
        std::io::ErrorKind::StorageFull => StoreError::DiskFull,
        _ => StoreError::Folder { what: format!("{what} {}", path.display()), reason },
    }
}

fn make_folder(home: &Path) -> Result<(), StoreError> {
    fs::create_dir_all(home).map_err(|reason| folder("cannot make the folder", home, reason))?;
    set_mode(home, 0o700)
}

fn restrict(file: &Path) -> Result<(), StoreError> {
    set_mode(file, 0o600)
}

/// A home is its owner's alone.
#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
        .map_err(|reason| folder("cannot restrict the rights of", path, reason))
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) -> Result<(), StoreError> {
    Ok(())
}
