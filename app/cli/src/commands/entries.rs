use super::account::words;
use super::{Out, tell_warnings};
use crate::answer;
use crate::arguments::{Add, Days, Edit, Format, Put, Start};
use crate::failure::Failure;
use crate::rows::{self, time_of_day};
use device::view::{Saved, TimesheetEntry};
use device::{Device, DeviceError, ErrorCode, NewEntry, StartTimer};
use std::collections::BTreeMap;

pub(super) fn start(device: &Device, asked: Start, out: Out<'_>) -> Result<(), Failure> {
    let Start { project, task, text } = asked;
    let saved = device.start(&StartTimer { project, task, text, begin: None })?;
    if let Some(stopped) = &saved.stopped {
        say(out, "stopped", stopped)?;
    }
    show(out, "started", &saved)
}

pub(super) fn stop(device: &Device, id: Option<&str>, out: Out<'_>) -> Result<(), Failure> {
    show(out, "stopped", &device.stop(id)?)
}

pub(super) fn add(device: &Device, asked: Add, out: Out<'_>) -> Result<(), Failure> {
    let Add { project, task, begin, end, text } = asked;
    let entry = NewEntry { project: Some(project), task, text, date: None, begin, end, set: BTreeMap::new() };
    show(out, "added", &device.add(&entry)?)
}

pub(super) fn list(device: &Device, days: &Days, out: Out<'_>) -> Result<(), Failure> {
    let entries = device.list(days.from.as_deref(), days.to.as_deref())?;
    let format = days.shown.format;
    let rows = if format == Format::Table { rows::entries_to_read(&entries) } else { rows::entries(&entries) };
    answer::write(out, format, &rows)
}

pub(super) fn edit(device: &Device, asked: Edit, out: Out<'_>) -> Result<(), Failure> {
    if asked.set.is_empty() {
        let entry = device.entry_named(&asked.id)?;
        return answer::write(out, Format::Table, &rows::entries_to_read(&[entry]));
    }
    show(out, "changed", &device.edit(&asked.id, &unique(asked.set)?)?)
}

/// A booking, else the row of any other entity with this id.
pub(super) fn delete(device: &Device, id: &str, out: Out<'_>) -> Result<(), Failure> {
    let unknown = match device.delete(id) {
        Ok(entry) => return say(out, "deleted", &entry),
        Err(error) if error.code == ErrorCode::Unknown => error,
        Err(error) => return Err(error.into()),
    };
    // Short forms of an id are for bookings: among all rows one digit could name anything.
    if id.len() == UUID_CHARACTERS {
        for entity in device.entities()? {
            match device.remove(&entity.name, id) {
                Ok(()) => return Ok(writeln!(out, "deleted {} {id}", entity.name)?),
                Err(DeviceError { code: ErrorCode::Unknown, .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    Err(unknown.into())
}

/// Of an id in its hyphenated form.
const UUID_CHARACTERS: usize = 36;

pub(super) fn undo(device: &Device, out: Out<'_>) -> Result<(), Failure> {
    let undone = device.undo()?;
    writeln!(out, "took back: {}", answer::plain(&undone.what))?;
    Ok(())
}

pub(super) fn put(device: &Device, asked: Put, out: Out<'_>) -> Result<(), Failure> {
    let put = device.put(&asked.entity, &unique(asked.set)?)?;
    tell_warnings(&put.warnings);
    writeln!(out, "{} {} {}", if put.created { "added" } else { "changed" }, put.entity, put.id)?;
    Ok(())
}

fn show(out: Out<'_>, done: &str, saved: &Saved) -> Result<(), Failure> {
    tell_warnings(&saved.warnings);
    say(out, done, &saved.entry)
}

fn say(out: Out<'_>, done: &str, entry: &TimesheetEntry) -> Result<(), Failure> {
    let end = entry.end.as_deref().map_or("now", time_of_day);
    let when = format!("{} {}-{end}", entry.date, time_of_day(&entry.begin));
    writeln!(out, "{done} {when} {} ({})", answer::plain(&words(entry)), entry.id)?;
    Ok(())
}

/// One property cannot get two values in one command.
pub(super) fn unique(assignments: Vec<(String, String)>) -> Result<BTreeMap<String, String>, Failure> {
    let mut set = BTreeMap::new();
    for (name, value) in assignments {
        if set.keys().any(|known: &String| known.eq_ignore_ascii_case(&name)) {
            return Err(Failure::Input(format!("{name} is given twice: give it once")));
        }
        set.insert(name, value);
    }
    Ok(set)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_that_is_given_twice_is_refused() {
        let pair = |name: &str| (name.to_owned(), "1".to_owned());
        assert!(unique(vec![pair("Code"), pair("Name")]).is_ok());
        assert!(unique(vec![pair("Code"), pair("code")]).is_err());
    }
}
