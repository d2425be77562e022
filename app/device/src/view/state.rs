use super::{RecordingState, TimesheetEntry, Week};
use serde::Serialize;

/// Whose home this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Account {
    pub server: String,
    pub tenant: String,
    pub user: String,
    /// Id of the person's `User` row.
    pub user_id: String,
    /// Id of this device.
    pub device: String,
    /// False after sign-out, and when the session is over: work goes on, sync waits.
    pub signed_in: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SignedIn {
    pub account: Account,
    /// Sentences that the person must read: where the device key lies when no keystore took it, a new vault.
    pub notices: Vec<String>,
    /// The person's vault as this new device found it, when the sign-in asked to see it first: nothing is recorded or
    /// opened here before [`crate::Device::confirm_vault`].
    pub found: Option<FoundVault>,
}

/// What the person compares before a new device may write signals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FoundVault {
    /// Grows by one when the person's key was changed.
    pub generation: u32,
    pub devices: Vec<FoundDevice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct FoundDevice {
    pub name: String,
    /// The day on which it was added, by its own clock.
    pub added: String,
}

/// What is running, is all safe?
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Status {
    pub account: Option<Account>,
    /// False before the first sync, and after a broken file was replaced until the next one: there is nothing to show.
    pub has_data: bool,
    /// Every running timer of the person, the newest first; more than one after a sync of two devices.
    pub running: Vec<TimesheetEntry>,
    /// Finished time of today, in seconds.
    pub today_seconds: i32,
    pub sync: SyncState,
    pub signals: RecordingState,
}

/// What a window shows first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Opening {
    pub status: Status,
    /// This week; None: there is nothing to show yet.
    pub week: Option<Week>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SyncState {
    /// Local transactions that the server has not got.
    pub waiting: u32,
    /// Local transactions in the inbox.
    pub inbox: u32,
    /// RFC 3339; the last time that everything was sent and fetched.
    pub last_success: Option<String>,
    /// Why the last attempt failed, in one sentence.
    pub held_up: Option<String>,
    /// Why signals did not travel although everything else did, in one sentence.
    pub segments_held_up: Option<String>,
    /// They travel again after another sign-in on this computer.
    pub sign_in_again: bool,
    /// A pull that waits for the person's word.
    pub mass_deletion: Option<MassDeletion>,
}

/// A pull that would delete more than a fifth and more than fifty of the rows here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MassDeletion {
    pub rows: u32,
    pub of: u32,
}

/// What one sync did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SyncReport {
    /// Changes that the server took over.
    pub pushed: u32,
    /// Changes that went to the inbox.
    pub refused: u32,
    /// Rows that arrived or left.
    pub pulled: u32,
    pub segments_sent: u32,
    pub segments_fetched: u32,
    pub mass_deletion: Option<MassDeletion>,
    /// Why signals did not travel although everything else did, in one sentence.
    pub segments_held_up: Option<String>,
}
