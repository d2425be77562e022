//! Timesheets: book, start and stop, change, list.

mod add;
mod change;
mod entry;
mod list;
mod timer;

use crate::view::{TimesheetEntry, Warning};
use store::Written;

pub(crate) use change::wall_of_entry;
pub(crate) use list::seconds;

pub(crate) const TIMESHEET: &str = "Timesheet";

pub(crate) fn warnings(written: Written) -> Vec<Warning> {
    written.warnings.into_iter().map(|warning| Warning { code: warning.code, message: warning.message }).collect()
}

/// Time and text, for the sentence of an undo.
pub(crate) fn title(entry: &TimesheetEntry) -> String {
    let clock = entry.begin.get(11..16).unwrap_or_default();
    let text = entry.description.as_deref().or(entry.project.as_ref().map(|project| project.name.as_str()));
    format!("{} {clock} {}", entry.date, text.unwrap_or_default()).trim_end().to_owned()
}
