//! A company of some size: two years of bookings, everything by rule and nothing by chance.

use query_lang::catalogue::{Catalogue, Entity, Property, PropertyKind, Source};
use query_lang::functions::fold;
use query_lang::value::DAY_US;
use query_lang::{Type, Value};
use uuid::Uuid;

/// 2026-03-30, a Monday, at 10:07 UTC.
pub(super) const TODAY: i32 = 20_542;
pub(super) const NOW: i64 = TODAY as i64 * DAY_US + 10 * HOUR_US + 7 * MINUTE_US;
pub(super) const ADMIN: Uuid = Uuid::from_u128((USER as u128) << 64 | 1);
pub(super) const EMPLOYEE: Uuid = Uuid::from_u128((USER as u128) << 64 | 2);
const USER: u32 = 1;
const MINUTE_US: i64 = 60_000_000;
const HOUR_US: i64 = 60 * MINUTE_US;
const PEOPLE: usize = 80;
const PROJECTS: usize = 400;
/// Bookings of one person on one day.
const A_DAY: usize = 5;
/// One of these for each word of a booking.
const WORDS: [&str; 8] = ["sign-in page", "Besprechung", "réunion", "tests", "", "Überblick", "support", "design"];

/// Names of an entity's columns, with those that every table has.
pub(super) fn columns(entity: &Entity) -> Vec<String> {
    let mut columns = Vec::new();
    for property in &entity.properties {
        if let PropertyKind::Stored { column, fold, .. } = &property.kind {
            columns.push(column.as_str().to_owned());
            columns.extend(fold.as_ref().map(|fold| fold.as_str().to_owned()));
        }
    }
    if entity.source == Source::Tenant {
        columns.extend(["seq".to_owned(), "deleted".to_owned()]);
    }
    columns
}

/// The row with this number (from 1), in the order of the columns.
pub(super) fn row(catalogue: &Catalogue, entity: &Entity, number: usize) -> Vec<Value> {
    let mut values = Vec::new();
    for property in &entity.properties {
        let PropertyKind::Stored { fold: key, .. } = &property.kind else { continue };
        let value = value(catalogue, entity, property, number);
        let folded = if let Value::Text(text) = &value { Value::Text(fold(text)) } else { Value::Null };
        values.push(value);
        values.extend(key.as_ref().map(|_| folded));
    }
    if entity.source == Source::Tenant {
        values.extend([Value::Int(1), Value::Bool(number.is_multiple_of(97) && entity.name == "Timesheet")]);
    }
    values
}

pub(super) fn count(entity: &Entity, bookings: usize) -> usize {
    match entity.name.as_str() {
        "Timesheet" => bookings,
        "User" => PEOPLE,
        "Project" => PROJECTS,
        "Customer" | "Holiday" => 40,
        "Department" | "Role" => 8,
        "RoleAssignment" | "WeeklyHours" => 2 * PEOPLE,
        "Task" | "Invoice" => 500,
        "Absence" => 10 * PEOPLE,
        "Weight" => 3,
        "Signal.Activity" => 500,
        "Signal.ActiveWindow" => 5_000,
        _ => 0,
    }
}

fn id(kind: u32, number: usize) -> Value {
    Value::Guid(Uuid::from_u128(u128::from(kind) << 64 | number as u128))
}

/// A number for each entity, so that ids can be written down: people are 1.
fn kind_of(catalogue: &Catalogue, entity: &str) -> u32 {
    if entity == "User" { USER } else { 100 + catalogue.find(entity).map_or(0, |found| found.0) }
}

fn value(catalogue: &Catalogue, entity: &Entity, property: &Property, number: usize) -> Value {
    let name = property.name.as_str();
    if name == "Id" {
        return id(kind_of(catalogue, &entity.name), number);
    }
    let known = match entity.name.as_str() {
        "Timesheet" => booking(catalogue, name, number),
        "Signal.Activity" | "Signal.ActiveWindow" => signal(name, number),
        _ => master(catalogue, &entity.name, name, number),
    };
    let PropertyKind::Stored { kind, nullable, .. } = &property.kind else { return Value::Null };
    match known {
        Some(value) => value,
        None if *nullable => Value::Null,
        None => nothing(*kind, number),
    }
}

fn nothing(kind: Type, number: usize) -> Value {
    match kind {
        Type::Bool => Value::Bool(false),
        Type::Int => Value::Int(0),
        Type::Decimal => Value::Decimal(0),
        Type::Text => Value::Text(format!("Text {number}")),
        Type::Date => Value::Date(TODAY),
        Type::Time => Value::Time(0),
        Type::DateTime => Value::DateTime(NOW),
        Type::Duration => Value::Duration(0),
        Type::Guid | Type::Ref(_) => Value::Guid(Uuid::nil()),
    }
}

/// Bookings go back from today: of every person five a day, without a gap but for a quarter of an hour after the second.
fn booking(catalogue: &Catalogue, name: &str, number: usize) -> Option<Value> {
    let place = number - 1;
    let (person, slot) = (place % PEOPLE, place / PEOPLE);
    let (date, of_day) = (TODAY - (slot / A_DAY) as i32, slot % A_DAY);
    let pause = if of_day >= 2 && date % 3 == 0 { 20 * MINUTE_US } else { 0 };
    let begin = i64::from(date) * DAY_US + (6 + 2 * of_day as i64) * HOUR_US + pause;
    let length = 2 * HOUR_US - if place.is_multiple_of(31) { 7 * MINUTE_US } else { 0 };
    let odd = place.wrapping_mul(2_654_435_761) >> 7;
    Some(match name {
        "User" => id(USER, person + 1),
        "Begin" => Value::DateTime(begin),
        "End" => Value::DateTime(begin + length),
        "Created" => Value::DateTime(begin + length + if odd.is_multiple_of(9) { 4 * DAY_US } else { HOUR_US }),
        "UtcOffset" => Value::Int(if person % 10 == 9 { -240 } else { 120 }),
        "Date" => Value::Date(date),
        "Description" => {
            Value::Text(format!("{}{}", WORDS[odd % WORDS.len()], if odd % 200 == 4 { "" } else { " of the day" }))
        }
        "Project" if !odd.is_multiple_of(50) => id(kind_of(catalogue, "Project"), 1 + odd % (PROJECTS - 8)),
        "Task" if odd.is_multiple_of(3) => id(kind_of(catalogue, "Task"), 1 + odd % 500),
        "Billable" => Value::Bool(!odd.is_multiple_of(5)),
        "HomeOffice" => Value::Bool(odd % 7 < 3),
        "JourneyKm" if odd.is_multiple_of(11) => Value::Decimal((odd % 300) as i64 * 1_250_000),
        "HourlyRate" if odd.is_multiple_of(13) => Value::Decimal(85_123_457),
        "Invoice" if date < TODAY - 60 && odd % 5 < 3 => id(kind_of(catalogue, "Invoice"), 1 + odd % 500),
        "Weight" if odd % 40 == 1 => id(kind_of(catalogue, "Weight"), 1 + odd % 3),
        _ => return None,
    })
}

fn signal(name: &str, number: usize) -> Option<Value> {
    let begin = NOW - number as i64 * 3 * MINUTE_US;
    Some(match name {
        "Begin" => Value::DateTime(begin),
        "End" => Value::DateTime(begin + 3 * MINUTE_US),
        "Date" => Value::Date(begin.div_euclid(DAY_US) as i32),
        "State" => Value::Text(if number.is_multiple_of(5) { "idle" } else { "active" }.to_owned()),
        "Program" => Value::Text(["Code", "firefox", "xterm", "mail"][number % 4].to_owned()),
        "Title" => Value::Text(format!("window {}", number % 60)),
        _ => return None,
    })
}

fn master(catalogue: &Catalogue, entity: &str, name: &str, number: usize) -> Option<Value> {
    let of = |entity: &str, number: usize| Some(id(kind_of(catalogue, entity), number));
    let text = |text: String| Some(Value::Text(text));
    let roles = [
        "Admin",
        "User",
        "ProjectManager",
        "ProjectController",
        "BillingAdmin",
        "HumanResourcesAdmin",
        "BaseDataAdmin",
        "AccountAdmin",
    ];
    match (entity, name) {
        ("Role", "Code") => text(roles[number - 1].to_owned()),
        ("RoleAssignment", "User") => of("User", 1 + (number - 1) % PEOPLE),
        ("RoleAssignment", "Role") => of("Role", if number == 1 { 1 } else { 2 + usize::from(number == 4) * 2 }),
        ("RoleAssignment", "Active") => Some(Value::Bool(true)),
        ("User", "Firstname") if !number.is_multiple_of(4) => text(format!("First {}", (number * 37) % PEOPLE)),
        ("User", "Lastname") if !number.is_multiple_of(4) => text(format!("Äast {number}")),
        ("User", "Username") => text(format!("person{number}")),
        ("User", "Department") => of("Department", 1 + number % 8),
        ("User", "Active") => Some(Value::Bool(!number.is_multiple_of(20))),
        ("User", "HourlyCost") => Some(Value::Decimal(40_000_000 + number as i64 * 250_000)),
        ("User" | "Holiday", "Country") => text(["AT", "DE"][number % 2].to_owned()),
        ("User", "HiredOn") => Some(Value::Date(TODAY - 600 + 5 * number as i32)),
        ("User", "VacationDays") => Some(Value::Decimal(25_000_000)),
        ("Department", "Name") => text(format!("Department {number}")),
        ("Department", "Lead") => of("User", number),
        ("Customer" | "Project", "HourlyRate") if number.is_multiple_of(3) => {
            Some(Value::Decimal(90_000_000 + number as i64 * 10_000))
        }
        ("Project", "Customer") if !number.is_multiple_of(25) => of("Customer", 1 + number % 38),
        ("Project", "Name") => text(format!("{} {}", ["Portal", "pörtal", "Umzug", "Audit"][number % 4], number % 90)),
        ("Project", "Manager") => of("User", 1 + number % PEOPLE),
        ("Project", "StartDate") if !number.is_multiple_of(3) => Some(Value::Date(TODAY - 700)),
        ("Project", "EndDate") if number.is_multiple_of(2) => Some(Value::Date(TODAY - 8 + (number % 100) as i32)),
        ("Project", "BudgetHours") if number.is_multiple_of(2) => Some(Value::Decimal(number as i64 * 5_000_000)),
        ("Project", "Closed") => Some(Value::Bool(number.is_multiple_of(60))),
        ("Task", "HourlyRate") if number.is_multiple_of(20) => Some(Value::Decimal(77_700_000)),
        ("Weight", "Factor") => Some(Value::Decimal(500_000 * number as i64)),
        ("Invoice", "Customer") => of("Customer", 1 + number % 38),
        ("Invoice", "Project") => of("Project", 1 + number % PROJECTS),
        ("Invoice", "Date") => Some(Value::Date(TODAY - (number % 400) as i32)),
        ("Invoice", "Amount") => Some(Value::Decimal(number as i64 * 10_990_000)),
        ("Invoice", "Paid") => Some(Value::Bool(!number.is_multiple_of(3))),
        ("Absence", "User") => of("User", 1 + number % PEOPLE),
        ("Absence", "Kind") => text(["Vacation", "Sick"][number % 2].to_owned()),
        ("Absence", "From") => Some(Value::Date(TODAY - 300 + (number % 330) as i32)),
        ("Absence", "To") => Some(Value::Date(TODAY - 298 + (number % 330) as i32)),
        ("Absence", "Days") => Some(Value::Decimal(3_000_000)),
        ("Absence", "Approved") => Some(Value::Bool(!number.is_multiple_of(5))),
        ("Holiday", "Date") => Some(Value::Date(TODAY - 18 * number as i32)),
        ("WeeklyHours", "User") => of("User", 1 + (number - 1) % PEOPLE),
        ("WeeklyHours", "ValidFrom") => Some(Value::Date(TODAY - 900 + 500 * ((number - 1) / PEOPLE) as i32)),
        ("WeeklyHours", "Saturday" | "Sunday") => Some(Value::Decimal(0)),
        ("WeeklyHours", day) if day.ends_with("day") => Some(Value::Decimal(7_700_000)),
        _ => None,
    }
}
