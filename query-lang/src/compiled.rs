use crate::diagnostic::{Code, Diagnostic, Span};
use crate::plan::Generated;
pub use crate::typed::Column;
use crate::typed::{ExpressionId, Typed};
use crate::value::{DAY_US, Type, Value};
use crate::{Environment, Parameters, evaluate, functions, limits};
use std::sync::Arc;

/// SQL text of one engine and all that is needed to run it and to read its result.
#[derive(Debug, Clone)]
pub struct Compiled {
    pub sql: String,
    /// For `$1` (Postgres) or `?1` (SQLite) and so on, in order.
    pub binds: Vec<Bind>,
    pub columns: Vec<Column>,
    pub parameters: Vec<Parameter>,
    pub reads: Reads,
    /// What is worth saying about a query that compiles.
    pub warnings: Vec<Diagnostic>,
    /// What rules need of each row before the write, as properties of the entity, the first one its id; empty: nothing.
    pub previous: Vec<usize>,
    pub(crate) typed: Arc<Typed>,
    /// One for each signal source.
    pub(crate) signal_bounds: Vec<SignalBounds>,
}

/// Constants that bound the days of a signal source: all of them hold.
#[derive(Debug, Clone)]
pub(crate) struct SignalBounds {
    pub(crate) from: Vec<ExpressionId>,
    pub(crate) to: Vec<ExpressionId>,
    pub(crate) span: Span,
}

/// One value that the text leaves open.
#[derive(Debug, Clone)]
pub struct Bind {
    /// Its type, also where the value is null.
    pub kind: Type,
    pub(crate) recipe: Recipe,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Recipe {
    Constant(ExpressionId),
    Rows(Generated),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Without the `@`.
    pub name: String,
    pub kind: Type,
    pub nullable: bool,
    /// Its value is a text of JSON with values of `kind`: `["2026-03-01", "2026-03-08"]`.
    pub list: bool,
    pub has_default: bool,
}

impl Parameter {
    /// The value that a text means, as [`Value::read`] reads it; nothing is null where that may be, a list stays a text of
    /// JSON. None: the text is no value of this type.
    pub fn read(&self, text: &str, zone: &jiff::tz::TimeZone) -> Option<Value> {
        match text {
            "" if self.nullable => Some(Value::Null),
            _ if self.list => Some(Value::Text(text.to_owned())),
            _ => Value::read(self.kind, text, zone),
        }
    }
}

/// What the SQL reads: the authorizer's allow-list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reads {
    /// Tables of the tenant, without schema, with their columns.
    pub tables: Vec<(String, Vec<String>)>,
    /// SQL functions, as SQLite's authorizer names them.
    pub functions: Vec<String>,
    /// Tables of `sig` with their columns; the time that they must hold is [`Compiled::signals`].
    pub signals: Vec<(String, Vec<String>)>,
}

/// Local days, both included (days since 1970-01-01). `to` is at most tomorrow. Empty where `to` is before `from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignalRange {
    pub from: i32,
    pub to: i32,
}

impl Compiled {
    /// Values for the binds, in order.
    ///
    /// # Errors
    /// A parameter without a value, or with a value of another type; a generator with too many rows.
    pub fn bind(&self, environment: &Environment, parameters: &Parameters) -> Result<Vec<Value>, Diagnostic> {
        self.bind_before(environment, parameters, &[])
    }

    /// The same for conditions; `before` has the rows as they were before the write, each with a value for every property of
    /// the entity. A row that is not among them is new.
    ///
    /// # Errors
    /// As for [`Compiled::bind`].
    pub fn bind_before(
        &self,
        environment: &Environment,
        parameters: &Parameters,
        before: &[&[Value]],
    ) -> Result<Vec<Value>, Diagnostic> {
        let value = |bind: &Bind| match bind.recipe {
            Recipe::Constant(id) => evaluate::constant(&self.typed, id, environment, parameters),
            Recipe::Rows(Generated::Previous) => Ok(self.rows_before(before)),
            Recipe::Rows(generated) => self.rows(generated, environment, parameters),
        };
        self.binds.iter().map(value).collect()
    }

    fn rows_before(&self, before: &[&[Value]]) -> Value {
        let needed = |row: &&[Value]| -> serde_json::Value {
            let value = |property: &usize| row.get(*property).map_or(serde_json::Value::Null, json);
            serde_json::Value::Array(self.previous.iter().map(value).collect())
        };
        Value::Text(serde_json::Value::Array(before.iter().map(needed).collect()).to_string())
    }

    /// Made rows as JSON: `[[20400,20406],[20407,20413]]`.
    fn rows(&self, rows: Generated, environment: &Environment, parameters: &Parameters) -> Result<Value, Diagnostic> {
        let made = match rows {
            Generated::Previous => Vec::new(),
            Generated::List(parameter, _) => {
                let values = evaluate::list(&self.typed, parameter, environment, parameters)?;
                values.into_iter().map(|value| vec![value]).collect()
            }
            Generated::Between { generator, from, to } => {
                let end = |id| evaluate::constant(&self.typed, id, environment, parameters);
                let (first, last) = (end(from)?, end(to)?);
                let span = self.typed.node(from).span;
                let made = generator.rows((&first).into(), (&last).into(), environment);
                made.map_err(|error| Diagnostic::error(Code::Limit, span, format!("{error}.")))?
            }
        };
        let row = |row: &Vec<Value>| serde_json::Value::Array(row.iter().map(json).collect());
        Ok(Value::Text(serde_json::Value::Array(made.iter().map(row).collect()).to_string()))
    }

    /// The days of signals that the query needs; None: it asks no signals.
    ///
    /// # Errors
    /// A parameter without a value, or a range of more than 800 days.
    pub fn signals(
        &self,
        environment: &Environment,
        parameters: &Parameters,
    ) -> Result<Option<SignalRange>, Diagnostic> {
        let mut widest: Option<SignalRange> = None;
        for bounds in &self.signal_bounds {
            let Some(range) = self.signal_range(bounds, environment, parameters)? else { continue };
            widest = Some(match widest {
                None => range,
                Some(known) => SignalRange { from: known.from.min(range.from), to: known.to.max(range.to) },
            });
        }
        let days = widest.map_or(0, |range| range.to.saturating_sub(range.from).saturating_add(1));
        // Tomorrow is opened too, whatever was asked for.
        if days > limits::SIGNAL_DAYS_MAX + 1 {
            let message = format!(
                "The query asks for {days} days of signals; at most {} can be opened.",
                limits::SIGNAL_DAYS_MAX
            );
            let span = self.signal_bounds.first().map_or(Span::default(), |bounds| bounds.span);
            return Err(Diagnostic::error(Code::Signals, span, message).with_help("Ask for a shorter time."));
        }
        if widest.is_none() && !self.reads.signals.is_empty() {
            return Ok(Some(SignalRange { from: 0, to: -1 }));
        }
        Ok(widest)
    }

    /// The latest lower and the earliest upper bound; None: a bound is null or the range is empty, so no row fits.
    fn signal_range(
        &self,
        bounds: &SignalBounds,
        environment: &Environment,
        parameters: &Parameters,
    ) -> Result<Option<SignalRange>, Diagnostic> {
        let days = |ids: &[ExpressionId]| -> Result<Vec<Option<i32>>, Diagnostic> {
            let day = |id: &ExpressionId| match evaluate::constant(&self.typed, *id, environment, parameters)? {
                Value::Date(day) => Ok(Some(day)),
                _ => Ok(None),
            };
            ids.iter().map(day).collect()
        };
        let (from, to) = (days(&bounds.from)?, days(&bounds.to)?);
        let tomorrow = tomorrow(environment);
        let from = if from.contains(&None) { None } else { from.into_iter().flatten().max() };
        let to = if to.contains(&None) { None } else { to.into_iter().flatten().chain(tomorrow).min() };
        Ok(from.zip(to).filter(|(from, to)| from <= to).map(|(from, to)| SignalRange { from, to }))
    }
}

/// As both engines read it from JSON.
fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => i64::from(*value).into(),
        Value::Text(text) => text.as_str().into(),
        Value::Guid(id) => id.simple().to_string().into(),
        Value::Date(day) => (*day).into(),
        Value::Int(number)
        | Value::Decimal(number)
        | Value::Time(number)
        | Value::DateTime(number)
        | Value::Duration(number) => (*number).into(),
    }
}

/// No signal is newer; the device that recorded it may be in another zone.
fn tomorrow(environment: &Environment) -> Option<i32> {
    let offset = functions::zone_offset(environment, environment.now)?;
    let local = environment.now.checked_add(offset * 60_000_000)?;
    i32::try_from(local.div_euclid(DAY_US) + 1).ok()
}
