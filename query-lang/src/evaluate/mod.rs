//! The specification: expressions and whole queries, straight from the typed tree, over rows in memory. It shares the
//! functions with the engines and nothing of lowering or SQL.

mod expression;
mod group;
mod guard;
mod list;
mod order;
mod parameter;
mod query;
mod scope;
mod source;
mod window;

#[cfg(test)]
mod tests;

pub use guard::Guarded;

use crate::catalogue::{Catalogue, EntityId};
use crate::diagnostic::Diagnostic;
use crate::resolve::Resolver;
use crate::stack::roomy;
use crate::typed::{Column, ExpressionId, ParameterId, Typed, VariableId};
use crate::value::{Type, Value};
use crate::{Environment, Parameters};
use scope::{Binding, Local, Scope};
use std::sync::Arc;
use uuid::Uuid;

/// Where rows come from.
pub trait Rows {
    /// Ids of the entity's live rows, in any order.
    fn ids(&self, entity: EntityId) -> Vec<Uuid>;

    /// One value for each property of the catalogue's entity, null for calculated ones. None: no such live row.
    fn row(&self, entity: EntityId, id: Uuid) -> Option<Arc<[Value]>>;
}

/// Result of a whole query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Value>>,
}

/// Answers a person's query from what they may read.
///
/// # Errors
/// What is wrong with the text, a parameter or the model's conditions.
pub fn evaluate_query(
    text: &str,
    catalogue: &Catalogue,
    environment: &Environment,
    parameters: &Parameters,
    rows: &dyn Rows,
) -> Result<Answer, Vec<Diagnostic>> {
    roomy(|| answered(text, catalogue, environment, parameters, rows))
}

fn answered(
    text: &str,
    catalogue: &Catalogue,
    environment: &Environment,
    parameters: &Parameters,
    rows: &dyn Rows,
) -> Result<Answer, Vec<Diagnostic>> {
    let tree = crate::parse::query(text)?;
    let mut resolver = Resolver::new(catalogue);
    let Ok(query) = resolver.query(tree) else { return Err(resolver.diagnostics) };
    let guarded = Guarded::new(catalogue, environment, rows)?;
    let evaluation =
        Evaluation { typed: &resolver.typed, environment, parameters, rows: &guarded, unguarded: rows, previous: None };
    let rows = evaluation.query(query, &Scope::default()).map_err(|diagnostic| vec![diagnostic])?;
    Ok(Answer { columns: resolver.typed.columns(query), rows })
}

/// The value of an expression of the model for one row: a rule, a default or a calculated property on a form. Its own
/// sub-queries read unguarded rows. `current` has one value for each property of the entity and need not be saved;
/// `previous` is the row as it is saved, None where it is new.
///
/// # Errors
/// What is wrong with the text.
pub fn evaluate_expression(
    text: &str,
    wanted: Type,
    catalogue: &Catalogue,
    entity: EntityId,
    (current, previous): (&Current, Option<&Current>),
    environment: &Environment,
    rows: &dyn Rows,
) -> Result<Value, Vec<Diagnostic>> {
    let mut resolver = Resolver::new(catalogue);
    let Ok((variable, before, expression)) = resolver.rule(text, entity, wanted) else {
        return Err(resolver.diagnostics);
    };
    let rows = Overlay { entity, current, rows };
    let evaluation = Evaluation {
        typed: &resolver.typed,
        environment,
        parameters: &Parameters::new(),
        rows: &rows,
        unguarded: &rows,
        previous: previous.map(|previous| (before, previous)),
    };
    let id = |row: &Current| Binding::Value(Value::Guid(row.id));
    let scope = Scope::default().with(variable, id(current));
    let scope = scope.with(before, previous.map_or(Binding::Value(Value::Null), id));
    evaluation.value(expression, &Local::of(&scope)).map_err(|diagnostic| vec![diagnostic])
}

/// A row as it stands on a form.
#[derive(Debug, Clone)]
pub struct Current {
    pub id: Uuid,
    /// One for each property; calculated ones are null.
    pub values: Arc<[Value]>,
}

/// The rows with one of them as it would be.
struct Overlay<'a> {
    entity: EntityId,
    current: &'a Current,
    rows: &'a dyn Rows,
}

impl Rows for Overlay<'_> {
    fn ids(&self, entity: EntityId) -> Vec<Uuid> {
        let mut ids = self.rows.ids(entity);
        if entity == self.entity && !ids.contains(&self.current.id) {
            ids.push(self.current.id);
        }
        ids
    }

    fn row(&self, entity: EntityId, id: Uuid) -> Option<Arc<[Value]>> {
        if entity == self.entity && id == self.current.id {
            return Some(self.current.values.clone());
        }
        self.rows.row(entity, id)
    }
}

/// The value of an expression that depends on no row: what is bound to a compiled query.
///
/// # Errors
/// A parameter without a value, or with one of another type.
pub(crate) fn constant(
    typed: &Typed,
    expression: ExpressionId,
    environment: &Environment,
    parameters: &Parameters,
) -> Result<Value, Diagnostic> {
    let evaluation = Evaluation { typed, environment, parameters, rows: &NoRows, unguarded: &NoRows, previous: None };
    evaluation.value(expression, &Local::of(&Scope::default()))
}

/// The values of a list parameter.
///
/// # Errors
/// It has no value, or one that is no list of its type.
pub(crate) fn list(
    typed: &Typed,
    parameter: ParameterId,
    environment: &Environment,
    parameters: &Parameters,
) -> Result<Vec<Value>, Diagnostic> {
    Evaluation { typed, environment, parameters, rows: &NoRows, unguarded: &NoRows, previous: None }.list(parameter)
}

struct NoRows;

impl Rows for NoRows {
    fn ids(&self, _entity: EntityId) -> Vec<Uuid> {
        Vec::new()
    }

    fn row(&self, _entity: EntityId, _id: Uuid) -> Option<Arc<[Value]>> {
        None
    }
}

/// One run over one typed tree.
struct Evaluation<'a> {
    typed: &'a Typed,
    environment: &'a Environment,
    parameters: &'a Parameters,
    rows: &'a dyn Rows,
    /// What permissions of the model read.
    unguarded: &'a dyn Rows,
    /// The variable of a rule that stands for the row before the write, and that row.
    previous: Option<(VariableId, &'a Current)>,
}

/// Data never makes an error; a parameter or a generator's range can.
type Evaluated<T> = Result<T, Diagnostic>;
