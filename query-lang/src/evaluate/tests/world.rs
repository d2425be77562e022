//! A small company: two people, a lead, three projects, a few bookings.

use crate::catalogue::{BackReference, Catalogue, Entity, Permissions, Property, PropertyKind, Source};
use crate::diagnostic::Diagnostic;
use crate::evaluate::{Answer, Rows, evaluate_query};
use crate::value::{Type, Value};
use crate::{EntityId, Environment, Identifier, Parameters};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

pub(super) const USER: EntityId = EntityId(0);
pub(super) const PROJECT: EntityId = EntityId(1);
pub(super) const TIMESHEET: EntityId = EntityId(2);

pub(super) const ANALYST: Uuid = Uuid::from_u128(1);
pub(super) const BOOKKEEPER: Uuid = Uuid::from_u128(2);
pub(super) const APOLLO: Uuid = Uuid::from_u128(11);
pub(super) const BOREAS: Uuid = Uuid::from_u128(12);
pub(super) const CHARON: Uuid = Uuid::from_u128(13);

const HOUR: i64 = 3_600_000_000;
/// 2026-03-02, a Monday.
pub(super) const MONDAY: i32 = 20_514;

fn stored(name: &str, kind: Type, nullable: bool) -> Property {
    let column = Identifier::new(&name.to_lowercase()).expect("a name");
    let fold = (kind == Type::Text).then(|| Identifier::new(&format!("{column}_fold")).expect("a name"));
    Property {
        name: name.to_owned(),
        aliases: Vec::new(),
        kind: PropertyKind::Stored { column, kind, nullable, bytes_max: None, fold },
        read: None,
    }
}

fn calculated(name: &str, expression: &str, kind: Type) -> Property {
    let kind = PropertyKind::Calculated { expression: expression.to_owned(), kind, nullable: true };
    Property { name: name.to_owned(), aliases: Vec::new(), kind, read: None }
}

fn entity(name: &str, properties: Vec<Property>, back_references: Vec<BackReference>, read: &str) -> Entity {
    let mut all = vec![stored("Id", Type::Guid, false)];
    all.extend(properties);
    Entity {
        name: name.to_owned(),
        aliases: Vec::new(),
        table: Identifier::new(&name.to_lowercase()).expect("a name"),
        source: Source::Tenant,
        properties: all,
        back_references,
        display: "Current.Id".to_owned(),
        permissions: Permissions { read: vec![read.to_owned()], ..Permissions::default() },
        rules: Vec::new(),
    }
}

fn timesheets_by(property: usize) -> BackReference {
    BackReference { name: "Timesheets".to_owned(), entity: TIMESHEET, property }
}

pub(super) fn catalogue() -> Catalogue {
    let mut rate = stored("Rate", Type::Decimal, true);
    rate.read = Some("CurrentUser.Lead".to_owned());
    let user = vec![stored("Name", Type::Text, false), stored("Lead", Type::Bool, false)];
    let project = vec![stored("Name", Type::Text, false), rate];
    let timesheet = vec![
        stored("User", Type::Ref(USER), false),
        stored("Project", Type::Ref(PROJECT), true),
        stored("Date", Type::Date, false),
        stored("Begin", Type::DateTime, false),
        stored("End", Type::DateTime, true),
        stored("Billable", Type::Bool, false),
        stored("UtcOffset", Type::Int, false),
        calculated("Duration", "Current.End - Current.Begin", Type::Duration),
        calculated("Hours", "Hours(Current.Duration)", Type::Decimal),
    ];
    let own = "Current.User = CurrentUser Or CurrentUser.Lead";
    Catalogue::new(
        1,
        vec![
            entity("User", user, vec![timesheets_by(1)], "True"),
            entity("Project", project, vec![timesheets_by(2)], "True"),
            entity("Timesheet", timesheet, Vec::new(), own),
        ],
    )
}

/// Rows by entity and id.
#[derive(Default)]
pub(super) struct Memory(BTreeMap<(u32, Uuid), Arc<[Value]>>);

impl Rows for Memory {
    fn ids(&self, entity: EntityId) -> Vec<Uuid> {
        self.0.keys().filter(|(of, _)| *of == entity.0).map(|(_, id)| *id).collect()
    }

    fn row(&self, entity: EntityId, id: Uuid) -> Option<Arc<[Value]>> {
        self.0.get(&(entity.0, id)).cloned()
    }
}

impl Memory {
    fn put(&mut self, entity: EntityId, id: Uuid, values: Vec<Value>) {
        let mut row = vec![Value::Guid(id)];
        row.extend(values);
        self.0.insert((entity.0, id), row.into());
    }
}

/// Values of a timesheet without its id; times in hours after midnight, local time is UTC.
pub(super) fn booking(user: Uuid, project: Option<Uuid>, day: i32, hours: (i64, Option<i64>)) -> Vec<Value> {
    let at = |hour: i64| Value::DateTime(i64::from(day) * 24 * HOUR + hour * HOUR);
    vec![
        Value::Guid(user),
        project.map_or(Value::Null, Value::Guid),
        Value::Date(day),
        at(hours.0),
        hours.1.map_or(Value::Null, at),
        Value::Bool(project.is_some()),
        Value::Int(0),
        Value::Null,
        Value::Null,
    ]
}

pub(super) fn rows() -> Memory {
    let mut rows = Memory::default();
    let text = |text: &str| Value::Text(text.to_owned());
    rows.put(USER, ANALYST, vec![text("Analyst"), Value::Bool(true)]);
    rows.put(USER, BOOKKEEPER, vec![text("Bookkeeper"), Value::Bool(false)]);
    rows.put(PROJECT, APOLLO, vec![text("apollo"), Value::Decimal(80_000_000)]);
    rows.put(PROJECT, BOREAS, vec![text("Boreas"), Value::Null]);
    rows.put(PROJECT, CHARON, vec![text("Ägäis"), Value::Decimal(10_000_000)]);
    let bookings = [
        (ANALYST, Some(APOLLO), MONDAY, (8, Some(10))),
        (ANALYST, Some(BOREAS), MONDAY, (11, Some(12))),
        (ANALYST, None, MONDAY + 1, (9, Some(17))),
        (BOOKKEEPER, Some(APOLLO), MONDAY, (9, Some(12))),
        (BOOKKEEPER, Some(APOLLO), MONDAY + 7, (9, None)),
    ];
    for (index, (user, project, day, hours)) in bookings.into_iter().enumerate() {
        rows.put(TIMESHEET, Uuid::from_u128(100 + index as u128), booking(user, project, day, hours));
    }
    rows
}

pub(super) fn environment(user: Uuid) -> Environment {
    Environment {
        user,
        now: (i64::from(MONDAY) * 24 + 240) * HOUR,
        zone: jiff::tz::TimeZone::UTC,
        first_weekday: jiff::civil::Weekday::Monday,
    }
}

pub(super) fn ask(user: Uuid, text: &str) -> Result<Answer, Vec<Diagnostic>> {
    evaluate_query(text, &catalogue(), &environment(user), &Parameters::new(), &rows())
}

/// The answer that Analyst gets, who may read everything, one line a row.
pub(super) fn check(text: &str, expected: &[&str]) {
    check_as(ANALYST, text, expected);
}

pub(super) fn check_as(user: Uuid, text: &str, expected: &[&str]) {
    let answer = ask(user, text).unwrap_or_else(|diagnostics| panic!("{text}: {diagnostics:?}"));
    let lines: Vec<String> = answer.rows.iter().map(|row| line(row)).collect();
    assert_eq!(lines, expected, "{text}");
}

fn line(row: &[Value]) -> String {
    row.iter().map(shown).collect::<Vec<_>>().join(" | ")
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Decimal(value) => format!("{}", *value as f64 / 1e6),
        Value::Text(text) => text.clone(),
        Value::Date(day) => format!("day {}", day - MONDAY),
        Value::Time(time) => format!("{} s", time / 1_000_000),
        Value::DateTime(instant) => format!("hour {}", instant / HOUR - i64::from(MONDAY) * 24),
        Value::Duration(duration) => format!("{} h", *duration as f64 / HOUR as f64),
        Value::Guid(guid) => guid.as_u128().to_string(),
    }
}
