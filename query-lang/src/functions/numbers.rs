use super::arithmetic::{ONE, add};
use super::declare::*;
use super::ints;
use super::signature::{Class, Constant, Function};

pub(super) const FUNCTIONS: &[Function] = &[
    scalar("Abs", "abs", &[same("x", Class::Number)], SAME, ints!(|x| x.checked_abs())).may_fail(),
    scalar("Sign", "sign", &[same("x", Class::Number)], INT, ints!(|x| Some(x.signum()))),
    scalar("Round", "round", &[decimal("x"), int("digits").or(Constant::Int(0))], DECIMAL, ints!(|x, n| round(x, n)))
        .may_fail(),
    scalar("Floor", "floor", &[decimal("x")], DECIMAL, ints!(|x| x.div_euclid(ONE).checked_mul(ONE))).may_fail(),
    scalar("Ceiling", "ceiling", &[decimal("x")], DECIMAL, ints!(|x| ceiling(x))).may_fail(),
    scalar("Truncate", "truncate", &[decimal("x")], DECIMAL, ints!(|x| Some(x / ONE * ONE))),
];

/// To `digits` after the point, half away from zero; a negative number of digits rounds before the point. Beyond what
/// a Decimal holds (-12) nothing is left.
pub(super) fn round(x: i64, digits: i64) -> Option<i64> {
    if digits >= 6 {
        return Some(x);
    }
    if digits < -12 {
        return Some(0);
    }
    let unit = 10_i64.checked_pow(u32::try_from(6 - digits).ok()?)?;
    let away = (x % unit).abs() * 2 >= unit;
    add(x / unit * unit, if away { x.signum() * unit } else { 0 })
}

fn ceiling(x: i64) -> Option<i64> {
    let floor = x.div_euclid(ONE);
    let whole = if x.rem_euclid(ONE) == 0 { floor } else { floor + 1 };
    whole.checked_mul(ONE)
}
