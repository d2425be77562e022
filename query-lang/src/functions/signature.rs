use super::{Out, Raw};
use crate::Environment;
use crate::value::Type;
use std::fmt;

/// One overload of a function, an aggregate, a window function or an operator (`+ - * / %`, `neg`).
/// Several entries with one name are its overloads.
#[derive(Debug)]
pub struct Function {
    pub name: &'static str,
    /// Older spellings, found without case like the name.
    pub aliases: &'static [&'static str],
    /// SQLite: `tq_<symbol>`; Postgres: `"tq_v1"."<symbol>"`. One symbol may serve several overloads.
    pub symbol: &'static str,
    pub parameters: &'static [Parameter],
    /// The last parameter may be written again and again: `f(a, b, c)` is `f(f(a, b), c)`.
    pub repeats: bool,
    /// What the resolver adds after the written arguments.
    pub supplied: Option<Supplied>,
    pub gives: Gives,
    pub nulls: Nulls,
    /// The value may be null although no argument is: overflow, division by zero, bad input, no rows.
    pub may_fail: bool,
    pub body: Body,
    pub sqlite: Form,
    pub postgres: Form,
    /// An aggregate that an engine cannot call over a window as it calls it over a group.
    pub window: Option<Windowed>,
}

/// How a window call is written, on each engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windowed {
    pub sqlite: Form,
    pub postgres: Form,
}

#[derive(Debug)]
pub struct Parameter {
    pub name: &'static str,
    pub accepts: Accepts,
    /// What stands for an argument that is not written.
    pub default: Option<Constant>,
    /// The argument must be the same for every row: a literal, a parameter, an expression of these.
    pub constant: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constant {
    Int(i64),
    Text(&'static str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepts {
    /// An Int is converted to Decimal where Decimal is asked for.
    Is(Type),
    /// A Date; of a DateTime the resolver takes `Date(x)`.
    Day,
    /// All `Same` parameters of a call have one type; Int beside Decimal becomes Decimal.
    Same(Class),
    /// A row of an entity with `UtcOffset`; the resolver passes that offset (minutes, Int) in its place.
    Entry,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Int, Decimal, Duration.
    Number,
    /// What has an order: all but Bool, Guid and Ref.
    Ordered,
    Any,
}

/// An argument that nobody writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Supplied {
    /// UTC offset in minutes that belongs to the DateTime argument: `UtcOffset` of the row that it is a property of;
    /// for a query constant the function `#ZoneOffset` of it, which asks the person's zone.
    Offset,
    /// `Now()`.
    Now,
    /// What the company's weeks begin with: 1 = Monday to 7 = Sunday.
    FirstWeekday,
}

/// Type of the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    Is(Type),
    /// The type that the `Same` parameters have.
    Same,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nulls {
    /// Null if any argument is.
    Propagate,
    /// Null if one of these arguments is; the function handles a null in the others.
    Required(&'static [usize]),
    /// The function handles nulls itself and gives none for them.
    Handles,
}

pub(super) type Scalar = fn(&[Raw<'_>]) -> Out;

pub enum Body {
    Scalar(Scalar),
    /// A query constant: its value comes from the environment.
    Constant(fn(&Environment, &[Raw<'_>]) -> Out),
    Aggregate(fn() -> Box<dyn Fold>),
    /// Depends on the order of rows: the evaluator and both engines know it by its symbol.
    Window,
}

/// An aggregate: started for a group, fed with every row's arguments, asked for its value. A null argument is a row too.
pub trait Fold: Send {
    fn step(&mut self, arguments: &[Raw<'_>]);
    /// Takes back an earlier `step`, for window frames that move. Frames here always start at the first row, so only
    /// SQLite's own bookkeeping calls it.
    fn inverse(&mut self, arguments: &[Raw<'_>]);
    fn value(&self) -> Out;
}

/// How SQL is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A call of the function's symbol with all arguments.
    Call,
    /// Native SQL, safe for every value of the types.
    Inline { pieces: &'static [Piece], calls: &'static [&'static str] },
    /// Evaluated in Rust and bound; never written.
    Bound,
}

/// Part of an inline form. `calls` beside it names the SQL functions in it, for the authorizer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    Text(&'static str),
    Argument(usize),
    /// `"tq_v1"."<name>"`.
    Own(&'static str),
    /// Where `OVER (...)` of a window call goes.
    Over,
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Body::Scalar(_) => "Scalar",
            Body::Constant(_) => "Constant",
            Body::Aggregate(_) => "Aggregate",
            Body::Window => "Window",
        })
    }
}

impl Function {
    pub fn is_called(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name) || self.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
    }

    pub fn is_aggregate(&self) -> bool {
        matches!(self.body, Body::Aggregate(_))
    }

    /// Whether the value can be null when these arguments can be.
    pub fn nullable(&self, arguments: &[bool]) -> bool {
        self.may_fail
            || match self.nulls {
                Nulls::Propagate => arguments.contains(&true),
                Nulls::Required(indices) => indices.iter().any(|&index| arguments.get(index) == Some(&true)),
                Nulls::Handles => false,
            }
    }

    /// The scalar function with its rule for nulls; what SQLite and the evaluator call. Anything but a scalar gives null.
    pub fn call(&self, arguments: &[Raw<'_>]) -> Out {
        match self.body {
            Body::Scalar(scalar) if !self.stopped_by_null(arguments) => scalar(arguments),
            _ => Out::Null,
        }
    }

    /// A function of the environment (`Today()`); a scalar function is one too.
    pub fn constant(&self, environment: &Environment, arguments: &[Raw<'_>]) -> Out {
        match self.body {
            Body::Constant(constant) if !self.stopped_by_null(arguments) => constant(environment, arguments),
            Body::Constant(_) => Out::Null,
            _ => self.call(arguments),
        }
    }

    /// A fresh fold of an aggregate.
    pub fn fold(&self) -> Option<Box<dyn Fold>> {
        match self.body {
            Body::Aggregate(start) => Some(start()),
            _ => None,
        }
    }

    fn stopped_by_null(&self, arguments: &[Raw<'_>]) -> bool {
        match self.nulls {
            Nulls::Propagate => arguments.iter().any(|argument| argument.is_null()),
            Nulls::Required(indices) => indices.iter().any(|&index| arguments.get(index).is_none_or(|a| a.is_null())),
            Nulls::Handles => false,
        }
    }

    /// Arguments in SQL: the written ones and the supplied one.
    pub fn arity(&self) -> usize {
        self.parameters.len() + usize::from(self.supplied.is_some())
    }
}
