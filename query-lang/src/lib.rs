//! The query and expression language: text -> pest -> spanned tree -> typed tree -> relational plan -> SQLite text,
//! Postgres text, or an evaluation in memory, which is the specification. No I/O, no clock, no randomness.

pub mod catalogue;
mod compiled;
pub mod diagnostic;
pub mod evaluate;
pub mod functions;
pub mod limits;
mod parse;
mod resolve;
pub mod tree;
pub mod typed;
pub mod value;
mod written;

pub use catalogue::{Catalogue, EntityId, Identifier};
pub use compiled::{Bind, Column, Compiled, Parameter, Reads, SignalRange};
pub use diagnostic::{Diagnostic, Severity, Span};
pub use parse::{Token, TokenKind, tokens};
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

/// Compiles a person's query: every table is guarded by what the person may read.
///
/// # Errors
/// What is wrong with the text, at its places; several where they can be told apart.
pub fn compile(_text: &str, _catalogue: &Catalogue, _target: &Target) -> Result<Compiled, Vec<Diagnostic>> {
    Err(vec![not_compiled_yet()])
}

/// Compiles conditions of an entity for a write transaction, over unguarded tables. The SQL is a complete SELECT whose
/// first column is the row's id, then one boolean column per condition (Postgres: boolean, SQLite: 0 or 1; never null).
/// Tombstones of the entity itself are asked too; what a condition navigates to are live rows. With
/// [`RowSource::History`] the version's `seq` comes as second column, before the conditions.
/// Callers compose: `SELECT .. FROM (<sql>) v WHERE v.id = ANY($n)`. Binds are numbered from `first_bind` (1 is the first).
///
/// # Errors
/// A text of the model that does not compile; the span is in that text.
pub fn compile_conditions(
    _catalogue: &Catalogue,
    _entity: EntityId,
    _conditions: &[Condition<'_>],
    _source: RowSource,
    _target: &Target,
    _first_bind: usize,
) -> Result<Compiled, Vec<Diagnostic>> {
    Err(vec![not_compiled_yet()])
}

fn not_compiled_yet() -> Diagnostic {
    Diagnostic::error(diagnostic::Code::NotSupported, Span::default(), "Queries cannot be compiled yet.")
}
