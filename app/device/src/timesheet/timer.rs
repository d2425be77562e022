use super::{TIMESHEET, title, warnings};
use crate::moment::read_instant;
use crate::view::{Saved, TimesheetEntry, Warning};
use crate::{Device, DeviceError, ErrorCode, StartTimer};
use query_lang::Value;
use std::collections::BTreeMap;
use store::{Action, Change, StoreError};
use uuid::Uuid;

impl Device {
    /// Starts a timer. The one that runs ends at the same moment; of several none does, because nobody said which. One that
    /// cannot end now, because it was forgotten for too long, runs on and is named in the warnings.
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
        let mut replaced = if let [only] = running.as_slice() { Some(only) } else { None };
        let mut changes: Vec<Change> = replaced.map(|entry| ending(entry, begin)).into_iter().collect();
        let insert = self.new_timesheet(values)?;
        let id = insert.id;
        changes.push(insert);
        let environment = self.environment()?;
        let mut left = None;
        let mut written = self.store().write(&changes, "start of a timer", &environment);
        if let (Some(entry), Err(error)) = (replaced, &written)
            && is_about_the_end(error)
        {
            left = replaced.take().map(|_| Warning { code: "timer_left".to_owned(), message: forgotten(entry) });
            written = self.store().write(&changes[1..], "start of a timer", &environment);
        }
        let mut warnings = warnings(written?);
        warnings.extend(left);
        let stopped = replaced.map(|entry| self.again(entry)).transpose()?;
        if running.len() > 1 {
            let message = format!("{} timers run now: end those that should not", running.len() + 1);
            warnings.push(Warning { code: "timers".to_owned(), message });
        }
        Ok(Saved { entry: self.entry(id)?, warnings, stopped })
    }

    /// Ends a running timer now: the one that `id`, or enough of it, names, or without an id the only one that runs. When it
    /// cannot end now, the person says when it ended: no end is made up.
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
        let written = self.store().write(&[ending(ended, environment.now)], &what, &environment);
        let written = written.map_err(|error| match is_about_the_end(&error) {
            true => DeviceError::new(ErrorCode::Refused, forgotten(ended)),
            false => error.into(),
        })?;
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

/// A rule of the company says that the entry cannot end then.
fn is_about_the_end(error: &StoreError) -> bool {
    matches!(error, StoreError::Rule { properties, .. } if properties.iter().any(|property| property == "End"))
}

fn forgotten(entry: &TimesheetEntry) -> String {
    let (name, id, day) = (title(entry), &entry.id, &entry.date);
    format!(
        "the timer {name} has run for too long to end now, so it still runs: enter when it ended, in its form or by \
         `daybook edit {id} --set End=\"{day} HH:MM\"`"
    )
}

/// Two computers started one each: both stay, and the person says which ends.
fn which(running: &[TimesheetEntry]) -> DeviceError {
    let named: Vec<String> = running.iter().map(|entry| format!("{} ({})", title(entry), entry.id)).collect();
    DeviceError::input(format!("{} timers run, so say which one ends: {}", running.len(), named.join(", ")))
}
