//! Clauses in written order: each maps the names in scope and the rows.

use super::output::Place;
use super::scope::Meaning;
use super::source::Sourced;
use super::{Failed, Resolved, Resolver, Scope};
use crate::catalogue::PropertyKind;
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
                let (clauses, last) = clauses.split_at(clauses.len() - last_clauses(&tree, clauses));
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
                // Rows of both sides are compared by what they are, not by all their properties.
                let left = self.query_of(scope, *left, Place::Inside);
                let right = self.query_of(scope, *right, Place::Inside);
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
        let number = |a: Type, b: Type| matches!((a, b), (Type::Int, Type::Decimal) | (Type::Decimal, Type::Int));
        let fits = |a: Type, b: Type| a == b || number(a, b);
        let same = columns.len() == others.len() && columns.iter().zip(&others).all(|(a, b)| fits(a.kind, b.kind));
        if !same {
            let message = "The two queries must select the same number of columns with the same types.";
            return Err(self.error(Code::WrongType, span, message));
        }
        for (index, (column, other)) in columns.iter_mut().zip(&others).enumerate() {
            column.nullable |= other.nullable;
            if column.kind != other.kind {
                column.kind = Type::Decimal;
                for side in [left, right] {
                    self.widen_column(side, index)?;
                }
            }
        }
        Ok(self.add_query(Query::Set { operator, left, right, columns }))
    }

    /// Whole numbers beside decimals are decimals.
    fn widen_column(&mut self, query: QueryId, index: usize) -> Resolved<()> {
        let value = match self.typed.query(query) {
            Query::Set { left, right, .. } => {
                let sides = [*left, *right];
                for side in sides {
                    self.widen_column(side, index)?;
                }
                None
            }
            Query::Pipeline { output, .. } => output.columns.get(index).map(|(_, value)| *value),
        };
        let span = value.map_or(Span::default(), |value| self.typed.node(value).span);
        let widened = value.map(|value| self.convert(value, Type::Decimal, span)).transpose()?;
        match &mut self.typed.queries[query.0 as usize] {
            Query::Set { columns, .. } => columns[index].kind = Type::Decimal,
            Query::Pipeline { output, .. } => {
                if let (Some(widened), Some((column, value))) = (widened, output.columns.get_mut(index)) {
                    (column.kind, *value) = (Type::Decimal, widened);
                }
            }
        }
        Ok(())
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
        let rows = self.scalar(scope, id, Some(Type::Int))?;
        if !self.typed.node(rows).constant {
            let message = "The number of rows must be a constant: a number or made from parameters.";
            return Err(self.error(Code::NotAllowedHere, scope.span(id), message));
        }
        self.convert(rows, Type::Int, scope.span(id))
    }

    pub(super) fn order_keys(&mut self, scope: &Scope, keys: &[tree::OrderKey]) -> Resolved<Vec<OrderKey>> {
        let mut resolved = Vec::new();
        for key in keys {
            let value = self.scalar(scope, key.value, None)?;
            let value = self.sorted_by(value);
            let folded = self.has_fold_key(value);
            resolved.push(OrderKey { value, descending: key.descending, folded });
        }
        Ok(resolved)
    }

    /// A name that Let gives a stored text sorts as that text does.
    fn sorted_by(&self, value: ExpressionId) -> ExpressionId {
        let Expression::Variable(variable) = self.typed.node(value).expression else { return value };
        match self.origins.let_value(variable).map(|named| self.sorted_by(named)) {
            Some(named) if self.is_stored_text(named) => named,
            _ => value,
        }
    }

    /// A text that people sort by: stored with its fold key, also where it was grouped by or selected.
    pub(super) fn has_fold_key(&self, value: ExpressionId) -> bool {
        let selected = |query: Option<QueryId>, index: usize| {
            query.is_some_and(|query| match self.typed.query(query) {
                Query::Pipeline { output, .. } => {
                    output.columns.get(index).is_some_and(|(_, value)| self.has_fold_key(*value))
                }
                Query::Set { .. } => false,
            })
        };
        match self.typed.node(value).expression {
            Expression::Variable(variable) => match self.origins.key_value(variable) {
                Some(key) => self.has_fold_key(key),
                None => selected(self.origins.rows_of(variable), 0),
            },
            Expression::Column { variable, index } => selected(self.origins.rows_of(variable), index),
            _ => self.is_stored_text(value),
        }
    }

    fn is_stored_text(&self, value: ExpressionId) -> bool {
        let Expression::Property { entity, property, .. } = self.typed.node(value).expression else { return false };
        matches!(self.catalogue.entity(entity).properties[property].kind, PropertyKind::Stored { fold: Some(_), .. })
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

/// How many clauses right before Select come after the group of a Select that groups: Order By, and Skip and Take of what was
/// ordered by an aggregate. Others are done in written order.
fn last_clauses(tree: &tree::Tree, clauses: &[Clause]) -> usize {
    let is_last = |clause: &&Clause| matches!(clause, Clause::Order(_) | Clause::Skip(_) | Clause::Take(_));
    let last = &clauses[clauses.len() - clauses.iter().rev().take_while(is_last).count()..];
    let of_groups = |clause: &Clause| match clause {
        Clause::Order(keys) => keys.iter().any(|key| names_aggregate(tree, key.value)),
        _ => false,
    };
    match last.iter().position(of_groups) {
        Some(first) => last.len() - first,
        None => last.iter().rev().take_while(|clause| matches!(clause, Clause::Order(_))).count(),
    }
}

/// `Sum(T.Hours)`; over a query it is one value of each row.
fn names_aggregate(tree: &tree::Tree, id: tree::ExpressionId) -> bool {
    match tree.expression(id) {
        Written::Call { name, arguments } => {
            let values = arguments.iter().filter_map(|argument| match argument {
                tree::Argument::Value(value) => Some(*value),
                tree::Argument::Lambda { .. } => None,
            });
            let values: Vec<_> = values.collect();
            let over_rows = !values.iter().any(|value| matches!(tree.expression(*value), Written::Query(_)));
            super::fold::is_aggregate(&name.text) && over_rows
                || values.into_iter().any(|value| names_aggregate(tree, value))
        }
        Written::Arithmetic { left, right, .. } | Written::Compare { left, right, .. } => {
            names_aggregate(tree, *left) || names_aggregate(tree, *right)
        }
        Written::Negate(of) | Written::Not(of) => names_aggregate(tree, *of),
        Written::Coalesce(parts) | Written::And(parts) | Written::Or(parts) => {
            parts.iter().any(|part| names_aggregate(tree, *part))
        }
        _ => false,
    }
}
