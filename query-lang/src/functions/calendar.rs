//! Building and moving dates. What leaves the years 1 to 9999 is null.

use super::civil::{self, Civil};
use super::declare::*;
use super::ints;
use super::signature::{Function, Supplied};
use crate::value::{DATE_RANGE, Type};

pub(super) const FUNCTIONS: &[Function] = &[
    scalar("DateOf", "date_of", &[int("year"), int("month"), int("day")], DATE, ints!(|y, m, d| civil::days(y, m, d)))
        .aliases(&["NewDate"])
        .may_fail(),
    scalar("AddDays", "add_days", &[of("date", Type::Date), int("days")], DATE, ints!(|d, n| add_days(d, n)))
        .may_fail(),
    scalar("AddWeeks", "add_weeks", &[day("date"), int("weeks")], DATE, ints!(|d, n| add_days(d, n.checked_mul(7)?)))
        .may_fail(),
    scalar("AddMonths", "add_months", &[day("date"), int("months")], DATE, ints!(|d, n| add_months(d, n))).may_fail(),
    scalar(
        "AddQuarters",
        "add_quarters",
        &[day("date"), int("quarters")],
        DATE,
        ints!(|d, n| add_months(d, n.checked_mul(3)?)),
    )
    .may_fail(),
    scalar(
        "AddYears",
        "add_years",
        &[day("date"), int("years")],
        DATE,
        ints!(|d, n| add_months(d, n.checked_mul(12)?)),
    )
    .may_fail(),
    scalar("StartOfWeek", "start_of_week", &[day("date")], DATE, ints!(|d, first| add_days(d, -into_week(d, first)?)))
        .supplied(Supplied::FirstWeekday)
        .may_fail(),
    scalar("StartOfMonth", "start_of_month", &[day("date")], DATE, ints!(|d| period(d, 1, 0)))
        .aliases(&["FirstOfMonth"]),
    scalar("StartOfQuarter", "start_of_quarter", &[day("date")], DATE, ints!(|d| period(d, 3, 0))),
    scalar("StartOfYear", "start_of_year", &[day("date")], DATE, ints!(|d| period(d, 12, 0))),
    scalar("EndOfWeek", "end_of_week", &[day("date")], DATE, ints!(|d, first| add_days(d, 6 - into_week(d, first)?)))
        .supplied(Supplied::FirstWeekday)
        .may_fail(),
    scalar("EndOfMonth", "end_of_month", &[day("date")], DATE, ints!(|d| period_end(d, 1))).aliases(&["LastOfMonth"]),
    scalar("EndOfQuarter", "end_of_quarter", &[day("date")], DATE, ints!(|d| period_end(d, 3))),
    scalar("EndOfYear", "end_of_year", &[day("date")], DATE, ints!(|d| period_end(d, 12))),
    scalar("DaysBetween", "days_between", &[day("from"), day("to")], INT, ints!(|a, b| b.checked_sub(a))),
    scalar("MonthsBetween", "months_between", &[day("from"), day("to")], INT, ints!(|a, b| months_between(a, b))),
    scalar(
        "WeekdaysBetween",
        "weekdays_between",
        &[day("from"), day("to"), int("weekday")],
        INT,
        ints!(|a, b, weekday| weekdays_between(a, b, weekday)),
    )
    .may_fail(),
];

pub(super) fn add_days(days: i64, count: i64) -> Option<i64> {
    days.checked_add(count).filter(|sum| DATE_RANGE.contains(sum))
}

/// Days since the week began; weeks begin on the weekday `first`, 1 = Monday.
pub(super) fn into_week(days: i64, first: i64) -> Option<i64> {
    Some(civil::weekday(days).checked_sub(first)?.rem_euclid(7))
}

/// Where the month is shorter, its last day.
pub(super) fn add_months(days: i64, count: i64) -> Option<i64> {
    let Civil { year, month, day } = civil::date(days)?;
    let months = (year * 12 + month - 1).checked_add(count)?;
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
    civil::days(year, month, day.min(civil::days_in_month(year, month)))
}

/// First day of the period of `length` months that the day lies in, or of the one `later` periods on.
fn period(days: i64, length: i64, later: i64) -> Option<i64> {
    let Civil { year, month, .. } = civil::date(days)?;
    let months = year * 12 + (month - 1) / length * length + later * length;
    civil::days(months.div_euclid(12), months.rem_euclid(12) + 1, 1)
}

fn period_end(days: i64, length: i64) -> Option<i64> {
    match period(days, length, 1) {
        Some(next) => Some(next - 1),
        None => civil::date(days).map(|_| *DATE_RANGE.end()),
    }
}

/// Whole months: those of the calendar, less one where the day of the month has not been reached.
pub(super) fn months_between(from: i64, to: i64) -> Option<i64> {
    let (a, b) = (civil::date(from)?, civil::date(to)?);
    let months = (b.year - a.year) * 12 + b.month - a.month;
    Some(match (from <= to, a.day, b.day) {
        (true, a, b) if b < a => months - 1,
        (false, a, b) if b > a => months + 1,
        _ => months,
    })
}

/// How often the weekday (1 = Monday) occurs from one day to the other, both included. None: there is no such weekday.
pub(super) fn weekdays_between(from: i64, to: i64, weekday: i64) -> Option<i64> {
    if !(1..=7).contains(&weekday) {
        return None;
    }
    let until = |days: i64| (days - (weekday - 4)).div_euclid(7);
    Some(if from > to { 0 } else { until(to) - until(from - 1) })
}
