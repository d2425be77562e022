//! Labels, the same in every language and country.

use super::arithmetic::round_ratio;
use super::civil;
use super::declare::*;
use super::numbers::round;
use super::signature::{Function, Supplied};
use super::{Out, Raw};
use crate::value::{DAY_US, Type};

pub(super) const FUNCTIONS: &[Function] = &[
    scalar("FormatDate", "format_date", &[of("date", Type::Date), text("format")], TEXT, format_date).may_fail(),
    scalar("FormatDate", "format_instant", &[date_time("instant"), text("format")], TEXT, format_instant)
        .supplied(Supplied::Offset)
        .may_fail(),
    scalar("FormatNumber", "format_number", &[decimal("x"), int("digits")], TEXT, format_number).may_fail(),
    scalar("FormatDuration", "format_duration", &[duration("duration")], TEXT, format_duration),
];

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// yyyy MM dd ddd, and HH mm as 00.
fn format_date(arguments: &[Raw<'_>]) -> Out {
    match arguments {
        [Raw::Int(days), Raw::Text(format)] => label(*days, 0, format),
        _ => Out::Null,
    }
}

fn format_instant(arguments: &[Raw<'_>]) -> Out {
    let [Raw::Int(instant), Raw::Text(format), Raw::Int(offset)] = arguments else { return Out::Null };
    match super::instants::local(*instant, *offset) {
        Some(local) => label(local.div_euclid(DAY_US), local.rem_euclid(DAY_US), format),
        None => Out::Null,
    }
}

/// One replacement after the other, as Postgres does it; the name of the day comes last, so that its letters stay.
fn label(days: i64, time: i64, format: &str) -> Out {
    let Some(date) = civil::date(days) else { return Out::Null };
    let minutes = time / 60_000_000;
    Out::text(
        format
            .replace("ddd", "\u{1}")
            .replace("yyyy", &format!("{:04}", date.year))
            .replace("MM", &format!("{:02}", date.month))
            .replace("dd", &format!("{:02}", date.day))
            .replace("HH", &format!("{:02}", minutes / 60))
            .replace("mm", &format!("{:02}", minutes % 60))
            .replace('\u{1}', WEEKDAYS[(civil::weekday(days) - 1) as usize]),
    )
}

/// With exactly 0 to 6 digits after the point.
fn format_number(arguments: &[Raw<'_>]) -> Out {
    let [Raw::Int(x), Raw::Int(digits @ 0..=6)] = arguments else { return Out::Null };
    let Some(x) = round(*x, *digits) else { return Out::Null };
    let sign = if x < 0 { "-" } else { "" };
    let (whole, rest) = (x.unsigned_abs() / 1_000_000, x.unsigned_abs() % 1_000_000);
    let after = &format!("{rest:06}")[..*digits as usize];
    Out::text(if after.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{after}") })
}

/// `h:mm`, to the nearest minute.
pub(super) fn format_duration(arguments: &[Raw<'_>]) -> Out {
    let [Raw::Int(duration)] = arguments else { return Out::Null };
    let Some(minutes) = round_ratio(i128::from(*duration), 60_000_000) else { return Out::Null };
    let sign = if minutes < 0 { "-" } else { "" };
    Out::text(format!("{sign}{}:{:02}", minutes.abs() / 60, minutes.abs() % 60))
}
