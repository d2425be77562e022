//! Query constants: what depends on the moment and on the person's zone is computed here and bound.

use super::declare::*;
use super::signature::Function;
use super::{Out, Raw, zones};
use crate::Environment;
use crate::value::{DATE_TIME_RANGE, DAY_US, Type};
use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp};

pub(super) const FUNCTIONS: &[Function] = &[
    constant("Now", "now", &[], DATE_TIME, |environment, _| Out::Int(environment.now)),
    constant("Today", "today", &[], DATE, |environment, _| Out::int(today(environment).map(i64::from))).may_fail(),
    constant("#FirstWeekday", "first_weekday", &[], INT, |environment, _| Out::Int(first_weekday(environment))),
    constant("#ZoneOffset", "zone_offset", &[date_time("instant")], INT, |environment, arguments| match arguments {
        [Raw::Int(instant)] => Out::int(zone_offset(environment, *instant)),
        _ => Out::Null,
    })
    .may_fail(),
    constant("#ZoneStarts", "zone_starts", &[], TEXT, |environment, _| zones::starts(&environment.zone)),
    constant("#ZoneStarts", "zone_starts", &[text("zone")], TEXT, |_, arguments| zones::of(arguments, zones::starts))
        .may_fail(),
    constant("#ZoneOffsets", "zone_offsets", &[], TEXT, |environment, _| zones::offsets(&environment.zone)),
    constant("#ZoneOffsets", "zone_offsets", &[text("zone")], TEXT, |_, arguments| {
        zones::of(arguments, zones::offsets)
    })
    .may_fail(),
    constant("At", "at_in_zone", &[of("date", Type::Date), time("time")], DATE_TIME, at).may_fail(),
];

/// What the company's weeks begin with, 1 = Monday.
pub(crate) fn first_weekday(environment: &Environment) -> i64 {
    i64::from(environment.first_weekday.to_monday_one_offset())
}

/// The person's day at this moment.
pub fn today(environment: &Environment) -> Option<i32> {
    let offset = zone_offset(environment, environment.now)?;
    i32::try_from(super::instants::date(environment.now, offset)?).ok()
}

/// The UTC offset in minutes of the person's zone at an instant. None: the instant is outside of the years 1 to 9999.
/// The last day of all is beyond what the zone knows; it has the offset of the day before.
pub fn zone_offset(environment: &Environment, instant: i64) -> Option<i64> {
    if !DATE_TIME_RANGE.contains(&instant) {
        return None;
    }
    let known = instant.clamp(Timestamp::MIN.as_microsecond(), Timestamp::MAX.as_microsecond());
    let timestamp = Timestamp::from_microsecond(known).ok()?;
    Some(i64::from(environment.zone.to_offset(timestamp).seconds()).div_euclid(60))
}

/// A local time that does not exist moves forward; one that exists twice takes the earlier offset.
fn at(environment: &Environment, arguments: &[Raw<'_>]) -> Out {
    let [Raw::Int(days), Raw::Int(time)] = arguments else { return Out::Null };
    Out::int(at_in_zone(environment, *days, *time))
}

/// The instant of a local day and time in the person's zone.
pub fn at_in_zone(environment: &Environment, days: i64, time: i64) -> Option<i64> {
    let date = super::civil::date(days)?;
    let date = Date::new(date.year as i16, date.month as i8, date.day as i8).ok()?;
    let local: DateTime = date.to_datetime(Time::midnight()).checked_add(SignedDuration::from_micros(time)).ok()?;
    match environment.zone.to_ambiguous_zoned(local).compatible() {
        Ok(instant) => Some(instant.timestamp().as_microsecond()),
        Err(_) => super::instants::at(days, time, zone_offset(environment, days * DAY_US + time)?),
    }
}
