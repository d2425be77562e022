use super::signature::{Accepts, Class, Function, Gives};
use super::{
    aggregates, arithmetic, calendar, conversions, dates, environment, formats, instants, intervals, logic, numbers,
    patterns, text, zones,
};
use crate::value::Type;
use std::sync::LazyLock;

const TOPICS: &[&[Function]] = &[
    logic::FUNCTIONS,
    arithmetic::FUNCTIONS,
    numbers::FUNCTIONS,
    conversions::FUNCTIONS,
    text::FUNCTIONS,
    patterns::FUNCTIONS,
    dates::FUNCTIONS,
    calendar::FUNCTIONS,
    instants::FUNCTIONS,
    intervals::FUNCTIONS,
    formats::FUNCTIONS,
    environment::FUNCTIONS,
    zones::FUNCTIONS,
    aggregates::FUNCTIONS,
    aggregates::WINDOWS,
];

/// Every overload of every function, in the order in which overloads are tried.
pub static TABLE: LazyLock<Vec<&'static Function>> = LazyLock::new(|| TOPICS.iter().copied().flatten().collect());

/// The overloads of a name or an older spelling, without case.
pub fn overloads(name: &str) -> impl Iterator<Item = &'static Function> {
    TABLE.iter().copied().filter(move |function| function.is_called(name))
}

/// A chosen overload.
#[derive(Debug, Clone)]
pub struct Resolved {
    pub function: &'static Function,
    /// For each written argument.
    pub conversions: Vec<Conversion>,
    /// Type of the result.
    pub result: Type,
    /// How many of the last parameters take their default.
    pub defaults: usize,
}

/// What the resolver wraps around an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conversion {
    None,
    /// `Decimal(x)`.
    IntToDecimal,
    /// `Date(x)`, with the offset that belongs to x.
    DateTimeToDate,
    /// The offset of the entry that the argument is.
    EntryToOffset,
}

/// The overload that needs the fewest conversions. `None` among the arguments is the literal Null, which fits every
/// type. None: no overload takes these arguments; [`overloads`] gives the candidates for the message.
/// A repeating function is asked with two arguments.
pub fn resolve(name: &str, arguments: &[Option<Type>]) -> Option<Resolved> {
    let mut best: Option<(usize, Resolved)> = None;
    for function in overloads(name) {
        if let Some((cost, resolved)) = fit(function, arguments)
            && best.as_ref().is_none_or(|(least, _)| cost < *least)
        {
            best = Some((cost, resolved));
        }
    }
    best.map(|(_, resolved)| resolved)
}

fn fit(function: &'static Function, arguments: &[Option<Type>]) -> Option<(usize, Resolved)> {
    let missing = function.parameters.len().checked_sub(arguments.len())?;
    if function.parameters[arguments.len()..].iter().any(|parameter| parameter.default.is_none()) {
        return None;
    }
    let same = same_type(function, arguments)?;
    let mut cost = 0;
    let mut conversions = Vec::with_capacity(arguments.len());
    for (parameter, argument) in function.parameters.iter().zip(arguments) {
        let conversion = match argument {
            None => Conversion::None,
            Some(given) => convert(parameter.accepts, *given, same)?,
        };
        cost += usize::from(conversion != Conversion::None);
        conversions.push(conversion);
    }
    let result = match function.gives {
        Gives::Is(kind) => kind,
        Gives::Same => same?,
    };
    Some((cost, Resolved { function, conversions, result, defaults: missing }))
}

/// Outer None: the `Same` arguments do not go together. Inner None: there is none with a type.
#[allow(clippy::option_option)]
fn same_type(function: &Function, arguments: &[Option<Type>]) -> Option<Option<Type>> {
    let mut same: Option<Type> = None;
    for (parameter, argument) in function.parameters.iter().zip(arguments) {
        let (Accepts::Same(class), Some(given)) = (parameter.accepts, *argument) else { continue };
        if !class.contains(given) {
            return None;
        }
        same = Some(match (same, given) {
            (None, given) => given,
            (Some(Type::Int), Type::Decimal) | (Some(Type::Decimal), Type::Int) => Type::Decimal,
            (Some(known), given) if known == given => given,
            _ => return None,
        });
    }
    Some(same)
}

fn convert(accepts: Accepts, given: Type, same: Option<Type>) -> Option<Conversion> {
    let wanted = match accepts {
        Accepts::Is(kind) => kind,
        Accepts::Same(_) => same?,
        Accepts::Day if given == Type::DateTime => return Some(Conversion::DateTimeToDate),
        Accepts::Day => Type::Date,
        Accepts::Entry => return matches!(given, Type::Ref(_)).then_some(Conversion::EntryToOffset),
    };
    match (wanted, given) {
        (wanted, given) if wanted == given => Some(Conversion::None),
        (Type::Decimal, Type::Int) => Some(Conversion::IntToDecimal),
        _ => None,
    }
}

impl Class {
    pub fn contains(self, kind: Type) -> bool {
        match self {
            Class::Number => matches!(kind, Type::Int | Type::Decimal | Type::Duration),
            Class::Ordered => !matches!(kind, Type::Bool | Type::Guid | Type::Ref(_)),
            Class::Any => true,
        }
    }
}
