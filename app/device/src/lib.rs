//! Everything that the application can do, without a window. Clock, randomness and the zone come in with [`Outside`].
//!
//! Every method takes `&self` and may be called from several threads. What touches the server is async and needs a tokio
//! runtime; everything else answers from the disk at once.

mod error;
mod outside;
mod request;
pub mod view;

pub use error::{DeviceError, ErrorCode, Fault, Problem};
pub use outside::{Clock, Outside, Randomness};
pub use request::{NewEntry, Question, SignIn, StartTimer};
pub use zeroize::Zeroizing;

use std::collections::BTreeMap;
use std::path::Path;
use view::*;

/// One home: one company, one person, one file.
pub struct Device {
    #[expect(dead_code)]
    outside: Outside,
}

fn not_yet<T>() -> Result<T, DeviceError> {
    Err(DeviceError::new(ErrorCode::Ours, "this build of the device cannot do that yet"))
}

impl Device {
    /// Opens the home, made if it is not there. A file that is broken is set aside, and [`Device::notices`] says so.
    pub fn open(_home: &Path, outside: Outside) -> Result<Device, DeviceError> {
        Ok(Device { outside })
    }

    /// Sentences about the opening that the person must read; empty on every ordinary day.
    pub fn notices(&self) -> Vec<String> {
        Vec::new()
    }

    /// None before the first sign-in.
    pub fn account(&self) -> Result<Option<Account>, DeviceError> {
        not_yet()
    }

    /// Signs in, fetches the model and the rows. The first device of a person makes their vault.
    pub async fn sign_in(&self, _request: SignIn) -> Result<SignedIn, DeviceError> {
        not_yet()
    }

    /// Forgets the session and the device's key. Rows and unsent changes stay.
    pub async fn sign_out(&self) -> Result<(), DeviceError> {
        not_yet()
    }

    pub fn status(&self) -> Result<Status, DeviceError> {
        not_yet()
    }

    /// Ends the running timer, if there is one, and starts a new one.
    pub fn start(&self, _request: &StartTimer) -> Result<Saved, DeviceError> {
        not_yet()
    }

    /// Ends every running timer of the person; `unknown` when none runs.
    pub fn stop(&self) -> Result<Vec<Saved>, DeviceError> {
        not_yet()
    }

    pub fn add(&self, _request: &NewEntry) -> Result<Saved, DeviceError> {
        not_yet()
    }

    /// The person's entries by begin. Dates `2026-01-31`, `today`, `yesterday`; both inclusive; without both: today.
    pub fn list(&self, _from: Option<&str>, _to: Option<&str>) -> Result<Vec<TimesheetEntry>, DeviceError> {
        not_yet()
    }

    /// The week that the day is in; without one, this week.
    pub fn week(&self, _day: Option<&str>) -> Result<Week, DeviceError> {
        not_yet()
    }

    /// `id` is an entry's id or as much of it as names one entry. Empty text clears a property.
    pub fn edit(&self, _id: &str, _set: &BTreeMap<String, String>) -> Result<Saved, DeviceError> {
        not_yet()
    }

    pub fn delete(&self, _id: &str) -> Result<TimesheetEntry, DeviceError> {
        not_yet()
    }

    /// Takes back the last change of this home that was not taken back yet, as a new change.
    pub fn undo(&self) -> Result<Undone, DeviceError> {
        not_yet()
    }

    /// Inserts a row, or changes the one with the same key. Relations are named by code, name or id.
    pub fn put(&self, _entity: &str, _set: &BTreeMap<String, String>) -> Result<PutRow, DeviceError> {
        not_yet()
    }

    /// Deletes a row of any entity by id or key.
    pub fn remove(&self, _entity: &str, _row: &str) -> Result<(), DeviceError> {
        not_yet()
    }

    /// Entities of the model that the device holds, for lists and forms.
    pub fn entities(&self) -> Result<Vec<EntityView>, DeviceError> {
        not_yet()
    }

    /// Rows of one entity whose texts contain `search`, at most `limit`.
    pub fn rows(&self, _entity: &str, _search: Option<&str>, _limit: usize) -> Result<ListView, DeviceError> {
        not_yet()
    }

    /// Answers from this device, signals included.
    pub fn query(&self, _question: &Question) -> Result<QueryResult, DeviceError> {
        not_yet()
    }

    /// The SQL that [`Device::query`] would run.
    pub fn query_sql(&self, _question: &Question) -> Result<String, DeviceError> {
        not_yet()
    }

    pub async fn query_on_server(&self, _question: &Question) -> Result<QueryResult, DeviceError> {
        not_yet()
    }

    /// What the server did not take over, the oldest first.
    pub fn inbox(&self) -> Result<Vec<InboxEntry>, DeviceError> {
        not_yet()
    }

    /// Sends the person's values again, on top of what the row shows now.
    pub fn take_mine(&self, _entry: &str) -> Result<(), DeviceError> {
        not_yet()
    }

    /// Lets the person's values go; `undo` brings the entry back.
    pub fn take_theirs(&self, _entry: &str) -> Result<(), DeviceError> {
        not_yet()
    }

    /// Sends other values for the entry's rows: (row, property, text).
    pub fn settle_with(&self, _entry: &str, _set: &[(String, String, String)]) -> Result<(), DeviceError> {
        not_yet()
    }

    /// Sends what waits and fetches what is new. One process of a home at a time.
    pub async fn sync(&self) -> Result<SyncReport, DeviceError> {
        not_yet()
    }

    /// As [`Device::sync`], after the person agreed to the deletion that stopped it.
    pub async fn sync_with_deletion(&self) -> Result<SyncReport, DeviceError> {
        not_yet()
    }

    /// Waits until the server has something newer than this device. An error when the connection ends.
    pub async fn wait_for_news(&self) -> Result<(), DeviceError> {
        not_yet()
    }

    /// Records signals until `stop` says true, looking once a second. One process of a home at a time.
    pub fn record(&self, _stop: &dyn Fn() -> bool) -> Result<(), DeviceError> {
        not_yet()
    }

    pub fn pause_recording(&self) -> Result<RecordingState, DeviceError> {
        not_yet()
    }

    pub fn resume_recording(&self) -> Result<RecordingState, DeviceError> {
        not_yet()
    }

    /// Programs that are never recorded; the whole list.
    pub fn set_exclusions(&self, _programs: &[String]) -> Result<RecordingState, DeviceError> {
        not_yet()
    }

    /// Stretches of the days, both inclusive; without both: today.
    pub fn signals(&self, _from: Option<&str>, _to: Option<&str>) -> Result<Vec<SignalStretch>, DeviceError> {
        not_yet()
    }
}
