//! The person's time: instants against the clock on the wall, days against the day start.

use crate::DeviceError;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, civil};
use query_lang::Value;

pub(crate) const SECOND_US: i64 = 1_000_000;
pub(crate) const MINUTE_US: i64 = 60 * SECOND_US;
pub(crate) const DAY_US: i64 = 24 * 60 * MINUTE_US;
/// Clocks of computers are never quite alike.
const CLOCK_TOLERANCE: i64 = 2 * MINUTE_US;

/// Against what times without a day and an offset are read: a calendar day and the zone of a clock on the wall.
#[derive(Debug, Clone)]
pub(crate) struct Wall {
    pub(crate) day: i32,
    pub(crate) zone: TimeZone,
}

impl Wall {
    /// Of an entry that was made in a zone: its name if this computer knows it, else the offset that applied.
    pub(crate) fn of_entry(begin: i64, zone: &str, offset_minutes: i64) -> Wall {
        let seconds = i32::try_from(offset_minutes * 60).unwrap_or(0);
        let fixed = || TimeZone::fixed(Offset::from_seconds(seconds).unwrap_or(Offset::UTC));
        Wall { day: day_of(begin, offset_minutes, 0), zone: TimeZone::get(zone).unwrap_or_else(|_| fixed()) }
    }

    /// The same time on the wall, `days` later; a time that does not exist there moves forward.
    pub(crate) fn moved(&self, instant: i64, days: i32) -> i64 {
        let from = Timestamp::from_microsecond(instant).unwrap_or(Timestamp::UNIX_EPOCH);
        let there = from.to_zoned(self.zone.clone()).datetime().saturating_add(jiff::Span::new().days(days));
        let there = self.zone.to_ambiguous_timestamp(there).compatible();
        there.map_or(instant + i64::from(days) * DAY_US, |there| there.as_microsecond())
    }
}

/// What a person hears whose clock is not the server's; microseconds. Sync goes by the server's order and needs no clock.
pub(crate) fn clock_hint(here: i64, server: i64) -> Option<String> {
    let apart = here.saturating_sub(server);
    if apart.saturating_abs() < CLOCK_TOLERANCE {
        return None;
    }
    let side = if apart > 0 { "ahead of" } else { "behind" };
    let minutes = apart.saturating_abs() / MINUTE_US;
    let length = match (minutes / (24 * 60), minutes / 60 % 24, minutes % 60) {
        (0, 0, minutes) => format!("{minutes} minutes"),
        (0, hours, minutes) => format!("{hours} h {minutes} min"),
        (days, ..) => format!("{days} days"),
    };
    Some(format!(
        "the clock of this computer is {length} {side} the server's: everything syncs, but what you book now carries that time; \
         set the clock"
    ))
}

/// RFC 3339 with the offset (minutes) that applied there.
pub(crate) fn rfc3339(instant: i64, offset_minutes: i64) -> String {
    let offset = i32::try_from(offset_minutes * 60).ok().and_then(|seconds| Offset::from_seconds(seconds).ok());
    match (Timestamp::from_microsecond(instant), offset) {
        (Ok(instant), Some(offset)) => instant.display_with_offset(offset).to_string(),
        _ => String::new(),
    }
}

/// Minutes that the zone's clock is before UTC at an instant.
pub(crate) fn offset_minutes(zone: &TimeZone, instant: i64) -> i64 {
    let instant = Timestamp::from_microsecond(instant).unwrap_or(Timestamp::UNIX_EPOCH);
    i64::from(zone.to_offset(instant).seconds()) / 60
}

/// The local day of an instant, for a person whose day begins `day_start` microseconds after midnight.
pub(crate) fn day_of(instant: i64, offset_minutes: i64, day_start: i64) -> i32 {
    (instant + offset_minutes * MINUTE_US - day_start).div_euclid(DAY_US) as i32
}

pub(crate) fn date_of(days: i32) -> civil::Date {
    civil::date(1970, 1, 1).saturating_add(jiff::Span::new().days(days))
}

pub(crate) fn days_of(date: civil::Date) -> i32 {
    date.since(civil::date(1970, 1, 1)).map_or(0, |span| span.get_days())
}

pub(crate) fn date_text(days: i32) -> String {
    date_of(days).to_string()
}

/// `2026-01-31`, `today`, `yesterday`, `tomorrow`.
pub(crate) fn read_day(text: &str, today: i32) -> Result<i32, DeviceError> {
    match text.trim().to_lowercase().as_str() {
        "today" => Ok(today),
        "yesterday" => Ok(today - 1),
        "tomorrow" => Ok(today + 1),
        other => match Value::read(query_lang::Type::Date, other, &TimeZone::UTC) {
            Some(Value::Date(days)) => Ok(days),
            _ => Err(DeviceError::input(format!("`{text}` is no date: write it like 2026-01-31, or say today"))),
        },
    }
}

/// `08:30` (of the day), `2026-01-31 08:30` (local), RFC 3339, `now`. A local time that does not exist moves forward, one
/// that exists twice is the earlier.
pub(crate) fn read_instant(text: &str, day: i32, now: i64, zone: &TimeZone) -> Result<i64, DeviceError> {
    let trimmed = text.trim();
    if trimmed.eq_ignore_ascii_case("now") {
        return Ok(now);
    }
    let wrong = || {
        let example = "write it like 08:30 or 2026-01-31 08:30";
        DeviceError::input(format!("`{text}` is no time: {example}"))
    };
    let padded = if trimmed.find(':') == Some(1) { format!("0{trimmed}") } else { trimmed.to_owned() };
    if let Ok(clock) = padded.parse::<civil::Time>()
        && !padded.contains(['-', 'T', ' '])
    {
        let local = date_of(day).to_datetime(clock);
        return Ok(zone.to_ambiguous_timestamp(local).compatible().map_err(|_| wrong())?.as_microsecond());
    }
    match Value::read(query_lang::Type::DateTime, trimmed, zone).filter(|_| trimmed.contains(':')) {
        Some(Value::DateTime(instant)) => Ok(instant),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vienna() -> TimeZone {
        TimeZone::get("Europe/Vienna").unwrap()
    }

    #[test]
    fn a_time_alone_is_of_the_day_and_the_zone_that_it_is_typed_in() {
        let day = read_day("2026-07-01", 0).unwrap();
        let instant = read_instant("8:30", day, 0, &vienna()).unwrap();
        assert_eq!(rfc3339(instant, 120), "2026-07-01T08:30:00+02:00");
        assert_eq!(read_instant("2026-07-01 08:30", 0, 0, &vienna()), Ok(instant));
        assert_eq!(read_instant("2026-07-01T06:30:00Z", 0, 0, &vienna()), Ok(instant));
    }

    #[test]
    fn a_time_that_does_not_exist_moves_forward() {
        let day = read_day("2026-03-29", 0).unwrap();
        let instant = read_instant("02:30", day, 0, &vienna()).unwrap();
        assert_eq!(rfc3339(instant, offset_minutes(&vienna(), instant)), "2026-03-29T03:30:00+02:00");
    }

    #[test]
    fn the_night_belongs_to_the_day_before_for_a_person_whose_day_starts_at_four() {
        let day = read_day("2026-07-02", 0).unwrap();
        let instant = read_instant("02:00", day, 0, &vienna()).unwrap();
        assert_eq!(day_of(instant, 120, 4 * 60 * MINUTE_US), day - 1);
        assert_eq!(day_of(instant, 120, 0), day);
    }

    #[test]
    fn a_clock_that_is_off_is_a_hint_and_nothing_more() {
        assert_eq!(clock_hint(90 * SECOND_US, 0), None);
        assert!(clock_hint(5 * MINUTE_US, 0).unwrap().contains("5 minutes ahead"));
        assert!(clock_hint(0, 125 * MINUTE_US).unwrap().contains("2 h 5 min behind"));
        assert!(clock_hint(0, 3_653 * DAY_US).unwrap().contains("3653 days behind"));
        assert!(clock_hint(i64::MIN, i64::MAX).is_some());
    }

    #[test]
    fn what_is_no_time_is_said_with_an_example() {
        for text in ["half past", "25:00", "", "2026-01-31"] {
            assert!(read_instant(text, 0, 0, &vienna()).unwrap_err().message.contains("08:30"), "{text}");
        }
        assert!(read_day("31.1.2026", 0).unwrap_err().message.contains("2026-01-31"));
    }
}
