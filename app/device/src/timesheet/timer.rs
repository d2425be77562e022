use super::{TIMESHEET, warnings};
use crate::moment::read_instant;
use crate::view::{Saved, TimesheetEntry};
use crate::{Device, DeviceError, StartTimer};
use query_lang::Value;
use std::collections::BTreeMap;
use store::{Action, Change};
use uuid::Uuid;

impl Device {
    /// Ends the running timer, if there is one, and starts a new one.
    pub fn start(&self, request: &StartTimer) -> Result<Saved, DeviceError> {
        let (now, day) = (self.now(), self.calendar_day());
        let begin = match &request.begin {
            Some(text) => read_instant(text, day, now, &self.outside.zone)?,
            None => now,
        };
        if begin > now {
            return Err(DeviceError::input("a timer cannot begin in the future: leave the time out to begin now"));
        }
        let said = [("Project", &request.project), ("Task", &request.task), ("Description", &request.text)];
        let set: BTreeMap<String, String> =
            said.into_iter().filter_map(|(name, text)| Some((name.to_owned(), text.clone()?))).collect();
        let mut values = self.read_values(TIMESHEET, &set, day, None)?;
        values.insert("Begin".into(), Value::DateTime(begin));
        let running = self.running()?;
        let mut changes = endings(&running, begin);
        let insert = self.new_timesheet(values)?;
        let id = insert.id;
        changes.push(insert);
        let environment = self.environment()?;
        let written = self.store().write(&changes, "start of a timer", &environment)?;
        let stopped = running.first().map(|entry| self.again(entry)).transpose()?;
        Ok(Saved { entry: self.entry(id)?, warnings: warnings(written), stopped })
    }

    /// Ends every running timer of the person; `unknown` when none runs.
    pub fn stop(&self) -> Result<Vec<Saved>, DeviceError> {
        let running = self.running()?;
        if running.is_empty() {
            return Err(DeviceError::unknown("no timer runs: start one first"));
        }
        let environment = self.environment()?;
        let changes = endings(&running, environment.now);
        let written = self.store().write(&changes, "end of a timer", &environment)?;
        let mut said = Some(warnings(written));
        running
            .iter()
            .map(|entry| {
                Ok(Saved { entry: self.again(entry)?, warnings: said.take().unwrap_or_default(), stopped: None })
            })
            .collect()
    }

    /// The newest first.
    pub(crate) fn running(&self) -> Result<Vec<TimesheetEntry>, DeviceError> {
        self.entries("", "T.User = CurrentUser And T.End = Null", "T.Begin Desc", &[])
    }

    fn again(&self, entry: &TimesheetEntry) -> Result<TimesheetEntry, DeviceError> {
        self.entry(Uuid::try_parse(&entry.id).unwrap_or_default())
    }
}

fn endings(running: &[TimesheetEntry], at: i64) -> Vec<Change> {
    let end = BTreeMap::from([("End".to_owned(), Value::DateTime(at))]);
    running
        .iter()
        .filter_map(|entry| Uuid::try_parse(&entry.id).ok())
        .map(|id| Change { entity: TIMESHEET.into(), id, action: Action::Update(end.clone()) })
        .collect()
}
