//! Group By and Aggregate: many rows become one, and what is said of it.

use super::pipeline::Pipeline;
use super::scope::Meaning;
use super::{Failed, Resolved, Resolver, Scope};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::functions;
use crate::tree::{Binding, Field};
use crate::typed::{Expression, ExpressionId, QueryId, Step, VariableId};
use crate::value::Type;
use std::collections::HashSet;
use std::rc::Rc;

/// The variables whose values differ between the rows that become one.
pub(super) type Rows = HashSet<VariableId>;
pub(super) type Keys = Vec<(VariableId, ExpressionId)>;

impl Resolver<'_> {
    pub(super) fn group(
        &mut self,
        pipeline: &mut Pipeline,
        keys: &[Field],
        into: &[Binding],
        span: Span,
    ) -> Resolved<()> {
        let before = pipeline.scope.inner();
        let mut failed = false;
        let mut scope = pipeline.scope.clone();
        scope.hide_from(pipeline.mark);
        let mut key_values = Keys::new();
        for field in keys {
            let name = self.field_name(&before, field);
            let value = self.scalar(&before, field.value, None);
            failed |= value.is_err();
            let meaning = value.map_or(Meaning::Failed, |value| {
                let variable = self.new_value(&name, value);
                key_values.push((variable, value));
                Meaning::Variable(variable)
            });
            scope.bind(&name, meaning);
        }
        let mut inside = scope.clone();
        inside.group = Some(Rc::new(before));
        let rows = rows_of(&pipeline.steps);
        let mut said = Said::default();
        for binding in into {
            let value = self.scalar(&inside, binding.value, None);
            let value = value.and_then(|value| self.of_group(value, &rows, keys.is_empty(), &mut said));
            failed |= value.is_err();
            let meaning = value.map_or(Meaning::Failed, |(value, at_once)| {
                let variable = self.new_value(&binding.name.text, value);
                said.shown.push(variable);
                if at_once { &mut said.aggregates } else { &mut said.later }.push((variable, value));
                Meaning::Variable(variable)
            });
            scope.bind(&binding.name.text, meaning);
        }
        let shape: Vec<VariableId> = key_values.iter().map(|(variable, _)| *variable).chain(said.shown).collect();
        self.grouped(pipeline, scope, key_values, said.aggregates, keys.is_empty());
        for (variable, value) in said.later {
            self.origins.is_let(variable, value);
            pipeline.steps.push(Step::Let { variable, value });
        }
        pipeline.shape = shape;
        if failed { Err(Failed) } else { self.check_group(pipeline, span) }
    }

    /// What is said of a group: of its rows by aggregates, of its keys by everything. What looks up other rows by a key is
    /// computed after the group. True: with the group.
    fn of_group(
        &mut self,
        value: ExpressionId,
        rows: &Rows,
        single: bool,
        said: &mut Said,
    ) -> Resolved<(ExpressionId, bool)> {
        if self.reads_one_row(value, rows) {
            let span = self.typed.node(value).span;
            let diagnostic =
                Diagnostic::error(Code::MisplacedAggregate, span, "This has a value for each row of the group.")
                    .with_help(
                        "Make it a key, or aggregate the values: `Sum(...)`, `Max(...)`, `First(...)` of a query.",
                    );
            return Err(self.fail(diagnostic));
        }
        let has_aggregate = self.has_aggregate(value);
        if !self.looks_up(value) && (has_aggregate || !single) {
            return Ok((value, true));
        }
        let value = self.mapped(value, &mut |resolver: &mut Self, id| {
            if !matches!(resolver.typed.node(id).expression, Expression::Aggregate { .. }) {
                return Ok(None);
            }
            let span = resolver.typed.node(id).span;
            let variable = resolver.new_value("Aggregate", id);
            said.aggregates.push((variable, id));
            resolver.variable_value(variable, span).map(Some)
        })?;
        Ok((value, false))
    }

    fn has_aggregate(&self, id: ExpressionId) -> bool {
        let expression = &self.typed.node(id).expression;
        matches!(expression, Expression::Aggregate { .. })
            || expression.parts().into_iter().any(|part| self.has_aggregate(part))
    }

    /// Other rows than those of the group, outside of its aggregates.
    fn looks_up(&self, id: ExpressionId) -> bool {
        match &self.typed.node(id).expression {
            Expression::Aggregate { .. } => false,
            Expression::Property { .. } | Expression::Query { .. } | Expression::InQuery { .. } => true,
            expression => expression.parts().into_iter().any(|part| self.looks_up(part)),
        }
    }

    fn reads_one_row(&self, id: ExpressionId, rows: &Rows) -> bool {
        match &self.typed.node(id).expression {
            Expression::Aggregate { .. } => false,
            Expression::Query { .. } | Expression::InQuery { .. } | Expression::Window(_) => self.reads(id, rows),
            Expression::Variable(_) | Expression::Column { .. } => self.reads(id, rows),
            expression => expression.parts().into_iter().any(|part| self.reads_one_row(part, rows)),
        }
    }

    pub(super) fn grouped(
        &mut self,
        pipeline: &mut Pipeline,
        scope: Scope,
        keys: Keys,
        mut aggregates: Keys,
        single: bool,
    ) {
        // One row for all needs an aggregate, or there is one for each.
        if single
            && aggregates.is_empty()
            && let Some(count) = functions::resolve("Count", &[])
        {
            let expression = Expression::Aggregate { function: count.function, arguments: Vec::new() };
            if let Ok(value) = self.add(expression, Type::Int, false, Span::default()) {
                aggregates.push((self.new_value("Count", value), value));
            }
        }
        pipeline.scope = scope;
        pipeline.ties = keys.iter().map(|(variable, _)| *variable).collect();
        pipeline.shape = keys.iter().chain(&aggregates).map(|(variable, _)| *variable).collect();
        self.origins.are_grouped(&keys, &aggregates);
        pipeline.steps.push(Step::Group { keys, aggregates, single });
        pipeline.grouped = true;
    }

    fn check_group(&mut self, pipeline: &Pipeline, span: Span) -> Resolved<()> {
        if pipeline.shape.is_empty() {
            return Err(self.error(Code::Syntax, span, "A group needs a key or an aggregate."));
        }
        Ok(())
    }

    /// An expression with parts of it replaced; `leaf` answers with what takes the place of one, or lets it be taken apart.
    pub(super) fn mapped(
        &mut self,
        id: ExpressionId,
        leaf: &mut dyn FnMut(&mut Self, ExpressionId) -> Resolved<Option<ExpressionId>>,
    ) -> Resolved<ExpressionId> {
        if let Some(replaced) = leaf(self, id)? {
            return Ok(replaced);
        }
        let node = self.typed.node(id).clone();
        let mut each = |resolver: &mut Self, parts: &[ExpressionId]| -> Resolved<Vec<ExpressionId>> {
            parts.iter().map(|part| resolver.mapped(*part, leaf)).collect()
        };
        let expression = match node.expression {
            Expression::And(parts) => Expression::And(each(self, &parts)?),
            Expression::Or(parts) => Expression::Or(each(self, &parts)?),
            Expression::Concatenate(parts) => Expression::Concatenate(each(self, &parts)?),
            Expression::Coalesce(parts) => Expression::Coalesce(each(self, &parts)?),
            Expression::Call { function, arguments } => {
                Expression::Call { function, arguments: each(self, &arguments)? }
            }
            Expression::Property { of, entity, property } => {
                Expression::Property { of: self.mapped(of, leaf)?, entity, property }
            }
            Expression::Not(of) => Expression::Not(self.mapped(of, leaf)?),
            Expression::Widen(of) => Expression::Widen(self.mapped(of, leaf)?),
            Expression::Compare { operator, left, right } => {
                Expression::Compare { operator, left: self.mapped(left, leaf)?, right: self.mapped(right, leaf)? }
            }
            Expression::InList { value, list } => {
                let value = self.mapped(value, leaf)?;
                Expression::InList {
                    value,
                    list: list.iter().map(|of| self.mapped(*of, leaf)).collect::<Resolved<_>>()?,
                }
            }
            Expression::If { branches, otherwise } => {
                let mut kept = Vec::new();
                for (condition, value) in branches {
                    kept.push((self.mapped(condition, leaf)?, self.mapped(value, leaf)?));
                }
                let otherwise = otherwise.map(|value| self.mapped(value, leaf)).transpose()?;
                Expression::If { branches: kept, otherwise }
            }
            _ => return Ok(id),
        };
        self.add(expression, node.kind, node.nullable, node.span)
    }

    /// Does a value depend on one of these rows, in its queries too?
    pub(super) fn reads(&self, id: ExpressionId, rows: &Rows) -> bool {
        let node = self.typed.node(id);
        match &node.expression {
            Expression::Variable(variable) | Expression::Column { variable, .. } => rows.contains(variable),
            Expression::Query { query, .. } => self.query_reads(*query, rows),
            Expression::InQuery { value, query } => self.reads(*value, rows) || self.query_reads(*query, rows),
            Expression::Window(_) => true,
            expression => expression.parts().into_iter().any(|part| self.reads(part, rows)),
        }
    }

    fn query_reads(&self, query: QueryId, rows: &Rows) -> bool {
        self.typed.expressions_of(query).into_iter().any(|part| self.reads(part, rows))
    }
}

/// What Into says.
#[derive(Default)]
struct Said {
    aggregates: Keys,
    later: Keys,
    /// In written order.
    shown: Vec<VariableId>,
}

pub(super) fn rows_of(steps: &[Step]) -> Rows {
    let mut rows = Rows::new();
    for step in steps {
        match step {
            Step::From { variable, .. } | Step::Join { variable, .. } | Step::Let { variable, .. } => {
                rows.insert(*variable);
            }
            Step::Group { keys, aggregates, .. } => {
                rows.extend(keys.iter().chain(aggregates).map(|(variable, _)| *variable));
            }
            Step::Where(_) | Step::Order(_) | Step::Skip(_) | Step::Take(_) => {}
        }
    }
    rows
}
