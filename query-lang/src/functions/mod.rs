//! The functions of the language: one table with signatures, one plain Rust function each, and how SQL says them.
//! No expression can raise an error: overflow, bad input, division by zero and texts above 64 KiB are null.

mod declare;
mod raw;
mod resolve;
mod signature;

mod aggregates;
mod arithmetic;
mod calendar;
mod civil;
mod conversions;
mod dates;
mod environment;
mod folds;
mod formats;
mod generators;
mod instants;
mod intervals;
mod letter_table;
mod letters;
mod logic;
mod numbers;
mod patterns;
mod postgres;

#[cfg(test)]
mod laws;
mod text;
mod zones;

pub(crate) use civil::days as day_of;
pub use environment::{at_in_zone, today, zone_offset};
pub use generators::{GENERATED_ROWS_MAX, GENERATORS, Generator, TooManyRows};
pub use letters::{fold, lower, upper};
pub use postgres::postgres_sql;
pub use raw::{Out, Raw, TEXT_BYTES_MAX};
pub use resolve::{Conversion, Resolved, TABLE, overloads, resolve};
pub use signature::{
    Accepts, Body, Class, Constant, Fold, Form, Function, Gives, Nulls, Parameter, Piece, Supplied, Windowed,
};
pub(crate) use zones::{zone, zone_names};

/// Prefix of a symbol's name in SQLite.
pub const SQLITE_PREFIX: &str = "tq_";
/// Schema of the functions in Postgres.
pub const POSTGRES_SCHEMA: &str = "tq_v1";

/// A scalar function over integers.
macro_rules! ints {
    (|$($name:ident),+| $result:expr) => {
        |arguments| match arguments {
            [$($crate::functions::Raw::Int($name)),+] => {
                $(let $name = *$name;)+
                let value = || -> Option<i64> { $result };
                $crate::functions::Out::int(value())
            }
            _ => $crate::functions::Out::Null,
        }
    };
}
pub(crate) use ints;

/// What SQLite has to know: every symbol that is called there, once for each number of arguments.
pub fn sqlite_functions() -> Vec<&'static Function> {
    let mut seen = std::collections::HashSet::new();
    TABLE
        .iter()
        .copied()
        .filter(|function| !matches!(function.body, Body::Window | Body::Constant(_)))
        .filter(|function| function.sqlite == Form::Call || function.window.is_some())
        .filter(|function| seen.insert((function.symbol, function.arity())))
        .collect()
}
