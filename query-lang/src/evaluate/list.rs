//! Values of a list parameter: they come as one text of JSON, `["2026-03-01", "2026-03-08"]` or `[1, 2.5, null]`, each element
//! written as [`crate::Value::read`] reads it.

use super::{Evaluated, Evaluation};
use crate::diagnostic::{Code, Diagnostic};
use crate::limits;
use crate::typed::{Parameter, ParameterId};
use crate::value::Value;

impl Evaluation<'_> {
    pub(crate) fn list(&self, id: ParameterId) -> Evaluated<Vec<Value>> {
        let parameter = self.typed.parameter(id);
        let given = self.parameters.iter().find(|(name, _)| name.eq_ignore_ascii_case(&parameter.name));
        let Some((_, Value::Text(text))) = given else {
            return Err(wrong(parameter, "has no list as its value"));
        };
        let Ok(elements) = serde_json::from_str::<Vec<serde_json::Value>>(text) else {
            return Err(wrong(parameter, "is not written as a list"));
        };
        if elements.len() > limits::LIST_VALUES_MAX {
            return Err(wrong(parameter, &format!("has more than {} values", limits::LIST_VALUES_MAX)));
        }
        let read = |element: &serde_json::Value| {
            let written = match element {
                serde_json::Value::Null if parameter.nullable => return Some(Value::Null),
                serde_json::Value::String(text) => text.clone(),
                serde_json::Value::Number(number) => plain(number)?,
                serde_json::Value::Bool(value) => value.to_string(),
                _ => return None,
            };
            Value::read(parameter.kind, &written, &self.environment.zone)
        };
        let values: Option<Vec<Value>> = elements.iter().map(read).collect();
        values.ok_or_else(|| wrong(parameter, "has a value of another type"))
    }
}

/// Digits without an exponent. None: there are so many that reading JSON has lost some.
fn plain(number: &serde_json::Number) -> Option<String> {
    const EXACT_BELOW: f64 = 9e9;
    if let Some(whole) = number.as_i64() {
        return Some(whole.to_string());
    }
    number.as_f64().filter(|value| value.abs() < EXACT_BELOW).map(|value| value.to_string())
}

fn wrong(parameter: &Parameter, how: &str) -> Diagnostic {
    let message = format!("The parameter @{} {how}.", parameter.name);
    Diagnostic::error(Code::Parameter, parameter.span, message).with_help(
        "Give it a list such as `[\"a\", \"b\"]`, each value of its type; a number of many digits as a text.",
    )
}
