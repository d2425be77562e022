//! The typed tree: every name has its meaning, every expression its type. The evaluator runs it; lowering turns it into
//! a relational plan. Calculated properties and functions written in the language are already inlined, method sugar is
//! already a sub-query, implicit grouping already a Group.
//!
//! Expressions and queries are in arenas. Part of the tree may be shared: one expression can be reached by several ways.

use crate::catalogue::EntityId;
use crate::diagnostic::Span;
use crate::functions::{Function, Generator};
pub use crate::tree::{Comparison, Frame, SetOperator};
use crate::value::{Type, Value};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExpressionId(pub u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QueryId(pub u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VariableId(pub u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ParameterId(pub u32);

#[derive(Debug, Clone, Default)]
pub struct Typed {
    pub expressions: Vec<Node>,
    pub queries: Vec<Query>,
    pub variables: Vec<Variable>,
    pub parameters: Vec<Parameter>,
}

#[derive(Debug, Clone)]
pub struct Node {
    pub expression: Expression,
    pub kind: Type,
    /// Can the value be null?
    pub nullable: bool,
    /// Depends on literals, parameters and the environment alone: no row, no query. Evaluated once, when it is bound.
    pub constant: bool,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct Variable {
    pub name: String,
    pub kind: VariableKind,
    /// The row can be missing (Left Join) or the value null.
    pub nullable: bool,
    /// Ranges over rows that can be equal in all columns: of a sub-query or a list.
    pub twins: bool,
}

#[derive(Debug, Clone)]
pub enum VariableKind {
    /// Ranges over rows of an entity; its value is the row's id (`Ref`).
    Row(EntityId),
    /// Ranges over the rows of a sub-query or generator, which have several columns or one that is no row.
    Record(Vec<Column>),
    /// Let, group key or group aggregate; also a range variable over a sub-query that selects one plain value.
    Value(Type),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub kind: Type,
    pub nullable: bool,
}

#[derive(Debug, Clone)]
pub struct Parameter {
    /// Without the `@`, as it was first written.
    pub name: String,
    /// Of the list's values, where it is a list.
    pub kind: Type,
    pub nullable: bool,
    pub list: bool,
    /// A constant expression.
    pub default: Option<ExpressionId>,
    /// Where it is declared, or first used.
    pub span: Span,
}

#[derive(Debug, Clone)]
pub enum Expression {
    /// Null has the type that its place needs.
    Constant(Value),
    /// Wall time in microseconds since 1970-01-01 00:00, in the person's zone.
    LocalDateTime(i64),
    Parameter(ParameterId),
    /// UTC offset in minutes of the person's zone at a constant instant.
    ZoneOffset(ExpressionId),
    /// `Ref` to the person's own row.
    CurrentUser,
    Now,
    Today,
    /// A range variable over an entity gives the row's id; a Value variable its value. Never a Record.
    Variable(VariableId),
    /// Column `index` of a variable of kind Record.
    Column {
        variable: VariableId,
        index: usize,
    },
    /// A stored property of the row that `of` (a `Ref`) points to. Null where `of` is null or the row cannot be read.
    Property {
        of: ExpressionId,
        entity: EntityId,
        property: usize,
    },

    /// Two-valued: a null operand counts as False.
    Not(ExpressionId),
    And(Vec<ExpressionId>),
    Or(Vec<ExpressionId>),
    /// Two-valued: null equals null and differs from every value; an ordering with null is False. Both sides have one
    /// type, or are `Ref` and Guid. Text is compared by code points.
    Compare {
        operator: Comparison,
        left: ExpressionId,
        right: ExpressionId,
    },
    /// `=` for every element; of type Bool, never null.
    InList {
        value: ExpressionId,
        list: Vec<ExpressionId>,
    },
    /// The query has one column.
    InQuery {
        value: ExpressionId,
        query: QueryId,
    },
    /// Text; null among them is the empty text. Null where the whole is longer than a text may be; not nullable where it
    /// cannot be.
    Concatenate(Vec<ExpressionId>),
    /// First that is not null.
    Coalesce(Vec<ExpressionId>),
    /// Int to Decimal.
    Widen(ExpressionId),
    /// The first branch whose condition is True; a null condition is False. Without `otherwise`: null.
    If {
        branches: Vec<(ExpressionId, ExpressionId)>,
        otherwise: Option<ExpressionId>,
    },
    /// A scalar function or operator (`+ - * / %`, `neg`) of the table. The arguments are complete: defaults and what the
    /// resolver supplies stand at the end, each of the parameter's type.
    Call {
        function: &'static Function,
        arguments: Vec<ExpressionId>,
    },

    /// An aggregate of the table over the rows of the group: only inside a Group's aggregates. `CountDistinct` and
    /// `List` are functions of their own.
    Aggregate {
        function: &'static Function,
        arguments: Vec<ExpressionId>,
    },
    /// A permission of the model: what it reads is not guarded again.
    Trusted(ExpressionId),
    /// One value from a sub-query, which may use variables from outside (correlated).
    Query {
        fold: QueryFold,
        query: QueryId,
    },
    /// Only in Select and Let.
    Window(Window),
}

#[derive(Debug, Clone, Copy)]
pub enum QueryFold {
    /// Is there a row? `Any(c)` and `Exists`; `All(c)` is Not Exists with Not c.
    Exists,
    /// Number of rows.
    Count,
    /// The value of the first row in the query's order; null for no rows.
    First,
    /// An aggregate of the table; the query's columns are its arguments.
    Aggregate(&'static Function),
}

#[derive(Debug, Clone)]
pub struct Window {
    /// A window function or an aggregate of the table.
    pub function: &'static Function,
    pub arguments: Vec<ExpressionId>,
    pub partition: Vec<ExpressionId>,
    /// After these come the primary keys of the row variables in scope, as in [`Step::Order`].
    pub order: Vec<OrderKey>,
    pub frame: Frame,
    /// Row variables in scope whose ids break ties, in order.
    pub ties: Vec<VariableId>,
}

#[derive(Debug, Clone, Copy)]
pub struct OrderKey {
    pub value: ExpressionId,
    pub descending: bool,
    /// A stored text property with a fold column: the fold key first, then the text.
    pub folded: bool,
}

#[derive(Debug, Clone)]
pub enum Query {
    Pipeline {
        steps: Vec<Step>,
        output: Output,
    },
    /// Columns by position; names are those of the left side. Union, Intersect and Except remove duplicates.
    Set {
        operator: SetOperator,
        left: QueryId,
        right: QueryId,
        columns: Vec<Column>,
    },
}

/// Each step maps rows to rows, in written order.
#[derive(Debug, Clone)]
pub enum Step {
    /// Cross join; a collection gives the pairs of parent and child.
    From {
        variable: VariableId,
        source: Source,
    },
    Join {
        variable: VariableId,
        source: Source,
        on: ExpressionId,
        left: bool,
    },
    Let {
        variable: VariableId,
        value: ExpressionId,
    },
    Where(ExpressionId),
    /// Afterwards only the variables of `keys` and `aggregates` exist. One row per distinct key, null is a key like any
    /// other. No keys and `single`: exactly one row, also for no rows.
    Group {
        keys: Vec<(VariableId, ExpressionId)>,
        /// May use the key variables outside of an [`Expression::Aggregate`].
        aggregates: Vec<(VariableId, ExpressionId)>,
        single: bool,
    },
    /// Replaces an earlier order. Nulls are smallest. Ties are broken by [`Output::ties`].
    Order(Vec<OrderKey>),
    /// Int constants, below 0 counts as 0. Without an order before: ordered by the ties alone.
    Skip(ExpressionId),
    Take(ExpressionId),
}

#[derive(Debug, Clone)]
pub enum Source {
    Entity(EntityId),
    /// Rows of `entity` whose relation `property` is `of`.
    Collection {
        of: ExpressionId,
        entity: EntityId,
        property: usize,
    },
    Query(QueryId),
    /// The values of a list parameter.
    List(ParameterId),
    /// A generator of the table with constant arguments.
    Generator {
        function: &'static Generator,
        arguments: Vec<ExpressionId>,
    },
}

#[derive(Debug, Clone)]
pub struct Output {
    pub distinct: bool,
    /// `Select { .. }`, else one plain value.
    pub record: bool,
    pub columns: Vec<(Column, ExpressionId)>,
    /// A result is totally ordered: after Order come the ids of these row variables (a Record: all its columns; after
    /// Group: the keys), ascending. With `distinct` instead all columns.
    pub ties: Vec<VariableId>,
}

impl Typed {
    pub fn node(&self, id: ExpressionId) -> &Node {
        &self.expressions[id.0 as usize]
    }

    pub fn query(&self, id: QueryId) -> &Query {
        &self.queries[id.0 as usize]
    }

    pub fn variable(&self, id: VariableId) -> &Variable {
        &self.variables[id.0 as usize]
    }

    pub fn parameter(&self, id: ParameterId) -> &Parameter {
        &self.parameters[id.0 as usize]
    }

    /// Do two constants say the same?
    pub(crate) fn same(&self, left: ExpressionId, right: ExpressionId) -> bool {
        left == right || self.node(left).constant && self.node(right).constant && self.alike(left, right)
    }

    /// Are two expressions written alike, over the same variables? Sub-queries are like themselves alone.
    pub(crate) fn alike(&self, left: ExpressionId, right: ExpressionId) -> bool {
        let (a, b) = (self.node(left), self.node(right));
        if left == right {
            return true;
        }
        let own = match (&a.expression, &b.expression) {
            (Expression::Constant(a), Expression::Constant(b)) => a == b,
            (Expression::LocalDateTime(a), Expression::LocalDateTime(b)) => a == b,
            (Expression::Parameter(a), Expression::Parameter(b)) => a == b,
            (Expression::Variable(a), Expression::Variable(b)) => a == b,
            (Expression::Column { variable: a, index: i }, Expression::Column { variable: b, index: j }) => {
                a == b && i == j
            }
            (
                Expression::Property { entity: a, property: i, .. },
                Expression::Property { entity: b, property: j, .. },
            ) => a == b && i == j,
            (Expression::Compare { operator: a, .. }, Expression::Compare { operator: b, .. }) => a == b,
            (Expression::Call { function: a, .. }, Expression::Call { function: b, .. }) => std::ptr::eq(*a, *b),
            (Expression::If { otherwise: a, .. }, Expression::If { otherwise: b, .. }) => a.is_some() == b.is_some(),
            (
                Expression::Query { .. }
                | Expression::InQuery { .. }
                | Expression::Window(_)
                | Expression::Aggregate { .. },
                _,
            ) => false,
            (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
        };
        let (parts, others) = (a.expression.parts(), b.expression.parts());
        own && a.kind == b.kind
            && parts.len() == others.len()
            && parts.into_iter().zip(others).all(|(part, other)| self.alike(part, other))
    }

    pub(crate) fn has_window(&self, id: ExpressionId) -> bool {
        let expression = &self.node(id).expression;
        matches!(expression, Expression::Window(_)) || expression.parts().into_iter().any(|part| self.has_window(part))
    }

    /// Rows of a sub-query can be equal in all columns; only a window tells such twins apart.
    pub(crate) fn may_have_twins(&self, ties: &[VariableId]) -> bool {
        ties.iter().any(|tie| self.variable(*tie).twins)
    }

    /// Is this a variable, or a path of properties that begins with it?
    pub(crate) fn starts_at(&self, mut id: ExpressionId, variable: VariableId) -> bool {
        loop {
            match self.node(id).expression {
                Expression::Property { of, .. } => id = of,
                Expression::Variable(known) | Expression::Column { variable: known, .. } => return known == variable,
                _ => return false,
            }
        }
    }

    /// The expressions that stand in a query's clauses, and in those of its sources.
    pub(crate) fn expressions_of(&self, id: QueryId) -> Vec<ExpressionId> {
        let (steps, output) = match self.query(id) {
            Query::Set { left, right, .. } => {
                return [self.expressions_of(*left), self.expressions_of(*right)].concat();
            }
            Query::Pipeline { steps, output } => (steps, output),
        };
        let mut found: Vec<ExpressionId> = output.columns.iter().map(|(_, value)| *value).collect();
        for step in steps {
            match step {
                Step::From { source, .. } => found.extend(self.expressions_of_source(source)),
                Step::Join { source, on, .. } => {
                    found.extend(self.expressions_of_source(source));
                    found.push(*on);
                }
                Step::Let { value, .. } | Step::Where(value) => found.push(*value),
                Step::Group { keys, aggregates, .. } => {
                    found.extend(keys.iter().chain(aggregates).map(|(_, value)| *value));
                }
                Step::Order(keys) => found.extend(keys.iter().map(|key| key.value)),
                Step::Skip(rows) | Step::Take(rows) => found.push(*rows),
            }
        }
        found
    }

    fn expressions_of_source(&self, source: &Source) -> Vec<ExpressionId> {
        match source {
            Source::Collection { of, .. } => vec![*of],
            Source::Query(query) => self.expressions_of(*query),
            Source::Entity(_) | Source::Generator { .. } | Source::List(_) => Vec::new(),
        }
    }

    /// What the rows of a query look like.
    pub fn columns(&self, id: QueryId) -> Vec<Column> {
        match self.query(id) {
            Query::Pipeline { output, .. } => output.columns.iter().map(|(column, _)| column.clone()).collect(),
            Query::Set { columns, .. } => columns.clone(),
        }
    }
}

impl Expression {
    /// The expressions that this one is directly made of; not those inside of its query.
    pub fn parts(&self) -> Vec<ExpressionId> {
        match self {
            Expression::Constant(_)
            | Expression::LocalDateTime(_)
            | Expression::Parameter(_)
            | Expression::CurrentUser
            | Expression::Now
            | Expression::Today
            | Expression::Variable(_)
            | Expression::Column { .. }
            | Expression::Query { .. } => Vec::new(),
            Expression::ZoneOffset(id) | Expression::Not(id) | Expression::Widen(id) | Expression::Trusted(id) => {
                vec![*id]
            }
            Expression::Property { of, .. } => vec![*of],
            Expression::And(ids) | Expression::Or(ids) | Expression::Concatenate(ids) | Expression::Coalesce(ids) => {
                ids.clone()
            }
            Expression::Call { arguments, .. } | Expression::Aggregate { arguments, .. } => arguments.clone(),
            Expression::Compare { left, right, .. } => vec![*left, *right],
            Expression::InList { value, list } => std::iter::once(*value).chain(list.iter().copied()).collect(),
            Expression::InQuery { value, .. } => vec![*value],
            Expression::If { branches, otherwise } => {
                branches.iter().flat_map(|(condition, value)| [*condition, *value]).chain(*otherwise).collect()
            }
            Expression::Window(window) => {
                let order = window.order.iter().map(|key| key.value);
                window.arguments.iter().chain(&window.partition).copied().chain(order).collect()
            }
        }
    }
}
