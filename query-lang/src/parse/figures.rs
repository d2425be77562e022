//! Numbers, dates and times that are written as elsewhere.

use super::tokens::TokenKind;
use super::words::Words;
use crate::diagnostic::{Code, Diagnostic};
use crate::functions;

const SHAPE: &str = "A date is written `#2026-01-31#`, a moment `#2026-01-31 08:30#`, a time `#08:30#`.";

/// All dates of a text that are not written as year, month and day.
pub(super) fn dates(words: &Words<'_>) -> Vec<Diagnostic> {
    let is_date = |index: &usize| words.kind(*index) == Some(TokenKind::Text) && words.at(*index).starts_with('#');
    let told = |index: usize| {
        let span = words.tokens[index].span;
        let inner = words.at(index).trim_matches('#');
        if is_ours(inner) {
            return None;
        }
        let ours = moment(inner).map(|ours| format!("#{ours}#"));
        let diagnostic = Diagnostic::error(Code::Syntax, span, "This date or time cannot be read.");
        Some(diagnostic.with_help(SHAPE).with_fix_if(span, ours))
    };
    (0..words.len()).filter(is_date).filter_map(told).collect()
}

/// `3,5` where no list is: a decimal comma.
pub(super) fn comma(words: &Words<'_>, at: usize) -> Option<Diagnostic> {
    let is_number = |index: usize| words.kind(index) == Some(TokenKind::Number) && !words.at(index).contains('.');
    let before = at.checked_sub(1)?;
    let joined = words.at(at) == "," && words.touches(at) && words.touches(at + 1);
    if !joined || !is_number(before) || !is_number(at + 1) {
        return None;
    }
    let span = words.span(before, at + 1)?;
    let ours = format!("{}.{}", words.at(before), words.at(at + 1));
    let message = "A number has a point before its fraction.";
    Some(Diagnostic::error(Code::Syntax, span, message).with_fix(span, ours))
}

fn is_ours(inner: &str) -> bool {
    let shape: String = inner.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect();
    let times = ["00:00", "00:00:00"];
    times.contains(&shape.as_str())
        || shape.strip_prefix("0000-00-00").is_some_and(|rest| {
            rest.is_empty() || rest.strip_prefix([' ', 'T']).is_some_and(|time| times.contains(&time))
        })
}

/// In our spelling, where it can be read in one way only.
pub(crate) fn moment(inner: &str) -> Option<String> {
    let inner = inner.trim();
    let (day, clock) = match inner.split_once([' ', 'T']) {
        Some((day, clock)) => (Some(day), Some(clock.trim())),
        None if inner.contains(':') => (None, Some(inner)),
        None => (Some(inner), None),
    };
    let day = day.map(date).map_or(Some(None), |day| day.map(Some))?;
    let clock = clock.map(time).map_or(Some(None), |clock| clock.map(Some))?;
    Some(day.into_iter().chain(clock).collect::<Vec<_>>().join(" "))
}

/// `31.01.2026`, `2026-1-31`, `2026/01/31`, `20260131`.
fn date(written: &str) -> Option<String> {
    let parts: Vec<&str> = written.split(['.', '-', '/']).collect();
    let numbers: Vec<i64> = parts.iter().map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let (year, month, day) = match (&numbers[..], parts[0].len()) {
        ([year, month, day], 4) => (*year, *month, *day),
        // Day and month could be meant in either order, unless points part them.
        ([day, month, year], 1..=2) if parts[2].len() == 4 && (written.contains('.') || *day > 12) => {
            (*year, *month, *day)
        }
        ([date], 8) => (date / 10_000, date / 100 % 100, date % 100),
        _ => return None,
    };
    let exists = functions::day_of(year, month, day).is_some();
    exists.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// `8:30`.
fn time(written: &str) -> Option<String> {
    let parts: Vec<u32> = written.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let fits = (2..=3).contains(&parts.len()) && parts[0] < 24 && parts[1..].iter().all(|part| *part < 60);
    fits.then(|| parts.iter().map(|part| format!("{part:02}")).collect::<Vec<_>>().join(":"))
}
