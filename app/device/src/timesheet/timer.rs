use super::{TIMESHEET, title, warnings};
use crate::moment::read_instant;
use crate::view::{Saved, TimesheetEntry, Warning};
use crate::{Device, DeviceError, StartTimer};
use query_lang::Value;
use std::collections::BTreeMap;
use store::{Action, Change};
use uuid::Uuid;

impl Device {
    /// Starts a timer. The one that runs ends at the same moment; of several none does, because nobody said which.
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
        let mut values = self.read_values(TIMESHEET, &set, &self.wall_of(day), None)?;
        values.insert("Begin".into(), Value::DateTime(begin));
        let running = self.running()?;
        let replaced = if let [only] = running.as_slice() { Some(only) } else { None };
        let mut changes: Vec<Change> = replaced.map(|entry| ending(entry, begin)).into_iter().collect();
        let insert = self.new_timesheet(values)?;
        let id = insert.id;
        changes.push(insert);
        let environment = self.environment()?;
        let written = self.store().write(&changes, "start of a timer", &environment)?;
        let stopped = replaced.map(|entry| self.again(entry)).transpose()?;
        let mut warnings = warnings(written);
        if running.len() > 1 {
            let message = format!("{} timers run now: end those that should not", running.len() + 1);
            warnings.push(Warning { code: "timers".to_owned(), message });
        }
        Ok(Saved { entry: self.entry(id)?, warnings, stopped })
    }

    /// Ends a running timer now: the one that `id`, or enough of it, names, or without an id the only one that runs.
    pub fn stop(&self, id: Option<&str>) -> Result<Saved, DeviceError> {
        let running = self.running()?;
        let ended = match (id, running.as_slice()) {
            (_, []) => return Err(DeviceError::unknown("no timer runs: start one first")),
            (None, [only]) => only,
            (None, several) => return Err(which(several)),
            (Some(id), several) => {
                let id = self.entry_id(id)?.hyphenated().to_string();
                let stands = || DeviceError::unknown("this timer does not run (any more): look at the list again");
                several.iter().find(|entry| entry.id == id).ok_or_else(stands)?
            }
        };
        let environment = self.environment()?;
        let what = format!("end of the timer {}", title(ended));
        let written = self.store().write(&[ending(ended, environment.now)], &what, &environment)?;
        Ok(Saved { entry: self.again(ended)?, warnings: warnings(written), stopped: None })
    }

    /// The newest first.
    pub(crate) fn running(&self) -> Result<Vec<TimesheetEntry>, DeviceError> {
        self.entries("", "T.User = CurrentUser And T.End = Null", "T.Begin Desc", &[])
    }

    fn again(&self, entry: &TimesheetEntry) -> Result<TimesheetEntry, DeviceError> {
        self.entry(Uuid::try_parse(&entry.id).unwrap_or_default())
    }
}

fn ending(entry: &TimesheetEntry, at: i64) -> Change {
    let end = BTreeMap::from([("End".to_owned(), Value::DateTime(at))]);
    let id = Uuid::try_parse(&entry.id).unwrap_or_default();
    Change { entity: TIMESHEET.into(), id, action: Action::Update(end) }
}

/// Two computers started one each: both stay, and the person says which ends.
fn which(running: &[TimesheetEntry]) -> DeviceError {
    let named: Vec<String> = running.iter().map(|entry| format!("{} ({})", title(entry), entry.id)).collect();
    DeviceError::input(format!("{} timers run, so say which one ends: {}", running.len(), named.join(", ")))
}
