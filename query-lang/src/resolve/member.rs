//! Names, properties, navigation; calculated properties are put in place of their names.

use super::rows::Item;
use super::scope::Meaning;
use super::{Context, Failed, HERE, Resolved, Resolver, Scope, cure, unknown};
use crate::catalogue::{EntityId, PropertyKind};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::tree::{self, Argument, Name};
use crate::typed::{Expression, ExpressionId, VariableId, VariableKind};
use crate::value::Type;

impl Resolver<'_> {
    pub(super) fn name(&mut self, scope: &Scope, name: &Name, span: Span) -> Resolved<Item> {
        if name.text == HERE {
            self.here_in_expression(scope);
        }
        let short =
            stripped(&name.text).filter(|short| scope.find(&name.text).is_none() && scope.find(short).is_some());
        if let Some(short) = short {
            self.respell(scope, name.span, short);
        }
        let meaning = scope.find(short.unwrap_or(&name.text));
        if let Some(meaning) = meaning {
            self.note(scope, name.span, |resolver| format!("{}: {}", name.text, resolver.described(meaning)));
        }
        match meaning {
            Some(Meaning::Failed) => Err(Failed),
            Some(Meaning::Value(value)) => Ok(Item::Scalar(value)),
            Some(Meaning::Variable(variable)) => match self.typed.variable(variable).kind {
                VariableKind::Record(_) => Ok(Item::Record(variable)),
                _ => self.variable_value(variable, span).map(Item::Scalar),
            },
            None if name.text.eq_ignore_ascii_case("CurrentUser") => self.current_user(span).map(Item::Scalar),
            None => Err(self.unknown_variable(scope, name)),
        }
    }

    fn current_user(&mut self, span: Span) -> Resolved<ExpressionId> {
        match self.user {
            Some(user) => self.add(Expression::CurrentUser, Type::Ref(user), false, span),
            None => Err(self.error(Code::Model, span, "The model has no entity User, so there is no CurrentUser.")),
        }
    }

    fn unknown_variable(&mut self, scope: &Scope, name: &Name) -> Failed {
        let span = scope.place(name.span);
        if scope.grouped_away.iter().any(|gone| gone.eq_ignore_ascii_case(&name.text)) {
            let message = format!("After Group By, `{}` no longer exists; only keys and aggregates do.", name.text);
            let help =
                "Add what you need to Group By, or compute it after Into (`Into Total = Sum(...)`) and use that name.";
            return self.fail(Diagnostic::error(Code::UnknownName, span, message).with_help(help));
        }
        if scope.beside.iter().any(|hidden| hidden.eq_ignore_ascii_case(&name.text)) {
            let message = format!("A query after In cannot use `{}` of the query around it.", name.text);
            let help = format!(
                "Join it: `Join P In Project On P.Customer = {0}`; or go through a list: `From P In {0}.Projects`.",
                name.text
            );
            return self.fail(Diagnostic::error(Code::UnknownName, span, message).with_help(help));
        }
        if let Some(diagnostic) = self.function_without_brackets(name, span).filter(|_| scope.at.is_none()) {
            return self.fail(diagnostic);
        }
        let known: Vec<&str> = scope.names().chain(["CurrentUser"]).collect();
        let diagnostic = unknown::name(&name.text, span, "name here", &known);
        let property = self.owners_of(scope, &name.text);
        let diagnostic = match property {
            Some(owner) if diagnostic.fixes.is_empty() => {
                let full = format!("{owner}.{}", name.text);
                diagnostic.with_help(format!("Write `{full}`.")).with_fix(span, full)
            }
            _ => diagnostic,
        };
        self.fail(diagnostic)
    }

    /// A variable in scope that has a property of this name.
    fn owners_of(&self, scope: &Scope, name: &str) -> Option<String> {
        let has = |variable: VariableId| match &self.typed.variable(variable).kind {
            VariableKind::Row(entity) => self.catalogue.entity(*entity).property(name).is_some(),
            VariableKind::Record(columns) => columns.iter().any(|column| column.name.eq_ignore_ascii_case(name)),
            VariableKind::Value(_) => false,
        };
        let found = scope.names().find(|known| matches!(scope.find(known), Some(Meaning::Variable(v)) if has(v)));
        found.map(str::to_owned)
    }

    pub(super) fn member(
        &mut self,
        scope: &Scope,
        of: tree::ExpressionId,
        name: &Name,
        arguments: Option<&[Argument]>,
        span: Span,
    ) -> Resolved<Item> {
        if let tree::Expression::Name(root) = scope.tree.clone().expression(of)
            && scope.find(&root.text).is_none()
        {
            if root.text.eq_ignore_ascii_case("Environment") && name.text.eq_ignore_ascii_case("CurrentUser") {
                self.respell(scope, span, "CurrentUser");
                return self.current_user(span).map(Item::Scalar);
            }
            if root.text.eq_ignore_ascii_case("Set") {
                let given = self.view_arguments(scope, arguments.unwrap_or_default(), span)?;
                return self.named_set(scope, &name.text, &given, span);
            }
        }
        let item = self.item(scope, of, None)?;
        if name.text == HERE {
            self.here_after_dot(&item);
        }
        self.member_of(scope, item, name, arguments, span)
    }

    pub(super) fn member_of(
        &mut self,
        scope: &Scope,
        item: Item,
        name: &Name,
        arguments: Option<&[Argument]>,
        span: Span,
    ) -> Resolved<Item> {
        match (item, arguments) {
            (Item::Rows(rows), Some(arguments)) => self.method(scope, rows, name, arguments, span),
            (Item::Query(query), Some(arguments)) => {
                let rows = self.rows_of_query(query);
                self.method(scope, rows, name, arguments, span)
            }
            (Item::Rows(rows), None) => self.flatten(scope, rows, name, span).map(Item::Rows),
            (Item::Query(_), None) => Err(self.error(Code::ManyValues, span, "A query has no members; it is a list.")),
            (Item::Record(variable), None) => self.record_column(variable, name, scope.place(name.span)),
            (Item::Scalar(value), None) => self.scalar_member(scope, value, name, span),
            (Item::Record(_) | Item::Scalar(_), Some(_)) => {
                let message = format!("`{}(...)` is a method on lists; this is one value.", name.text);
                let function = cure::function_called(&name.text);
                let help = format!("Write `{function}(value)`.");
                let diagnostic = Diagnostic::error(Code::WrongType, span, message).with_help(help);
                let ours = self.written(scope, span).and_then(|written| {
                    let at = name.span.start.checked_sub(span.start)? as usize;
                    let value = written.get(..at)?.trim_end().strip_suffix('.')?.trim_end();
                    let given = written.get(at + name.text.len()..)?.trim_start().strip_prefix('(')?;
                    let comma = if given.trim_start().starts_with(')') { "" } else { ", " };
                    Some(format!("{function}({value}{comma}{given}"))
                });
                Err(self.fail(diagnostic.with_fix_if(span, ours)))
            }
        }
    }

    fn record_column(&mut self, variable: VariableId, name: &Name, span: Span) -> Resolved<Item> {
        let known = self.typed.variable(variable).clone();
        let VariableKind::Record(columns) = known.kind else { return Err(Failed) };
        let called = |text: &str| columns.iter().position(|column| column.name.eq_ignore_ascii_case(text));
        let Some(index) = called(&name.text).or_else(|| stripped(&name.text).and_then(called)) else {
            let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
            return Err(self.fail(unknown::name(&name.text, span, &format!("column of {}", known.name), &names)));
        };
        let nullable = columns[index].nullable || known.nullable;
        if self.watch.is_some() && !columns[index].name.is_empty() {
            self.respell_member(name, span, &columns[index].name);
        }
        self.add(Expression::Column { variable, index }, columns[index].kind, nullable, span).map(Item::Scalar)
    }

    fn scalar_member(&mut self, scope: &Scope, value: ExpressionId, name: &Name, span: Span) -> Resolved<Item> {
        let Type::Ref(entity) = self.kind(value) else {
            return Err(self.no_members(scope, value, name, span));
        };
        let is_user = matches!(self.typed.node(value).expression, Expression::CurrentUser);
        if is_user && name.text.eq_ignore_ascii_case("Me") {
            self.respell(scope, span, "CurrentUser");
            return Ok(Item::Scalar(value));
        }
        if let Some(index) = self.property_index(entity, &name.text) {
            self.note(scope, name.span, |resolver| resolver.described_property(entity, index));
            let today = &self.catalogue.entity(entity).properties[index].name;
            if scope.at.is_none() && *today != name.text {
                self.respell(scope, name.span, today);
            }
            // Who asks is known without looking the row up; a comparison with it stays one that an index answers.
            if is_user && today == "Id" {
                let kind = self.catalogue.entity(entity).properties[index].type_of();
                return self.add(Expression::CurrentUser, kind, false, span).map(Item::Scalar);
            }
            return self.property(scope, value, entity, index, span).map(Item::Scalar);
        }
        if let Some((target, property)) = self.back_reference(entity, &name.text) {
            self.note(scope, name.span, |resolver| format!("list of {}", resolver.catalogue.entity(target).name));
            return Ok(Item::Rows(self.collection(value, target, property)));
        }
        let found = self.catalogue.entity(entity);
        let known: Vec<&str> = found
            .properties
            .iter()
            .map(|property| property.name.as_str())
            .chain(found.back_references.iter().map(|reference| reference.name.as_str()))
            .collect();
        let diagnostic =
            unknown::name(&name.text, scope.place(name.span), &format!("property of {}", found.name), &known);
        Err(self.fail(diagnostic))
    }

    fn respell_member(&mut self, name: &Name, span: Span, today: &str) {
        if name.span == span
            && name.text != today
            && let Some(watch) = &mut self.watch
        {
            watch.spellings.push((span, today.to_owned()));
        }
    }

    /// By name, alias, old prefix, `<Entity>Uuid` for Id, or an alias of the entity that a relation points to.
    pub(super) fn property_index(&self, entity: EntityId, name: &str) -> Option<usize> {
        let found = self.catalogue.entity(entity);
        let short = stripped(name);
        let direct = found.property(name).or_else(|| found.property(short?)).map(|(index, _)| index);
        direct.or_else(|| self.old_key(entity, short.unwrap_or(name))).or_else(|| {
            let target = self.catalogue.find(name).or_else(|| self.catalogue.find(short?))?;
            let relations = found.properties.iter().enumerate().filter(|(_, p)| p.type_of() == Type::Ref(target));
            let written = ["CreatedBy", "UpdatedBy"];
            let mut own =
                relations.clone().filter(|(_, property)| !written.iter().any(|name| property.is_called(name)));
            let named = relations.clone().find(|(_, property)| property.is_called(&self.catalogue.entity(target).name));
            let only = own.next().filter(|_| own.next().is_none());
            named.or(only).map(|(index, _)| index)
        })
    }

    fn old_key(&self, entity: EntityId, name: &str) -> Option<usize> {
        let found = self.catalogue.entity(entity);
        let stem = name.get(..name.len().checked_sub(4)?).filter(|_| name.to_ascii_lowercase().ends_with("uuid"))?;
        let is_it = self.catalogue.find(stem).or_else(|| self.catalogue.find(&format!("APP_{stem}"))) == Some(entity);
        is_it.then(|| found.property("Id").map(|(index, _)| index)).flatten()
    }

    pub(super) fn back_reference(&self, entity: EntityId, name: &str) -> Option<(EntityId, usize)> {
        let found = self.catalogue.entity(entity);
        let reference = found.back_reference(name).or_else(|| found.back_reference(stripped(name)?))?;
        Some((reference.entity, reference.property))
    }

    /// A property of the row that `of` points to; a calculated one is put in its place.
    pub(super) fn property(
        &mut self,
        scope: &Scope,
        of: ExpressionId,
        entity: EntityId,
        index: usize,
        span: Span,
    ) -> Resolved<ExpressionId> {
        let catalogue = self.catalogue;
        let property = &catalogue.entity(entity).properties[index];
        let PropertyKind::Calculated { expression, kind, .. } = &property.kind else {
            return self.stored(of, entity, index, span);
        };
        let what = format!("{}.{}", catalogue.entity(entity).name, property.name);
        let value = self.over_row(expression, of, scope.context, &what, span)?;
        let value = self.convert(value, *kind, span)?;
        match &property.read {
            Some(read) if matches!(scope.context, Context::Query | Context::Calculated) => {
                let condition = self.over_row(read, of, Context::Permission, &what, span)?;
                let condition = self.add(Expression::Trusted(condition), Type::Bool, true, span)?;
                self.add(Expression::If { branches: vec![(condition, value)], otherwise: None }, *kind, true, span)
            }
            _ => Ok(value),
        }
    }

    /// `HasPermission(row, "Update")`: what the model's permission says of the row; False for a row that is not there.
    pub(super) fn permission_of(
        &mut self,
        scope: &Scope,
        row: tree::ExpressionId,
        what: tree::ExpressionId,
        span: Span,
    ) -> Resolved<ExpressionId> {
        let value = self.scalar(scope, row, None)?;
        let Type::Ref(entity) = self.kind(value) else {
            return Err(self.error(Code::WrongType, scope.span(row), "HasPermission asks about a row."));
        };
        let permissions = &self.catalogue.entity(entity).permissions;
        let named = match scope.tree.expression(what) {
            tree::Expression::Literal(tree::Literal::Value(crate::Value::Text(named))) => named.to_ascii_lowercase(),
            _ => String::new(),
        };
        let (texts, context) = match named.as_str() {
            "read" => (&permissions.read, Context::Permission),
            "insert" => (&permissions.insert, Context::Rule),
            "update" | "write" => (&permissions.update, Context::Rule),
            "delete" => (&permissions.delete, Context::Rule),
            _ => {
                let message = "A permission is \"Read\", \"Insert\", \"Update\", \"Delete\" or \"Write\".";
                return Err(self.error(Code::WrongType, scope.span(what), message));
            }
        };
        let what = format!("A permission of {}", self.catalogue.entity(entity).name);
        let mut allowed = vec![self.constant(crate::Value::Bool(false), Type::Bool, span)?];
        for text in texts {
            allowed.push(self.over_row(text, value, context, &what, span)?);
        }
        let allowed = self.add(Expression::Or(allowed), Type::Bool, false, span)?;
        let trusted = self.add(Expression::Trusted(allowed), Type::Bool, false, span)?;
        let null = self.constant(crate::Value::Null, Type::Ref(entity), span)?;
        let operator = tree::Comparison::Different;
        let there = self.add(Expression::Compare { operator, left: value, right: null }, Type::Bool, false, span)?;
        self.add(Expression::And(vec![there, trusted]), Type::Bool, false, span)
    }

    /// What people see for a row.
    pub(super) fn display(&mut self, of: ExpressionId, entity: EntityId, span: Span) -> Resolved<ExpressionId> {
        let catalogue = self.catalogue;
        let found = catalogue.entity(entity);
        self.over_row(&found.display, of, Context::Calculated, &format!("The display text of {}", found.name), span)
    }

    fn over_row(
        &mut self,
        text: &str,
        of: ExpressionId,
        outer: Context,
        what: &str,
        span: Span,
    ) -> Resolved<ExpressionId> {
        let tree = self.parsed(text, span, what)?;
        let context = if outer == Context::Permission { outer } else { Context::Calculated };
        let mut scope = Scope::new(tree.clone(), context);
        scope.at = Some(span);
        scope.bind("Current", Meaning::Value(of));
        let Some(tree::Root::Expression(root)) = tree.root else { return Err(Failed) };
        self.inside(what, span, |resolver| resolver.scalar(&scope, root, None))
    }
}

/// A name without such a prefix.
pub(crate) fn without_prefix(name: &str) -> &str {
    stripped(name).unwrap_or(name)
}

/// Old queries write `APP_Project`, `USR_Field`, `SYS_User`.
pub(super) fn stripped(name: &str) -> Option<&str> {
    let prefix = name.get(..4)?;
    let known = ["APP_", "USR_", "SYS_"].iter().any(|known| known.eq_ignore_ascii_case(prefix));
    if known { name.get(4..) } else { None }
}
