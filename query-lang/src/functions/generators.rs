//! Sources that are no entities: rows made from two constants.

use super::Raw;
use super::calendar::{add_days, add_months, into_week};
use super::civil;
use super::environment::first_weekday;
use crate::Environment;
use crate::value::{DATE_RANGE, Type, Value};

/// No generator gives more rows.
pub const GENERATED_ROWS_MAX: usize = 4_000;

type Rows = Vec<Vec<Value>>;

/// `Dates(from, to)` and its kind. Both arguments are query constants, both ends belong to the range.
#[derive(Debug)]
pub struct Generator {
    pub name: &'static str,
    /// Type of both arguments.
    pub argument: Type,
    pub columns: &'static [(&'static str, Type)],
    /// Its rows depend on the company's first day of the week.
    pub by_weeks: bool,
    rows: fn(i64, i64, &Environment) -> Option<Rows>,
}

/// What a generator cannot give.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name} would give more than {GENERATED_ROWS_MAX} rows; narrow the range")]
pub struct TooManyRows {
    pub name: &'static str,
}

pub const GENERATORS: &[Generator] = &[
    generator("Dates", Type::Date, &[("Date", Type::Date)], dates),
    Generator { by_weeks: true, ..generator("Weeks", Type::Date, PERIOD, weeks) },
    generator("Months", Type::Date, PERIOD, |from, to, _| months(from, to, 1)),
    generator("Quarters", Type::Date, PERIOD, |from, to, _| months(from, to, 3)),
    generator("Range", Type::Int, &[("Value", Type::Int)], range),
];

const fn generator(
    name: &'static str,
    argument: Type,
    columns: &'static [(&'static str, Type)],
    rows: fn(i64, i64, &Environment) -> Option<Rows>,
) -> Generator {
    Generator { name, argument, columns, by_weeks: false, rows }
}

const PERIOD: &[(&str, Type)] = &[("Start", Type::Date), ("End", Type::Date)];

impl Generator {
    /// By name, without case.
    pub fn find(name: &str) -> Option<&'static Generator> {
        GENERATORS.iter().find(|generator| generator.name.eq_ignore_ascii_case(name))
    }

    /// Rows in order, one value a column; none if an argument is null. Periods are whole: the first one holds `from`,
    /// the last one `to`.
    pub fn rows(&self, from: Raw<'_>, to: Raw<'_>, environment: &Environment) -> Result<Rows, TooManyRows> {
        let (Raw::Int(from), Raw::Int(to)) = (from, to) else { return Ok(Vec::new()) };
        if from > to {
            return Ok(Vec::new());
        }
        (self.rows)(from, to, environment).ok_or(TooManyRows { name: self.name })
    }
}

fn count(from: i64, to: i64, unit: i64) -> Option<()> {
    (to.checked_sub(from)? / unit < GENERATED_ROWS_MAX as i64).then_some(())
}

fn range(from: i64, to: i64, _: &Environment) -> Option<Rows> {
    count(from, to, 1)?;
    Some((from..=to).map(|value| vec![Value::Int(value)]).collect())
}

fn dates(from: i64, to: i64, _: &Environment) -> Option<Rows> {
    count(from, to, 1)?;
    Some((from..=to).map(|days| vec![date(days)]).collect())
}

fn weeks(from: i64, to: i64, environment: &Environment) -> Option<Rows> {
    let weekday = first_weekday(environment);
    let first = (from - into_week(from, weekday)?).max(*DATE_RANGE.start());
    count(first, to, 7)?;
    Some(periods(first, to, |start| add_days(start, 7 - into_week(start, weekday)?)))
}

fn months(from: i64, to: i64, length: i64) -> Option<Rows> {
    let number = |days| civil::date(days).map(|date| (date.year * 12 + date.month - 1).div_euclid(length));
    count(number(from)?, number(to)?, 1)?;
    let first = civil::date(from).and_then(|date| civil::days(date.year, (date.month - 1) / length * length + 1, 1))?;
    Some(periods(first, to, |start| add_months(start, length)))
}

fn periods(first: i64, to: i64, next: impl Fn(i64) -> Option<i64>) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    let mut start = Some(first);
    while let Some(begin) = start.filter(|begin| *begin <= to) {
        start = next(begin);
        let end = start.map_or(*crate::value::DATE_RANGE.end(), |next| next - 1);
        rows.push(vec![date(begin), date(end)]);
    }
    rows
}

fn date(days: i64) -> Value {
    i32::try_from(days).map_or(Value::Null, Value::Date)
}
