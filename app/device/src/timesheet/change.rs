use super::{TIMESHEET, title, warnings};
use crate::moment::{DAY_US, MINUTE_US, day_of};
use crate::timesheet::add::Values;
use crate::view::{Saved, TimesheetEntry, Undone};
use crate::{Device, DeviceError};
use query_lang::Value;
use std::collections::BTreeMap;
use store::{Action, Change, Record};

impl Device {
    /// `id` is an entry's id or as much of it as names one entry. Empty text clears a property. Times without a day are of
    /// the entry's day; a new date alone moves the entry there at the same time of day.
    pub fn edit(&self, id: &str, set: &BTreeMap<String, String>) -> Result<Saved, DeviceError> {
        let id = self.entry_id(id)?;
        let missing = || DeviceError::unknown("this entry is not here (any more): look at the list again");
        let record = self.store().record(TIMESHEET, id)?.ok_or_else(missing)?;
        let mut values = self.read_values(TIMESHEET, set, local_day(&record), Some(&record))?;
        self.follow_time(&record, &mut values)?;
        let change = Change { entity: TIMESHEET.into(), id, action: Action::Update(values) };
        let what = self.named_change("edit of", id);
        let environment = self.environment()?;
        let written = self.store().write(&[change], &what, &environment)?;
        Ok(Saved { entry: self.entry(id)?, warnings: warnings(written), stopped: None })
    }

    /// What the entry was.
    pub fn delete(&self, id: &str) -> Result<TimesheetEntry, DeviceError> {
        let id = self.entry_id(id)?;
        let entry = self.entry(id)?;
        let change = Change { entity: TIMESHEET.into(), id, action: Action::Delete };
        let environment = self.environment()?;
        self.store().write(&[change], &format!("deletion of {}", title(&entry)), &environment)?;
        Ok(entry)
    }

    /// Takes back the last change of this home that was not taken back yet, as a new change.
    pub fn undo(&self) -> Result<Undone, DeviceError> {
        let environment = self.environment()?;
        let undone = self.store().undo(&environment)?;
        Ok(Undone { what: undone.what })
    }

    /// Day and offset follow a new begin; begin and end follow a new day.
    fn follow_time(&self, record: &Record, values: &mut Values) -> Result<(), DeviceError> {
        let moved_to = match (values.get("Date"), values.contains_key("Begin")) {
            (Some(Value::Date(day)), false) => Some(*day),
            _ => None,
        };
        if let (Some(day), Some(Value::Date(before))) = (moved_to, record.get("Date")) {
            let shift = i64::from(day - before) * DAY_US;
            for property in ["Begin", "End"] {
                let now = values.get(property).or_else(|| record.get(property)).cloned();
                if let Some(Value::DateTime(instant)) = now {
                    let moved =
                        if values.contains_key(property) { instant } else { self.moved(record, instant, shift) };
                    values.insert(property.into(), Value::DateTime(moved));
                }
            }
        }
        if values.contains_key("Begin") {
            self.complete_time(values, None)?;
        }
        Ok(())
    }

    /// The same time on the wall, `shift` later: the new day may have another offset.
    fn moved(&self, record: &Record, instant: i64, shift: i64) -> i64 {
        let offset = offset_of(record);
        let local = instant + offset * MINUTE_US + shift;
        let there = crate::moment::offset_minutes(&self.outside.zone, local - offset * MINUTE_US);
        let here = crate::moment::offset_minutes(&self.outside.zone, instant);
        local - (offset + there - here) * MINUTE_US
    }
}

fn offset_of(record: &Record) -> i64 {
    match record.get("UtcOffset") {
        Some(Value::Int(offset)) => *offset,
        _ => 0,
    }
}

/// The day on the calendar on which the entry begins.
fn local_day(record: &Record) -> i32 {
    match record.get("Begin") {
        Some(Value::DateTime(begin)) => day_of(*begin, offset_of(record), 0),
        _ => 0,
    }
}
