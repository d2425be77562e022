use super::{TIMESHEET, title, warnings};
use crate::moment::{Wall, day_of, days_of, offset_minutes, read_day, read_instant};
use crate::view::Saved;
use crate::{Device, DeviceError, NewEntry};
use jiff::tz::TimeZone;
use query_lang::Value;
use std::collections::BTreeMap;
use store::{Action, Change};
use uuid::Uuid;

pub(crate) type Values = BTreeMap<String, Value>;

impl Device {
    pub fn add(&self, request: &NewEntry) -> Result<Saved, DeviceError> {
        let day = match &request.date {
            Some(text) => read_day(text, self.today()?)?,
            None => self.calendar_day(),
        };
        let (now, zone) = (self.now(), &self.outside.zone);
        let begin = read_instant(&request.begin, day, now, zone)?;
        let end = read_instant(&request.end, day, now, zone)?;
        if end <= begin {
            return Err(DeviceError::input(format!(
                "the end ({}) is not after the begin ({}): change one of them; for a booking past midnight give the date too",
                request.end, request.begin
            )));
        }
        let mut set = request.set.clone();
        named_as(&mut set, "Project", &request.project);
        named_as(&mut set, "Task", &request.task);
        named_as(&mut set, "Description", &request.text);
        let mut values = self.read_values(TIMESHEET, &set, &self.wall_of(day), None)?;
        values.insert("Begin".into(), Value::DateTime(begin));
        values.insert("End".into(), Value::DateTime(end));
        let insert = self.new_timesheet(values)?;
        let id = insert.id;
        let environment = self.environment()?;
        let written = self.store().write(&[insert], "booking", &environment)?;
        let entry = self.entry(id)?;
        Ok(Saved { entry, warnings: warnings(written), stopped: None })
    }

    /// An insert with everything that the person did not say: who, where, which day, billable or not.
    pub(crate) fn new_timesheet(&self, mut values: Values) -> Result<Change, DeviceError> {
        let user = self.kept_account()?.user_id;
        values.entry("User".into()).or_insert(Value::Guid(user));
        self.complete_time(&mut values, &self.outside.zone)?;
        // A computer whose zone has no name: the offset stands beside it anyway.
        values.entry("TimeZone".into()).or_insert(Value::Text("UTC".into()));
        if !values.contains_key("Billable") {
            let billable = Value::Bool(self.is_billable(&values)?);
            values.insert("Billable".into(), billable);
        }
        Ok(Change { entity: TIMESHEET.into(), id: self.new_id(), action: Action::Insert(values) })
    }

    /// Zone, offset and day follow from the begin in the zone in which it was; what the person said stays.
    pub(super) fn complete_time(&self, values: &mut Values, zone: &TimeZone) -> Result<(), DeviceError> {
        let Some(Value::DateTime(begin)) = values.get("Begin") else { return Ok(()) };
        let begin = *begin;
        let offset = match values.get("UtcOffset") {
            Some(Value::Int(offset)) => *offset,
            _ => offset_minutes(zone, begin),
        };
        values.insert("UtcOffset".into(), Value::Int(offset));
        if let Some(name) = zone.iana_name() {
            values.entry("TimeZone".into()).or_insert(Value::Text(name.to_owned()));
        }
        let day = day_of(begin, offset, self.day_start()?);
        values.entry("Date".into()).or_insert(Value::Date(day));
        Ok(())
    }

    /// The clock on this computer's wall, on a day.
    pub(crate) fn wall_of(&self, day: i32) -> Wall {
        Wall { day, zone: self.outside.zone.clone() }
    }

    /// As the project and the task say.
    fn is_billable(&self, values: &Values) -> Result<bool, DeviceError> {
        for entity in ["Project", "Task"] {
            let Some(Value::Guid(id)) = values.get(entity) else { continue };
            let record = self.store().record(entity, *id)?;
            if record.is_some_and(|record| record.get("Billable") == Some(&Value::Bool(false))) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The day on the calendar, for times that are typed without one.
    pub(crate) fn calendar_day(&self) -> i32 {
        let now = jiff::Timestamp::from_microsecond(self.now()).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        days_of(now.to_zoned(self.outside.zone.clone()).date())
    }

    /// The entry that an id, or enough of one, names.
    pub(super) fn entry_id(&self, text: &str) -> Result<Uuid, DeviceError> {
        if let Ok(id) = Uuid::try_parse(text.trim()) {
            return Ok(id);
        }
        let wanted = text.trim().to_lowercase();
        if wanted.len() < 4 {
            return Err(DeviceError::input(format!("`{text}` is too short for an id: give four characters or more")));
        }
        let found = self.ask("From T In Timesheet Where T.User = CurrentUser Select T.Id", &[])?;
        let ids = found.into_iter().filter_map(|mut cells| cells.id());
        let meant: Vec<Uuid> = ids
            .filter(|id| {
                let id = id.hyphenated().to_string();
                id.starts_with(&wanted) || id.ends_with(&wanted)
            })
            .collect();
        match meant.as_slice() {
            [id] => Ok(*id),
            [] => Err(DeviceError::unknown(format!("there is no entry `{text}`: look at the list for its id"))),
            several => {
                let count = several.len();
                Err(DeviceError::input(format!("{count} entries have an id like `{text}`: give more of it")))
            }
        }
    }

    pub(super) fn named_change(&self, verb: &str, id: Uuid) -> String {
        self.entry(id).map_or_else(|_| verb.to_owned(), |entry| format!("{verb} {}", title(&entry)))
    }
}

fn named_as(set: &mut BTreeMap<String, String>, property: &str, text: &Option<String>) {
    if let Some(text) = text {
        set.insert(property.to_owned(), text.clone());
    }
}
