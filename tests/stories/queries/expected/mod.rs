//! The rows that a question must have, from a second way: SQL that was written by hand, with the types and the arithmetic of
//! Postgres, over a small company that is written down row by row.

mod company;

use super::acceptance::{QUESTIONS, questions};
use super::engines::{Answer, Engines};
use query_lang::{Parameters, Target, Type, Value, compile};
use std::collections::BTreeMap;
use std::fmt::Write;

const VIEWS: &str = include_str!("views.sql");
/// Each question's SQL below its number, between lines of three dashes.
const PAGES: [&str; 4] =
    [include_str!("time.sql"), include_str!("money.sql"), include_str!("people.sql"), include_str!("signals.sql")];

/// An administrator who leads a department, an employee who manages projects, a lead of people, a controller, and one who may
/// see little but what is their own.
const PEOPLE: [usize; 5] = [1, 2, 3, 4, 5];
const MICROSECONDS: i64 = 1_000_000;

/// What questions ask for: as a parameter of the language, and as SQL writes it.
fn parameters(engines: &Engines) -> Vec<(&'static str, Value, String)> {
    let employee = engines.person(2);
    let date = |day: &str| Value::read(Type::Date, day, &jiff::tz::TimeZone::UTC).expect("a date");
    let day = |name, text: &str| (name, date(text), format!("DATE '{text}'"));
    let text = |name, text: &str| (name, Value::Text(text.to_owned()), format!("'{text}'"));
    vec![
        day("from", "2026-03-02"),
        day("to", "2026-04-05"),
        day("at", "2026-03-28"),
        day("date", "2026-03-29"),
        ("year", Value::Int(2026), "2026".to_owned()),
        ("user", Value::Guid(employee), format!("'{employee}'")),
        ("limit", Value::Duration(36_000 * MICROSECONDS), "INTERVAL '10 hours'".to_owned()),
        text("a", "Sales"),
        text("b", "Support"),
        text("text", "PÄGE"),
        ("page", Value::Int(0), "0".to_owned()),
    ]
}

/// The clock of the engines: a Monday.
const CLOCK: [(&str, &str); 3] = [
    ("{today}", "DATE '2026-03-30'"),
    ("{monday}", "DATE '2026-03-30'"),
    ("{now}", "TIMESTAMPTZ '2026-03-30 10:07:00+00'"),
];

#[test]
fn every_acceptance_question_finds_the_rows_of_sql_written_by_hand() {
    let mut engines = Engines::new();
    let data = company::read(&engines.catalogue);
    engines.fill_with(data);
    engines.written_by_hand(VIEWS);
    engines.written_by_hand(&signals(&engines));
    let given = parameters(&engines);
    let named: Parameters = given.iter().map(|(name, value, _)| ((*name).to_owned(), value.clone())).collect();
    let written = written(&given);
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for person in PEOPLE {
        engines.written_by_hand(&format!("SET expected.me = '{}'", engines.person(person)));
        for (title, text) in questions(QUESTIONS) {
            let number = title.split_whitespace().nth(1).expect("a number");
            let sql = written.get(number).unwrap_or_else(|| panic!("nobody wrote {title} by hand"));
            let columns = compile(text, &engines.catalogue, &Target::Sqlite).expect("it compiles").columns;
            let expected = engines.written_by_hand(sql);
            let expected: Vec<Vec<Value>> = expected
                .into_iter()
                .map(|row| row.into_iter().zip(&columns).map(|(cell, column)| value(column.kind, cell)).collect())
                .collect();
            let rows = match engines.ask(text, person, &named) {
                Answer::Same(rows) => rows,
                other => panic!("{title}, person {person}: {other:#?}"),
            };
            if rows != expected {
                wrong.push(format!("{title}, person {person}:\n{}", beside(&rows, &expected)));
            }
            *found.entry(number).or_default() += rows.len();
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    let empty: Vec<_> = found.iter().filter(|(_, rows)| **rows == 0).map(|(number, _)| number).collect();
    assert!(empty.is_empty() && found.len() == written.len(), "nobody found anything: {empty:?}");
}

/// Rows that are only in the answer, and rows that are only expected; without any, the order differs.
fn beside(rows: &[Vec<Value>], expected: &[Vec<Value>]) -> String {
    let only = |these: &[Vec<Value>], those: &[Vec<Value>]| {
        let only: Vec<String> =
            these.iter().filter(|row| !those.contains(row)).map(|row| format!("  {row:?}")).collect();
        only.join("\n")
    };
    let (answered, missing) = (only(rows, expected), only(expected, rows));
    if answered.is_empty() && missing.is_empty() {
        return format!("the order differs: {rows:#?}");
    }
    format!("answered:\n{answered}\nexpected:\n{missing}")
}

fn written(given: &[(&str, Value, String)]) -> BTreeMap<&'static str, String> {
    let pages = PAGES.iter().flat_map(|page| questions(page));
    let filled = pages.map(|(title, sql)| {
        let mut sql = sql.to_owned();
        for (name, _, literal) in given {
            sql = sql.replace(&format!("{{{name}}}"), literal);
        }
        for (name, literal) in CLOCK {
            sql = sql.replace(name, literal);
        }
        (title.trim_start_matches("-- "), sql)
    });
    filled.collect()
}

/// Puts the signals of the device beside the company's rows.
fn signals(engines: &Engines) -> String {
    let mut script = String::new();
    for (entity, table, texts) in [
        ("Signal.Activity", "activity", &["State"][..]),
        ("Signal.ActiveWindow", "active_window", &["Program", "Title"]),
    ] {
        let id = engines.catalogue.find(entity).expect("an entity");
        let cell = |row: &super::engines::rows::Row, name: &str| {
            let (index, _) = engines.catalogue.entity(id).property(name).expect("a property");
            match &row.values[index] {
                Value::DateTime(instant) => format!("{{here}}.instant({instant})"),
                Value::Date(day) => format!("{{here}}.day({day})"),
                Value::Text(text) => format!("'{}'", text.replace('\'', "''")),
                other => panic!("{other:?}"),
            }
        };
        for row in &engines.data.rows[&id.0] {
            let cells: Vec<String> = ["Begin", "End", "Date"].iter().chain(texts).map(|name| cell(row, name)).collect();
            writeln!(script, "INSERT INTO {{here}}.{table} VALUES ({});", cells.join(", ")).expect("a text");
        }
    }
    script
}

/// What Postgres wrote, as a value of the language.
fn value(kind: Type, cell: Option<String>) -> Value {
    let Some(text) = cell else { return Value::Null };
    let found = match kind {
        Type::Bool => Some(Value::Bool(text == "t")),
        Type::Duration => Some(Value::Duration(interval(&text))),
        Type::DateTime => Value::read(kind, text.trim_end_matches("+00"), &jiff::tz::TimeZone::UTC),
        _ => Value::read(kind, &text, &jiff::tz::TimeZone::UTC),
    };
    found.unwrap_or_else(|| panic!("{text} is no {kind:?}"))
}

/// Microseconds of `1 day 02:30:00.5` or `-00:20:00`.
fn interval(text: &str) -> i64 {
    let (days, clock) = match text.split_once("day") {
        Some((days, clock)) => (days.trim().parse().expect("days"), clock.trim_start_matches('s').trim()),
        None => (0, text),
    };
    let (sign, clock) = clock.strip_prefix('-').map_or((1, clock), |clock| (-1, clock));
    let seconds = clock.split(':').filter(|part| !part.is_empty()).fold(0.0, |sum, part| {
        let part: f64 = part.parse().expect("hours, minutes or seconds");
        sum * 60.0 + part
    });
    days * query_lang::value::DAY_US + sign * (seconds * MICROSECONDS as f64).round() as i64
}
