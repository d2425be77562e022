//! Calls of the function table: the overload, conversions of the arguments, and what nobody writes.

use super::{Failed, Resolved, Resolver, Scope};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::functions::{self, Accepts, Body, Class, Constant, Conversion, Function, Supplied};
use crate::tree;
use crate::typed::{Expression, ExpressionId};
use crate::value::{Type, Value};

type Chosen = (&'static Function, Vec<ExpressionId>, Type);

impl Resolver<'_> {
    /// Resolves the arguments, those without a type of their own last, then calls the function.
    pub(super) fn operator(
        &mut self,
        scope: &Scope,
        name: &str,
        arguments: &[tree::ExpressionId],
        wanted: Option<Type>,
        span: Span,
    ) -> Resolved<ExpressionId> {
        let mut values: Vec<Option<ExpressionId>> = Vec::new();
        for argument in arguments {
            let value = match self.is_untyped(scope, *argument) {
                true => None,
                false => Some(self.scalar(scope, *argument, wanted)?),
            };
            values.push(value);
        }
        let types: Vec<Option<Type>> = values.iter().map(|value| value.map(|value| self.kind(value))).collect();
        let pair = &types[..types.len().min(2)];
        let found = functions::resolve(name, if types.len() > 2 && repeats(name) { pair } else { &types });
        for (index, argument) in
            arguments.iter().enumerate().filter(|(index, _)| values[*index].is_none()).collect::<Vec<_>>()
        {
            let kind =
                found.as_ref().and_then(|found| wanted_type(found, index)).or(types.iter().flatten().next().copied());
            values[index] = Some(self.scalar(scope, *argument, kind.or(wanted))?);
        }
        let values: Vec<ExpressionId> = values.into_iter().flatten().collect();
        self.clock_allowed(scope, name, span)?;
        if let ("inzone", [_, zone]) = (name.to_ascii_lowercase().as_str(), &values[..]) {
            let at = self.typed.node(*zone).span;
            self.check_zone(scope, *zone, at)?;
        }
        let called = self.function_of(name, &values, span)?;
        let called = self.passing_over(called, &values, span)?;
        if !scope.context.allows_clock() && self.asks_own_zone(called) {
            let message = format!("{name} would depend on the zone of the person who asks; a permission may not.");
            return Err(self.error(Code::NotAllowedHere, span, message));
        }
        Ok(called)
    }

    /// `Overlaps` and `Overlap` pass over an entry that has a duration and no clock times of its own.
    fn passing_over(&mut self, called: ExpressionId, values: &[ExpressionId], span: Span) -> Resolved<ExpressionId> {
        let name = match &self.typed.node(called).expression {
            Expression::Call { function, .. } => function.name,
            _ => return Ok(called),
        };
        let (true, [begin1, end1, begin2, end2]) = (matches!(name, "Overlaps" | "Overlap"), values) else {
            return Ok(called);
        };
        let mut clockless = Vec::new();
        for (begin, end) in [(*begin1, *end1), (*begin2, *end2)] {
            clockless.extend(self.duration_only(begin, end, span)?);
        }
        if clockless.is_empty() {
            return Ok(called);
        }
        if name == "Overlap" {
            let none = self.constant(Value::Duration(0), Type::Duration, span)?;
            let branches = clockless.into_iter().map(|condition| (condition, none)).collect();
            let (kind, nullable) = (Type::Duration, self.nullable(called));
            return self.add(Expression::If { branches, otherwise: Some(called) }, kind, nullable, span);
        }
        let mut all = Vec::new();
        for condition in clockless {
            all.push(self.add(Expression::Not(condition), Type::Bool, false, span)?);
        }
        all.push(called);
        self.add(Expression::And(all), Type::Bool, false, span)
    }

    /// `DurationOnly` of the row whose Begin and End these are.
    fn duration_only(&mut self, begin: ExpressionId, end: ExpressionId, span: Span) -> Resolved<Option<ExpressionId>> {
        let property = |id: ExpressionId| match self.typed.node(id).expression {
            Expression::Property { of, entity, property } => {
                Some((of, entity, self.catalogue.entity(entity).properties[property].name.as_str()))
            }
            _ => None,
        };
        let (Some((of, entity, "Begin")), Some((other, _, "End"))) = (property(begin), property(end)) else {
            return Ok(None);
        };
        if !self.typed.alike(of, other) {
            return Ok(None);
        }
        match self.property_index(entity, "DurationOnly") {
            Some(index) => self.stored(of, entity, index, span).map(Some),
            None => Ok(None),
        }
    }

    fn clock_allowed(&mut self, scope: &Scope, name: &str, span: Span) -> Resolved<()> {
        let reads_clock = |function: &Function| {
            function.supplied == Some(Supplied::Now)
                || matches!(function.body, Body::Constant(_)) && function.parameters.is_empty()
        };
        let reads_setting = |function: &Function| function.supplied == Some(Supplied::FirstWeekday);
        let cause = if functions::overloads(name).any(reads_clock) {
            "the moment"
        } else if functions::overloads(name).any(reads_setting) {
            "the company's first day of the week"
        } else {
            return Ok(());
        };
        if scope.context.allows_clock() {
            return Ok(());
        }
        let message = format!("{name} depends on {cause}; a permission may not.");
        Err(self.error(Code::NotAllowedHere, span, message))
    }

    fn asks_own_zone(&self, id: ExpressionId) -> bool {
        let expression = &self.typed.node(id).expression;
        let own = matches!(expression, Expression::Call { function, arguments }
            if function.name == "#ZoneStarts" && arguments.is_empty());
        own || expression.parts().into_iter().any(|part| self.asks_own_zone(part))
    }

    /// Calls a scalar function with resolved arguments.
    pub(crate) fn function_of(&mut self, name: &str, values: &[ExpressionId], span: Span) -> Resolved<ExpressionId> {
        if values.len() > 2 && repeats(name) {
            let mut result = self.function_of(name, &values[..2], span)?;
            for value in &values[2..] {
                result = self.function_of(name, &[result, *value], span)?;
            }
            return Ok(result);
        }
        if let Some(value) = self.read_otherwise(name, values, span)? {
            return Ok(value);
        }
        let is_scalar = |function: &Function| matches!(function.body, Body::Scalar(_) | Body::Constant(_));
        let (function, arguments, kind) = self.chosen(name, values, is_scalar, span)?;
        if matches!(function.body, Body::Constant(_)) && !arguments.iter().all(|id| self.typed.node(*id).constant) {
            let message = format!("{name} without a row is a constant; its arguments depend on a row here.");
            let diagnostic = Diagnostic::error(Code::NotAllowedHere, span, message)
                .with_help(format!("Add the entry whose local time is meant: `{name}(date, time, T)`."));
            return Err(self.fail(diagnostic));
        }
        let nulls: Vec<bool> = arguments.iter().map(|argument| self.nullable(*argument)).collect();
        let nullable = function.nullable(&nulls);
        self.add(Expression::Call { function, arguments }, kind, nullable, span)
    }

    /// `At(date, time, entry)` with the entry's offset itself.
    pub(super) fn at_offset(
        &mut self,
        date: ExpressionId,
        time: ExpressionId,
        offset: ExpressionId,
        span: Span,
    ) -> Resolved<ExpressionId> {
        let of_entry = |function: &&'static Function| function.parameters.len() == 3;
        let function = functions::overloads("At").find(of_entry).ok_or(Failed)?;
        self.add(Expression::Call { function, arguments: vec![date, time, offset] }, Type::DateTime, true, span)
    }

    /// The overload with complete arguments, and the type of its result.
    pub(super) fn chosen(
        &mut self,
        name: &str,
        values: &[ExpressionId],
        fits: fn(&Function) -> bool,
        span: Span,
    ) -> Resolved<Chosen> {
        let types: Vec<Option<Type>> = values.iter().map(|value| Some(self.kind(*value))).collect();
        let found = functions::resolve(name, &types).filter(|found| fits(found.function));
        let Some(found) = found else {
            return match self.reread(name, values)? {
                Some(read) => self.chosen(name, &read, fits, span),
                None => Err(self.no_overload(name, values, span)),
            };
        };
        let mut arguments = Vec::with_capacity(values.len());
        for (value, conversion) in values.iter().zip(&found.conversions) {
            arguments.push(self.converted(*value, *conversion, span)?);
        }
        self.add_defaults(found.function, &mut arguments, values.len(), span)?;
        self.check_constants(found.function, &arguments, span)?;
        match found.function.supplied {
            Some(Supplied::Now) => arguments.push(self.add(Expression::Now, Type::DateTime, false, span)?),
            Some(Supplied::FirstWeekday) => arguments.push(self.function_of("#FirstWeekday", &[], span)?),
            Some(Supplied::Offset) => arguments.push(self.offset_of_arguments(name, values, span)?),
            None => {}
        }
        Ok((found.function, arguments, found.result))
    }

    pub(super) fn add_defaults(
        &mut self,
        function: &Function,
        arguments: &mut Vec<ExpressionId>,
        written: usize,
        span: Span,
    ) -> Resolved<()> {
        for parameter in function.parameters.get(written..).unwrap_or_default() {
            let (value, kind) = match (parameter.default, parameter.accepts) {
                (Some(Constant::Text(text)), _) => (Value::Text(text.to_owned()), Type::Text),
                (Some(Constant::Int(raw)), Accepts::Is(Type::Decimal)) => (Value::Decimal(raw), Type::Decimal),
                (Some(Constant::Int(raw)), Accepts::Is(Type::Duration)) => (Value::Duration(raw), Type::Duration),
                (Some(Constant::Int(raw)), _) => (Value::Int(raw), Type::Int),
                (None, _) => return Err(Failed),
            };
            arguments.push(self.constant(value, kind, span)?);
        }
        Ok(())
    }

    fn check_constants(&mut self, function: &Function, arguments: &[ExpressionId], span: Span) -> Resolved<()> {
        let pairs = function.parameters.iter().zip(arguments);
        let broken =
            pairs.into_iter().find(|(parameter, value)| parameter.constant && !self.typed.node(**value).constant);
        match broken {
            None => Ok(()),
            Some((parameter, _)) => {
                let message = format!("`{}` of {} must be the same for every row.", parameter.name, function.name);
                Err(self.error(Code::NotAllowedHere, span, message))
            }
        }
    }

    fn converted(&mut self, value: ExpressionId, conversion: Conversion, span: Span) -> Resolved<ExpressionId> {
        match conversion {
            Conversion::None => Ok(value),
            Conversion::IntToDecimal => self.convert(value, Type::Decimal, span),
            Conversion::DateTimeToDate => self.function_of("Date", &[value], span),
            Conversion::EntryToOffset => match self.kind(value) {
                Type::Ref(entity) => self.offset_property(value, entity, span).unwrap_or_else(|| {
                    let name = self.type_name(Type::Ref(entity));
                    Err(self.error(Code::WrongType, span, format!("{name} has no UtcOffset, so it has no local time.")))
                }),
                _ => Err(Failed),
            },
        }
    }

    fn no_overload(&mut self, name: &str, values: &[ExpressionId], span: Span) -> Failed {
        let given: Vec<String> = values.iter().map(|value| self.type_name(self.kind(*value))).collect();
        let message = match (name, &given[..]) {
            ("neg", [of]) => format!("A value of type {of} has no negative."),
            ("+" | "-" | "*" | "/" | "%", [left, right]) => format!("{left} {name} {right} has no meaning."),
            (_, []) => format!("{name} needs arguments."),
            _ => format!("{name} does not take ({}).", given.join(", ")),
        };
        let mut known: Vec<String> =
            functions::overloads(name).filter(|_| name.len() > 1 && name != "neg").map(signature).collect();
        known.dedup();
        let mut diagnostic = Diagnostic::error(Code::WrongType, span, message);
        if !known.is_empty() {
            diagnostic = diagnostic.with_help(format!("It takes {}.", known.join(" or ")));
        }
        if name == "-" && given == ["Date", "Date"] {
            diagnostic = diagnostic.with_help("Use DaysBetween(from, to).");
        }
        diagnostic = self.with_days(diagnostic, name, values, span);
        for value in values {
            let node = self.typed.node(*value);
            let label = format!("of type {}", self.type_name(node.kind));
            diagnostic = diagnostic.with_label(node.span, label);
        }
        self.fail(diagnostic)
    }
}

fn repeats(name: &str) -> bool {
    functions::overloads(name).any(|function| function.repeats)
}

fn wanted_type(found: &functions::Resolved, index: usize) -> Option<Type> {
    match found.function.parameters.get(index)?.accepts {
        Accepts::Is(kind) => Some(kind),
        Accepts::Day => Some(Type::Date),
        Accepts::Same(_) | Accepts::Entry => None,
    }
}

/// `Left(text: Text, count: Int): Text`.
pub(super) fn described(function: &Function) -> String {
    let parameters = function.parameters.iter().map(|parameter| {
        let kind = match parameter.accepts {
            Accepts::Is(kind) => format!("{kind:?}"),
            Accepts::Day => "Date".to_owned(),
            Accepts::Same(_) => "T".to_owned(),
            Accepts::Entry => "entry".to_owned(),
        };
        let optional = if parameter.default.is_some() { "?" } else { "" };
        format!("{}{optional}: {kind}", parameter.name)
    });
    let gives = match function.gives {
        functions::Gives::Is(kind) => format!("{kind:?}"),
        functions::Gives::Same => "T".to_owned(),
    };
    let more = if function.repeats { ", ..." } else { "" };
    format!("{}({}{more}): {gives}", function.name, parameters.collect::<Vec<_>>().join(", "))
}

/// `Left(text Text, count Int)`, `Max(x) of numbers`.
fn signature(function: &Function) -> String {
    let mut of = "";
    let parameters = function.parameters.iter().map(|parameter| match parameter.accepts {
        Accepts::Is(kind) => format!("{} {kind:?}", parameter.name),
        Accepts::Day => format!("{} Date", parameter.name),
        Accepts::Entry => format!("{} of an entry", parameter.name),
        Accepts::Same(class) => {
            of = match class {
                Class::Number => " of numbers or durations",
                Class::Ordered => " of numbers, texts, dates or times, all of one type",
                Class::Any => " of values of one type",
            };
            parameter.name.to_owned()
        }
    });
    format!("{}({}){of}", function.name, parameters.collect::<Vec<_>>().join(", "))
}
