use super::arithmetic::ONE;
use super::civil;
use super::declare::*;
use super::signature::{Function, Supplied};
use super::{Out, Raw, formats, ints};
use crate::value::{DAY_US, Type};

pub(super) const FUNCTIONS: &[Function] = &[
    scalar("Decimal", "decimal_of_int", &[int("x")], DECIMAL, ints!(|x| x.checked_mul(ONE))).may_fail(),
    scalar("Decimal", "decimal_of_text", &[text("x")], DECIMAL, decimal_of_text).may_fail(),
    scalar("Int", "int_of_decimal", &[of("x", Type::Decimal)], INT, ints!(|x| Some(x / ONE))),
    scalar("Int", "int_of_text", &[text("x")], INT, int_of_text).may_fail(),
    scalar("Text", "text_of_int", &[int("x")], TEXT, text_of_int),
    scalar("Text", "text_of_decimal", &[of("x", Type::Decimal)], TEXT, text_of_decimal),
    scalar("Text", "text_of_bool", &[boolean("x")], TEXT, text_of_bool),
    scalar("Text", "text_of_date", &[of("x", Type::Date)], TEXT, text_of_date),
    scalar("Text", "text_of_time", &[time("x")], TEXT, text_of_time),
    scalar("Text", "text_of_date_time", &[date_time("x")], TEXT, text_of_date_time)
        .supplied(Supplied::Offset)
        .may_fail(),
    scalar("Text", "format_duration", &[duration("x")], TEXT, formats::format_duration),
];

fn text_of_int(arguments: &[Raw<'_>]) -> Out {
    match arguments {
        [Raw::Int(x)] => Out::text(x.to_string()),
        _ => Out::Null,
    }
}

/// As many digits after the point as are needed.
fn text_of_decimal(arguments: &[Raw<'_>]) -> Out {
    let [Raw::Int(x)] = arguments else { return Out::Null };
    let sign = if *x < 0 { "-" } else { "" };
    let (whole, rest) = (x.unsigned_abs() / 1_000_000, x.unsigned_abs() % 1_000_000);
    let digits = format!("{sign}{whole}.{rest:06}");
    Out::text(digits.trim_end_matches('0').trim_end_matches('.'))
}

fn text_of_bool(arguments: &[Raw<'_>]) -> Out {
    match arguments {
        [Raw::Int(0)] => Out::text("False"),
        [Raw::Int(_)] => Out::text("True"),
        _ => Out::Null,
    }
}

fn text_of_date(arguments: &[Raw<'_>]) -> Out {
    match arguments {
        [Raw::Int(days)] => civil::date(*days).map_or(Out::Null, |date| Out::text(date.to_string())),
        _ => Out::Null,
    }
}

fn text_of_time(arguments: &[Raw<'_>]) -> Out {
    match arguments {
        [Raw::Int(time)] => Out::text(clock(*time)),
        _ => Out::Null,
    }
}

fn text_of_date_time(arguments: &[Raw<'_>]) -> Out {
    let [Raw::Int(instant), Raw::Int(offset)] = arguments else { return Out::Null };
    let Some(local) = super::instants::local(*instant, *offset) else { return Out::Null };
    match civil::date(local.div_euclid(DAY_US)) {
        Some(date) => Out::text(format!("{date} {}", clock(local.rem_euclid(DAY_US)))),
        None => Out::Null,
    }
}

/// `HH:mm:ss` of microseconds since midnight.
fn clock(time: i64) -> String {
    let seconds = time.rem_euclid(DAY_US) / 1_000_000;
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// An optional sign and 1 to 18 digits, nothing else.
fn int_of_text(arguments: &[Raw<'_>]) -> Out {
    let [Raw::Text(text)] = arguments else { return Out::Null };
    let (negative, digits) = sign(text);
    match whole(digits) {
        Some(value) => Out::Int(if negative { -value } else { value }),
        None => Out::Null,
    }
}

/// An optional sign, 1 to 12 digits and, after a point, 1 to 6 more.
fn decimal_of_text(arguments: &[Raw<'_>]) -> Out {
    let [Raw::Text(text)] = arguments else { return Out::Null };
    let (negative, digits) = sign(text);
    let (before, after) = digits.split_once('.').unwrap_or((digits, "0"));
    if before.len() > 12 || after.len() > 6 {
        return Out::Null;
    }
    match (whole(before), whole(after)) {
        (Some(before), Some(after)) => {
            let value = before * ONE + after * 10_i64.pow(6 - after_digits(digits));
            Out::Int(if negative { -value } else { value })
        }
        _ => Out::Null,
    }
}

fn after_digits(digits: &str) -> u32 {
    digits.split_once('.').map_or(1, |(_, after)| after.len() as u32)
}

fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

fn whole(digits: &str) -> Option<i64> {
    let valid = (1..=18).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if valid { digits.parse().ok() } else { None }
}
