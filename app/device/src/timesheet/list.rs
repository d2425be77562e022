use crate::moment::{date_of, date_text, read_day};
use crate::view::{Day, TimesheetEntry, Week};
use crate::{Device, DeviceError};
use query_lang::Value;

impl Device {
    /// The person's entries by begin. Dates `2026-01-31`, `today`, `yesterday`; both inclusive; a first one alone runs
    /// to today, a last one alone is one day, without both it is today.
    pub fn list(&self, from: Option<&str>, to: Option<&str>) -> Result<Vec<TimesheetEntry>, DeviceError> {
        let (from, to) = self.days(from, to)?;
        self.entries_between(from, to)
    }

    /// Both inclusive. A first day alone runs to today, a last day alone stands for itself, none for today.
    pub(crate) fn days(&self, from: Option<&str>, to: Option<&str>) -> Result<(i32, i32), DeviceError> {
        let today = self.today()?;
        let read = |text: Option<&str>| text.map(|text| read_day(text, today)).transpose();
        let (from, to) = match (read(from)?, read(to)?) {
            (Some(from), Some(to)) => (from, to),
            (Some(from), None) => (from, from.max(today)),
            (None, Some(to)) => (to, to),
            (None, None) => (today, today),
        };
        if to < from {
            let say = format!("the range ends ({}) before it begins ({})", date_text(to), date_text(from));
            return Err(DeviceError::input(say + ": change one of the dates"));
        }
        Ok((from, to))
    }

    fn entries_between(&self, from: i32, to: i32) -> Result<Vec<TimesheetEntry>, DeviceError> {
        let parameters = [("from", Value::Date(from)), ("to", Value::Date(to))];
        let condition = "T.User = CurrentUser And T.Date >= @from And T.Date <= @to";
        self.entries("@from As Date, @to As Date", condition, "T.Begin", &parameters)
    }

    /// The week that the day is in; without one, this week.
    pub fn week(&self, day: Option<&str>) -> Result<Week, DeviceError> {
        let day = match day {
            Some(text) => read_day(text, self.today()?)?,
            None => self.today()?,
        };
        let first = self.store().first_weekday()?;
        let begin = day - i32::from(date_of(day).weekday().since(first));
        let entries = self.entries_between(begin, begin + 6)?;
        let days: Vec<Day> = (begin..begin + 7)
            .map(|day| {
                let date = date_text(day);
                let entries: Vec<_> = entries.iter().filter(|entry| entry.date == date).cloned().collect();
                Day { seconds: seconds(&entries), date, entries }
            })
            .collect();
        let (begin, end) = (date_text(begin), date_text(begin + 6));
        Ok(Week { begin, end, seconds: days.iter().map(|day| day.seconds).sum(), days })
    }
}

/// Of finished entries; a running one is counted by who shows it.
pub(crate) fn seconds(entries: &[TimesheetEntry]) -> i32 {
    entries.iter().filter_map(|entry| entry.seconds).sum()
}
