use super::scope::Local;
use super::{Evaluated, Evaluation};
use crate::functions::{self, Function, Out, Raw, TEXT_BYTES_MAX};
use crate::typed::{Comparison, Expression, ExpressionId, QueryFold, QueryId};
use crate::value::{DATE_TIME_RANGE, Type, Value};

impl Evaluation<'_> {
    pub(super) fn value(&self, id: ExpressionId, at: &Local<'_>) -> Evaluated<Value> {
        let node = self.typed.node(id);
        Ok(match &node.expression {
            Expression::Constant(value) => value.clone(),
            Expression::LocalDateTime(_)
            | Expression::ZoneOffset(_)
            | Expression::CurrentUser
            | Expression::Now
            | Expression::Today => self.environment_value(&node.expression, at)?,
            Expression::Parameter(parameter) => self.parameter(*parameter)?,
            Expression::Variable(variable) => at.scope.value(*variable),
            Expression::Column { variable, index } => at.scope.column(*variable, *index),
            Expression::Property { of, property, .. } if self.is_previous(*of) => {
                let previous = self.previous.and_then(|(_, row)| row.values.get(*property).cloned());
                previous.unwrap_or(Value::Null)
            }
            Expression::Property { of, entity, property } => match self.value(*of, at)? {
                Value::Guid(id) => {
                    self.rows.row(*entity, id).and_then(|row| row.get(*property).cloned()).unwrap_or(Value::Null)
                }
                _ => Value::Null,
            },
            Expression::Not(_)
            | Expression::And(_)
            | Expression::Or(_)
            | Expression::Compare { .. }
            | Expression::InList { .. }
            | Expression::InQuery { .. } => Value::Bool(self.condition(&node.expression, at)?),
            Expression::Concatenate(parts) => self.concatenated(parts, at)?,
            Expression::Coalesce(parts) => self.first_known(parts, at)?,
            Expression::Widen(of) => match self.value(*of, at)? {
                Value::Int(value) => value.checked_mul(1_000_000).map_or(Value::Null, Value::Decimal),
                _ => Value::Null,
            },
            Expression::If { branches, otherwise } => self.chosen_branch(branches, *otherwise, at)?,
            Expression::Call { function, arguments } => {
                let values = self.values(arguments, at)?;
                typed(function.constant(self.environment, &raws(&values)), node.kind)
            }
            Expression::Trusted(of) => Evaluation { rows: self.unguarded, ..*self }.value(*of, at)?,
            Expression::Aggregate { function, arguments } => self.aggregate(function, arguments, node.kind, at)?,
            Expression::Query { fold, query } => self.folded_query(fold, *query, node.kind, at)?,
            Expression::Window(window) => match at.windows {
                Some((windows, row)) => windows.value(self, id, window, node.kind, row)?,
                None => Value::Null,
            },
        })
    }

    fn is_previous(&self, of: ExpressionId) -> bool {
        let known = self.previous.map(|(variable, _)| variable);
        matches!(self.typed.node(of).expression, Expression::Variable(variable) if Some(variable) == known)
    }

    pub(super) fn truth(&self, id: ExpressionId, at: &Local<'_>) -> Evaluated<bool> {
        Ok(self.value(id, at)? == Value::Bool(true))
    }

    pub(super) fn values(&self, ids: &[ExpressionId], at: &Local<'_>) -> Evaluated<Vec<Value>> {
        ids.iter().map(|id| self.value(*id, at)).collect()
    }

    /// Two-valued: null equals null, an ordering with null is False.
    fn condition(&self, expression: &Expression, at: &Local<'_>) -> Evaluated<bool> {
        Ok(match expression {
            Expression::Not(of) => !self.truth(*of, at)?,
            Expression::And(parts) => {
                for part in parts {
                    if !self.truth(*part, at)? {
                        return Ok(false);
                    }
                }
                true
            }
            Expression::Or(parts) => {
                for part in parts {
                    if self.truth(*part, at)? {
                        return Ok(true);
                    }
                }
                false
            }
            Expression::Compare { operator, left, right } => {
                holds(*operator, &self.value(*left, at)?, &self.value(*right, at)?)
            }
            Expression::InList { value, list } => {
                let value = self.value(*value, at)?;
                self.values(list, at)?.contains(&value)
            }
            Expression::InQuery { value, query } => {
                let value = self.value(*value, at)?;
                self.query(*query, at.scope)?.iter().any(|row| row.first() == Some(&value))
            }
            _ => false,
        })
    }

    fn environment_value(&self, expression: &Expression, at: &Local<'_>) -> Evaluated<Value> {
        let now = self.environment.now;
        Ok(match expression {
            Expression::CurrentUser => Value::Guid(self.environment.user),
            Expression::Now => Value::DateTime(now),
            Expression::Today => functions::today(self.environment).map_or(Value::Null, Value::Date),
            Expression::LocalDateTime(local) => {
                let day = crate::value::DAY_US;
                let instant = functions::at_in_zone(self.environment, local.div_euclid(day), local.rem_euclid(day));
                Value::DateTime(instant.unwrap_or((*local).clamp(*DATE_TIME_RANGE.start(), *DATE_TIME_RANGE.end())))
            }
            Expression::ZoneOffset(of) => match self.value(*of, at)? {
                Value::DateTime(instant) => {
                    functions::zone_offset(self.environment, instant).map_or(Value::Null, Value::Int)
                }
                _ => Value::Null,
            },
            _ => Value::Null,
        })
    }

    fn concatenated(&self, parts: &[ExpressionId], at: &Local<'_>) -> Evaluated<Value> {
        let mut text = String::new();
        for part in self.values(parts, at)? {
            if let Value::Text(part) = part {
                text.push_str(&part);
            }
        }
        Ok(if text.len() <= TEXT_BYTES_MAX { Value::Text(text) } else { Value::Null })
    }

    fn first_known(&self, parts: &[ExpressionId], at: &Local<'_>) -> Evaluated<Value> {
        for part in parts {
            let value = self.value(*part, at)?;
            if !value.is_null() {
                return Ok(value);
            }
        }
        Ok(Value::Null)
    }

    fn chosen_branch(
        &self,
        branches: &[(ExpressionId, ExpressionId)],
        otherwise: Option<ExpressionId>,
        at: &Local<'_>,
    ) -> Evaluated<Value> {
        for (condition, value) in branches {
            if self.truth(*condition, at)? {
                return self.value(*value, at);
            }
        }
        otherwise.map_or(Ok(Value::Null), |value| self.value(value, at))
    }

    fn folded_query(&self, fold: &QueryFold, query: QueryId, kind: Type, at: &Local<'_>) -> Evaluated<Value> {
        let rows = self.query(query, at.scope)?;
        Ok(match fold {
            QueryFold::Exists => Value::Bool(!rows.is_empty()),
            QueryFold::Count => Value::Int(rows.len() as i64),
            QueryFold::First => rows.into_iter().next().and_then(|row| row.into_iter().next()).unwrap_or(Value::Null),
            QueryFold::Aggregate(function) => fold_rows(function, kind, rows.iter().map(Vec::as_slice)),
        })
    }
}

fn holds(operator: Comparison, left: &Value, right: &Value) -> bool {
    match operator {
        Comparison::Equal => left == right,
        Comparison::Different => left != right,
        _ if left.is_null() || right.is_null() => false,
        Comparison::Less => left < right,
        Comparison::LessOrEqual => left <= right,
        Comparison::Greater => left > right,
        Comparison::GreaterOrEqual => left >= right,
    }
}

/// An aggregate over rows of arguments.
pub(super) fn fold_rows<'v>(function: &Function, kind: Type, rows: impl Iterator<Item = &'v [Value]>) -> Value {
    let Some(mut fold) = function.fold() else { return Value::Null };
    for row in rows {
        fold.step(&raws(row));
    }
    typed(fold.value(), kind)
}

pub(super) fn raws(values: &[Value]) -> Vec<Raw<'_>> {
    values.iter().map(Raw::from).collect()
}

pub(super) fn typed(out: Out, kind: Type) -> Value {
    out.into_value(kind).unwrap_or(Value::Null)
}
