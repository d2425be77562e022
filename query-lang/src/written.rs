//! A value as answers and parameters write it, the same on the device, on the server and in exports: instants as RFC 3339 in
//! UTC, dates as 2026-01-31, times as 08:30:00, durations as ISO 8601, decimals as text without trailing zeros.

use crate::value::{DATE_TIME_RANGE, DAY_US, Type, Value};
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};
use serde::Serialize;
use uuid::Uuid;

const SECOND_US: i64 = 1_000_000;
const MINUTE_US: i64 = 60 * SECOND_US;
const HOUR_US: i64 = 60 * MINUTE_US;

/// What JSON can hold of a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Written {
    Null,
    Bool(bool),
    Int(i64),
    Text(String),
}

impl Value {
    pub fn written(&self) -> Written {
        match self {
            Value::Null => Written::Null,
            Value::Bool(value) => Written::Bool(*value),
            Value::Int(value) => Written::Int(*value),
            Value::Decimal(millionths) => Written::Text(decimal(*millionths)),
            Value::Text(text) => Written::Text(text.clone()),
            Value::Date(days) => Written::Text(date(*days)),
            Value::Time(time) => Written::Text(clock(*time)),
            Value::DateTime(instant) => Written::Text(self::instant(*instant)),
            Value::Duration(length) => Written::Text(duration(*length)),
            Value::Guid(id) => Written::Text(id.hyphenated().to_string()),
        }
    }

    /// Reads what [`Value::written`] wrote, and the language's literals without their marks: `2026-01-31 08:30` (local, in
    /// `zone`), `8h`, `1h30min`. None: the text is no value of this type.
    pub fn read(kind: Type, text: &str, zone: &TimeZone) -> Option<Value> {
        let trimmed = text.trim();
        match kind {
            Type::Bool => match trimmed.to_ascii_lowercase().as_str() {
                "true" | "yes" => Some(Value::Bool(true)),
                "false" | "no" => Some(Value::Bool(false)),
                _ => None,
            },
            Type::Int => trimmed.parse().ok().map(Value::Int),
            Type::Decimal => read_decimal(trimmed).map(Value::Decimal),
            // Postgres has no text with U+0000.
            Type::Text => (!text.contains('\0')).then(|| Value::Text(text.to_owned())),
            Type::Date => read_date(trimmed).map(Value::Date),
            Type::Time => trimmed.parse().ok().map(|time| Value::Time(microseconds(time))),
            Type::DateTime => read_instant(trimmed, zone).map(Value::DateTime),
            Type::Duration => read_duration(trimmed).map(Value::Duration),
            Type::Guid | Type::Ref(_) => Uuid::try_parse(trimmed).ok().map(Value::Guid),
        }
    }
}

/// `-12.5`; whole numbers without a point.
fn decimal(millionths: i64) -> String {
    let sign = if millionths < 0 { "-" } else { "" };
    let size = millionths.unsigned_abs();
    let fraction = format!("{:06}", size % 1_000_000);
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", size / 1_000_000)
}

fn read_decimal(text: &str) -> Option<i64> {
    let (sign, size) = match text.strip_prefix('-') {
        Some(size) => (-1, size),
        None => (1, text),
    };
    let (whole, fraction) = size.split_once('.').unwrap_or((size, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || fraction.len() > 6 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let millionths: i128 = format!("{whole}{fraction:0<6}").parse().ok()?;
    i64::try_from(sign * millionths).ok()
}

fn date(days: i32) -> String {
    let date = civil::date(1970, 1, 1).saturating_add(jiff::Span::new().days(days));
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

fn read_date(text: &str) -> Option<i32> {
    let date: civil::Date = text.strip_suffix('Z').unwrap_or(text).parse().ok()?;
    if text.len() != 10 || date.year() < 1 {
        return None;
    }
    Some(date.since(civil::date(1970, 1, 1)).ok()?.get_days())
}

fn clock(time: i64) -> String {
    let (seconds, rest) = (time / SECOND_US, time % SECOND_US);
    let whole = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 { whole } else { format!("{whole}.{rest:06}") }
}

fn microseconds(time: civil::Time) -> i64 {
    let seconds = (i64::from(time.hour()) * 60 + i64::from(time.minute())) * 60 + i64::from(time.second());
    seconds * SECOND_US + i64::from(time.subsec_nanosecond()) / 1_000
}

fn instant(microsecond: i64) -> String {
    format!("{}T{}Z", date(microsecond.div_euclid(DAY_US) as i32), clock(microsecond.rem_euclid(DAY_US)))
}

/// A text with an offset is an instant; one without is local. A local time that does not exist moves forward, one that
/// exists twice is the earlier.
fn read_instant(text: &str, zone: &TimeZone) -> Option<i64> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant.as_microsecond());
    }
    if let Some(instant) = text.strip_suffix(['Z', 'z']) {
        return wall_us(instant.parse().ok()?);
    }
    let local: civil::DateTime = text.parse().ok()?;
    match zone.to_ambiguous_timestamp(local).compatible() {
        Ok(instant) => Some(instant.as_microsecond()),
        Err(_) => wall_us(local),
    }
}

/// The last day of all is beyond what a zone knows: there the wall shows UTC.
fn wall_us(local: civil::DateTime) -> Option<i64> {
    let days = local.date().since(civil::date(1970, 1, 1)).ok()?.get_days();
    let wall = i64::from(days) * DAY_US + microseconds(local.time());
    DATE_TIME_RANGE.contains(&wall).then_some(wall)
}

/// `PT1H30M`, `-PT0.5S`; hours are the largest unit.
fn duration(length: i64) -> String {
    let size = length.unsigned_abs();
    let (hours, minutes) = (size / HOUR_US as u64, size / MINUTE_US as u64 % 60);
    let (seconds, rest) = (size / SECOND_US as u64 % 60, size % SECOND_US as u64);
    let mut text = String::from(if length < 0 { "-PT" } else { "PT" });
    if hours > 0 {
        text.push_str(&format!("{hours}H"));
    }
    if minutes > 0 {
        text.push_str(&format!("{minutes}M"));
    }
    if seconds > 0 || rest > 0 || size == 0 {
        let fraction = format!(".{rest:06}");
        text.push_str(&format!("{seconds}{}S", fraction.trim_end_matches('0').trim_end_matches('.')));
    }
    text
}

/// ISO 8601 (`P1DT2H`, `PT1H30M`) or the language's form (`1h30min`, `2d`, `1.5h`).
fn read_duration(text: &str) -> Option<i64> {
    let (sign, size) = match text.strip_prefix('-') {
        Some(size) => (-1, size),
        None => (1, text),
    };
    let iso = size.strip_prefix(['P', 'p']);
    let parts = iso.map_or_else(|| size.to_ascii_lowercase(), |iso| iso.replace(['T', 't'], "").to_ascii_lowercase());
    let mut rest = parts.as_str();
    let mut total: i128 = 0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| c != '.' && !c.is_ascii_digit())?;
        let (amount, tail) = rest.split_at(digits);
        let length = tail.find(|c: char| c.is_ascii_digit() || c == ' ').unwrap_or(tail.len());
        let unit_us = match tail[..length].trim() {
            "d" => DAY_US,
            "h" => HOUR_US,
            "min" => MINUTE_US,
            "m" if iso.is_some() => MINUTE_US,
            "s" => SECOND_US,
            _ => return None,
        };
        total += i128::from(read_decimal(amount)?) * i128::from(unit_us) / 1_000_000;
        rest = tail[length..].trim_start();
    }
    i64::try_from(sign * total).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: Type, value: Value, text: &str) {
        let written = match value.written() {
            Written::Text(text) => text,
            Written::Int(value) => value.to_string(),
            Written::Bool(value) => value.to_string(),
            Written::Null => String::new(),
        };
        assert_eq!(written, text);
        assert_eq!(Value::read(kind, text, &TimeZone::UTC), Some(value));
    }

    #[test]
    fn a_value_is_read_as_it_is_written() {
        check(Type::Bool, Value::Bool(true), "true");
        check(Type::Int, Value::Int(-7), "-7");
        for (millionths, text) in
            [(0, "0"), (12_500_000, "12.5"), (-1, "-0.000001"), (i64::MIN, "-9223372036854.775808")]
        {
            check(Type::Decimal, Value::Decimal(millionths), text);
        }
        for (days, text) in [(0, "1970-01-01"), (-719_162, "0001-01-01"), (2_932_896, "9999-12-31")] {
            check(Type::Date, Value::Date(days), text);
        }
        check(Type::Time, Value::Time(8 * HOUR_US + 30 * MINUTE_US), "08:30:00");
        check(Type::Time, Value::Time(DAY_US - 1), "23:59:59.999999");
        check(Type::DateTime, Value::DateTime(0), "1970-01-01T00:00:00Z");
        check(Type::DateTime, Value::DateTime(1), "1970-01-01T00:00:00.000001Z");
        check(Type::DateTime, Value::DateTime(*DATE_TIME_RANGE.start()), "0001-01-01T00:00:00Z");
        check(Type::DateTime, Value::DateTime(*DATE_TIME_RANGE.end()), "9999-12-31T23:59:59.999999Z");
        for (length, text) in [(0, "PT0S"), (5_400_000_000, "PT1H30M"), (-500_000, "-PT0.5S"), (2 * DAY_US, "PT48H")] {
            check(Type::Duration, Value::Duration(length), text);
        }
        check(Type::Guid, Value::Guid(Uuid::nil()), "00000000-0000-0000-0000-000000000000");
    }

    #[test]
    fn literals_of_the_language_are_read_without_their_marks() {
        let vienna = TimeZone::get("Europe/Vienna").unwrap();
        let read = |kind, text| Value::read(kind, text, &vienna);
        assert_eq!(read(Type::DateTime, "2026-01-31 08:30"), read(Type::DateTime, "2026-01-31T07:30:00Z"));
        assert_eq!(read(Type::DateTime, "2026-03-29 02:30"), read(Type::DateTime, "2026-03-29T01:30:00Z"));
        assert_eq!(read(Type::DateTime, "2026-10-25 02:30"), read(Type::DateTime, "2026-10-25T00:30:00Z"));
        assert_eq!(read(Type::Duration, "1h30min"), Some(Value::Duration(5_400_000_000)));
        assert_eq!(read(Type::Duration, "1.5h"), Some(Value::Duration(5_400_000_000)));
        assert_eq!(read(Type::Duration, "2d"), Some(Value::Duration(2 * DAY_US)));
        assert_eq!(read(Type::Bool, "True"), Some(Value::Bool(true)));
    }

    #[test]
    fn what_is_no_value_of_its_type_is_none() {
        for (kind, text) in [
            (Type::Int, "1.5"),
            (Type::Decimal, "1,5"),
            (Type::Decimal, "9223372036855"),
            (Type::Date, "2026-02-30"),
            (Type::Date, "2026-02-03 08:00"),
            (Type::DateTime, "08:30"),
            (Type::Duration, "90"),
            (Type::Duration, "1x"),
            (Type::Guid, "demo"),
            (Type::Bool, "1"),
        ] {
            assert_eq!(Value::read(kind, text, &TimeZone::UTC), None, "{text}");
        }
    }
}
