//! The query and expression language: text -> pest -> spanned tree -> typed tree -> relational plan -> SQLite text,
//! Postgres text, or an evaluation in memory, which is the specification. No I/O, no clock, no randomness.

pub mod catalogue;
mod compile;
mod compiled;
pub mod diagnostic;
pub mod editor;
pub mod evaluate;
pub mod functions;
pub mod limits;
mod lower;
mod parse;
mod plan;
mod plans;
mod resolve;
mod sql;
mod stack;
pub mod tree;
pub mod typed;
pub mod value;
mod written;

pub use catalogue::{Catalogue, EntityId, Identifier};
pub use compile::{compile, compile_conditions};
pub use compiled::{Bind, Column, Compiled, Parameter, Reads, SignalRange};
pub use diagnostic::{Code, Diagnostic, Severity, Span};
pub use parse::{Token, TokenKind, names_saved, saved_names, tokens};
pub use plans::Plans;
pub use value::{Stored, Type, Value};
pub use written::Written;

use std::collections::BTreeMap;
use uuid::Uuid;

/// The engine that a text is compiled for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Target {
    /// The tenant's file is `main`, signals are `sig`.
    Sqlite,
    Postgres(TenantSchema),
}

/// Name of a tenant's schema, `t_` and 1 to 40 of `[a-z0-9]`. Only a validated one can qualify a table.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TenantSchema(Identifier);

impl TenantSchema {
    /// None: the text is no tenant schema's name.
    pub fn new(name: &str) -> Option<Self> {
        let rest = name.strip_prefix("t_")?;
        let valid =
            (1..=40).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if valid { Identifier::new(name).map(TenantSchema) } else { None }
    }

    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// What a query may depend on besides its text, its parameters and the rows.
#[derive(Debug, Clone)]
pub struct Environment {
    /// The `User` row of the person who asks.
    pub user: Uuid,
    /// Microseconds since 1970-01-01 UTC.
    pub now: i64,
    /// The person's zone, for `Today()` and for DateTime literals.
    pub zone: jiff::tz::TimeZone,
    /// What the company's weeks begin with, for `StartOfWeek`, `EndOfWeek` and `Weeks`. ISO weeks begin on Monday whatever it is.
    pub first_weekday: jiff::civil::Weekday,
}

/// Parameter values by name without the `@`, without case.
pub type Parameters = BTreeMap<String, Value>;

/// A condition of an entity, by its use. Several permission texts of one kind are joined with Or; none at all: nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Condition<'a> {
    Read,
    Insert,
    Update,
    Delete,
    /// A validation rule by its code.
    Rule(&'a str),
    /// A property's own read permission, by the property's name; True where it has none.
    ReadProperty(&'a str),
}

/// Which rows the conditions are asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowSource {
    Current,
    /// Earlier versions: `<table>_history`, Postgres only.
    History,
}
