//! Clauses in written order: each maps the names in scope and the rows.

use super::output::Place;
use super::scope::Meaning;
use super::source::Sourced;
use super::{Failed, Resolved, Resolver, Scope};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::tree::{self, Binding, Clause, Expression as Written, Field, Name};
use crate::typed::{Expression, ExpressionId, OrderKey, Query, QueryId, Source, Step, VariableId, VariableKind};
use crate::value::Type;
use std::rc::Rc;

/// What a pipeline has become so far.
pub(super) struct Pipeline {
    pub(super) scope: Scope,
    /// Names before this are from outside.
    pub(super) mark: usize,
    pub(super) outer: Scope,
    pub(super) steps: Vec<Step>,
    pub(super) ties: Vec<VariableId>,
    /// The last range variable, or all keys and aggregates: what stands for a missing Select.
    pub(super) shape: Vec<VariableId>,
    pub(super) grouped: bool,
}

/// How a pipeline ends.
pub(super) struct End<'t> {
    /// Order By, Skip and Take right before Select: a Select that groups comes before them.
    pub(super) last: &'t [Clause],
    pub(super) select: Option<&'t tree::Select>,
    pub(super) place: Place,
    pub(super) span: Span,
}

impl Resolver<'_> {
    /// Order By, Skip and Take at the end.
    pub(super) fn last_clauses(&mut self, pipeline: &mut Pipeline, last: &[Clause]) -> Resolved<()> {
        let results: Vec<_> = last.iter().map(|clause| self.clause(pipeline, clause)).collect();
        results.into_iter().collect()
    }

    pub(super) fn query_of(&mut self, scope: &Scope, id: tree::QueryId, place: Place) -> Resolved<QueryId> {
        let outer = (self.group_used, std::mem::take(&mut self.own_lets));
        let query = self.query_node(scope, id, place);
        (self.group_used, self.own_lets) = outer;
        query
    }

    fn query_node(&mut self, scope: &Scope, id: tree::QueryId, place: Place) -> Resolved<QueryId> {
        let tree = scope.tree.clone();
        let node = tree.query(id);
        match &node.query {
            tree::Query::Pipeline { clauses, select } => {
                let mut pipeline = Pipeline {
                    scope: scope.clone(),
                    mark: scope.mark(),
                    outer: scope.clone(),
                    steps: Vec::new(),
                    ties: Vec::new(),
                    shape: Vec::new(),
                    grouped: false,
                };
                let mut failed = false;
                let is_last = |clause: &&Clause| matches!(clause, Clause::Order(_) | Clause::Skip(_) | Clause::Take(_));
                let last = clauses.iter().rev().take_while(is_last).count();
                let (clauses, last) = clauses.split_at(clauses.len() - last);
                for clause in clauses {
                    failed |= self.clause(&mut pipeline, clause).is_err();
                }
                let end = End { last, select: select.as_ref(), place, span: scope.place(node.span) };
                let output = self.output(&mut pipeline, &end);
                match (failed, output) {
                    (false, Ok(output)) => Ok(self.add_query(Query::Pipeline { steps: pipeline.steps, output })),
                    _ => Err(Failed),
                }
            }
            tree::Query::Set { operator, left, right } => {
                let left = self.query_of(scope, *left, place);
                let right = self.query_of(scope, *right, place);
                self.set_operation(*operator, left?, right?, scope.place(node.span))
            }
        }
    }

    fn set_operation(
        &mut self,
        operator: tree::SetOperator,
        left: QueryId,
        right: QueryId,
        span: Span,
    ) -> Resolved<QueryId> {
        let (mut columns, others) = (self.typed.columns(left), self.typed.columns(right));
        let same = columns.len() == others.len() && columns.iter().zip(&others).all(|(a, b)| a.kind == b.kind);
        if !same {
            let message = "The two queries must select the same number of columns with the same types.";
            return Err(self.error(Code::WrongType, span, message));
        }
        for (column, other) in columns.iter_mut().zip(&others) {
            column.nullable |= other.nullable;
        }
        Ok(self.add_query(Query::Set { operator, left, right, columns }))
    }

    fn clause(&mut self, pipeline: &mut Pipeline, clause: &Clause) -> Resolved<()> {
        match clause {
            Clause::From { variable, source } => self.from(pipeline, variable, source, None),
            Clause::Join { variable, source, on, left } => self.from(pipeline, variable, source, Some((*on, *left))),
            Clause::Let(bindings) => {
                let results: Vec<_> = bindings.iter().map(|binding| self.bind_let(pipeline, binding)).collect();
                results.into_iter().collect()
            }
            Clause::Where(condition) => {
                let condition = self.typed_scalar(&pipeline.scope, *condition, Type::Bool)?;
                pipeline.steps.push(Step::Where(condition));
                Ok(())
            }
            Clause::Group { keys, into, span } => self.group(pipeline, keys, into, *span),
            Clause::Aggregate { bindings, span } => self.group(pipeline, &[], bindings, *span),
            Clause::Order(keys) => {
                let keys = self.order_keys(&pipeline.scope, keys)?;
                pipeline.steps.push(Step::Order(keys));
                Ok(())
            }
            Clause::Skip(rows) => {
                let rows = self.row_count(&pipeline.scope, *rows)?;
                pipeline.steps.push(Step::Skip(rows));
                Ok(())
            }
            Clause::Take(rows) => {
                let rows = self.row_count(&pipeline.scope, *rows)?;
                pipeline.steps.push(Step::Take(rows));
                Ok(())
            }
        }
    }

    pub(super) fn row_count(&mut self, scope: &Scope, id: tree::ExpressionId) -> Resolved<ExpressionId> {
        let rows = self.typed_scalar(scope, id, Type::Int)?;
        if !self.typed.node(rows).constant {
            let message = "The number of rows must be a constant: a number or made from parameters.";
            return Err(self.error(Code::NotAllowedHere, scope.span(id), message));
        }
        Ok(rows)
    }

    pub(super) fn order_keys(&mut self, scope: &Scope, keys: &[tree::OrderKey]) -> Resolved<Vec<OrderKey>> {
        let mut resolved = Vec::new();
        for key in keys {
            let value = self.scalar(scope, key.value, None)?;
            let folded = self.has_fold_key(value);
            resolved.push(OrderKey { value, descending: key.descending, folded });
        }
        Ok(resolved)
    }

    fn from(
        &mut self,
        pipeline: &mut Pipeline,
        name: &Name,
        source: &tree::Source,
        join: Option<(tree::ExpressionId, bool)>,
    ) -> Resolved<()> {
        let left = join.is_some_and(|(_, left)| left);
        let span = pipeline.scope.place(source.span);
        let sourced = match self.source(&pipeline.scope, &pipeline.outer, source) {
            Ok(sourced) => sourced,
            Err(failed) => {
                pipeline.scope.bind(&name.text, Meaning::Failed);
                return Err(failed);
            }
        };
        let rows = self.range_variable(&name.text, &sourced, left);
        pipeline.steps.extend(sourced.before);
        pipeline.ties.extend(sourced.ties);
        self.source_spans.insert(rows, span);
        pipeline.ties.push(rows);
        let mut filters = sourced.filters;
        if let Some(condition) = sourced.condition {
            filters.push(self.alias_condition(&condition, rows, span)?);
        }
        let variable = sourced.value.map_or(rows, |value| self.new_value(&name.text, value));
        pipeline.scope.bind(&name.text, Meaning::Variable(variable));
        pipeline.shape = vec![variable];
        let on = join.map(|(on, _)| self.typed_scalar(&pipeline.scope, on, Type::Bool)).transpose()?;
        let source = sourced.source;
        match (on, sourced.value) {
            (Some(_), Some(_)) if left => {
                let diagnostic = Diagnostic::error(Code::NotSupported, span, "A list of values cannot be left-joined.")
                    .with_help("Join its rows, and take the value where you need it.");
                return Err(self.fail(diagnostic));
            }
            (Some(on), None) => {
                filters.push(on);
                let on = match filters[..] {
                    [only] => only,
                    _ => self.add(Expression::And(filters), Type::Bool, false, span)?,
                };
                pipeline.steps.push(Step::Join { variable, source, on, left });
            }
            (on, value) => {
                pipeline.steps.push(Step::From { variable: rows, source });
                pipeline.steps.extend(filters.into_iter().map(Step::Where));
                if let Some(value) = value {
                    self.origins.is_let(variable, value);
                    pipeline.steps.push(Step::Let { variable, value });
                }
                pipeline.steps.extend(on.map(Step::Where));
            }
        }
        Ok(())
    }

    /// The variable that ranges over the rows of a source.
    fn range_variable(&mut self, name: &str, sourced: &Sourced, left: bool) -> VariableId {
        let rows = sourced.row.unwrap_or_else(|| self.variable(name, sourced.kind.clone(), false));
        let known = &mut self.typed.variables[rows.0 as usize];
        known.name = name.to_owned();
        known.nullable = left || sourced.nullable;
        known.twins = matches!(sourced.source, Source::Query(_) | Source::List(_));
        if let Source::Query(query) = sourced.source {
            self.origins.is_rows_of(rows, query);
        }
        rows
    }

    fn bind_let(&mut self, pipeline: &mut Pipeline, binding: &Binding) -> Resolved<()> {
        let mut scope = pipeline.scope.clone();
        scope.window_ties = Some(Rc::from(&pipeline.ties[..]));
        let value = match self.scalar(&scope, binding.value, None) {
            Ok(value) => value,
            Err(failed) => {
                pipeline.scope.bind(&binding.name.text, Meaning::Failed);
                return Err(failed);
            }
        };
        self.place_own_lets(pipeline);
        let variable = self.new_value(&binding.name.text, value);
        self.origins.is_let(variable, value);
        pipeline.steps.push(Step::Let { variable, value });
        pipeline.scope.bind(&binding.name.text, Meaning::Variable(variable));
        Ok(())
    }

    /// The windows that the expression before made Lets of, as steps.
    pub(super) fn place_own_lets(&mut self, pipeline: &mut Pipeline) {
        for (variable, value) in std::mem::take(&mut self.own_lets) {
            pipeline.ties.push(variable);
            pipeline.steps.push(Step::Let { variable, value });
        }
    }

    pub(super) fn new_value(&mut self, name: &str, value: ExpressionId) -> VariableId {
        let (kind, nullable) = (self.kind(value), self.nullable(value));
        self.variable(name, VariableKind::Value(kind), nullable)
    }

    fn group(&mut self, pipeline: &mut Pipeline, keys: &[Field], into: &[Binding], span: Span) -> Resolved<()> {
        let before = pipeline.scope.inner();
        let mut failed = false;
        let mut after: Vec<(String, Meaning)> = Vec::new();
        let mut key_values = Vec::new();
        for field in keys {
            let name = self.field_name(&before, field);
            let Ok(value) = self.scalar(&before, field.value, None) else {
                failed = true;
                after.push((name, Meaning::Failed));
                continue;
            };
            let variable = self.new_value(&name, value);
            key_values.push((variable, value));
            after.push((name, Meaning::Variable(variable)));
        }
        let mut scope = pipeline.scope.clone();
        scope.hide_from(pipeline.mark);
        for (name, meaning) in &after {
            scope.bind(name, *meaning);
        }
        let mut inside = scope.clone();
        inside.group = Some(Rc::new(before));
        let mut aggregates = Vec::new();
        for binding in into {
            let meaning = match self.scalar(&inside, binding.value, None) {
                Ok(value) => {
                    let variable = self.new_value(&binding.name.text, value);
                    aggregates.push((variable, value));
                    Meaning::Variable(variable)
                }
                Err(Failed) => {
                    failed = true;
                    Meaning::Failed
                }
            };
            scope.bind(&binding.name.text, meaning);
        }
        let single = keys.is_empty();
        self.grouped(pipeline, scope, key_values, aggregates, single);
        if failed { Err(Failed) } else { self.check_group(pipeline, span) }
    }

    pub(super) fn grouped(
        &mut self,
        pipeline: &mut Pipeline,
        scope: Scope,
        keys: Vec<(VariableId, ExpressionId)>,
        aggregates: Vec<(VariableId, ExpressionId)>,
        single: bool,
    ) {
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

    /// `T.Project.Name` is called Name.
    pub(super) fn field_name(&mut self, scope: &Scope, field: &Field) -> String {
        if let Some(name) = &field.name {
            return name.text.clone();
        }
        match scope.tree.expression(field.value) {
            Written::Member { name, arguments: None, .. } | Written::Name(name) | Written::Parameter(name) => {
                super::member::stripped(&name.text).unwrap_or(&name.text).to_owned()
            }
            Written::Call { name, .. } | Written::Member { name, .. } => name.text.clone(),
            _ => "Value".to_owned(),
        }
    }

    pub(super) fn window_refused(&mut self, span: Span) -> Failed {
        let diagnostic = Diagnostic::error(Code::MisplacedAggregate, span, "Over can stand only in Select and Let.")
            .with_help("Give the value a name with Let, then use the name.");
        self.fail(diagnostic)
    }
}
