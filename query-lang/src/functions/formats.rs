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
    scalar(
        "FormatNumber",
        "format_number_in_groups",
        &[decimal("x"), int("digits"), text("separator")],
        TEXT,
        format_number_in_groups,
    )
    .may_fail(),
    scalar("FormatDuration", "format_duration", &[duration("duration")], TEXT, format_duration),
];

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// What a format may name, the longer ones first, and the control character that holds its place.
const PARTS: [(&str, &str); 20] = [
    ("yyyy", "\u{1}"),
    ("yy", "\u{2}"),
    ("MMMM", "\u{3}"),
    ("MMM", "\u{4}"),
    ("MM", "\u{5}"),
    ("M", "\u{6}"),
    ("dddd", "\u{7}"),
    ("ddd", "\u{8}"),
    ("dd", "\u{e}"),
    ("d", "\u{f}"),
    ("HH", "\u{10}"),
    ("H", "\u{11}"),
    ("hh", "\u{12}"),
    ("h", "\u{13}"),
    ("mm", "\u{14}"),
    ("m", "\u{15}"),
    ("ss", "\u{16}"),
    ("s", "\u{17}"),
    ("tt", "\u{18}"),
    ("t", "\u{19}"),
];

/// yyyy yy MMMM MMM MM M dddd ddd dd d, and of the time HH H hh h mm m ss s tt t; of a Date midnight.
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

/// One replacement after the other, as Postgres does it: places first, so that the letters of a name stay.
fn label(days: i64, time: i64, format: &str) -> Out {
    let Some(date) = civil::date(days) else { return Out::Null };
    let (hour, minute, second) = (time / 3_600_000_000, time / 60_000_000 % 60, time / 1_000_000 % 60);
    let (weekday, month) = (WEEKDAYS[(civil::weekday(days) - 1) as usize], MONTHS[(date.month - 1) as usize]);
    let half = if hour < 12 { "AM" } else { "PM" };
    let twelve = (hour + 11) % 12 + 1;
    let values = [
        format!("{:04}", date.year),
        format!("{:02}", date.year % 100),
        month.to_owned(),
        month[..3].to_owned(),
        format!("{:02}", date.month),
        date.month.to_string(),
        weekday.to_owned(),
        weekday[..3].to_owned(),
        format!("{:02}", date.day),
        date.day.to_string(),
        format!("{hour:02}"),
        hour.to_string(),
        format!("{twelve:02}"),
        twelve.to_string(),
        format!("{minute:02}"),
        minute.to_string(),
        format!("{second:02}"),
        second.to_string(),
        half.to_owned(),
        half[..1].to_owned(),
    ];
    let placed = PARTS.iter().fold(format.to_owned(), |text, (part, place)| text.replace(part, place));
    Out::text(PARTS.iter().zip(values).fold(placed, |text, ((_, place), value)| text.replace(place, &value)))
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

/// The same with something between the thousands.
fn format_number_in_groups(arguments: &[Raw<'_>]) -> Out {
    let [x, digits, Raw::Text(separator)] = arguments else { return Out::Null };
    let Out::Text(plain) = format_number(&[*x, *digits]) else { return Out::Null };
    let (whole, after) = plain.split_once('.').map_or((plain.as_str(), String::new()), |(w, a)| (w, format!(".{a}")));
    let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("-", whole));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push_str(separator);
        }
        grouped.push(digit);
    }
    Out::text(format!("{sign}{grouped}{after}"))
}

/// `h:mm`, to the nearest minute.
pub(super) fn format_duration(arguments: &[Raw<'_>]) -> Out {
    let [Raw::Int(duration)] = arguments else { return Out::Null };
    let Some(minutes) = round_ratio(i128::from(*duration), 60_000_000) else { return Out::Null };
    let sign = if minutes < 0 { "-" } else { "" };
    Out::text(format!("{sign}{}:{:02}", minutes.abs() / 60, minutes.abs() % 60))
}
