use super::rows::Item;
use super::scope::Meaning;
use super::{Failed, Resolved, Resolver, Scope, fold, unknown};
use crate::catalogue::NamedFunction;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::functions::{self, Body, Generator};
use crate::limits;
use crate::tree::{self, Argument, Name};
use crate::typed::{Expression, ExpressionId};
use crate::value::{Type, Value};

/// A function written in the language that every catalogue has, with one Text as parameter.
struct BuiltIn {
    name: &'static str,
    parameter: &'static str,
    body: &'static str,
}

const BUILT_IN: [BuiltIn; 2] = [
    BuiltIn {
        name: "HasRole",
        parameter: "code",
        body: "Exists(From A In RoleAssignment Where A.User = CurrentUser And A.Active And A.Role.Code = code)",
    },
    BuiltIn { name: "Setting", parameter: "key", body: "First(From S In Setting Where S.Key = key Select S.Value)" },
];

impl Resolver<'_> {
    pub(super) fn call(
        &mut self,
        scope: &Scope,
        name: &Name,
        arguments: &[Argument],
        wanted: Option<Type>,
        span: Span,
    ) -> Resolved<Item> {
        self.watch_call(scope, name);
        if fold::is_aggregate(&name.text) {
            return Ok(Item::Scalar(self.aggregate(scope, name, arguments, span)?));
        }
        let mut ids = Vec::new();
        for argument in arguments {
            ids.push(self.argument_value(argument, span)?);
        }
        let value = match name.text.to_ascii_lowercase().as_str() {
            "if" | "iif" => self.conditional(scope, &ids, wanted, span)?,
            "now" if ids.is_empty() => self.clock(scope, Expression::Now, Type::DateTime, span)?,
            "today" if ids.is_empty() => self.clock(scope, Expression::Today, Type::Date, span)?,
            "set" => return self.set(scope, &ids, span),
            "displayvalue" if ids.len() == 1 => {
                let value = self.scalar(scope, ids[0], None)?;
                match self.kind(value) {
                    Type::Ref(entity) => self.display(value, entity, span)?,
                    _ => value,
                }
            }
            "objectuuid" if ids.len() == 1 => self.scalar(scope, ids[0], None)?,
            _ => return self.named_call(scope, name, &ids, span).map(Item::Scalar),
        };
        Ok(Item::Scalar(value))
    }

    /// What the function is, and how it is called today.
    fn watch_call(&mut self, scope: &Scope, name: &Name) {
        if self.watch.is_none() {
            return;
        }
        let known = functions::overloads(&name.text).next().map(|function| function.name);
        let special = ["If", "Exists", "First", "Now", "Today", "HasRole", "Setting", "DisplayValue", "Set"];
        let special = special.into_iter().find(|special| special.eq_ignore_ascii_case(&name.text));
        let own = self.catalogue.functions.iter().find(|function| function.name.eq_ignore_ascii_case(&name.text));
        let today = match own.map(|function| function.name.as_str()).or(known).or(special) {
            Some(today) => today.to_owned(),
            None if name.text.eq_ignore_ascii_case("Iif") => "If".to_owned(),
            None => return,
        };
        self.note(scope, name.span, |resolver| resolver.described_function(&today));
        if today != name.text {
            self.respell(scope, name.span, &today);
        }
    }

    /// Its signatures: `Round(x: Decimal, digits: Int): Decimal`.
    pub(crate) fn described_function(&self, name: &str) -> String {
        if let Some(own) = self.catalogue.functions.iter().find(|function| function.name == name) {
            let parameters = own.parameters.iter().map(|(name, kind)| format!("{name}: {kind}")).collect::<Vec<_>>();
            return format!("{name}({}), written in the language", parameters.join(", "));
        }
        let mut signatures: Vec<String> = functions::overloads(name).map(super::function::described).collect();
        signatures.dedup();
        if signatures.is_empty() { format!("{name}(...)") } else { signatures.join("\n") }
    }

    fn named_call(
        &mut self,
        scope: &Scope,
        name: &Name,
        ids: &[tree::ExpressionId],
        span: Span,
    ) -> Resolved<ExpressionId> {
        let written = self.catalogue.functions.iter().find(|function| function.name.eq_ignore_ascii_case(&name.text));
        if let Some(function) = written {
            return self.inlined_call(scope, function, ids, span);
        }
        if let Some(known) = BUILT_IN.iter().find(|known| known.name.eq_ignore_ascii_case(&name.text)) {
            let parameters = vec![(known.parameter.to_owned(), "Text".to_owned())];
            let function = NamedFunction { name: known.name.to_owned(), parameters, body: known.body.to_owned() };
            return self.inlined_call(scope, &function, ids, span);
        }
        let mut overloads = functions::overloads(&name.text).peekable();
        if overloads.peek().is_some() {
            if overloads.all(|function| matches!(function.body, Body::Window)) {
                let message = format!("{} needs the rows it looks at.", name.text);
                let diagnostic = Diagnostic::error(Code::MisplacedAggregate, span, message)
                    .with_help(format!("Write `{}(...) Over (Partition By ... Order By ...)`.", name.text));
                return Err(self.fail(diagnostic));
            }
            return self.operator(scope, &name.text, ids, None, span);
        }
        Err(self.unknown_function(scope, name))
    }

    fn unknown_function(&mut self, scope: &Scope, name: &Name) -> Failed {
        let span = scope.place(name.span);
        if Generator::find(&name.text).is_some() {
            let message = format!("{} makes rows; it stands after In.", name.text);
            let help = format!("Write `From X In {}(...)`.", name.text);
            return self.fail(Diagnostic::error(Code::ManyValues, span, message).with_help(help));
        }
        if name.text.eq_ignore_ascii_case("IsNull") {
            let diagnostic = Diagnostic::error(Code::UnknownName, span, "Null is compared with `=`.")
                .with_help("Write `x = Null`, or `x ?? y` for another value in its place.");
            return self.fail(diagnostic);
        }
        let own = self.catalogue.functions.iter().map(|function| function.name.as_str());
        let special = ["If", "Exists", "First", "Now", "Today", "HasRole", "Setting"];
        let table = functions::TABLE
            .iter()
            .map(|function| function.name)
            .filter(|name| name.len() > 1 && !name.starts_with('#'));
        let known: Vec<&str> = table.chain(special).chain(own).collect();
        self.fail(unknown::name(&name.text, span, "function", &known))
    }

    fn clock(&mut self, scope: &Scope, expression: Expression, kind: Type, span: Span) -> Resolved<ExpressionId> {
        if !scope.context.allows_clock() {
            let message = "A permission may not depend on the moment.";
            return Err(self.error(Code::NotAllowedHere, span, message));
        }
        self.add(expression, kind, false, span)
    }

    /// `If(c1, v1, c2, v2, ..., else)`.
    fn conditional(
        &mut self,
        scope: &Scope,
        ids: &[tree::ExpressionId],
        wanted: Option<Type>,
        span: Span,
    ) -> Resolved<ExpressionId> {
        if ids.len() < 2 {
            let help = "Write `If(condition, value, other)`.";
            return Err(self
                .fail(Diagnostic::error(Code::WrongType, span, "If needs a condition and a value.").with_help(help)));
        }
        let pairs = ids.chunks_exact(2);
        let otherwise = pairs.remainder().first().copied();
        let mut conditions = Vec::new();
        let mut written = Vec::new();
        for pair in pairs {
            conditions.push(self.typed_scalar(scope, pair[0], Type::Bool)?);
            written.push(pair[1]);
        }
        written.extend(otherwise);
        let mut values = self.together(scope, &written, wanted)?;
        let kind = self.unify(&mut values, span)?;
        let nullable = otherwise.is_none() || values.iter().any(|value| self.nullable(*value));
        let otherwise = otherwise.and_then(|_| values.pop());
        let branches = conditions.into_iter().zip(values).collect();
        self.add(Expression::If { branches, otherwise }, kind, nullable, span)
    }

    /// A function written in the language: its body with the arguments in place of the parameters.
    fn inlined_call(
        &mut self,
        scope: &Scope,
        function: &NamedFunction,
        ids: &[tree::ExpressionId],
        span: Span,
    ) -> Resolved<ExpressionId> {
        if ids.len() != function.parameters.len() {
            let names: Vec<&str> = function.parameters.iter().map(|(name, _)| name.as_str()).collect();
            let message = format!("{} takes ({}).", function.name, names.join(", "));
            return Err(self.error(Code::WrongType, span, message));
        }
        let tree = self.parsed(&function.body, span, &format!("The function {}", function.name))?;
        let mut inner = Scope::new(tree.clone(), scope.context);
        inner.at = Some(span);
        for (id, (name, kind)) in ids.iter().zip(&function.parameters) {
            let kind = self.type_called(kind, span)?;
            let value = self.typed_scalar(scope, *id, kind)?;
            inner.bind(name, Meaning::Value(value));
        }
        let Some(tree::Root::Expression(root)) = tree.root else { return Err(Failed) };
        self.inside(&function.name, span, |resolver| resolver.scalar(&inner, root, None))
    }

    /// Guards against definitions that use each other without end.
    pub(super) fn inside<T>(
        &mut self,
        name: &str,
        span: Span,
        run: impl FnOnce(&mut Self) -> Resolved<T>,
    ) -> Resolved<T> {
        if self.inline_depth >= limits::INLINE_DEPTH_MAX {
            let message = format!("{name} is defined by itself, or too many definitions use each other.");
            return Err(self.error(Code::Limit, span, message));
        }
        self.inline_depth += 1;
        let result = run(self);
        self.inline_depth -= 1;
        result
    }

    /// `Set("Name")`.
    fn set(&mut self, scope: &Scope, ids: &[tree::ExpressionId], span: Span) -> Resolved<Item> {
        let name = ids.first().map(|id| scope.tree.expression(*id).clone());
        let Some(tree::Expression::Literal(tree::Literal::Value(Value::Text(name)))) = name else {
            return Err(self.error(Code::WrongType, span, "Set needs the name of a set as a text."));
        };
        self.named_set(scope, &name, span)
    }

    pub(super) fn named_set(&mut self, scope: &Scope, name: &str, span: Span) -> Resolved<Item> {
        let catalogue = self.catalogue;
        let Some(set) = catalogue.sets.iter().find(|set| set.name.eq_ignore_ascii_case(name)) else {
            let known: Vec<&str> = catalogue.sets.iter().map(|set| set.name.as_str()).collect();
            return Err(self.fail(unknown::name(name, span, "set", &known)));
        };
        self.named_query(scope, &set.name, &set.text, span).map(Item::Query)
    }
}
