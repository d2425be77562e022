//! The days of signals that a query needs: constants that its conditions bound each signal source with.

use super::Lowering;
use crate::catalogue;
use crate::tree::Comparison::{self, Different, Equal, Greater, GreaterOrEqual, Less, LessOrEqual};
use crate::typed::{Expression, ExpressionId, Source, VariableId};
use crate::value::{Type, Value};

impl Lowering<'_> {
    /// `Dates(from, to)`: its days bound what is joined with them.
    pub(super) fn note_days(&mut self, variable: VariableId, source: &Source) {
        if let Source::Generator { function, arguments } = source
            && let ("Dates", [from, to]) = (function.name, &arguments[..])
        {
            self.days.insert(variable, (*from, *to));
        }
    }

    /// `S.Date >= constant` and its kind, in each part of a condition that all rows of these variables fulfil.
    pub(super) fn note_signal_bounds(&mut self, condition: ExpressionId, of: &[VariableId]) {
        if !self.signals.sources.iter().any(|source| of.contains(&source.variable)) {
            return;
        }
        match self.resolver.typed.node(condition).expression.clone() {
            Expression::And(parts) => parts.into_iter().for_each(|part| self.note_signal_bounds(part, of)),
            Expression::Compare { operator, left, right } => {
                self.note_bound(operator, left, right, of);
                self.note_bound(mirrored(operator), right, left, of);
            }
            Expression::InList { value, list } => {
                for (operator, function) in [(GreaterOrEqual, "Least"), (LessOrEqual, "Greatest")] {
                    let span = self.resolver.typed.node(value).span;
                    let end = match list[..] {
                        [only] => Ok(only),
                        _ => self.resolver.function_of(function, &list, span),
                    };
                    if let Ok(end) = end {
                        self.note_bound(operator, value, end, of);
                    }
                }
            }
            Expression::Call { function, arguments } => match (function.name, &arguments[..]) {
                ("Between", [value, low, high]) => {
                    self.note_bound(GreaterOrEqual, *value, *low, of);
                    self.note_bound(LessOrEqual, *value, *high, of);
                }
                ("Overlaps", [begin, end, other_begin, other_end, ..]) => {
                    for (begin, end, from, to) in
                        [(begin, end, other_begin, other_end), (other_begin, other_end, begin, end)]
                    {
                        self.note_bound(Less, *begin, *to, of);
                        self.note_bound(Greater, *end, *from, of);
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }

    fn note_bound(&mut self, operator: Comparison, left: ExpressionId, right: ExpressionId, of: &[VariableId]) {
        let typed = &self.resolver.typed;
        let Expression::Property { of: row, entity, property } = typed.node(left).expression else { return };
        let Expression::Variable(variable) = typed.node(row).expression else { return };
        let entity = self.resolver.catalogue.entity(entity);
        if entity.source != catalogue::Source::Signal || !of.contains(&variable) {
            return;
        }
        let name = entity.properties[property].name.as_str();
        let lower = matches!(operator, Equal | Greater | GreaterOrEqual);
        let upper = matches!(operator, Equal | Less | LessOrEqual);
        let days = match typed.node(right).expression {
            Expression::Column { variable, .. } | Expression::Variable(variable) => self.days.get(&variable).copied(),
            _ => None,
        };
        let (from, to) = match (name, days) {
            ("Date", Some((from, to))) => (Some(from), Some(to)),
            ("Date", None) if typed.node(right).constant => (Some(right), Some(right)),
            // A stretch may begin on the day before, and the day of a person may begin in the morning.
            ("Begin", _) if typed.node(right).constant => (self.day_of(right, -1), self.day_of(right, 0)),
            ("End", _) if typed.node(right).constant => (self.day_of(right, -2), self.day_of(right, 0)),
            _ => return,
        };
        let Some(source) = self.signals.sources.iter_mut().find(|source| source.variable == variable) else { return };
        source.from.extend(from.filter(|_| lower));
        source.to.extend(to.filter(|_| upper));
    }

    /// The day of a constant instant in the person's zone, and so many days later.
    fn day_of(&mut self, instant: ExpressionId, later: i64) -> Option<ExpressionId> {
        let span = self.resolver.typed.node(instant).span;
        let day = self.resolver.function_of("Date", &[instant], span).ok()?;
        let later = self.resolver.constant(Value::Int(later), Type::Int, span).ok()?;
        self.resolver.function_of("AddDays", &[day, later], span).ok()
    }
}

fn mirrored(operator: Comparison) -> Comparison {
    match operator {
        Less => Greater,
        LessOrEqual => GreaterOrEqual,
        Greater => Less,
        GreaterOrEqual => LessOrEqual,
        Equal => Equal,
        Different => Different,
    }
}
