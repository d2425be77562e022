//! Random expressions of a wanted type, from the function table, the model and what is in scope.

use super::Writing;
use super::scope::Scope;
use query_lang::Type;
use query_lang::functions::{Accepts, Body, Class, Function, Gives, Supplied, TABLE};

pub(super) const SIMPLE: [Type; 8] =
    [Type::Bool, Type::Int, Type::Decimal, Type::Text, Type::Date, Type::DateTime, Type::Duration, Type::Time];

impl Writing<'_> {
    pub(super) fn any_type(&mut self) -> Type {
        if self.dice.once_in(8) {
            let entities: Vec<_> = self.entities().collect();
            return Type::Ref(*self.dice.pick(&entities));
        }
        if self.dice.once_in(12) { Type::Guid } else { *self.dice.pick(&SIMPLE) }
    }

    /// `depth`: how many more levels may stand below.
    pub(super) fn expression(&mut self, scope: &Scope, kind: Type, depth: usize) -> String {
        if depth == 0 || self.dice.once_in(4) {
            return self.leaf(scope, kind);
        }
        let next = depth - 1;
        match self.dice.below(12) {
            0 => self.conditional(scope, kind, next),
            1 => format!("({} ?? {})", self.expression(scope, kind, next), self.expression(scope, kind, next)),
            2 if kind != Type::Bool => match self.dice.below(3) {
                0 => self.of_list(scope, kind).unwrap_or_else(|| self.leaf(scope, kind)),
                _ => self.folded(scope, kind, next),
            },
            3 if kind == Type::Decimal => self.working_time(scope).unwrap_or_else(|| self.leaf(scope, kind)),
            _ if kind == Type::Bool => self.condition(scope, next),
            3..=5 => self.leaf(scope, kind),
            _ => self.call(scope, kind, next).unwrap_or_else(|| self.leaf(scope, kind)),
        }
    }

    pub(super) fn leaf(&mut self, scope: &Scope, kind: Type) -> String {
        let paths = scope.paths(self.catalogue, kind);
        if !paths.is_empty() && !self.dice.once_in(5) {
            return self.dice.pick(&paths).clone();
        }
        if self.dice.once_in(10)
            && let Some(parameter) = self.parameter(kind)
        {
            return parameter;
        }
        self.literal(kind)
    }

    fn conditional(&mut self, scope: &Scope, kind: Type, depth: usize) -> String {
        let condition = self.condition(scope, depth);
        let value = self.expression(scope, kind, depth);
        match self.dice.below(4) {
            0 => format!("If({condition}, {value})"),
            1 => format!("If({condition}, Null, {value})"),
            2 => {
                let (other, last) = (self.condition(scope, depth), self.leaf(scope, kind));
                format!("If({condition}, {value}, {other}, {}, {last})", self.leaf(scope, kind))
            }
            _ => format!("If({condition}, {value}, {})", self.expression(scope, kind, depth)),
        }
    }

    pub(super) fn condition(&mut self, scope: &Scope, depth: usize) -> String {
        let next = depth.saturating_sub(1);
        if depth == 0 {
            return self.comparison(scope, 0);
        }
        match self.dice.below(16) {
            14 => self.in_list_parameter(scope, next).unwrap_or_else(|| self.comparison(scope, next)),
            15 => self.permission(scope).unwrap_or_else(|| self.comparison(scope, next)),
            0 => format!("({} And {})", self.condition(scope, next), self.condition(scope, next)),
            1 => format!("({} Or {})", self.condition(scope, next), self.condition(scope, next)),
            2 => format!("(Not {})", self.condition(scope, next)),
            3 => self.in_list(scope, next),
            4 => self.in_query(scope),
            5 => {
                let not = *self.dice.pick(&["", "Not "]);
                let pattern = match self.dice.below(8) {
                    0 => self.leaf(scope, Type::Text),
                    1 => format!("('%' + {} + '%')", self.leaf(scope, Type::Text)),
                    _ => (*self.dice.pick(&["'%a%'", "'a%'", "'%_e'", "''", "'x%%'", "'ä'", "'%\\%'"])).to_owned(),
                };
                format!("({} {not}Like {pattern})", self.expression(scope, Type::Text, next))
            }
            6 => self.exists(scope),
            7 => self.call(scope, Type::Bool, next).unwrap_or_else(|| self.leaf(scope, Type::Bool)),
            8 => self.leaf(scope, Type::Bool),
            _ => self.comparison(scope, next),
        }
    }

    fn comparison(&mut self, scope: &Scope, depth: usize) -> String {
        let kind = self.any_type();
        let left = self.expression(scope, kind, depth);
        if self.dice.once_in(6) {
            return format!("({left} {} Null)", self.dice.pick(&["=", "<>"]));
        }
        let ordered = !matches!(kind, Type::Bool | Type::Guid | Type::Ref(_));
        let operators: &[&str] = if ordered { &["=", "<>", "<", "<=", ">", ">="] } else { &["=", "<>"] };
        let operator = *self.dice.pick(operators);
        format!("({left} {operator} {})", self.expression(scope, kind, depth))
    }

    fn in_list(&mut self, scope: &Scope, depth: usize) -> String {
        let kind = self.any_type();
        let value = self.expression(scope, kind, depth);
        let count = 1 + self.dice.below(3);
        let mut elements: Vec<String> = (0..count).map(|_| self.leaf(scope, kind)).collect();
        if self.dice.once_in(4) {
            elements.push("Null".to_owned());
        }
        elements.push(self.literal(kind));
        let not = *self.dice.pick(&["", "Not "]);
        format!("({value} {not}In ({}))", elements.join(", "))
    }

    fn in_query(&mut self, scope: &Scope) -> String {
        let kind = self.any_type();
        let value = self.leaf(scope, kind);
        let not = *self.dice.pick(&["", "", "Not "]);
        let (source, inner) = self.inner_source(scope);
        let filter = self.inner_filter(&inner);
        let distinct = *self.dice.pick(&["", "Distinct "]);
        let selected = self.leaf(&inner, kind);
        format!("({value} {not}In (From {source}{filter} Select {distinct}{selected}))")
    }

    fn exists(&mut self, scope: &Scope) -> String {
        if self.dice.once_in(2)
            && let Some((list, entity)) = scope.collection(self.catalogue, &mut self.dice)
        {
            let name = self.name("x");
            let mut inner = scope.clone();
            inner.rows.push((name.clone(), entity));
            let condition = self.condition(&inner, 1);
            let method = *self.dice.pick(&["Any", "All"]);
            return format!("{list}.{method}({name} => {condition})");
        }
        let (source, inner) = self.inner_source(scope);
        let filter = self.inner_filter(&inner);
        format!("Exists(From {source}{filter})")
    }

    /// One value out of many rows.
    fn folded(&mut self, scope: &Scope, kind: Type, depth: usize) -> String {
        let (source, inner) = self.inner_source(scope);
        let filter = self.inner_filter(&inner);
        let number = matches!(kind, Type::Int | Type::Decimal | Type::Duration);
        let ordered = !matches!(kind, Type::Bool | Type::Guid | Type::Ref(_));
        match self.dice.below(4) {
            0 if kind == Type::Int => format!("Count(From {source}{filter})"),
            1 if number && kind != Type::Int => {
                let fold = *self.dice.pick(&["Sum", "Avg"]);
                format!("{fold}(From {source}{filter} Select {})", self.expression(&inner, kind, depth.min(1)))
            }
            0..=2 if ordered => {
                let fold = *self.dice.pick(&["Min", "Max"]);
                format!("{fold}(From {source}{filter} Select {})", self.leaf(&inner, kind))
            }
            _ => {
                let by = self.leaf(&inner, Type::Text);
                format!("First(From {source}{filter} Order By {by} Select {})", self.leaf(&inner, kind))
            }
        }
    }

    /// `V In Entity` or `V In T.List`, with what its rows can name.
    fn inner_source(&mut self, scope: &Scope) -> (String, Scope) {
        let name = self.name("S");
        let mut inner = scope.clone();
        let (source, entity) = match scope.collection(self.catalogue, &mut self.dice) {
            Some(list) if !self.dice.once_in(3) => list,
            _ => self.entity(),
        };
        inner.rows.push((name.clone(), entity));
        (format!("{name} In {source}"), inner)
    }

    fn inner_filter(&mut self, inner: &Scope) -> String {
        if self.dice.once_in(2) { String::new() } else { format!(" Where {}", self.condition(inner, 1)) }
    }

    /// A function of the table that gives this type.
    pub(super) fn call(&mut self, scope: &Scope, kind: Type, depth: usize) -> Option<String> {
        let fits = |function: &&&Function| {
            matches!(function.body, Body::Scalar(_))
                && !function.name.starts_with('#')
                && function.name != "Like"
                && function.supplied != Some(Supplied::Offset)
                && match function.gives {
                    Gives::Is(given) => given == kind,
                    Gives::Same => class_of(function).is_some_and(|class| class.contains(kind)),
                }
        };
        let fitting: Vec<&'static Function> = TABLE.iter().filter(fits).copied().collect();
        if fitting.is_empty() {
            return None;
        }
        let function = *self.dice.pick(&fitting);
        let same = match function.gives {
            Gives::Same => kind,
            Gives::Is(_) => {
                let class = class_of(function).unwrap_or(Class::Any);
                let kinds: Vec<Type> = SIMPLE.into_iter().filter(|kind| class.contains(*kind)).collect();
                *self.dice.pick(&kinds)
            }
        };
        let mut arguments = Vec::new();
        for parameter in function.parameters {
            if parameter.default.is_some() && self.dice.once_in(2) {
                break;
            }
            arguments.push(match parameter.accepts {
                _ if parameter.constant => self.literal(Type::Text),
                Accepts::Is(kind) => self.expression(scope, kind, depth),
                Accepts::Day => self.expression(scope, Type::Date, depth),
                Accepts::Same(_) => self.expression(scope, same, depth),
                Accepts::Entry => self.entry(scope)?,
            });
        }
        Some(match (function.name, &arguments[..]) {
            ("neg", [of]) => format!("(-{of})"),
            ("+" | "-" | "*" | "/" | "%", [left, right]) => format!("({left} {} {right})", function.name),
            (name, _) => format!("{name}({})", arguments.join(", ")),
        })
    }

    fn entry(&mut self, scope: &Scope) -> Option<String> {
        let booking = self.catalogue.find("Timesheet")?;
        scope.rows.iter().find(|(_, entity)| *entity == booking).map(|(name, _)| name.clone())
    }
}

fn class_of(function: &Function) -> Option<Class> {
    function.parameters.iter().find_map(|parameter| match parameter.accepts {
        Accepts::Same(class) => Some(class),
        _ => None,
    })
}
