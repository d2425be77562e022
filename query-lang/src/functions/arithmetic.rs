//! The operators. Every one of them is checked: what does not fit into an i64 is null.

use super::declare::*;
use super::ints;
use super::signature::{Class, Function, Piece};
use crate::value::DATE_TIME_RANGE;

const NUMBER: Class = Class::Number;

/// `+ - * / %` and `neg` (unary minus). Comparisons of values need no function: they are native on both engines.
pub(super) const FUNCTIONS: &[Function] = &[
    scalar("+", "add", &[same("a", NUMBER), same("b", NUMBER)], SAME, ints!(|a, b| add(a, b))).may_fail(),
    scalar("+", "shift", &[date_time("a"), duration("b")], DATE_TIME, ints!(|a, b| shift(a, b))).may_fail(),
    scalar("+", "shift", &[duration("a"), date_time("b")], DATE_TIME, ints!(|a, b| shift(a, b))).may_fail(),
    scalar("-", "subtract", &[same("a", NUMBER), same("b", NUMBER)], SAME, ints!(|a, b| subtract(a, b))).may_fail(),
    scalar("-", "shift_back", &[date_time("a"), duration("b")], DATE_TIME, ints!(|a, b| shift_back(a, b))).may_fail(),
    scalar("-", "subtract", &[date_time("a"), date_time("b")], DURATION, ints!(|a, b| subtract(a, b)))
        .native(MINUS, &[]),
    scalar("-", "subtract", &[time("a"), time("b")], DURATION, ints!(|a, b| subtract(a, b))).native(MINUS, &[]),
    scalar("*", "multiply_int", &[int("a"), int("b")], INT, ints!(|a, b| multiply_int(a, b))).may_fail(),
    scalar("*", "multiply", &[decimal("a"), decimal("b")], DECIMAL, ints!(|a, b| multiply(a, b))).may_fail(),
    scalar("*", "multiply_int", &[duration("a"), int("b")], DURATION, ints!(|a, b| multiply_int(a, b))).may_fail(),
    scalar("*", "multiply_int", &[int("a"), duration("b")], DURATION, ints!(|a, b| multiply_int(a, b))).may_fail(),
    scalar("*", "multiply", &[duration("a"), decimal("b")], DURATION, ints!(|a, b| multiply(a, b))).may_fail(),
    scalar("*", "multiply", &[decimal("a"), duration("b")], DURATION, ints!(|a, b| multiply(a, b))).may_fail(),
    scalar("/", "divide", &[int("a"), int("b")], DECIMAL, ints!(|a, b| divide(a, b))).may_fail(),
    scalar("/", "divide", &[decimal("a"), decimal("b")], DECIMAL, ints!(|a, b| divide(a, b))).may_fail(),
    scalar("/", "divide", &[duration("a"), duration("b")], DECIMAL, ints!(|a, b| divide(a, b))).may_fail(),
    scalar("/", "divide_whole", &[duration("a"), int("b")], DURATION, ints!(|a, b| divide_whole(a, b))).may_fail(),
    scalar("/", "divide", &[duration("a"), decimal("b")], DURATION, ints!(|a, b| divide(a, b))).may_fail(),
    scalar("%", "remainder", &[same("a", NUMBER), same("b", NUMBER)], SAME, ints!(|a, b| remainder(a, b))).may_fail(),
    scalar("Div", "div", &[same("a", NUMBER), same("b", NUMBER)], INT, ints!(|a, b| div(a, b))).may_fail(),
    scalar("neg", "negate", &[same("a", NUMBER)], SAME, ints!(|a| a.checked_neg())).may_fail(),
];

/// Safe without a check: both sides are in the range of their type, so their difference fits.
const MINUS: &[Piece] =
    &[Piece::Text("("), Piece::Argument(0), Piece::Text(" - "), Piece::Argument(1), Piece::Text(")")];

/// Millionths in one.
pub(super) const ONE: i64 = 1_000_000;

pub(super) fn add(a: i64, b: i64) -> Option<i64> {
    a.checked_add(b)
}

pub(super) fn subtract(a: i64, b: i64) -> Option<i64> {
    a.checked_sub(b)
}

/// DateTime + Duration. None: outside of the years 1 to 9999.
pub(super) fn shift(a: i64, b: i64) -> Option<i64> {
    a.checked_add(b).filter(|sum| DATE_TIME_RANGE.contains(sum))
}

pub(super) fn shift_back(a: i64, b: i64) -> Option<i64> {
    a.checked_sub(b).filter(|difference| DATE_TIME_RANGE.contains(difference))
}

pub(super) fn multiply_int(a: i64, b: i64) -> Option<i64> {
    a.checked_mul(b)
}

/// Product of which one factor is in millionths; half away from zero.
pub(super) fn multiply(a: i64, b: i64) -> Option<i64> {
    round_ratio(i128::from(a) * i128::from(b), i128::from(ONE))
}

/// Quotient in millionths; half away from zero.
pub(super) fn divide(a: i64, b: i64) -> Option<i64> {
    round_ratio(i128::from(a) * i128::from(ONE), i128::from(b))
}

/// Quotient in the unit of the dividend; half away from zero.
pub(super) fn divide_whole(a: i64, b: i64) -> Option<i64> {
    round_ratio(i128::from(a), i128::from(b))
}

/// Has the sign of the dividend.
pub(super) fn remainder(a: i64, b: i64) -> Option<i64> {
    if b == 0 { None } else { Some(a.wrapping_rem(b)) }
}

/// Towards zero.
pub(super) fn div(a: i64, b: i64) -> Option<i64> {
    a.checked_div(b)
}

/// `a / b`, half away from zero. None: b is 0 or the result does not fit.
pub(super) fn round_ratio(a: i128, b: i128) -> Option<i64> {
    if b == 0 {
        return None;
    }
    let quotient = a / b;
    let away = (a % b).unsigned_abs() * 2 >= b.unsigned_abs();
    let sign = if (a < 0) == (b < 0) { 1 } else { -1 };
    i64::try_from(quotient + if away { sign } else { 0 }).ok()
}
