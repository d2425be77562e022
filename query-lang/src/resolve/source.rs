use super::rows::{Item, Rows};
use super::scope::Meaning;
use super::{Context, Failed, HERE, Resolved, Resolver, Scope, member, output, unknown};
use crate::catalogue::{self, NamedQuery};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::functions::Generator;
use crate::tree::{self, Argument, Name, SourceKind};
use crate::typed::{Column, ExpressionId, QueryId, Source, Step, VariableId, VariableKind};
use crate::value::Type;
use std::sync::Arc;

/// A source with what must come before and after its own step.
pub(super) struct Sourced {
    pub(super) before: Vec<Step>,
    /// Row variables of the steps before: they break ties too.
    pub(super) ties: Vec<VariableId>,
    pub(super) source: Source,
    pub(super) kind: VariableKind,
    /// Condition of an entity's alias, over `Current`.
    pub(super) condition: Option<String>,
    /// Its value may be null though it is there.
    pub(super) nullable: bool,
    /// The row variable, where conditions on it exist already.
    pub(super) row: Option<VariableId>,
    /// Conditions on the source's rows: of a filtered list.
    pub(super) filters: Vec<ExpressionId>,
    /// What `.Select` made of each row.
    pub(super) value: Option<ExpressionId>,
}

impl Sourced {
    fn plain(source: Source, kind: VariableKind) -> Self {
        let (before, ties, filters) = (Vec::new(), Vec::new(), Vec::new());
        Sourced { before, ties, source, kind, condition: None, nullable: false, row: None, filters, value: None }
    }
}

impl Resolver<'_> {
    /// `outer`: the scope of the whole query, before its own range variables.
    pub(super) fn source(&mut self, scope: &Scope, outer: &Scope, source: &tree::Source) -> Resolved<Sourced> {
        let span = scope.place(source.span);
        match &source.kind {
            SourceKind::Query(query) => {
                let query = self.query_of(&outer.source_in(scope), *query, output::Place::Inside)?;
                Ok(self.sourced_query(query))
            }
            SourceKind::Parameter(name) => {
                let Some(list) = self.list_parameter(&name.text) else {
                    let diagnostic = Diagnostic::error(Code::Parameter, span, format!("@{} is no list.", name.text))
                        .with_help(format!("Declare it as one: `Parameters @{} As Date[]`.", name.text));
                    return Err(self.fail(diagnostic));
                };
                let kind = VariableKind::Value(self.typed.parameter(list).kind);
                let (source, nullable) = (Source::List(list), self.typed.parameter(list).nullable);
                Ok(Sourced { nullable, ..Sourced::plain(source, kind) })
            }
            SourceKind::Path { path, arguments } => self.path(scope, path, arguments.as_deref(), span),
        }
    }

    fn sourced_query(&mut self, query: QueryId) -> Sourced {
        let kind = self.kind_of_rows(query);
        let value = matches!(kind, VariableKind::Value(_));
        let nullable = value && self.typed.columns(query).first().is_some_and(|column| column.nullable);
        Sourced { nullable, ..Sourced::plain(Source::Query(query), kind) }
    }

    fn path(&mut self, scope: &Scope, path: &[Name], arguments: Option<&[Argument]>, span: Span) -> Resolved<Sourced> {
        let [first, rest @ ..] = path else { return Err(Failed) };
        if first.text == HERE {
            self.here_in_source(scope);
        }
        let is_named = |word: &str| first.text.eq_ignore_ascii_case(word);
        if let (Some(arguments), [], true) = (arguments, rest, is_named("Set")) {
            let ids = self.view_arguments(scope, arguments, span)?;
            return match self.set(scope, &ids, span)? {
                Item::Query(query) => Ok(self.sourced_query(query)),
                _ => Err(Failed),
            };
        }
        if let (Some(arguments), []) = (arguments, rest) {
            return self.generator(scope, first, arguments, span);
        }
        let names_entity = rest.is_empty() && self.catalogue.find(&first.text).is_some();
        let is_value = matches!(scope.find(&first.text), Some(Meaning::Variable(_) | Meaning::Value(_)));
        // One row is no source: where a key is called as its entity, the entity is meant.
        if names_entity && is_value {
            return self.entity(scope, path, span);
        }
        if scope.find(&first.text).is_some() || is_named("CurrentUser") {
            return self.collection_path(scope, path, arguments, span);
        }
        if let ("environment", [user, rest @ ..]) = (first.text.to_ascii_lowercase().as_str(), rest)
            && user.text.eq_ignore_ascii_case("CurrentUser")
        {
            let path: Vec<Name> = std::iter::once(user).chain(rest).cloned().collect();
            let names: Vec<&str> = rest.iter().map(|name| member::stripped(&name.text).unwrap_or(&name.text)).collect();
            let whole = first.span.to(path[path.len() - 1].span);
            self.respell(scope, whole, &format!("CurrentUser.{}", names.join(".")));
            return self.collection_path(scope, &path, arguments, span);
        }
        if let ([name], true) = (rest, is_named("View") || is_named("Set")) {
            let views = if is_named("View") { &self.catalogue.views } else { &self.catalogue.sets };
            let known = || views.iter().filter(|view| !view.saved || scope.context.allows_saved());
            let found = known().find(|view| view.name.eq_ignore_ascii_case(&name.text)).cloned();
            let Some(view) = found else {
                let known: Vec<&str> = known().map(|view| view.name.as_str()).collect();
                return Err(self.fail(unknown::name(
                    &name.text,
                    scope.place(name.span),
                    &first.text.to_lowercase(),
                    &known,
                )));
            };
            let given = self.view_arguments(scope, arguments.unwrap_or_default(), span)?;
            let query = self.named_query(scope, &view, &given, span)?;
            return Ok(self.sourced_query(query));
        }
        self.entity(scope, path, span)
    }

    fn entity(&mut self, scope: &Scope, path: &[Name], span: Span) -> Resolved<Sourced> {
        let name = path.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(".");
        let short = member::stripped(&name).unwrap_or(&name);
        let Some(entity) = self.catalogue.find(&name).or_else(|| self.catalogue.find(short)) else {
            let known: Vec<&str> =
                self.catalogue.entities().map(|(_, entity)| entity.name.as_str()).chain(scope.names()).collect();
            return Err(self.fail(unknown::name(&name, span, "entity", &known)));
        };
        let found = self.catalogue.entity(entity);
        let conditional =
            found.aliases.iter().any(|alias| alias.condition.is_some() && alias.name.eq_ignore_ascii_case(short));
        let today = if conditional { short } else { &found.name };
        self.note(scope, span, |_| format!("all {}", found.name));
        if today != name {
            let whole = path[0].span.to(path[path.len() - 1].span);
            self.respell(scope, whole, today);
        }
        if found.source == catalogue::Source::Signal && !scope.context.allows_signals() {
            let message = "Signals are private; no text of the model can ask them.";
            return Err(self.error(Code::Signals, span, message));
        }
        let aliases = found
            .aliases
            .iter()
            .filter(|alias| alias.name.eq_ignore_ascii_case(&name) || alias.name.eq_ignore_ascii_case(short));
        let condition = aliases.into_iter().find_map(|alias| alias.condition.clone());
        let kind = VariableKind::Row(entity);
        Ok(Sourced { condition, ..Sourced::plain(Source::Entity(entity), kind) })
    }

    /// `C.Projects.Timesheets`: the last collection is the source, the others come before it.
    fn collection_path(
        &mut self,
        scope: &Scope,
        path: &[Name],
        arguments: Option<&[Argument]>,
        span: Span,
    ) -> Resolved<Sourced> {
        let mut item = self.name(scope, &path[0], span)?;
        let last = path.len() - 1;
        for (index, name) in path.iter().enumerate().skip(1) {
            if name.text == HERE {
                self.here_after_dot(&item);
            }
            if let Some(short) = member::stripped(&name.text) {
                self.respell(scope, name.span, short);
            }
            let arguments = if index == last { arguments } else { None };
            item = self.member_of(scope, item, name, arguments, span)?;
        }
        match item {
            Item::Rows(Rows { mut steps, mut ties, variable, value }) => {
                ties.retain(|tie| *tie != variable);
                let kind = self.typed.variable(variable).kind.clone();
                let last = steps.iter().rposition(|step| matches!(step, Step::From { .. })).ok_or(Failed)?;
                let filters: Vec<ExpressionId> = steps
                    .split_off(last + 1)
                    .into_iter()
                    .filter_map(|step| if let Step::Where(condition) = step { Some(condition) } else { None })
                    .collect();
                let Some(Step::From { source, .. }) = steps.pop() else { return Err(Failed) };
                let row = Some(variable);
                Ok(Sourced { before: steps, ties, row, filters, value, ..Sourced::plain(source, kind) })
            }
            Item::Query(query) => Ok(self.sourced_query(query)),
            Item::Scalar(_) | Item::Record(_) => {
                let message = "This is one value; after In stands a list.";
                Err(self.error(Code::WrongType, span, message))
            }
        }
    }

    fn generator(&mut self, scope: &Scope, name: &Name, arguments: &[Argument], span: Span) -> Resolved<Sourced> {
        let Some(generator) = Generator::find(&name.text) else {
            let known: Vec<&str> = crate::functions::GENERATORS.iter().map(|generator| generator.name).collect();
            return Err(self.fail(unknown::name(&name.text, scope.place(name.span), "source with arguments", &known)));
        };
        if generator.by_weeks && !scope.context.allows_clock() {
            let message =
                format!("{} depends on the company's first day of the week; a permission may not.", generator.name);
            return Err(self.error(Code::NotAllowedHere, span, message));
        }
        if arguments.len() != 2 {
            let message = format!("{} takes (from, to).", generator.name);
            return Err(self.error(Code::WrongType, span, message));
        }
        let mut values: Vec<ExpressionId> = Vec::new();
        for argument in arguments {
            let id = self.argument_value(argument, span)?;
            let value = self.typed_scalar(scope, id, generator.argument)?;
            if !self.typed.node(value).constant {
                let message = format!("The ends of {} must be the same for every row.", generator.name);
                return Err(self.error(Code::NotAllowedHere, scope.span(id), message));
            }
            values.push(value);
        }
        let columns = generator.columns.iter();
        let columns = columns.map(|(name, kind)| Column { name: (*name).to_owned(), kind: *kind, nullable: false });
        let kind = VariableKind::Record(columns.collect());
        let source = Source::Generator { function: generator, arguments: values };
        Ok(Sourced::plain(source, kind))
    }

    /// The arguments of `View.Name(a, b)`: the same for every row.
    pub(super) fn view_arguments(
        &mut self,
        scope: &Scope,
        arguments: &[Argument],
        span: Span,
    ) -> Resolved<Vec<tree::ExpressionId>> {
        arguments.iter().map(|argument| self.argument_value(argument, scope.place(span))).collect()
    }

    /// Declares the parameters of a view's text as what was given for them.
    fn bind_arguments(
        &mut self,
        inner: &mut Scope,
        outer: &Scope,
        given: &[tree::ExpressionId],
        name: &str,
        span: Span,
    ) -> Resolved<()> {
        let declared = inner.tree.parameters.clone();
        if given.len() > declared.len() {
            return Err(self.error(Code::WrongType, span, format!("{name} takes {} arguments.", declared.len())));
        }
        for (index, parameter) in declared.iter().enumerate() {
            let kind = self.type_called(&parameter.kind.name.text, span)?;
            let value = match (given.get(index), parameter.default) {
                (Some(id), _) => self.typed_scalar(outer, *id, kind)?,
                (None, Some(default)) => self.typed_scalar(inner, default, kind)?,
                (None, None) => {
                    let message = format!("{name} needs a value for {}.", parameter.name.text);
                    return Err(self.error(Code::WrongType, span, message));
                }
            };
            if !self.typed.node(value).constant {
                let message = format!("The arguments of {name} must be the same for every row.");
                return Err(self.error(Code::NotAllowedHere, span, message));
            }
            inner.bind(&format!("@{}", parameter.name.text), super::scope::Meaning::Value(value));
        }
        Ok(())
    }

    /// A set or view, as a query of its own.
    pub(super) fn named_query(
        &mut self,
        scope: &Scope,
        NamedQuery { name, text, saved }: &NamedQuery,
        given: &[tree::ExpressionId],
        span: Span,
    ) -> Resolved<QueryId> {
        let known = self.parsed_queries.get(text).cloned();
        let tree = match known.map_or_else(|| crate::parse::query(text).map(Arc::new), Ok) {
            Ok(tree) => tree,
            Err(_) => {
                let message = match saved {
                    true => format!("The saved query {name} cannot be read: open it and see what is wrong there."),
                    false => format!("{name} of the model cannot be read."),
                };
                return Err(self.error(Code::Model, span, message));
            }
        };
        self.parsed_queries.insert(text.clone(), tree.clone());
        // What a person saved may do what the person may; a text of the model asks no signals.
        let context = if scope.context == Context::Query && !saved { Context::Rule } else { scope.context };
        let mut inner = Scope::new(tree.clone(), context);
        inner.at = Some(span);
        let Some(tree::Root::Query(root)) = tree.root else { return Err(Failed) };
        self.bind_arguments(&mut inner, scope, given, name, span)?;
        self.inside(name, span, |resolver| resolver.query_of(&inner, root, output::Place::Inside))
    }

    /// The condition of an entity's alias for a range variable.
    pub(super) fn alias_condition(&mut self, text: &str, variable: VariableId, span: Span) -> Resolved<ExpressionId> {
        let tree = self.parsed(text, span, "The condition of an alias")?;
        let mut scope = Scope::new(tree.clone(), Context::Permission);
        scope.at = Some(span);
        scope.bind("Current", Meaning::Variable(variable));
        let Some(tree::Root::Expression(root)) = tree.root else { return Err(Failed) };
        let value = self.scalar(&scope, root, Some(Type::Bool))?;
        self.convert(value, Type::Bool, span)
    }
}
