//! What queries of time cockpit mean by times and numbers: a difference of two instants is a number of days, a Date is its
//! midnight, and steps may be fractions. Each reading is taken only where today's language has none.

use super::{Resolved, Resolver};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::functions;
use crate::typed::{Expression, ExpressionId, Query, QueryId};
use crate::value::{DAY_US, Type, Value};
use std::collections::{HashMap, HashSet};

/// Microseconds of what the `Add...` functions count.
const STEPS: [(&str, i64); 4] =
    [("AddDays", DAY_US), ("AddHours", 3_600_000_000), ("AddMinutes", 60_000_000), ("AddSeconds", 1_000_000)];
/// They move the day and leave the time of the day alone.
const MOVES: [&str; 4] = ["AddWeeks", "AddMonths", "AddQuarters", "AddYears"];

/// What was read in the older way so far.
#[derive(Debug, Default)]
pub(super) struct Readings {
    /// Differences of two instants that stand in the person's own text.
    differences: HashSet<ExpressionId>,
    /// Numbers that were made of them.
    days: HashMap<ExpressionId, Days>,
    /// Last days of intervals, which end with their last moment.
    ends: HashSet<ExpressionId>,
    /// To be told, unless a greater one takes their place.
    told: Vec<Days>,
}

/// `duration`, counted in days and multiplied by `factor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Days {
    duration: ExpressionId,
    factor: i64,
    span: Span,
}

impl Resolver<'_> {
    pub(super) fn note_difference(&mut self, id: ExpressionId) {
        if let Expression::Call { function, arguments } = &self.typed.node(id).expression
            && function.name == "-"
            && arguments.iter().all(|part| self.kind(*part) == Type::DateTime)
        {
            self.readings.differences.insert(id);
        }
    }

    pub(super) fn note_end(&mut self, id: ExpressionId) {
        self.readings.ends.insert(id);
    }

    /// Is this Duration made of a difference that the person wrote?
    fn is_difference(&self, id: ExpressionId) -> bool {
        let node = self.typed.node(id);
        if node.kind != Type::Duration {
            return false;
        }
        match &node.expression {
            _ if self.readings.differences.contains(&id) => true,
            Expression::Variable(variable) => match (self.origins.value_of(*variable), self.origins.rows_of(*variable))
            {
                (Some(value), _) => self.is_difference(value),
                (None, Some(query)) => self.selects_difference(query, 0),
                (None, None) => false,
            },
            Expression::Column { variable, index } => {
                self.origins.rows_of(*variable).is_some_and(|query| self.selects_difference(query, *index))
            }
            Expression::Query { query, .. } => self.selects_difference(*query, 0),
            expression => expression.parts().into_iter().any(|part| self.is_difference(part)),
        }
    }

    fn selects_difference(&self, query: QueryId, index: usize) -> bool {
        match self.typed.query(query) {
            Query::Pipeline { output, .. } => {
                output.columns.get(index).is_some_and(|(_, value)| self.is_difference(*value))
            }
            Query::Set { left, .. } => self.selects_difference(*left, index),
        }
    }

    /// Reads values that must have one type: beside a number a difference is days, beside an instant a Date is its midnight.
    pub(super) fn meet(&mut self, values: &mut [ExpressionId]) -> Resolved<bool> {
        let before = values.to_vec();
        let number = values.iter().any(|value| matches!(self.kind(*value), Type::Int | Type::Decimal));
        let days = values.iter().any(|value| self.readings.days.contains_key(value));
        for value in values.iter_mut() {
            if days && self.kind(*value) == Type::Duration || number && self.is_difference(*value) {
                *value = self.days(*value, 1, self.typed.node(*value).span)?;
            }
        }
        if let Some(instant) = values.iter().copied().find(|value| self.kind(*value) == Type::DateTime) {
            for value in values.iter_mut() {
                if self.kind(*value) == Type::Date {
                    *value = self.midnight(*value, instant)?;
                }
            }
        }
        Ok(*values != before[..])
    }

    /// The begin of a day where the other instant was recorded, else in the person's zone.
    fn midnight(&mut self, day: ExpressionId, other: ExpressionId) -> Resolved<ExpressionId> {
        let span = self.typed.node(day).span;
        let is_end = self.readings.ends.contains(&day);
        let mut first = day;
        if is_end {
            let one = self.constant(Value::Int(1), Type::Int, span)?;
            first = self.function_of("AddDays", &[day, one], span)?;
        }
        let zero = self.constant(Value::Time(0), Type::Time, span)?;
        let mut midnight = match self.typed.node(first).constant {
            true => self.function_of("At", &[first, zero], span)?,
            false => {
                let offset = self.offset_of_arguments("A Date beside it", &[other], span)?;
                self.at_offset(first, zero, offset, span)?
            }
        };
        if is_end {
            let least = self.constant(Value::Duration(1), Type::Duration, span)?;
            midnight = self.function_of("-", &[midnight, least], span)?;
        }
        Ok(midnight)
    }

    /// A duration as a number of days times `factor`, by the unit that keeps it exact.
    fn days(&mut self, duration: ExpressionId, factor: i64, span: Span) -> Resolved<ExpressionId> {
        let (unit, by, per) = unit_of(factor);
        let mut number = self.function_of(unit, &[duration], span)?;
        for (operator, by) in [("*", by), ("/", per)] {
            if by != 1 {
                let by = self.constant(Value::Int(by), Type::Int, span)?;
                number = self.function_of(operator, &[number, by], span)?;
            }
        }
        let days = Days { duration, factor, span };
        self.readings.days.insert(number, days);
        if self.is_difference(duration) {
            self.readings.told.push(days);
        }
        Ok(number)
    }

    /// `(End - Begin) * 24` and its kind. None: nothing of this was read as days.
    pub(super) fn days_by_number(
        &mut self,
        operator: &str,
        values: &[ExpressionId],
        span: Span,
    ) -> Resolved<Option<ExpressionId>> {
        let [left, right] = *values else { return Ok(None) };
        let (known, number, product) = match operator {
            "*" if self.is_number(left) => (right, left, true),
            "*" => (left, right, true),
            "/" if self.is_number(right) => (left, right, false),
            "/" if self.is_number(left) && self.is_difference(right) => {
                let days = self.days(right, 1, self.typed.node(right).span)?;
                return self.function_of("/", &[left, days], span).map(Some);
            }
            _ => return Ok(None),
        };
        let days = match self.readings.days.get(&known) {
            Some(days) => *days,
            None if self.is_number(number) && self.is_difference(known) => {
                Days { duration: known, factor: 1, span: self.typed.node(known).span }
            }
            None => return Ok(None),
        };
        let factor = self.whole(number).and_then(|by| match product {
            true => days.factor.checked_mul(by).filter(|factor| *factor <= 86_400),
            false => (days.factor % by == 0).then(|| days.factor / by),
        });
        match factor {
            Some(factor) => {
                self.readings.told.retain(|told| *told != days);
                self.days(days.duration, factor, span).map(Some)
            }
            None if self.kind(known) == Type::Duration => {
                let counted = self.days(known, 1, days.span)?;
                let (left, right) = if known == left { (counted, number) } else { (number, counted) };
                self.function_of(operator, &[left, right], span).map(Some)
            }
            None => Ok(None),
        }
    }

    fn is_number(&self, id: ExpressionId) -> bool {
        matches!(self.kind(id), Type::Int | Type::Decimal)
    }

    /// A literal above 0 without a fraction.
    fn whole(&self, id: ExpressionId) -> Option<i64> {
        match self.typed.node(id).expression {
            Expression::Constant(Value::Int(number)) => Some(number),
            Expression::Constant(Value::Decimal(millionths)) if millionths % 1_000_000 == 0 => {
                Some(millionths / 1_000_000)
            }
            Expression::Widen(of) => self.whole(of),
            _ => None,
        }
        .filter(|number| *number > 0)
    }

    /// Says what was read as days, at its widest place.
    pub(super) fn tell_readings(&mut self) {
        for Days { duration, factor, span } in std::mem::take(&mut self.readings.told) {
            let message = "A difference of two times beside a number is read as days.";
            let warning = Diagnostic::warning(Code::WrongType, span, message)
                .with_help("Compare it with a duration such as `8h`, or take `Hours(...)` of it.");
            let written = self.typed.node(duration).span.of(&self.text);
            let (unit, by, per) = unit_of(factor);
            let ours = match (by, per) {
                (1, 1) => format!("{unit}({})", bare(written)),
                (by, 1) => format!("({unit}({}) * {by})", bare(written)),
                (1, per) => format!("({unit}({}) / {per})", bare(written)),
                (by, per) => format!("({unit}({}) * {by} / {per})", bare(written)),
            };
            self.fail(warning.with_fix_if(span, Some(ours).filter(|_| !written.is_empty())));
        }
    }

    /// What older queries call in a way that no overload takes. None: it is to be called as it is.
    pub(super) fn read_otherwise(
        &mut self,
        name: &str,
        values: &[ExpressionId],
        span: Span,
    ) -> Resolved<Option<ExpressionId>> {
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        let kinds: Vec<Type> = values.iter().map(|value| self.kind(*value)).collect();
        match kinds[..] {
            [kind] if is(&format!("{kind:?}")) && !matches!(kind, Type::Ref(_) | Type::Guid) => Ok(Some(values[0])),
            [Type::DateTime, Type::Int] if MOVES.iter().any(|known| is(known)) => {
                let day = self.function_of("Date", &values[..1], span)?;
                let moved = self.function_of(name, &[day, values[1]], span)?;
                let days = self.function_of("DaysBetween", &[day, moved], span)?;
                self.function_of("AddDays", &[values[0], days], span).map(Some)
            }
            [Type::DateTime, Type::Decimal] if is("RoundDateTime") => {
                let step = self.fraction_of(60_000_000, values[1], span)?;
                self.function_of("RoundTo", &[values[0], step], span).map(Some)
            }
            [Type::DateTime, Type::Decimal] => match STEPS.iter().find(|(known, _)| is(known)) {
                Some((_, step)) => {
                    let step = self.fraction_of(*step, values[1], span)?;
                    self.function_of("+", &[values[0], step], span).map(Some)
                }
                None => Ok(None),
            },
            [Type::Int | Type::Decimal, Type::Text] if is("FormatNumber") => self.format_number(values, span).map(Some),
            _ if matches!(name, "*" | "/") => self.days_by_number(name, values, span),
            _ => Ok(None),
        }
    }

    fn fraction_of(&mut self, step: i64, times: ExpressionId, span: Span) -> Resolved<ExpressionId> {
        let step = self.constant(Value::Duration(step), Type::Duration, span)?;
        self.function_of("*", &[step, times], span)
    }

    /// Values that no overload takes as they are, read in the older way so that one does. None: there is no other way.
    pub(super) fn reread(&mut self, name: &str, values: &[ExpressionId]) -> Resolved<Option<Vec<ExpressionId>>> {
        let told = self.readings.told.clone();
        let mut read = values.to_vec();
        if !self.meet(&mut read)? {
            for value in &mut read {
                let node = self.typed.node(*value);
                if node.kind == Type::Date && node.constant {
                    *value = self.midnight(*value, *value)?;
                }
            }
        }
        let types: Vec<Option<Type>> = read.iter().map(|value| Some(self.kind(*value))).collect();
        let fits = read != values && functions::resolve(name, &types).is_some();
        if !fits {
            self.readings.told = told;
        }
        Ok(fits.then_some(read))
    }

    /// `FormatNumber(x, "#,##0.00")`: the pattern as the number of digits, with or without groups of three.
    fn format_number(&mut self, values: &[ExpressionId], span: Span) -> Resolved<ExpressionId> {
        let node = self.typed.node(values[1]);
        let pattern = match &node.expression {
            Expression::Constant(Value::Text(pattern)) => digits_of(pattern),
            _ => None,
        };
        let Some((digits, optional, grouped)) = pattern else {
            let at = node.span;
            let diagnostic = Diagnostic::error(Code::WrongType, at, "FormatNumber does not know this format.")
                .with_help("Write the number of digits after the point, or a format such as \"0.00\" or \"#,##0.00\".");
            return Err(self.fail(diagnostic));
        };
        let digits = self.constant(Value::Int(digits), Type::Int, span)?;
        match (optional, grouped) {
            (true, false) => {
                let value = self.convert(values[0], Type::Decimal, span)?;
                let rounded = self.function_of("Round", &[value, digits], span)?;
                self.function_of("Text", &[rounded], span)
            }
            (_, true) => {
                let separator = self.constant(Value::Text(",".to_owned()), Type::Text, span)?;
                self.function_of("FormatNumber", &[values[0], digits, separator], span)
            }
            (false, false) => self.function_of("FormatNumber", &[values[0], digits], span),
        }
    }
}

/// Digits after the point, whether they are left out where they are 0, and whether thousands are parted.
fn digits_of(pattern: &str) -> Option<(i64, bool, bool)> {
    let standard = pattern.strip_prefix(['N', 'n', 'F', 'f']).map(|digits| digits.parse::<i64>());
    if let Some(Ok(digits @ 0..=6)) = standard {
        return Some((digits, false, pattern.starts_with(['N', 'n'])));
    }
    let (whole, after) = pattern.split_once('.').unwrap_or((pattern, ""));
    let grouped = whole.contains(',');
    let known = !whole.is_empty() && whole.chars().all(|letter| matches!(letter, '0' | '#' | ','));
    let fixed = after.chars().all(|letter| letter == '0');
    let optional = !after.is_empty() && after.chars().all(|letter| letter == '#');
    let fits = known && after.len() <= 6 && (fixed || optional && !grouped);
    fits.then_some((after.len() as i64, optional, grouped))
}

/// Function, and what its number is multiplied with and divided by.
fn unit_of(factor: i64) -> (&'static str, i64, i64) {
    match factor {
        1_440 => ("Minutes", 1, 1),
        86_400 => ("Seconds", 1, 1),
        whole if whole % 24 == 0 => ("Hours", whole / 24, 1),
        other => ("Hours", other, 24),
    }
}

/// Without the brackets around all of it.
fn bare(text: &str) -> &str {
    let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) else { return text };
    let mut depth = 0;
    let closes_early = inner.chars().any(|letter| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        depth < 0
    });
    if closes_early { text } else { inner.trim() }
}
