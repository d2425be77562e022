//! Instants and the local day and time that people lived: integer arithmetic on UTC and the offset that applied.

use super::arithmetic::shift;
use super::declare::*;
use super::ints;
use super::signature::{Constant, Function, Supplied};
use crate::value::{DATE_RANGE, DATE_TIME_RANGE, DAY_US, TIME_RANGE, Type};

const MINUTE_US: i64 = 60_000_000;
const HOUR_US: i64 = 3_600_000_000;

pub(super) const FUNCTIONS: &[Function] = &[
    scalar("Date", "date", &[date_time("instant")], DATE, ints!(|at, offset| date(at, offset)))
        .supplied(Supplied::Offset)
        .may_fail(),
    scalar("Time", "time", &[date_time("instant")], TIME, ints!(|at, offset| time_of(at, offset)))
        .supplied(Supplied::Offset)
        .may_fail(),
    scalar("HourOf", "hour_of", &[date_time("instant")], INT, ints!(|at, offset| Some(time_of(at, offset)? / HOUR_US)))
        .supplied(Supplied::Offset)
        .may_fail(),
    scalar("HourOf", "hour_of_time", &[time("time")], INT, ints!(|time| Some(time / HOUR_US))),
    scalar(
        "MinuteOf",
        "minute_of",
        &[date_time("instant")],
        INT,
        ints!(|at, offset| Some(time_of(at, offset)? / MINUTE_US % 60)),
    )
    .supplied(Supplied::Offset)
    .may_fail(),
    scalar("MinuteOf", "minute_of_time", &[time("time")], INT, ints!(|time| Some(time / MINUTE_US % 60))),
    scalar(
        "At",
        "at",
        &[of("date", Type::Date), time("time"), entry("entry")],
        DATE_TIME,
        ints!(|date, time, offset| at(date, time, offset)),
    )
    .may_fail(),
    scalar(
        "AddDays",
        "add_days_to_instant",
        &[date_time("instant"), int("days")],
        DATE_TIME,
        ints!(|at, n| moved(at, n, DAY_US)),
    )
    .may_fail(),
    scalar(
        "AddHours",
        "add_hours",
        &[date_time("instant"), int("hours")],
        DATE_TIME,
        ints!(|at, n| moved(at, n, HOUR_US)),
    )
    .may_fail(),
    scalar(
        "AddMinutes",
        "add_minutes",
        &[date_time("instant"), int("minutes")],
        DATE_TIME,
        ints!(|at, n| moved(at, n, MINUTE_US)),
    )
    .may_fail(),
    scalar(
        "AddSeconds",
        "add_seconds",
        &[date_time("instant"), int("seconds")],
        DATE_TIME,
        ints!(|at, n| moved(at, n, 1_000_000)),
    )
    .may_fail(),
    scalar(
        "RoundTo",
        "round_instant",
        &[date_time("instant"), duration("step")],
        DATE_TIME,
        ints!(|at, step, offset| round_to(at, step, offset)),
    )
    .supplied(Supplied::Offset)
    .may_fail(),
    scalar(
        "RoundDateTime",
        "round_instant_to_minutes",
        &[date_time("instant"), int("minutes").or(Constant::Int(1))],
        DATE_TIME,
        ints!(|at, minutes, offset| round_to(at, minutes.checked_mul(MINUTE_US)?, offset)),
    )
    .supplied(Supplied::Offset)
    .may_fail(),
];

/// Local microseconds. None: the offset is more than a day, or the result outside of the years 1 to 9999.
pub(super) fn local(instant: i64, offset_minutes: i64) -> Option<i64> {
    if !(-1440..=1440).contains(&offset_minutes) {
        return None;
    }
    instant.checked_add(offset_minutes * MINUTE_US).filter(|local| DATE_TIME_RANGE.contains(local))
}

/// The local day.
pub(super) fn date(instant: i64, offset_minutes: i64) -> Option<i64> {
    Some(local(instant, offset_minutes)?.div_euclid(DAY_US))
}

/// The local time of day, in microseconds.
pub(super) fn time_of(instant: i64, offset_minutes: i64) -> Option<i64> {
    Some(local(instant, offset_minutes)?.rem_euclid(DAY_US))
}

/// The instant of a local day and time.
pub(super) fn at(date: i64, time: i64, offset_minutes: i64) -> Option<i64> {
    if !DATE_RANGE.contains(&date) || !TIME_RANGE.contains(&time) {
        return None;
    }
    local(date * DAY_US + time, offset_minutes.checked_neg()?)
}

fn moved(instant: i64, count: i64, unit: i64) -> Option<i64> {
    shift(instant, count.checked_mul(unit)?)
}

/// To the nearest multiple of the step in local time, half later. None: the step is not above zero or above a day.
fn round_to(instant: i64, step: i64, offset_minutes: i64) -> Option<i64> {
    if !(1..=DAY_US).contains(&step) {
        return None;
    }
    let into = local(instant, offset_minutes)?.rem_euclid(step);
    shift(instant, if into * 2 >= step { step - into } else { -into })
}
