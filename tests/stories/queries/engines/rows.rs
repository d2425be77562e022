//! Random rows of all entities: nulls, ties, empty texts, days with 23 and 25 hours, bookings over midnight, people in other
//! zones, rows that are deleted, and where it is asked for numbers at the ends of their range.

use crate::queries::dice::Dice;
use query_lang::catalogue::{Catalogue, Entity, EntityId, PropertyKind};
use query_lang::value::DAY_US;
use query_lang::{Type, Value, evaluate};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// 2026-03-30 10:07 UTC, the day after a night that had 23 hours in Vienna.
pub(crate) const NOW: i64 = 20_542 * DAY_US + 10 * HOUR_US + 7 * MINUTE_US;
/// People who exist.
pub(crate) const PEOPLE: usize = 8;
const MINUTE_US: i64 = 60_000_000;
const HOUR_US: i64 = 60 * MINUTE_US;
/// 2026-03-29 and 2026-10-25: the clocks of Vienna change.
const SHORT_DAY: i64 = 20_541;
const LONG_DAY: i64 = 20_751;
const ROLES: [&str; 8] = [
    "Admin",
    "User",
    "ProjectManager",
    "DepartmentLead",
    "ProjectController",
    "BillingAdmin",
    "HumanResourcesAdmin",
    "BaseDataAdmin",
];
const WORDS: [&str; 14] =
    ["", "a", "A", "Ä", "ä", "aé", "ae\u{301}", "Zebra", "zebra", "Straße", "x%y_z", "日本", "code review", "Admin"];
const KINDS: [&str; 4] = ["Vacation", "Sick", "Compensatory", "vacation"];
const STATES: [&str; 4] = ["active", "idle", "locked", "asleep"];
const PROGRAMS: [&str; 3] = ["Code", "firefox", "Écriture"];
const UNIQUE: [&str; 4] = ["Code", "Username", "Number", "Key"];

/// A row with what every table has besides its properties.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) id: Uuid,
    pub(crate) deleted: bool,
    /// One for each property; calculated ones are null.
    pub(crate) values: Arc<[Value]>,
}

/// All rows, by entity.
#[derive(Debug, Clone, Default)]
pub(crate) struct Data {
    pub(crate) rows: BTreeMap<u32, Vec<Row>>,
    live: BTreeMap<(u32, Uuid), Arc<[Value]>>,
}

impl evaluate::Rows for Data {
    fn ids(&self, entity: EntityId) -> Vec<Uuid> {
        let range = (entity.0, Uuid::nil())..=(entity.0, Uuid::max());
        self.live.range(range).map(|((_, id), _)| *id).collect()
    }

    fn row(&self, entity: EntityId, id: Uuid) -> Option<Arc<[Value]>> {
        self.live.get(&(entity.0, id)).cloned()
    }
}

impl Data {
    pub(crate) fn of(rows: BTreeMap<u32, Vec<Row>>) -> Data {
        let mut live = BTreeMap::new();
        for (entity, rows) in &rows {
            let alive = rows.iter().filter(|row| !row.deleted);
            live.extend(alive.map(|row| ((*entity, row.id), row.values.clone())));
        }
        Data { rows, live }
    }
}

pub(crate) fn id_of(entity: EntityId, number: usize) -> Uuid {
    Uuid::from_u128((u128::from(entity.0) << 64) + number as u128)
}

/// How many rows, and whether numbers may be extreme.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) bookings: usize,
    pub(crate) signals: usize,
    pub(crate) others: usize,
    pub(crate) extremes: bool,
}

pub(crate) fn random(catalogue: &Catalogue, seed: u64, size: Size) -> Data {
    let mut rows: BTreeMap<u32, Vec<Row>> = BTreeMap::new();
    let mut making = Making { catalogue, dice: Dice::new(seed), size };
    for (id, entity) in catalogue.entities() {
        for number in 1..=making.count(entity) {
            rows.entry(id.0).or_default().push(making.row(id, entity, number));
        }
    }
    Data::of(rows)
}

struct Making<'c> {
    catalogue: &'c Catalogue,
    dice: Dice,
    size: Size,
}

impl Making<'_> {
    fn count(&self, entity: &Entity) -> usize {
        match entity.name.as_str() {
            "Timesheet" => self.size.bookings,
            "User" => PEOPLE,
            "Role" => ROLES.len(),
            "RoleAssignment" | "WeeklyHours" => 10,
            name if name.starts_with("Signal.") => self.size.signals,
            _ => self.size.others,
        }
    }

    fn row(&mut self, id: EntityId, entity: &Entity, number: usize) -> Row {
        let key = id_of(id, number);
        let mut values: Vec<Value> = Vec::new();
        for property in &entity.properties {
            let value = match &property.kind {
                PropertyKind::Stored { kind, nullable, .. } => {
                    self.value(entity, &property.name, *kind, *nullable, number)
                }
                PropertyKind::Calculated { .. } => Value::Null,
            };
            values.push(if property.name == "Id" { Value::Guid(key) } else { value });
        }
        if entity.property("Begin").is_some() {
            self.times(entity, &mut values);
        }
        let person_or_role = matches!(entity.name.as_str(), "User" | "Role");
        let signal = entity.name.starts_with("Signal.");
        let deleted = !person_or_role && !signal && number > 1 && self.dice.once_in(12);
        Row { id: key, deleted, values: values.into() }
    }

    fn value(&mut self, entity: &Entity, name: &str, kind: Type, nullable: bool, number: usize) -> Value {
        let first_assignment = entity.name == "RoleAssignment" && number == 1;
        let needed = entity.name == "Absence" && matches!(name, "Kind" | "Days");
        if nullable && !needed && self.dice.once_in(4) {
            return Value::Null;
        }
        match kind {
            Type::Bool => Value::Bool(first_assignment || self.dice.once_in(2)),
            Type::Int if name == "UtcOffset" => Value::Int(*self.dice.pick(&[60, 60, 120, 0, -300, 330, 840])),
            Type::Int => Value::Int(self.dice.between(-3, 10)),
            Type::Decimal => Value::Decimal(self.decimal(entity)),
            Type::Text => Value::Text(self.text(entity, name, number)),
            Type::Date if entity.name == "Invoice" => Value::Date(self.dice.between(20_450, 20_540) as i32),
            Type::Date => Value::Date(self.day() as i32),
            Type::Time => Value::Time(self.dice.between(0, 23) * HOUR_US),
            Type::DateTime => Value::DateTime(self.instant()),
            Type::Duration => Value::Duration(self.dice.between(0, 40) * 15 * MINUTE_US),
            Type::Guid => Value::Guid(Uuid::from_u128(self.dice.between(1, 5) as u128)),
            Type::Ref(target) => {
                let count = self.count(self.catalogue.entity(target));
                let other = if first_assignment { 1 } else { 1 + self.dice.below(count) };
                Value::Guid(id_of(target, other))
            }
        }
    }

    fn decimal(&mut self, entity: &Entity) -> i64 {
        if self.size.extremes && entity.name != "WeeklyHours" && self.dice.once_in(30) {
            return *self.dice.pick(&[i64::MAX, i64::MIN, i64::MAX - 1, 1, -1, 5_000_000_000_000_000_000]);
        }
        match entity.name.as_str() {
            "WeeklyHours" => self.dice.between(0, 16) * 500_000,
            _ => *self.dice.pick(&[0, 1_000_000, 2_500_000, 80_000_000, 95_500_000, 333_333, 120_000_000, -4_000_000]),
        }
    }

    fn text(&mut self, entity: &Entity, name: &str, number: usize) -> String {
        let unique = UNIQUE.contains(&name) || entity.name == "Tag" || entity.name == "SavedQuery" && name == "Name";
        match (entity.name.as_str(), name) {
            ("Role", "Code") => ROLES[number - 1].to_owned(),
            (_, "Kind") => (*self.dice.pick(&KINDS)).to_owned(),
            (_, "State") => (*self.dice.pick(&STATES)).to_owned(),
            (_, "Program") => (*self.dice.pick(&PROGRAMS)).to_owned(),
            (_, "TimeZone") => (*self.dice.pick(&["Europe/Vienna", "America/New_York", "Asia/Kolkata"])).to_owned(),
            (_, "Country") => (*self.dice.pick(&["AT", "DE", "at"])).to_owned(),
            ("Setting", "Key") => format!("setting{number}"),
            ("Department" | "Project", "Name") => (*self.dice.pick(&["a", "A", "Ä", "Zebra"])).to_owned(),
            _ if unique => format!("{}{number}", self.dice.pick(&["b", "B", "Ä", "z", "ß"])),
            _ => (*self.dice.pick(&WORDS)).to_owned(),
        }
    }

    fn day(&mut self) -> i64 {
        match self.dice.below(12) {
            0 => SHORT_DAY,
            1 => LONG_DAY,
            2 => self.dice.between(20_450, 20_459),
            3 if self.size.extremes => *self.dice.pick(&[-719_162, 2_932_896]),
            _ => self.dice.between(20_515, 20_556),
        }
    }

    fn instant(&mut self) -> i64 {
        let day = self.dice.between(20_520, 20_544);
        match self.dice.below(10) {
            0 => SHORT_DAY * DAY_US + self.dice.between(0, 8) * 15 * MINUTE_US,
            1 => LONG_DAY * DAY_US + self.dice.between(0, 8) * 15 * MINUTE_US,
            2 => day * DAY_US + 23 * HOUR_US + self.dice.between(0, 3) * 15 * MINUTE_US,
            _ => day * DAY_US + self.dice.between(0, 95) * 15 * MINUTE_US,
        }
    }

    /// The end comes after the begin, and a booking's day is the local day of its begin, for most of them.
    fn times(&mut self, entity: &Entity, values: &mut [Value]) {
        let index = |name: &str| entity.property(name).map(|(index, _)| index);
        let (Some(begin), Some(end)) = (index("Begin"), index("End")) else { return };
        let Value::DateTime(start) = values[begin] else { return };
        if !values[end].is_null() {
            let length = self.dice.between(0, 40) * 15 * MINUTE_US;
            values[end] = Value::DateTime(if self.dice.once_in(20) { start } else { start + length });
        }
        let offset = match index("UtcOffset").map(|at| &values[at]) {
            Some(Value::Int(minutes)) => *minutes,
            _ => 60,
        };
        if let Some(date) = index("Date")
            && !self.dice.once_in(15)
        {
            values[date] = Value::Date((start + offset * MINUTE_US).div_euclid(DAY_US) as i32);
        }
    }
}
