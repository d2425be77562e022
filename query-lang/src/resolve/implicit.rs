//! Grouping that nobody wrote: a Select that mixes aggregates with members is grouped by the members.

use super::group::{Keys, Rows, rows_of};
use super::output::{Columns, Selected};
use super::pipeline::{End, Pipeline};
use super::scope::Meaning;
use super::{Failed, Resolved, Resolver, Scope};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::tree;
use crate::typed::{Expression, ExpressionId, OrderKey, Step, VariableId};

impl Resolver<'_> {
    /// Before Order By, Skip and Take. What is the same for all rows is no key.
    pub(super) fn implicit_group(
        &mut self,
        pipeline: &mut Pipeline,
        inside: &Scope,
        selected: Vec<Selected>,
        end: &End<'_>,
    ) -> Resolved<Columns> {
        let rows = rows_of(&pipeline.steps);
        let window = selected.iter().find(|field| self.typed.has_window(field.value)).map(|field| field.value);
        let own = self.own_lets.first().map(|(_, value)| *value);
        if let Some(window) = window.or(own) {
            self.own_lets.clear();
            return Err(self.window_over_group(self.typed.node(window).span));
        }
        let (mut keys, mut aggregates, mut same, mut shown) = (Keys::new(), Keys::new(), Keys::new(), Vec::new());
        let mut members = Keys::new();
        for Selected { name, value, used } in selected {
            let value = if used { self.by_members(value, &rows, &mut members)? } else { value };
            let variable = self.new_value(&name, value);
            let place = match used {
                true => &mut aggregates,
                false if self.reads(value, &rows) => &mut keys,
                false => &mut same,
            };
            place.push((variable, value));
            shown.push((name, variable));
        }
        keys.extend(members);
        let mut ordered = Vec::new();
        for clause in end.last {
            ordered.push(match clause {
                tree::Clause::Order(written) => {
                    Some(self.group_order(inside, written, &rows, &keys, &mut aggregates)?)
                }
                _ => None,
            });
        }
        let mut scope = pipeline.scope.clone();
        scope.hide_from(pipeline.mark);
        for (name, variable) in &shown {
            scope.bind(name, Meaning::Variable(*variable));
        }
        let single = keys.is_empty();
        if !single {
            self.note_group(inside, end.span);
        }
        self.grouped(pipeline, scope, keys, aggregates, single);
        pipeline.steps.extend(same.into_iter().map(|(variable, value)| Step::Let { variable, value }));
        for (clause, order) in end.last.iter().zip(ordered) {
            match order {
                Some(keys) => pipeline.steps.push(Step::Order(keys)),
                None => self.last_clauses(pipeline, std::slice::from_ref(clause))?,
            }
        }
        let mut columns = Vec::new();
        for (name, variable) in shown {
            let value = self.variable_value(variable, end.span)?;
            columns.push(self.column_of(&name, value));
        }
        Ok(columns)
    }

    /// A window looks at rows, and a Select with an aggregate has none left.
    fn window_over_group(&mut self, span: Span) -> Failed {
        let diagnostic = Diagnostic::error(
            Code::MisplacedAggregate,
            span,
            "An aggregate groups the rows that this window looks at.",
        )
        .with_help("Write `Group By ... Into ...` first; the window then looks at the groups.");
        self.fail(diagnostic)
    }

    /// Order By before a Select that groups: its keys are aggregates, what is grouped by, or what follows from that.
    fn group_order(
        &mut self,
        inside: &Scope,
        written: &[tree::OrderKey],
        rows: &Rows,
        keys: &[(VariableId, ExpressionId)],
        aggregates: &mut Keys,
    ) -> Resolved<Vec<OrderKey>> {
        let mut order = Vec::new();
        for key in written {
            let span = inside.span(key.value);
            self.group_used = false;
            let value = self.scalar(inside, key.value, None)?;
            // All rows become one, or it is the same for all: nothing to order.
            if !self.group_used && (keys.is_empty() || !self.reads(value, rows)) {
                continue;
            }
            let known = keys.iter().chain(aggregates.iter()).find(|(_, known)| self.typed.alike(*known, value));
            let value = match known {
                Some((variable, _)) => self.variable_value(*variable, span)?,
                None => match self.by_keys(value, rows, keys)? {
                    Some(value) if self.group_used => {
                        let variable = self.new_value("Order", value);
                        aggregates.push((variable, value));
                        self.variable_value(variable, span)?
                    }
                    Some(value) => value,
                    None => {
                        let message =
                            "The rows are grouped by what Select names; this is neither an aggregate nor named there.";
                        let diagnostic = Diagnostic::error(Code::MisplacedAggregate, span, message)
                            .with_help("Select it too, or order by an aggregate of it.");
                        return Err(self.fail(diagnostic));
                    }
                },
            };
            let folded = self.has_fold_key(value);
            order.push(OrderKey { value, descending: key.descending, folded });
        }
        Ok(order)
    }

    /// An aggregate beside values of single rows: the rows are grouped by these too, and they become the group's.
    fn by_members(&mut self, id: ExpressionId, rows: &Rows, members: &mut Keys) -> Resolved<ExpressionId> {
        self.mapped(id, &mut |resolver: &mut Self, id| {
            let node = resolver.typed.node(id).clone();
            let is_query = matches!(
                node.expression,
                Expression::Query { .. } | Expression::InQuery { .. } | Expression::Window(_)
            );
            match node.expression {
                Expression::Variable(_) | Expression::Column { .. } | Expression::Property { .. } => {}
                Expression::Aggregate { .. } => return Ok(Some(id)),
                _ if is_query => {}
                _ => return Ok(None),
            }
            if !resolver.reads(id, rows) {
                return Ok(Some(id));
            }
            // A query for each row is the same for rows that agree in what it reads of them.
            if is_query {
                for member in resolver.members_in(id, rows) {
                    resolver.member_key(member, members);
                }
            }
            let key = resolver.member_key(id, members);
            resolver.variable_value(key, node.span).map(Some)
        })
    }

    fn member_key(&mut self, id: ExpressionId, members: &mut Keys) -> VariableId {
        let known = members.iter().find(|(_, member)| self.typed.alike(*member, id)).map(|(key, _)| *key);
        known.unwrap_or_else(|| {
            let key = self.new_value("Member", id);
            members.push((key, id));
            key
        })
    }

    /// The same value, computed from the keys of the group. None: they do not tell it.
    fn by_keys(
        &mut self,
        id: ExpressionId,
        rows: &Rows,
        keys: &[(VariableId, ExpressionId)],
    ) -> Resolved<Option<ExpressionId>> {
        let mut told = true;
        let value = self.mapped(id, &mut |resolver: &mut Self, id| {
            let node = resolver.typed.node(id).clone();
            if let Some((key, _)) = keys.iter().find(|(_, known)| resolver.typed.alike(*known, id)) {
                return resolver.variable_value(*key, node.span).map(Some);
            }
            match node.expression {
                Expression::Aggregate { .. } => Ok(Some(id)),
                Expression::Property { .. } => Ok(None),
                Expression::Variable(_)
                | Expression::Column { .. }
                | Expression::Query { .. }
                | Expression::InQuery { .. }
                | Expression::Window(_) => {
                    told &= !resolver.reads(id, rows);
                    Ok(Some(id))
                }
                _ => Ok(None),
            }
        })?;
        Ok(told.then_some(value))
    }

    /// The paths that begin at these rows.
    fn members_in(&self, id: ExpressionId, rows: &Rows) -> Vec<ExpressionId> {
        let expression = &self.typed.node(id).expression;
        let is_path = match expression {
            Expression::Variable(variable) | Expression::Column { variable, .. } => rows.contains(variable),
            Expression::Property { .. } => rows.iter().any(|variable| self.typed.starts_at(id, *variable)),
            _ => false,
        };
        if is_path {
            return vec![id];
        }
        let mut parts = expression.parts();
        if let Expression::Query { query, .. } | Expression::InQuery { query, .. } = expression {
            parts.extend(self.typed.expressions_of(*query));
        }
        parts.into_iter().flat_map(|part| self.members_in(part, rows)).collect()
    }
}
