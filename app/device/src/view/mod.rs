//! What screens, the command line and scripts are shown: plain data. Ids are hyphenated text, instants RFC 3339 with
//! the offset of the entry they belong to, dates `2026-01-31`, durations ISO 8601 (and `seconds` to count with).

mod entry;
mod inbox;
mod list;
mod plan;
mod query;
mod saved;
mod signals;
mod state;

pub use entry::{Day, Named, Saved, TimesheetEntry, Undone, Warning, Week};
pub use inbox::{InboxChange, InboxEntry, InboxProperty};
pub use list::{EntityView, ListRow, ListView, PropertyKind, PropertyView, PutRow};
pub use plan::{PlanStep, PlanWork, QueryPlan};
pub use query::{AskedParameter, Meaning, QueryCheck, QueryColumn, QueryResult, Suggestion, Word};
pub use saved::SavedQuery;
pub use signals::{Ability, Desktop, ProgramPreview, RecordingState, SignalStretch};
pub use state::{Account, FoundDevice, FoundVault, MassDeletion, Opening, SignedIn, Status, SyncReport, SyncState};

use query_lang::{Value, Written};

/// A length in microseconds as ISO 8601, as an answer writes it.
pub fn duration(length_us: i64) -> String {
    match Value::Duration(length_us).written() {
        Written::Text(text) => text,
        _ => String::new(),
    }
}
