//! What screens, the command line and scripts are shown: plain data. Ids are hyphenated text, instants RFC 3339 with
//! the offset of the entry they belong to, dates `2026-01-31`, durations ISO 8601 (and `seconds` to count with).

mod entry;
mod inbox;
mod list;
mod query;
mod signals;
mod state;

pub use entry::{Day, Named, Saved, TimesheetEntry, Undone, Warning, Week};
pub use inbox::{InboxChange, InboxEntry, InboxProperty};
pub use list::{EntityView, ListRow, ListView, PropertyKind, PropertyView, PutRow};
pub use query::{AskedParameter, QueryCheck, QueryColumn, QueryResult, Suggestion};
pub use signals::{Ability, Desktop, ProgramPreview, RecordingState, SignalStretch};
pub use state::{Account, FoundDevice, FoundVault, MassDeletion, SignedIn, Status, SyncReport, SyncState};
