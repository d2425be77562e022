use crate::diagnostic::Diagnostic;
pub use crate::typed::Column;
use crate::typed::{ExpressionId, Typed};
use crate::value::{Type, Value};
use crate::{Environment, Parameters};
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
    pub(crate) typed: Arc<Typed>,
}

/// One value that the text leaves open.
#[derive(Debug, Clone)]
pub struct Bind {
    /// Its type, also where the value is null.
    pub kind: Type,
    pub(crate) recipe: ExpressionId,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Without the `@`.
    pub name: String,
    pub kind: Type,
    pub nullable: bool,
    pub has_default: bool,
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

/// Local days, both included (days since 1970-01-01).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignalRange {
    pub from: i32,
    pub to: i32,
}

impl Compiled {
    /// Values for the binds, in order.
    ///
    /// # Errors
    /// A parameter without a value, or with a value of another type.
    pub fn bind(&self, _environment: &Environment, _parameters: &Parameters) -> Result<Vec<Value>, Diagnostic> {
        Ok(Vec::new())
    }

    /// The days of signals that the query needs; None: it asks no signals.
    ///
    /// # Errors
    /// A parameter without a value, or a range that is open or longer than 800 days.
    pub fn signals(
        &self,
        _environment: &Environment,
        _parameters: &Parameters,
    ) -> Result<Option<SignalRange>, Diagnostic> {
        Ok(None)
    }
}
