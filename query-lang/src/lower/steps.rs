use super::{Binding, Lowered, Lowering, Pending, SignalSource};
use crate::catalogue;
use crate::diagnostic::Span;
use crate::plan::{Block, BlockId, Expression, ExpressionId, Generated, Join, RelationId, RelationKind};
use crate::resolve::Failed;
use crate::typed::{self, OrderKey, Source, Step, VariableId, VariableKind};
use crate::value::{Type, Value};

/// A pipeline under construction: the SELECT that is open, and the order that is not written yet.
pub(super) struct Open {
    pub(super) block: BlockId,
    pub(super) order: Vec<OrderKey>,
    rows: Vec<VariableId>,
    /// Rows were limited, or looked at each other.
    counted: bool,
}

/// A value that is computed once and not wherever it is named, in plan nodes.
const INLINE_NODES_MAX: usize = 8;

impl Block {
    pub(crate) fn limited(&self) -> bool {
        self.skip.is_some() || self.take.is_some()
    }
}

impl Lowering<'_> {
    pub(super) fn steps(&mut self, steps: &[Step]) -> Lowered<Open> {
        let block = self.plan.new_block();
        let mut open = Open { block, order: Vec::new(), rows: Vec::new(), counted: false };
        for step in steps {
            self.step(&mut open, step)?;
        }
        Ok(open)
    }

    fn step(&mut self, open: &mut Open, step: &Step) -> Lowered<()> {
        let limited = self.plan.block(open.block).limited();
        if limited && !matches!(step, Step::Skip(_) | Step::Take(_)) {
            self.cut(open);
        }
        match step {
            Step::From { variable, source } => {
                self.note_days(*variable, source);
                let (relation, on) = self.source(open.block, *variable, source, false)?;
                self.plan.block_mut(open.block).from.push(Join { relation, left_on: None });
                self.plan.block_mut(open.block).filters.extend(on);
                open.rows.push(*variable);
            }
            Step::Join { variable, source, on, left: false } => {
                self.note_days(*variable, source);
                let (relation, matching) = self.source(open.block, *variable, source, false)?;
                self.plan.block_mut(open.block).from.push(Join { relation, left_on: None });
                self.plan.block_mut(open.block).filters.extend(matching);
                self.filter(open, *on)?;
                open.rows.push(*variable);
                self.note_bounds(open, *on);
            }
            Step::Join { variable, source, on, left: true } => {
                self.left_join(open, *variable, source, *on)?;
                // The rows on the left stay, whatever the condition says of them.
                self.note_signal_bounds(*on, &[*variable]);
                open.rows.push(*variable);
            }
            Step::Let { variable, value } => {
                open.counted |= self.has_window(*value);
                self.bind_let(open, *variable, *value)?;
            }
            Step::Where(condition) => {
                self.note_bounds(open, *condition);
                self.filter(open, *condition)?;
            }
            Step::Group { keys, aggregates, single } => self.group(open, keys, aggregates, *single)?,
            Step::Order(keys) => open.order = keys.clone(),
            Step::Skip(rows) => {
                open.counted = true;
                if limited {
                    self.cut(open);
                }
                self.limit(open)?;
                let rows = self.row_count(*rows)?;
                self.plan.block_mut(open.block).skip = Some(rows);
            }
            Step::Take(rows) => {
                open.counted = true;
                if self.plan.block(open.block).take.is_some() {
                    self.cut(open);
                }
                if !self.plan.block(open.block).limited() {
                    self.limit(open)?;
                }
                let rows = self.row_count(*rows)?;
                self.plan.block_mut(open.block).take = Some(rows);
            }
        }
        Ok(())
    }

    /// Behind a limit or a window a condition says nothing of the rows that these were made from.
    fn note_bounds(&mut self, open: &Open, condition: typed::ExpressionId) {
        if !open.counted {
            self.note_signal_bounds(condition, &open.rows);
        }
    }

    fn filter(&mut self, open: &Open, condition: typed::ExpressionId) -> Lowered<()> {
        let parts = match &self.resolver.typed.node(condition).expression {
            typed::Expression::And(parts) => parts.clone(),
            _ => vec![condition],
        };
        for part in parts {
            let value = self.lower(open.block, part)?;
            self.plan.block_mut(open.block).filters.push(value);
        }
        Ok(())
    }

    fn left_join(
        &mut self,
        open: &Open,
        variable: VariableId,
        source: &Source,
        on: typed::ExpressionId,
    ) -> Lowered<()> {
        if self.follows_relation(on, variable) {
            return self.left_join_with_relations(open, variable, source, on);
        }
        let (relation, matching) = self.source(open.block, variable, source, true)?;
        let mut on = self.lower(open.block, on)?;
        if let Some(matching) = matching {
            on = self.plan.add(Expression::And(vec![matching, on]), Type::Bool, false);
        }
        self.plan.block_mut(open.block).from.push(Join { relation, left_on: Some(on) });
        Ok(())
    }

    /// The right side becomes a SELECT of its own, in which its relations are joined.
    fn left_join_with_relations(
        &mut self,
        open: &Open,
        variable: VariableId,
        source: &Source,
        on: typed::ExpressionId,
    ) -> Lowered<()> {
        let inner = self.plan.new_block();
        let relation = self.plan.new_relation(RelationKind::Derived(inner), open.block, true);
        let (entity_source, parent) = match source {
            Source::Collection { of, entity, property } => (Source::Entity(*entity), Some((*of, *entity, *property))),
            other => (other.clone(), None),
        };
        let (own, _) = self.source(inner, variable, &entity_source, false)?;
        self.plan.block_mut(inner).from.push(Join { relation: own, left_on: None });
        let mut conditions = Vec::new();
        if let (Some((of, _, property)), Some(Binding::Row(row))) = (parent, self.bindings.get(&variable).cloned()) {
            let key = self.column(row, property, self.span_of(source))?;
            let key = self.plan.output(relation, inner, key);
            let parent = self.lower(open.block, of)?;
            conditions.push(self.plan.matches(key, parent));
        }
        let outer = self.pending.replace(Pending { variable, inner, relation });
        let lowered = self.lower(open.block, on);
        self.pending = outer;
        conditions.push(lowered?);
        self.plan.block_mut(inner).cut = Some((open.block, relation));
        let on = self.plan.add(Expression::And(conditions), Type::Bool, false);
        self.plan.block_mut(open.block).from.push(Join { relation, left_on: Some(on) });
        Ok(())
    }

    /// Does a condition look at a row that a relation of the variable points to?
    fn follows_relation(&self, id: typed::ExpressionId, variable: VariableId) -> bool {
        let typed = &self.resolver.typed;
        let node = typed.node(id);
        if let typed::Expression::Property { of, .. } = node.expression
            && !matches!(typed.node(of).expression, typed::Expression::Variable(known)
                if known == variable && matches!(typed.variable(known).kind, VariableKind::Row(_)))
            && typed.starts_at(of, variable)
        {
            return true;
        }
        let mut parts = node.expression.parts();
        if let typed::Expression::Query { query, .. } | typed::Expression::InQuery { query, .. } = node.expression {
            parts.extend(typed.expressions_of(query));
        }
        parts.into_iter().any(|part| self.follows_relation(part, variable))
    }

    /// A row count below 0 counts as 0; null too.
    fn row_count(&mut self, rows: typed::ExpressionId) -> Lowered<ExpressionId> {
        let span = self.resolver.typed.node(rows).span;
        let zero = self.resolver.constant(Value::Int(0), Type::Int, span)?;
        let known = self.resolver.add(typed::Expression::Coalesce(vec![rows, zero]), Type::Int, false, span)?;
        let operator = crate::tree::Comparison::Less;
        let below = self.resolver.add(
            typed::Expression::Compare { operator, left: known, right: zero },
            Type::Bool,
            false,
            span,
        )?;
        let clamp = typed::Expression::If { branches: vec![(below, zero)], otherwise: Some(known) };
        let clamped = self.resolver.add(clamp, Type::Int, false, span)?;
        self.lower(BlockId(0), clamped)
    }

    /// Orders the open block, which gets a limit.
    fn limit(&mut self, open: &mut Open) -> Lowered<()> {
        let ties = open.rows.clone();
        let order = self.total_order(open, &ties)?;
        let order = self.own_order(open, order);
        self.plan.block_mut(open.block).order = order;
        Ok(())
    }

    fn bind_let(&mut self, open: &mut Open, variable: VariableId, value: typed::ExpressionId) -> Lowered<()> {
        let lowered = self.lower(open.block, value)?;
        self.bind_value(variable, lowered, open.block);
        if self.resolver.typed.may_have_twins(&open.rows) && self.has_window(value) {
            open.rows.push(variable);
        }
        let mut budget = INLINE_NODES_MAX;
        if self.is_heavy(value, &mut budget) {
            self.cut(open);
        }
        Ok(())
    }

    fn is_heavy(&self, id: typed::ExpressionId, budget: &mut usize) -> bool {
        let node = self.resolver.typed.node(id);
        if matches!(node.expression, typed::Expression::Query { .. } | typed::Expression::Window(_)) || *budget == 0 {
            return true;
        }
        *budget -= 1;
        node.expression.parts().into_iter().any(|part| self.is_heavy(part, budget))
    }

    fn group(
        &mut self,
        open: &mut Open,
        keys: &[(VariableId, typed::ExpressionId)],
        aggregates: &[(VariableId, typed::ExpressionId)],
        single: bool,
    ) -> Lowered<()> {
        let block = open.block;
        let mut outputs = Vec::new();
        for (variable, key) in keys {
            let value = self.lower(block, *key)?;
            self.bind_value(*variable, value, block);
            outputs.push(value);
        }
        let mut computed = Vec::new();
        for (variable, aggregate) in aggregates {
            computed.push((*variable, self.lower(block, *aggregate)?));
        }
        outputs.extend(computed.iter().map(|(_, value)| *value));
        for (variable, value) in computed {
            self.bind_value(variable, value, block);
        }
        let known = self.plan.block_mut(block);
        known.outputs = outputs;
        known.group_keys = Some(if single { 0 } else { keys.len() });
        open.order.clear();
        open.rows = keys.iter().map(|(variable, _)| *variable).collect();
        self.cut(open);
        Ok(())
    }

    /// A relation for a range variable, with the condition that ties a collection to its parent.
    fn source(
        &mut self,
        block: BlockId,
        variable: VariableId,
        source: &Source,
        optional: bool,
    ) -> Lowered<(RelationId, Option<ExpressionId>)> {
        let span = self.resolver.source_spans.get(&variable).copied().unwrap_or_else(|| self.span_of(source));
        match source {
            Source::Entity(entity) => {
                let row = self.guard(*entity, block, optional, span)?;
                if self.resolver.catalogue.entity(*entity).source == catalogue::Source::Signal {
                    self.signals.sources.push(SignalSource { variable, from: Vec::new(), to: Vec::new(), span });
                }
                self.bindings.insert(variable, Binding::Row(row));
                Ok((row.relation, None))
            }
            Source::Collection { of, entity, property } => {
                let parent = self.lower(block, *of)?;
                let row = self.guard(*entity, block, optional, span)?;
                self.bindings.insert(variable, Binding::Row(row));
                let relation = self.column(row, *property, span)?;
                let matching = self.plan.matches(relation, parent);
                Ok((row.relation, Some(matching)))
            }
            Source::Query(query) => {
                let inner = self.inside(*query)?;
                let relation = self.plan.new_relation(RelationKind::Derived(inner), block, optional);
                let columns = self.columns_of(inner, relation);
                self.bind_columns(variable, columns, block);
                Ok((relation, None))
            }
            Source::List(parameter) => {
                let known = self.resolver.typed.parameter(*parameter);
                let (kind, nullable) = (known.kind, known.nullable || optional);
                self.plan.generated.push(Generated::List(*parameter, kind));
                let rows = RelationKind::Generated(self.plan.generated.len() - 1);
                let relation = self.plan.new_relation(rows, block, optional);
                let column = self.plan.add(Expression::Column { relation, index: 0 }, kind, nullable);
                self.bind_columns(variable, vec![column], block);
                Ok((relation, None))
            }
            Source::Generator { function, arguments } => {
                let [from, to] = arguments[..] else { return Err(Failed) };
                self.plan.generated.push(Generated::Between { generator: function, from, to });
                let kind = RelationKind::Generated(self.plan.generated.len() - 1);
                let relation = self.plan.new_relation(kind, block, optional);
                let columns = function.columns.iter().enumerate();
                let columns = columns
                    .map(|(index, (_, kind))| self.plan.add(Expression::Column { relation, index }, *kind, optional));
                let columns = columns.collect();
                self.bindings.insert(variable, Binding::Columns(columns, block));
                Ok((relation, None))
            }
        }
    }

    fn bind_columns(&mut self, variable: VariableId, columns: Vec<ExpressionId>, block: BlockId) {
        let binding = match (&self.resolver.typed.variable(variable).kind, &columns[..]) {
            (VariableKind::Value(_) | VariableKind::Row(_), [only]) => Binding::Value(*only, block),
            _ => Binding::Columns(columns, block),
        };
        self.bindings.insert(variable, binding);
    }

    fn span_of(&self, source: &Source) -> Span {
        match source {
            Source::Collection { of, .. } => self.resolver.typed.node(*of).span,
            Source::Generator { arguments, .. } => {
                arguments.first().map_or(Span::default(), |argument| self.resolver.typed.node(*argument).span)
            }
            Source::Entity(_) | Source::Query(_) | Source::List(_) => Span::default(),
        }
    }
}
