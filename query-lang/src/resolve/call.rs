use super::rows::Item;
use super::scope::Meaning;
use super::watch::Today;
use super::{Failed, Resolved, Resolver, Scope, built_in, fold, member, unknown};
use crate::catalogue::{NamedFunction, NamedQuery};
use crate::diagnostic::{Code, Diagnostic, Severity, Span};
use crate::functions::{self, Body, Generator};
use crate::limits;
use crate::tree::{self, Argument, Name};
use crate::typed::{Expression, ExpressionId, Output, Query, QueryId};
use crate::value::{Type, Value};

/// Functions that are in no table: what they take is known to the resolver alone.
const SPECIAL: [&str; 9] =
    ["If", "Exists", "First", "Now", "Today", "DisplayValue", "Set", "HasPermission", "FormatDateCanonical"];

/// Can it stand after a dot as it is?
fn is_name(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

fn is_roles(set: &str) -> bool {
    member::stripped(set).unwrap_or(set).eq_ignore_ascii_case("CurrentUserRoles")
}

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
            "isnull" if (1..=2).contains(&ids.len()) => return Err(self.null_refused(scope, &ids, span)),
            "displayvalue" if ids.len() == 1 => {
                let value = self.scalar(scope, ids[0], None)?;
                match self.kind(value) {
                    Type::Ref(entity) => self.display(value, entity, span)?,
                    _ => value,
                }
            }
            "objectuuid" if ids.len() == 1 => {
                self.reform(scope, span, Today::Id);
                let row = self.scalar(scope, ids[0], None)?;
                match self.kind(row) {
                    Type::Ref(entity) => match self.property_index(entity, "Id") {
                        Some(index) => self.stored(row, entity, index, span)?,
                        None => row,
                    },
                    _ => row,
                }
            }
            "formatdatecanonical" if (1..=2).contains(&ids.len()) => {
                let timed = matches!(
                    ids.get(1).map(|id| scope.tree.expression(*id)),
                    Some(tree::Expression::Literal(tree::Literal::Value(Value::Bool(true))))
                );
                let format = if timed { "yyyy-MM-dd HH:mm:ss" } else { "yyyy-MM-dd" };
                let more = Some(format!("\"{format}\""));
                self.reform(scope, span, Today::Call { name: "FormatDate", arguments: 1, more });
                let date = self.scalar(scope, ids[0], Some(Type::Date))?;
                let format = self.constant(Value::Text(format.to_owned()), Type::Text, span)?;
                self.function_of("FormatDate", &[date, format], span)?
            }
            "haspermission" if ids.len() == 2 => self.permission_of(scope, ids[0], ids[1], span)?,
            "friendlyname" if ids.len() == 1 => {
                let name = match scope.tree.expression(ids[0]) {
                    tree::Expression::Member { name, .. } | tree::Expression::Name(name) => name.text.clone(),
                    tree::Expression::Literal(tree::Literal::Value(Value::Text(text))) => text.clone(),
                    _ => return Err(self.error(Code::WrongType, span, "FriendlyName takes a path or a text.")),
                };
                let name = name.rsplit('.').next().unwrap_or_default();
                let name = super::without_prefix(name).to_owned();
                self.constant(Value::Text(name), Type::Text, span)?
            }
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
        let special = SPECIAL.into_iter();
        let special = special.chain(built_in::names()).find(|special| special.eq_ignore_ascii_case(&name.text));
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
        if let Some(known) = built_in::find(name) {
            let parameter = |(name, kind): &(String, String)| format!("{name}: {kind}");
            let parameters = known.function.parameters.iter().map(parameter).collect::<Vec<_>>();
            return format!("{name}({})", parameters.join(", "));
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
            return self.inlined_call(scope, function, ids, &[], span);
        }
        if let Some(known) = built_in::find(&name.text) {
            if known.function.name == "PlannedHoursOfWork" {
                self.reform(scope, span, Today::Call { name: "PlannedHours", arguments: 3, more: None });
            }
            return self.inlined_call(scope, &known.function, ids, &known.defaults, span);
        }
        let mut overloads = functions::overloads(&name.text).peekable();
        if overloads.peek().is_some() {
            if overloads.all(|function| matches!(function.body, Body::Window)) {
                let message = format!("{} needs the rows it looks at.", name.text);
                let diagnostic = Diagnostic::error(Code::MisplacedAggregate, span, message)
                    .with_help(format!("Write `{}(...) Over (Partition By ... Order By ...)`.", name.text));
                return Err(self.fail(diagnostic));
            }
            if let Some(minutes) = self.rounded_to(scope, &name.text, ids) {
                let more = Some(format!("{minutes}min"));
                self.reform(scope, span, Today::Call { name: "RoundTo", arguments: 1, more });
            }
            return self.operator(scope, &name.text, ids, None, span);
        }
        Err(self.unknown_call(scope, name, ids, span))
    }

    /// Minutes of `RoundDateTime(instant, 15)`.
    fn rounded_to(&self, scope: &Scope, name: &str, ids: &[tree::ExpressionId]) -> Option<i64> {
        let minutes = match ids {
            [_] => 1,
            [_, minutes] => match scope.tree.expression(*minutes) {
                tree::Expression::Literal(tree::Literal::Value(Value::Int(minutes))) => *minutes,
                _ => return None,
            },
            _ => return None,
        };
        name.eq_ignore_ascii_case("RoundDateTime").then_some(minutes)
    }

    pub(super) fn unknown_function(&mut self, scope: &Scope, name: &Name) -> Failed {
        let span = scope.place(name.span);
        if Generator::find(&name.text).is_some() {
            let message = format!("{} makes rows; it stands after In.", name.text);
            let help = format!("Write `From X In {}(...)`.", name.text);
            return self.fail(Diagnostic::error(Code::ManyValues, span, message).with_help(help));
        }
        let catalogue = self.catalogue;
        let table = functions::TABLE.iter().map(|function| function.name);
        let table = table.filter(|name| name.len() > 1 && !name.starts_with('#'));
        let mut known: Vec<&str> = catalogue.functions.iter().map(|function| function.name.as_str()).collect();
        for name in table.chain(SPECIAL).chain(built_in::names()) {
            known.push(name);
        }
        self.fail(unknown::name(&name.text, span, "function", &known))
    }

    /// `IsNull(x)` of SQL, and `IsNull(x, y)`.
    fn null_refused(&mut self, scope: &Scope, ids: &[tree::ExpressionId], span: Span) -> Failed {
        let written: Option<Vec<&str>> = ids.iter().map(|id| self.written(scope, scope.span(*id))).collect();
        let ours = match written.as_deref() {
            Some([value]) => Some(format!("{value} = Null")),
            Some([value, other]) => Some(format!("{value} ?? {other}")),
            _ => None,
        };
        let diagnostic = Diagnostic::error(Code::UnknownName, span, "Null is compared with `=`.")
            .with_help("Write `x = Null`, or `x ?? y` for another value in its place.");
        self.fail(diagnostic.with_fix_if(span, ours))
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
        defaults: &[Option<&str>],
        span: Span,
    ) -> Resolved<ExpressionId> {
        let missing = function.parameters.len().checked_sub(ids.len());
        let may_miss = defaults.iter().rev().take_while(|default| default.is_some()).count();
        if missing.is_none_or(|missing| missing > may_miss) {
            let names: Vec<String> = function.parameters.iter().map(|(name, kind)| format!("{name} {kind}")).collect();
            let message = format!("{} takes ({}).", function.name, names.join(", "));
            return Err(self.error(Code::WrongType, span, message));
        }
        let tree = self.parsed(&function.body, span, &format!("The function {}", function.name))?;
        let mut inner = Scope::new(tree.clone(), scope.context);
        inner.at = Some(span);
        for (id, (name, kind)) in ids.iter().zip(&function.parameters) {
            let kind = self.type_called(kind, span)?;
            let mut value = self.scalar(scope, *id, Some(kind))?;
            if (self.kind(value), kind) == (Type::DateTime, Type::Date) {
                value = self.function_of("Date", &[value], span)?;
            }
            if !self.is_convertible(value, kind) {
                return Err(self.argument_refused(function, name, value, scope.span(*id)));
            }
            let value = self.convert(value, kind, scope.span(*id))?;
            inner.bind(name, Meaning::Value(value));
        }
        for ((name, kind), default) in function.parameters.iter().zip(defaults).skip(ids.len()) {
            let kind = self.type_called(kind, span)?;
            let value = match *default {
                Some("True") => Value::Bool(true),
                default => Value::Text(default.unwrap_or_default().trim_matches('"').to_owned()),
            };
            let value = self.constant(value, kind, span)?;
            inner.bind(name, Meaning::Value(value));
        }
        let Some(tree::Root::Expression(root)) = tree.root else { return Err(Failed) };
        let value = self.inside(&function.name, span, |resolver| resolver.scalar(&inner, root, None))?;
        if function.name == built_in::LAST_OF_INTERVAL {
            self.note_end(value);
        }
        Ok(value)
    }

    /// Guards against definitions that use each other without end. What is wrong in another text is told with that text's
    /// name and without fixes, which would edit the person's.
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
        let known = self.diagnostics.len();
        let result = run(self);
        self.inline_depth -= 1;
        for found in self.diagnostics.split_off(known) {
            self.fail(match found.severity {
                Severity::Error => Diagnostic::error(found.code, span, format!("In {name}: {}", found.message)),
                Severity::Warning => found,
            });
        }
        result
    }

    /// `Set("Name")`, `Set("Name", "Column")`.
    pub(super) fn set(&mut self, scope: &Scope, ids: &[tree::ExpressionId], span: Span) -> Resolved<Item> {
        let text = |id: &tree::ExpressionId| match scope.tree.expression(*id) {
            tree::Expression::Literal(tree::Literal::Value(Value::Text(text))) => Some(text.clone()),
            _ => None,
        };
        let written: Option<Vec<String>> = ids.iter().map(text).collect();
        match written.as_deref() {
            Some([name]) => {
                let short = member::stripped(name).unwrap_or(name);
                if is_name(short) {
                    self.reform(scope, span, Today::SetCalled(short.to_owned()));
                }
                self.named_set(scope, name, &[], span)
            }
            Some([name, column]) if is_roles(name) => self.roles_of_user(scope, column, span),
            Some([name, column]) => {
                let Item::Query(query) = self.named_set(scope, name, &[], span)? else { return Err(Failed) };
                self.column_of_set(query, column, span).map(Item::Query)
            }
            _ => Err(self.error(Code::WrongType, span, "Set needs the name of a set as a text.")),
        }
    }

    /// Codes (or names) of the person's active roles.
    fn roles_of_user(&mut self, scope: &Scope, column: &str, span: Span) -> Resolved<Item> {
        let known = ["Code", "Name", "Id"];
        let short = member::stripped(column).unwrap_or(column);
        let Some(column) = known.into_iter().find(|known| known.eq_ignore_ascii_case(short)) else {
            return Err(self.fail(unknown::name(column, span, "column of this set", &known)));
        };
        let text =
            format!("From A In RoleAssignment Where A.User = CurrentUser And A.Active Select Distinct A.Role.{column}");
        let roles = NamedQuery { name: "CurrentUserRoles".to_owned(), text, saved: false };
        self.named_query(scope, &roles, &[], span).map(Item::Query)
    }

    /// One column of a set that has several.
    fn column_of_set(&mut self, query: QueryId, column: &str, span: Span) -> Resolved<QueryId> {
        let rows = self.rows_of_query(query);
        let (columns, _) = self.columns_of_variable(rows.variable, span)?;
        let is = |name: &str| columns.iter().find(|(known, _)| known.name.eq_ignore_ascii_case(name)).cloned();
        let Some(only) = is(column).or_else(|| is(member::stripped(column)?)) else {
            let known: Vec<&str> = columns.iter().map(|(known, _)| known.name.as_str()).collect();
            return Err(self.fail(unknown::name(column, span, "column of this set", &known)));
        };
        let output = Output { distinct: false, record: false, columns: vec![only], ties: rows.ties };
        Ok(self.add_query(Query::Pipeline { steps: rows.steps, output }))
    }

    pub(super) fn named_set(
        &mut self,
        scope: &Scope,
        name: &str,
        given: &[tree::ExpressionId],
        span: Span,
    ) -> Resolved<Item> {
        let catalogue = self.catalogue;
        if is_roles(name) {
            return self.roles_of_user(scope, "Code", span);
        }
        let known = || catalogue.sets.iter().filter(|set| !set.saved || scope.context.allows_saved());
        let same = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
        let short = |name: &'_ str| member::stripped(name).unwrap_or(name).to_owned();
        let exact = known().find(|set| same(&set.name, name));
        let Some(set) = exact.or_else(|| known().find(|set| same(&short(&set.name), &short(name)))) else {
            let known: Vec<&str> = known().map(|set| set.name.as_str()).collect();
            return Err(self.fail(unknown::name(name, span, "set", &known)));
        };
        self.named_query(scope, set, given, span).map(Item::Query)
    }
}
