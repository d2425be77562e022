//! Durations and half-open intervals.

use super::arithmetic::{divide_whole, round_ratio};
use super::declare::*;
use super::signature::{Constant, Function, Nulls, Piece, Supplied};
use super::{Out, Raw, ints};
use crate::value::DAY_US;

const ZERO: Constant = Constant::Int(0);

pub(super) const FUNCTIONS: &[Function] = &[
    scalar("Hours", "hours", &[duration("duration")], DECIMAL, ints!(|d| divide_whole(d, 3_600))),
    scalar("Minutes", "minutes", &[duration("duration")], DECIMAL, ints!(|d| divide_whole(d, 60))),
    scalar("Seconds", "seconds", &[duration("duration")], DECIMAL, ints!(|d| Some(d)))
        .native(&[Piece::Argument(0)], &[]),
    scalar(
        "Duration",
        "duration",
        &[decimal("hours"), decimal("minutes").or(ZERO), decimal("seconds").or(ZERO)],
        DURATION,
        ints!(|h, m, s| duration_of(h, m, s)),
    )
    .may_fail(),
    scalar(
        "RoundTo",
        "round_duration",
        &[duration("duration"), duration("step")],
        DURATION,
        ints!(|duration, step| round_to(duration, step)),
    )
    .may_fail(),
    scalar("Overlaps", "overlaps", INTERVALS, BOOL, overlaps)
        .supplied(Supplied::Now)
        .nulls(Nulls::Handles)
        .may_fail()
        .native(OVERLAPS, &["coalesce"]),
    scalar("Overlap", "overlap", INTERVALS, DURATION, overlap).supplied(Supplied::Now).nulls(BEGINS).may_fail(),
];

use super::signature::Parameter;
const INTERVALS: &[Parameter] = &[date_time("begin1"), date_time("end1"), date_time("begin2"), date_time("end2")];
/// A missing end is now.
const BEGINS: Nulls = Nulls::Required(&[0, 2]);

/// Four comparisons and no call, so that both engines can use an index; the last two leave out empty intervals.
const OVERLAPS: &[Piece] = &[
    Piece::Text("("),
    Piece::Argument(0),
    Piece::Text(" < coalesce("),
    Piece::Argument(3),
    Piece::Text(", "),
    Piece::Argument(4),
    Piece::Text(") AND "),
    Piece::Argument(2),
    Piece::Text(" < coalesce("),
    Piece::Argument(1),
    Piece::Text(", "),
    Piece::Argument(4),
    Piece::Text(") AND "),
    Piece::Argument(0),
    Piece::Text(" < coalesce("),
    Piece::Argument(1),
    Piece::Text(", "),
    Piece::Argument(4),
    Piece::Text(") AND "),
    Piece::Argument(2),
    Piece::Text(" < coalesce("),
    Piece::Argument(3),
    Piece::Text(", "),
    Piece::Argument(4),
    Piece::Text("))"),
];

fn duration_of(hours: i64, minutes: i64, seconds: i64) -> Option<i64> {
    let sum = i128::from(hours) * 3_600 + i128::from(minutes) * 60 + i128::from(seconds);
    i64::try_from(sum).ok()
}

/// To the nearest multiple of the step, half away from zero. None: the step is not above zero or above a day.
fn round_to(duration: i64, step: i64) -> Option<i64> {
    if !(1..=DAY_US).contains(&step) {
        return None;
    }
    round_ratio(i128::from(duration), i128::from(step))?.checked_mul(step)
}

fn overlap(arguments: &[Raw<'_>]) -> Out {
    let [Raw::Int(begin1), end1, Raw::Int(begin2), end2, Raw::Int(now)] = arguments else { return Out::Null };
    let end = |end: &Raw<'_>| if let Raw::Int(end) = end { *end } else { *now };
    let begin = *begin1.max(begin2);
    Out::int(end(end1).min(end(end2)).max(begin).checked_sub(begin))
}

/// As four comparisons with And in SQL: a missing begin gives null only where nothing else says False. A condition takes
/// null for False.
fn overlaps(arguments: &[Raw<'_>]) -> Out {
    let [begin1, end1, begin2, end2, now] = arguments else { return Out::Null };
    let before = |begin: &Raw<'_>, end: &Raw<'_>| {
        let end = if end.is_null() { now } else { end };
        (!begin.is_null() && !end.is_null()).then_some(begin < end)
    };
    let comparisons = [before(begin1, end2), before(begin2, end1), before(begin1, end1), before(begin2, end2)];
    if comparisons.contains(&Some(false)) {
        Out::bool(false)
    } else if comparisons.contains(&None) {
        Out::Null
    } else {
        Out::bool(true)
    }
}
