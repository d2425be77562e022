use super::{TIMESHEET, title, warnings};
use crate::moment::Wall;
use crate::timesheet::add::Values;
use crate::view::{Saved, TimesheetEntry, Undone};
use crate::{Device, DeviceError};
use query_lang::Value;
use std::collections::BTreeMap;
use store::{Action, Change, Record};

impl Device {
    /// `id` is an entry's id or as much of it as names one entry. Empty text clears a property. Times without a day are of
    /// the entry's day, those without an offset of its zone; a new date alone moves the entry there at the same time of day.
    pub fn edit(&self, id: &str, set: &BTreeMap<String, String>) -> Result<Saved, DeviceError> {
        let id = self.entry_id(id)?;
        let missing = || DeviceError::unknown("this entry is not here (any more): look at the list again");
        let record = self.store().record(TIMESHEET, id)?.ok_or_else(missing)?;
        let wall = wall_of_entry(&record, set);
        let mut values = self.read_values(TIMESHEET, set, &wall, Some(&record))?;
        self.follow_time(&record, &wall, &mut values)?;
        let change = Change { entity: TIMESHEET.into(), id, action: Action::Update(values) };
        let what = self.named_change("edit of", id);
        let environment = self.environment()?;
        let written = self.store().write(&[change], &what, &environment)?;
        Ok(Saved { entry: self.entry(id)?, warnings: warnings(written), stopped: None })
    }

    /// `id` as for [`Device::edit`].
    pub fn entry_named(&self, id: &str) -> Result<TimesheetEntry, DeviceError> {
        self.entry(self.entry_id(id)?)
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

    /// Day and offset follow a new begin; begin and end follow a new day. All of it in the zone of the entry, wherever this
    /// computer is now.
    fn follow_time(&self, record: &Record, wall: &Wall, values: &mut Values) -> Result<(), DeviceError> {
        let moved_to = match (values.get("Date"), values.contains_key("Begin")) {
            (Some(Value::Date(day)), false) => Some(*day),
            _ => None,
        };
        if let (Some(day), Some(Value::Date(before))) = (moved_to, record.get("Date")) {
            for property in ["Begin", "End"] {
                let said = values.contains_key(property);
                if let (false, Some(Value::DateTime(instant))) = (said, record.get(property)) {
                    values.insert(property.into(), Value::DateTime(wall.moved(*instant, day - before)));
                }
            }
        }
        if values.contains_key("Begin") || values.contains_key("TimeZone") {
            if let Some(begin) = record.get("Begin") {
                values.entry("Begin".into()).or_insert(begin.clone());
            }
            self.complete_time(values, &wall.zone)?;
        }
        Ok(())
    }
}

/// The clock on the wall where the entry was made, or where the person says now that it was.
pub(crate) fn wall_of_entry(record: &Record, set: &BTreeMap<String, String>) -> Wall {
    let said = set.iter().find(|(name, _)| name.eq_ignore_ascii_case("TimeZone")).map(|(_, zone)| zone.clone());
    let zone = said.or_else(|| match record.get("TimeZone") {
        Some(Value::Text(zone)) => Some(zone.clone()),
        _ => None,
    });
    let number = |property: &str| match record.get(property) {
        Some(Value::DateTime(number) | Value::Int(number)) => *number,
        _ => 0,
    };
    Wall::of_entry(number("Begin"), &zone.unwrap_or_default(), number("UtcOffset"))
}
