use super::scope::{Local, Scope};
use super::{Evaluated, Evaluation};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::functions;
use crate::typed::ParameterId;
use crate::value::{Type, Value};

impl Evaluation<'_> {
    /// The given value or the default. An Int serves as a Decimal; a Date where a DateTime is asked for is its midnight.
    pub(super) fn parameter(&self, id: ParameterId) -> Evaluated<Value> {
        let parameter = self.typed.parameter(id);
        let given = self.parameters.iter().find(|(name, _)| name.eq_ignore_ascii_case(&parameter.name));
        let value = match (given, parameter.default) {
            (Some((_, value)), _) => value.clone(),
            (None, Some(default)) => return self.value(default, &Local::of(&Scope::default())),
            (None, None) if parameter.nullable => Value::Null,
            (None, None) => {
                return Err(wrong(parameter.span, format!("The parameter @{} has no value.", parameter.name)));
            }
        };
        match (value, parameter.kind) {
            (Value::Null, _) if parameter.nullable => Ok(Value::Null),
            (Value::Int(value), Type::Decimal) if value.checked_mul(1_000_000).is_some() => {
                Ok(Value::Decimal(value * 1_000_000))
            }
            (Value::Date(day), Type::DateTime) => {
                let midnight = functions::at_in_zone(self.environment, i64::from(day), 0);
                Ok(midnight.map_or(Value::Null, Value::DateTime))
            }
            (value, kind) if is_of(&value, kind) => Ok(value),
            (Value::Null, _) => {
                Err(wrong(parameter.span, format!("The parameter @{} must have a value.", parameter.name)))
            }
            (_, Type::Ref(_)) => Err(wrong(
                parameter.span,
                format!("The value of the parameter @{} must be a row's id.", parameter.name),
            )),
            (_, kind) => Err(wrong(
                parameter.span,
                format!("The value of the parameter @{} must be a {kind:?}.", parameter.name),
            )),
        }
    }
}

fn wrong(span: Span, message: String) -> Diagnostic {
    Diagnostic::error(Code::Parameter, span, message).with_help("Give the parameter a value of its type.")
}

fn is_of(value: &Value, kind: Type) -> bool {
    matches!(
        (value, kind),
        (Value::Bool(_), Type::Bool)
            | (Value::Int(_), Type::Int)
            | (Value::Decimal(_), Type::Decimal)
            | (Value::Text(_), Type::Text)
            | (Value::Date(_), Type::Date)
            | (Value::Time(_), Type::Time)
            | (Value::DateTime(_), Type::DateTime)
            | (Value::Duration(_), Type::Duration)
            | (Value::Guid(_), Type::Guid | Type::Ref(_))
    )
}
