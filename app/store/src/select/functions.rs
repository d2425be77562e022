//! The language's functions, given to SQLite as they are: one loop over the language's own table.

use crate::StoreError;
use query_lang::functions::{Body, Fold, Function, Out, Raw, SQLITE_PREFIX, sqlite_functions};
use rusqlite::functions::{Aggregate, Context, FunctionFlags, WindowAggregate};
use rusqlite::types::{ToSqlOutput, Value as Sql, ValueRef};
use rusqlite::{Connection, ToSql};
use std::panic::AssertUnwindSafe;

pub(crate) fn register(connection: &Connection) -> Result<(), StoreError> {
    for function in sqlite_functions() {
        let name = format!("{SQLITE_PREFIX}{}", function.symbol);
        let arity = function.arity() as i32;
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
        match &function.body {
            Body::Scalar(scalar) => {
                let scalar = *scalar;
                connection.create_scalar_function(name.as_str(), arity, flags, move |context| {
                    with_arguments(context, |arguments| Answer(scalar(arguments)))
                })?;
            }
            Body::Aggregate(_) => {
                connection.create_window_function(name.as_str(), arity, flags, Folding(function))?;
            }
            Body::Constant(_) | Body::Window => {}
        }
    }
    Ok(())
}

struct Answer(Out);

impl ToSql for Answer {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match &self.0 {
            Out::Null => ToSqlOutput::Owned(Sql::Null),
            Out::Int(value) => ToSqlOutput::Owned(Sql::Integer(*value)),
            Out::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Out::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

/// A real number is in no table of ours, and neither is a text that is no UTF-8: both count as null.
fn with_arguments<T>(context: &Context<'_>, run: impl FnOnce(&[Raw<'_>]) -> T) -> rusqlite::Result<T> {
    let raw = |index| match context.get_raw(index) {
        ValueRef::Null | ValueRef::Real(_) => Raw::Null,
        ValueRef::Integer(value) => Raw::Int(value),
        ValueRef::Text(text) => std::str::from_utf8(text).map_or(Raw::Null, Raw::Text),
        ValueRef::Blob(bytes) => Raw::Bytes(bytes),
    };
    let arguments: Vec<Raw<'_>> = (0..context.len()).map(raw).collect();
    Ok(run(&arguments))
}

/// An aggregate of the language, as SQLite drives one.
struct Folding(&'static Function);

type State = AssertUnwindSafe<Box<dyn Fold>>;

impl Folding {
    fn start(&self) -> rusqlite::Result<State> {
        match &self.0.body {
            Body::Aggregate(start) => Ok(AssertUnwindSafe(start())),
            _ => Err(rusqlite::Error::InvalidQuery),
        }
    }
}

impl Aggregate<State, Answer> for Folding {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<State> {
        self.start()
    }

    fn step(&self, context: &mut Context<'_>, state: &mut State) -> rusqlite::Result<()> {
        with_arguments(context, |arguments| state.step(arguments))
    }

    fn finalize(&self, _: &mut Context<'_>, state: Option<State>) -> rusqlite::Result<Answer> {
        let state = match state {
            Some(state) => state,
            None => self.start()?,
        };
        Ok(Answer(state.value()))
    }
}

impl WindowAggregate<State, Answer> for Folding {
    fn value(&self, state: Option<&mut State>) -> rusqlite::Result<Answer> {
        match state {
            Some(state) => Ok(Answer(state.value())),
            None => Ok(Answer(self.start()?.value())),
        }
    }

    fn inverse(&self, context: &mut Context<'_>, state: &mut State) -> rusqlite::Result<()> {
        with_arguments(context, |arguments| state.inverse(arguments))
    }
}
