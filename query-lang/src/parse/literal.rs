use super::{Built, Rule, misread};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::functions;
use crate::tree::Literal;
use crate::value::{DAY_US, Value};

const SECOND_US: i64 = 1_000_000;

pub(super) fn read(rule: Rule, text: &str, span: Span) -> Built<Literal> {
    Ok(Literal::Value(match rule {
        Rule::true_ => Value::Bool(true),
        Rule::false_ => Value::Bool(false),
        Rule::null_ => Value::Null,
        Rule::text => Value::Text(unquote(text)),
        Rule::number => number(text).ok_or_else(|| no_number(text, span))?,
        Rule::duration => Value::Duration(duration(text).ok_or_else(|| out_of_range(span, "duration"))?),
        Rule::guid => Value::Guid(uuid::Uuid::try_parse(text).map_err(|_| misread(span))?),
        Rule::moment => return moment(text.trim_matches('#')).ok_or_else(|| out_of_range(span, "date or time")),
        _ => return Err(misread(span)),
    }))
}

fn out_of_range(span: Span, what: &str) -> Diagnostic {
    Diagnostic::error(Code::Syntax, span, format!("This {what} does not exist or is out of range."))
}

fn no_number(text: &str, span: Span) -> Diagnostic {
    match text.split_once('.') {
        Some((_, fraction)) if fraction.trim_end_matches('0').len() > 6 => {
            let rounded = text[..text.len() - fraction.len() + 6].to_owned();
            let message = "A number has at most 6 digits after the point.";
            let diagnostic = Diagnostic::error(Code::Syntax, span, message);
            let says_something = rounded.contains(|digit: char| ('1'..='9').contains(&digit));
            diagnostic.with_fix_if(span, says_something.then_some(rounded))
        }
        _ => out_of_range(span, "number")
            .with_help("The largest one is 9,223,372,036,854,775,807; with a fraction 9,223,372,036,854."),
    }
}

fn unquote(text: &str) -> String {
    let inner = text.get(1..text.len() - 1).unwrap_or_default();
    if text.starts_with('"') { inner.replace("\"\"", "\"") } else { inner.replace("''", "'") }
}

/// Int, or Decimal in millionths.
fn number(text: &str) -> Option<Value> {
    match text.split_once('.') {
        None => text.parse().ok().map(Value::Int),
        Some((whole, fraction)) => decimal(whole, fraction).map(Value::Decimal),
    }
}

fn decimal(whole: &str, fraction: &str) -> Option<i64> {
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > 6 {
        return None;
    }
    let millionths: i64 = format!("{fraction:0<6}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(1_000_000)?.checked_add(millionths)
}

/// `1h30min`, `2d`, `1.5h` in microseconds.
fn duration(text: &str) -> Option<i64> {
    let mut total = 0i64;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| c != '.' && !c.is_ascii_digit())?;
        let (amount, tail) = rest.split_at(digits);
        let (unit_us, length) = match tail.as_bytes() {
            [b'm', b'i', b'n', ..] => (60 * SECOND_US, 3),
            [b'd', ..] => (DAY_US, 1),
            [b'h', ..] => (3600 * SECOND_US, 1),
            [b's', ..] => (SECOND_US, 1),
            _ => return None,
        };
        let (whole, fraction) = amount.split_once('.').unwrap_or((amount, ""));
        let millionths = i128::from(decimal(whole, fraction)?);
        let part = millionths * i128::from(unit_us) / 1_000_000;
        total = total.checked_add(i64::try_from(part).ok()?)?;
        rest = &tail[length..];
    }
    Some(total)
}

fn moment(text: &str) -> Option<Literal> {
    let Some((day, clock)) = text.split_once([' ', 'T']) else {
        return Some(Literal::Value(match text.contains('-') {
            true => Value::Date(date(text)?),
            false => Value::Time(time(text)?),
        }));
    };
    Some(Literal::LocalDateTime(i64::from(date(day)?) * DAY_US + time(clock)?))
}

fn date(text: &str) -> Option<i32> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let days = functions::day_of(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    i32::try_from(days).ok()
}

fn time(text: &str) -> Option<i64> {
    let mut parts = text.split(':').map(str::parse::<i64>);
    let (hour, minute) = (parts.next()?.ok()?, parts.next()?.ok()?);
    let second = parts.next().transpose().ok()?.unwrap_or(0);
    let valid = hour < 24 && minute < 60 && second < 60;
    valid.then_some(((hour * 60 + minute) * 60 + second) * SECOND_US)
}
