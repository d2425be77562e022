//! Aggregates: over the rows of a group, or over a list or query that stands in their brackets.

use super::rows::Item;
use super::{Resolved, Resolver, Scope};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::functions::{self, Function};
use crate::tree::{self, Argument, Name, Tree};
use crate::typed::{Expression, ExpressionId, Output, Query, QueryFold, QueryId};
use crate::value::{Type, Value};

pub(super) fn is_aggregate(name: &str) -> bool {
    functions::overloads(name).any(Function::is_aggregate)
        || ["Exists", "First"].iter().any(|fold| fold.eq_ignore_ascii_case(name))
}

/// `List(x, separator, True)` is `ListDistinct(x, separator)`.
pub(super) fn listed<'a>(tree: &Tree, name: &'a str, arguments: &'a [Argument]) -> (&'a str, &'a [Argument]) {
    let [_, _, Argument::Value(distinct)] = arguments else { return (name, arguments) };
    match tree.expression(*distinct) {
        tree::Expression::Literal(tree::Literal::Value(Value::Bool(distinct))) if name.eq_ignore_ascii_case("List") => {
            (if *distinct { "ListDistinct" } else { name }, &arguments[..2])
        }
        _ => (name, arguments),
    }
}

impl Resolver<'_> {
    pub(super) fn aggregate(
        &mut self,
        scope: &Scope,
        name: &Name,
        arguments: &[Argument],
        span: Span,
    ) -> Resolved<ExpressionId> {
        let tree = scope.tree.clone();
        let is_query = |argument: &Argument| matches!(argument, Argument::Value(id) if matches!(tree.expression(*id), tree::Expression::Query(_)));
        let inner = match scope.group.as_deref() {
            Some(rows) if arguments.first().is_some_and(is_query) => rows.with_names_below(scope),
            Some(rows) => rows.clone(),
            None => scope.inner(),
        };
        let (called, arguments) = listed(&tree, &name.text, arguments);
        let Some((first, rest)) = arguments.split_first() else {
            return self.over_group(scope, called, &[], span);
        };
        let first = self.argument_value(first, span)?;
        let item = self.item(&inner, first, None)?;
        let mut extra = Vec::new();
        for argument in rest {
            let value = self.argument_value(argument, span)?;
            extra.push(self.scalar(&inner, value, Some(Type::Text))?);
        }
        match item {
            Item::Query(query) => self.fold_query(called, query, &extra, span),
            Item::Rows(rows) => {
                let query = self.rows_query(rows, span)?;
                self.fold_query(called, query, &extra, span)
            }
            Item::Scalar(value) => {
                let mut all = vec![value];
                all.extend(extra);
                self.over_group(scope, called, &all, span)
            }
            Item::Record(_) if called.eq_ignore_ascii_case("Count") => self.over_group(scope, called, &[], span),
            item @ Item::Record(_) => self.one_value(item, span, scope),
        }
    }

    fn over_group(
        &mut self,
        scope: &Scope,
        name: &str,
        arguments: &[ExpressionId],
        span: Span,
    ) -> Resolved<ExpressionId> {
        if scope.group.is_none() {
            let message = format!("{name} has no group of rows here.");
            let help =
                "Put it into `Group By ... Into name = ...` or `Aggregate name = ...`, or give it a list or a query.";
            return Err(self.fail(Diagnostic::error(Code::MisplacedAggregate, span, message).with_help(help)));
        }
        self.group_used = true;
        let (function, arguments, kind) = self.chosen(name, arguments, Function::is_aggregate, span)?;
        let nulls: Vec<bool> = arguments.iter().map(|argument| self.nullable(*argument)).collect();
        let nullable = function.nullable(&nulls);
        self.add(Expression::Aggregate { function, arguments }, kind, nullable, span)
    }

    /// One value from a query.
    pub(super) fn fold_query(
        &mut self,
        name: &str,
        query: QueryId,
        extra: &[ExpressionId],
        span: Span,
    ) -> Resolved<ExpressionId> {
        let columns = self.typed.columns(query);
        let simple = match name.to_ascii_lowercase().as_str() {
            "exists" | "any" => Some((QueryFold::Exists, Type::Bool)),
            "count" => Some((QueryFold::Count, Type::Int)),
            _ => None,
        };
        if let Some((fold, kind)) = simple {
            return self.add(Expression::Query { fold, query }, kind, false, span);
        }
        let [column] = &columns[..] else {
            let message = format!("{name} needs one value of each row; this query has {} columns.", columns.len());
            return Err(self.fail(Diagnostic::error(Code::ManyValues, span, message).with_help("Select one value.")));
        };
        if name.eq_ignore_ascii_case("first") {
            return self.add(Expression::Query { fold: QueryFold::First, query }, column.kind, true, span);
        }
        let mut types = vec![Some(column.kind)];
        types.extend(extra.iter().map(|value| Some(self.kind(*value))));
        let found = functions::resolve(name, &types)
            .filter(|resolved| resolved.function.is_aggregate())
            .filter(|resolved| resolved.conversions.iter().all(|c| *c == functions::Conversion::None));
        let Some(found) = found else {
            let kind = self.type_name(column.kind);
            let message = format!("There is no {name} of values of type {kind}.");
            return Err(self.error(Code::WrongType, span, message));
        };
        let mut arguments = extra.to_vec();
        self.add_defaults(found.function, &mut arguments, 1 + extra.len(), span)?;
        let query = self.with_arguments(query, &arguments, span)?;
        let nullable = found.function.may_fail || found.function.nullable(&[column.nullable]);
        self.add(Expression::Query { fold: QueryFold::Aggregate(found.function), query }, found.result, nullable, span)
    }

    /// The aggregate's further arguments become columns of the query.
    fn with_arguments(&mut self, query: QueryId, arguments: &[ExpressionId], span: Span) -> Resolved<QueryId> {
        if arguments.is_empty() {
            return Ok(query);
        }
        let rows = self.rows_of_query(query);
        let value = self.variable_columns(&rows, span)?;
        let extra = arguments.iter().map(|argument| self.column_of("Argument", *argument));
        let columns = value.into_iter().chain(extra).collect();
        let output = Output { distinct: false, record: true, columns, ties: rows.ties };
        Ok(self.add_query(Query::Pipeline { steps: rows.steps, output }))
    }

    fn variable_columns(
        &mut self,
        rows: &super::rows::Rows,
        span: Span,
    ) -> Resolved<Vec<(crate::typed::Column, ExpressionId)>> {
        Ok(self.columns_of_variable(rows.variable, span)?.0)
    }
}
