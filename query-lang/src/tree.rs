//! The spanned tree: what was written, before any name has a meaning. Nodes are in arenas and point to each other by
//! number, so that no depth of nesting can overflow a stack when a tree is dropped.

use crate::diagnostic::Span;
use crate::value::Value;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExpressionId(pub u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QueryId(pub u32);

#[derive(Debug, Clone, Default)]
pub struct Tree {
    pub parameters: Vec<ParameterDeclaration>,
    pub expressions: Vec<Node>,
    pub queries: Vec<QueryNode>,
    pub root: Option<Root>,
}

/// What the text is as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Root {
    Query(QueryId),
    Expression(ExpressionId),
}

#[derive(Debug, Clone)]
pub struct Node {
    pub expression: Expression,
    pub span: Span,
    /// Longest way down from here; bounded by `limits::DEPTH_MAX`.
    pub depth: u32,
}

#[derive(Debug, Clone)]
pub struct QueryNode {
    pub query: Query,
    pub span: Span,
    pub depth: u32,
}

/// A name as it was written, without backticks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    pub text: String,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct ParameterDeclaration {
    pub name: Name,
    pub kind: TypeName,
    pub default: Option<ExpressionId>,
}

#[derive(Debug, Clone)]
pub struct TypeName {
    pub name: Name,
    pub nullable: bool,
    pub list: bool,
}

#[derive(Debug, Clone)]
pub enum Expression {
    Literal(Literal),
    Parameter(Name),
    Name(Name),
    /// `of.Name` or `of.Name(arguments)`.
    Member {
        of: ExpressionId,
        name: Name,
        arguments: Option<Vec<Argument>>,
    },
    /// `Name(arguments)`.
    Call {
        name: Name,
        arguments: Vec<Argument>,
    },
    Negate(ExpressionId),
    Not(ExpressionId),
    /// A chain is one node, however long it is.
    And(Vec<ExpressionId>),
    Or(Vec<ExpressionId>),
    Coalesce(Vec<ExpressionId>),
    Compare {
        operator: Comparison,
        left: ExpressionId,
        right: ExpressionId,
    },
    Arithmetic {
        operator: Arithmetic,
        left: ExpressionId,
        right: ExpressionId,
    },
    In {
        value: ExpressionId,
        set: ExpressionId,
        negated: bool,
    },
    Like {
        value: ExpressionId,
        pattern: ExpressionId,
        negated: bool,
    },
    /// `(a, b, c)`.
    List(Vec<ExpressionId>),
    /// `(From ...)` or a query as an argument.
    Query(QueryId),
    Over {
        of: ExpressionId,
        window: Window,
    },
}

#[derive(Debug, Clone)]
pub enum Literal {
    /// Int, Decimal, Text, Bool, Date, Time, Duration, Guid or Null.
    Value(Value),
    /// Wall time in microseconds since 1970-01-01 00:00; an instant once the person's zone is known.
    LocalDateTime(i64),
}

#[derive(Debug, Clone)]
pub enum Argument {
    Value(ExpressionId),
    Lambda { variable: Name, body: ExpressionId },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Comparison {
    Equal,
    Different,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

#[derive(Debug, Clone)]
pub struct Window {
    pub partition: Vec<ExpressionId>,
    pub order: Vec<OrderKey>,
    pub frame: Frame,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Frame {
    /// Rows up to and with this one where there is an order, else the partition.
    Default,
    /// `Rows All`: the partition.
    All,
    /// `Rows Before`: without this one.
    Before,
}

#[derive(Debug, Clone, Copy)]
pub struct OrderKey {
    pub value: ExpressionId,
    pub descending: bool,
}

#[derive(Debug, Clone)]
pub enum Query {
    Pipeline { clauses: Vec<Clause>, select: Option<Select> },
    Set { operator: SetOperator, left: QueryId, right: QueryId },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SetOperator {
    Union,
    UnionAll,
    Intersect,
    Except,
}

#[derive(Debug, Clone)]
pub enum Clause {
    From { variable: Name, source: Source },
    Join { variable: Name, source: Source, on: ExpressionId, left: bool },
    Let(Vec<Binding>),
    Where(ExpressionId),
    Group { keys: Vec<Field>, into: Vec<Binding>, span: Span },
    Aggregate { bindings: Vec<Binding>, span: Span },
    Order(Vec<OrderKey>),
    Skip(ExpressionId),
    Take(ExpressionId),
}

#[derive(Debug, Clone)]
pub struct Binding {
    pub name: Name,
    pub value: ExpressionId,
}

/// A field of a record or a group key; a bare path is named after its last member.
#[derive(Debug, Clone)]
pub struct Field {
    pub name: Option<Name>,
    pub value: ExpressionId,
}

#[derive(Debug, Clone)]
pub struct Source {
    pub kind: SourceKind,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub enum SourceKind {
    /// `Timesheet`, `C.Projects`, `Signal.Activity`, `Dates(a, b)`, `View.Name(a)`.
    Path {
        path: Vec<Name>,
        arguments: Option<Vec<Argument>>,
    },
    Query(QueryId),
    Parameter(Name),
}

#[derive(Debug, Clone)]
pub struct Select {
    pub distinct: bool,
    pub top: Option<ExpressionId>,
    pub shape: Shape,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub enum Shape {
    Record(Vec<Field>),
    Value(ExpressionId),
}

impl Tree {
    pub fn expression(&self, id: ExpressionId) -> &Expression {
        &self.expressions[id.0 as usize].expression
    }

    pub fn span(&self, id: ExpressionId) -> Span {
        self.expressions[id.0 as usize].span
    }

    pub fn query(&self, id: QueryId) -> &QueryNode {
        &self.queries[id.0 as usize]
    }
}
