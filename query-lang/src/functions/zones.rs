//! Time zones as lists of the moments at which their offsets change, made here and bound: no engine asks for a zone.

use super::declare::*;
use super::signature::{Function, Nulls, Piece, Piece::Argument};
use super::{Out, Raw};
use crate::value::DATE_TIME_RANGE;
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// Before the first change the first offset holds, after the last one the last.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;
/// Digits and sign of an entry: all are as long as each other, so that one is found without reading the others.
const START_DIGITS: usize = 20;
const OFFSET_DIGITS: usize = 5;

pub(super) const FUNCTIONS: &[Function] =
    &[
        scalar("InZone", "in_zone", &[date_time("instant"), text("zone").constant()], DATE_TIME, |arguments| {
            match arguments {
                [Raw::Int(instant), _] => Out::Int(*instant),
                _ => Out::Null,
            }
        })
        .nulls(Nulls::Required(&[0]))
        .native(&[Argument(0)], &[]),
        scalar(
            "#OffsetIn",
            "offset_in",
            &[date_time("instant"), text("starts").constant(), text("offsets").constant()],
            INT,
            |arguments| match arguments {
                [Raw::Int(instant), Raw::Text(starts), Raw::Text(offsets)] => {
                    Out::int(offset_in(*instant, starts, offsets))
                }
                _ => Out::Null,
            },
        )
        .may_fail()
        .postgres(
            &[
                Piece::Own("offset_in"),
                Piece::Text("("),
                Argument(0),
                Piece::Text(", (SELECT ("),
                Argument(1),
                Piece::Text(")::bigint[]), (SELECT ("),
                Argument(2),
                Piece::Text(")::bigint[]))"),
            ],
            &["offset_in"],
        ),
    ];

/// A zone of the bundled database: the same on every machine.
pub(crate) fn zone(name: &str) -> Option<TimeZone> {
    TimeZoneDatabase::bundled().get(name).ok()
}

pub(crate) fn zone_names() -> Vec<String> {
    TimeZoneDatabase::bundled().available().map(|name| name.to_string()).collect()
}

/// Null for a zone that nobody knows.
pub(super) fn of(arguments: &[Raw<'_>], list: fn(&TimeZone) -> Out) -> Out {
    match arguments {
        [Raw::Text(name)] => zone(name).map_or(Out::Null, |zone| list(&zone)),
        _ => Out::Null,
    }
}

/// `{+0000000000000000000,...}`: microseconds since 1970-01-01 UTC from which each offset holds.
pub(super) fn starts(zone: &TimeZone) -> Out {
    listed(zone, |start, _| format!("{start:+0START_DIGITS$}"))
}

/// `{+0060,...}`: minutes.
pub(super) fn offsets(zone: &TimeZone) -> Out {
    listed(zone, |_, offset| format!("{offset:+0OFFSET_DIGITS$}"))
}

fn listed(zone: &TimeZone, entry: fn(i64, i64) -> String) -> Out {
    let begin = Timestamp::from_microsecond(first_microsecond(*YEARS.start())).unwrap_or(Timestamp::MIN);
    let end = first_microsecond(*YEARS.end());
    let minutes = |seconds: i32| i64::from(seconds).div_euclid(60);
    let first = entry(*DATE_TIME_RANGE.start(), minutes(zone.to_offset(begin).seconds()));
    let changes = zone.following(begin).take_while(|change| change.timestamp().as_microsecond() < end);
    let changes = changes.map(|change| entry(change.timestamp().as_microsecond(), minutes(change.offset().seconds())));
    Out::text(format!("{{{}}}", std::iter::once(first).chain(changes).collect::<Vec<_>>().join(",")))
}

fn first_microsecond(year: i16) -> i64 {
    super::civil::days(i64::from(year), 1, 1).map_or(0, |days| days * crate::value::DAY_US)
}

/// The offset that holds at an instant.
fn offset_in(instant: i64, starts: &str, offsets: &str) -> Option<i64> {
    let entry = |list: &str, digits: usize, index: usize| -> Option<i64> {
        let from = 1 + index * (digits + 1);
        list.get(from..from + digits)?.parse().ok()
    };
    let (mut low, mut high) = (0, starts.len() / (START_DIGITS + 1));
    while low < high {
        let middle = low.midpoint(high);
        match entry(starts, START_DIGITS, middle)? <= instant {
            true => low = middle + 1,
            false => high = middle,
        }
    }
    entry(offsets, OFFSET_DIGITS, low.checked_sub(1)?)
}
