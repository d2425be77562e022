//! The words in which the table is written.

use super::signature::{
    Accepts, Body, Class, Constant, Fold, Form, Function, Gives, Nulls, Parameter, Piece, Scalar, Supplied, Windowed,
};
use super::{Out, Raw};
use crate::Environment;
use crate::value::Type;

const fn function(
    name: &'static str,
    symbol: &'static str,
    parameters: &'static [Parameter],
    gives: Gives,
    body: Body,
) -> Function {
    Function {
        name,
        aliases: &[],
        symbol,
        parameters,
        repeats: false,
        supplied: None,
        gives,
        nulls: Nulls::Propagate,
        may_fail: false,
        body,
        sqlite: Form::Call,
        postgres: Form::Call,
        window: None,
    }
}

pub(super) const fn scalar(
    name: &'static str,
    symbol: &'static str,
    parameters: &'static [Parameter],
    gives: Gives,
    body: Scalar,
) -> Function {
    function(name, symbol, parameters, gives, Body::Scalar(body))
}

pub(super) const fn constant(
    name: &'static str,
    symbol: &'static str,
    parameters: &'static [Parameter],
    gives: Gives,
    body: fn(&Environment, &[Raw<'_>]) -> Out,
) -> Function {
    Function {
        sqlite: Form::Bound,
        postgres: Form::Bound,
        ..function(name, symbol, parameters, gives, Body::Constant(body))
    }
}

pub(super) const fn aggregate(
    name: &'static str,
    symbol: &'static str,
    parameters: &'static [Parameter],
    gives: Gives,
    body: fn() -> Box<dyn Fold>,
) -> Function {
    Function { nulls: Nulls::Handles, ..function(name, symbol, parameters, gives, Body::Aggregate(body)) }
}

pub(super) const fn window(
    name: &'static str,
    symbol: &'static str,
    parameters: &'static [Parameter],
    gives: Gives,
) -> Function {
    Function { nulls: Nulls::Handles, ..function(name, symbol, parameters, gives, Body::Window) }
}

impl Function {
    pub(super) const fn aliases(self, aliases: &'static [&'static str]) -> Function {
        Function { aliases, ..self }
    }

    pub(super) const fn nulls(self, nulls: Nulls) -> Function {
        Function { nulls, ..self }
    }

    pub(super) const fn may_fail(self) -> Function {
        Function { may_fail: true, ..self }
    }

    pub(super) const fn repeats(self) -> Function {
        Function { repeats: true, ..self }
    }

    pub(super) const fn supplied(self, supplied: Supplied) -> Function {
        Function { supplied: Some(supplied), ..self }
    }

    pub(super) const fn sqlite(self, pieces: &'static [Piece], calls: &'static [&'static str]) -> Function {
        Function { sqlite: Form::Inline { pieces, calls }, ..self }
    }

    pub(super) const fn postgres(self, pieces: &'static [Piece], calls: &'static [&'static str]) -> Function {
        Function { postgres: Form::Inline { pieces, calls }, ..self }
    }

    /// Over a window: our own function in SQLite, these pieces in Postgres.
    pub(super) const fn windowed(self, pieces: &'static [Piece], calls: &'static [&'static str]) -> Function {
        let window = Windowed { sqlite: Form::Call, postgres: Form::Inline { pieces, calls } };
        Function { window: Some(window), ..self }
    }

    /// The same native SQL on both engines.
    pub(super) const fn native(self, pieces: &'static [Piece], calls: &'static [&'static str]) -> Function {
        self.sqlite(pieces, calls).postgres(pieces, calls)
    }
}

const fn parameter(name: &'static str, accepts: Accepts) -> Parameter {
    Parameter { name, accepts, default: None, constant: false }
}

pub(super) const fn of(name: &'static str, kind: Type) -> Parameter {
    parameter(name, Accepts::Is(kind))
}

pub(super) const fn int(name: &'static str) -> Parameter {
    of(name, Type::Int)
}

pub(super) const fn decimal(name: &'static str) -> Parameter {
    of(name, Type::Decimal)
}

pub(super) const fn text(name: &'static str) -> Parameter {
    of(name, Type::Text)
}

pub(super) const fn boolean(name: &'static str) -> Parameter {
    of(name, Type::Bool)
}

pub(super) const fn date_time(name: &'static str) -> Parameter {
    of(name, Type::DateTime)
}

pub(super) const fn duration(name: &'static str) -> Parameter {
    of(name, Type::Duration)
}

pub(super) const fn time(name: &'static str) -> Parameter {
    of(name, Type::Time)
}

pub(super) const fn day(name: &'static str) -> Parameter {
    parameter(name, Accepts::Day)
}

pub(super) const fn entry(name: &'static str) -> Parameter {
    parameter(name, Accepts::Entry)
}

pub(super) const fn same(name: &'static str, class: Class) -> Parameter {
    parameter(name, Accepts::Same(class))
}

impl Parameter {
    pub(super) const fn or(self, default: Constant) -> Parameter {
        Parameter { default: Some(default), ..self }
    }

    pub(super) const fn constant(self) -> Parameter {
        Parameter { constant: true, ..self }
    }
}

pub(super) const BOOL: Gives = Gives::Is(Type::Bool);
pub(super) const INT: Gives = Gives::Is(Type::Int);
pub(super) const DECIMAL: Gives = Gives::Is(Type::Decimal);
pub(super) const TEXT: Gives = Gives::Is(Type::Text);
pub(super) const DATE: Gives = Gives::Is(Type::Date);
pub(super) const TIME: Gives = Gives::Is(Type::Time);
pub(super) const DATE_TIME: Gives = Gives::Is(Type::DateTime);
pub(super) const DURATION: Gives = Gives::Is(Type::Duration);
pub(super) const SAME: Gives = Gives::Same;
