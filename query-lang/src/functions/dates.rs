//! Parts of a date.

use super::civil::{self, Civil};
use super::declare::*;
use super::ints;
use super::signature::Function;

pub(super) const FUNCTIONS: &[Function] = &[
    scalar("Year", "year", &[day("date")], INT, ints!(|days| part(days, |date| date.year))),
    scalar("Quarter", "quarter", &[day("date")], INT, ints!(|days| part(days, |date| (date.month + 2) / 3))),
    scalar("Month", "month", &[day("date")], INT, ints!(|days| part(days, |date| date.month))),
    scalar("Day", "day", &[day("date")], INT, ints!(|days| part(days, |date| date.day))),
    scalar("Weekday", "weekday", &[day("date")], INT, ints!(|days| Some(civil::weekday(days)))),
    scalar("DayOfWeek", "day_of_week", &[day("date")], INT, ints!(|days| Some(civil::weekday(days) % 7))),
    scalar("DayOfYear", "day_of_year", &[day("date")], INT, ints!(|days| day_of_year(days))),
    scalar("IsoWeek", "iso_week", &[day("date")], INT, ints!(|days| iso_week(days))),
    scalar("IsoYear", "iso_year", &[day("date")], INT, ints!(|days| iso_year(days))),
];

fn part(days: i64, part: fn(Civil) -> i64) -> Option<i64> {
    civil::date(days).map(part)
}

fn day_of_year(days: i64) -> Option<i64> {
    let year = civil::date(days)?.year;
    Some(days - civil::days(year, 1, 1)? + 1)
}

/// The year of the week's Thursday. 0001-01-01 is a Monday and 9999-12-31 a Friday, so that Thursday always exists.
fn iso_year(days: i64) -> Option<i64> {
    civil::date(thursday(days)).map(|date| date.year)
}

fn iso_week(days: i64) -> Option<i64> {
    day_of_year(thursday(days)).map(|day| (day - 1) / 7 + 1)
}

fn thursday(days: i64) -> i64 {
    days - civil::weekday(days) + 4
}
