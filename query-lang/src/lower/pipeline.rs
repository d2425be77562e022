//! Queries: clauses in order become one SELECT, or several inside each other.

use super::steps::Open;
use super::{Binding, Lowered, Lowering};
use crate::functions;
use crate::plan::{BlockId, Expression, ExpressionId, FunctionRef, Join, OrderKey, RelationId, RelationKind};
use crate::resolve::Failed;
use crate::tree::SetOperator;
use crate::typed::{Output, Query, QueryId};
use crate::value::Type;

impl Lowering<'_> {
    /// A query whose rows are shown: totally ordered.
    pub(crate) fn result(&mut self, query: QueryId) -> Lowered<BlockId> {
        match self.resolver.typed.query(query).clone() {
            Query::Pipeline { steps, output } => {
                let mut open = self.steps(&steps)?;
                self.finish(&mut open, &output)
            }
            Query::Set { operator, left, right, .. } => {
                let block = self.set(operator, left, right)?;
                let (outer, columns) = self.wrap(block);
                let order = columns.iter().map(|value| OrderKey { value: *value, descending: false }).collect();
                self.plan.block_mut(outer).outputs = columns;
                self.plan.block_mut(outer).order = order;
                Ok(outer)
            }
        }
    }

    fn finish(&mut self, open: &mut Open, output: &Output) -> Lowered<BlockId> {
        if output.distinct {
            return self.distinct(open, output);
        }
        let values = self.outputs(open, output)?;
        let block = open.block;
        self.plan.block_mut(block).outputs = values;
        if !self.plan.block(block).limited() {
            let order = self.total_order(open, &output.ties)?;
            self.plan.block_mut(block).order = order;
        }
        Ok(block)
    }

    /// Ordered by what was asked for, then by all columns.
    fn distinct(&mut self, open: &mut Open, output: &Output) -> Lowered<BlockId> {
        if self.plan.block(open.block).limited() {
            self.cut(open);
        }
        let values = self.outputs(open, output)?;
        let written = self.distinct_order(open, &values)?;
        self.plan.block_mut(open.block).outputs = values;
        self.plan.block_mut(open.block).distinct = true;
        let (outer, columns) = self.wrap(open.block);
        let mut order = Vec::new();
        for (index, key) in written {
            if key.folded {
                let value = self.folded_text(columns[index])?;
                order.push(OrderKey { value, descending: key.descending });
            }
            order.push(OrderKey { value: columns[index], descending: key.descending });
        }
        for value in &columns {
            if !order.iter().any(|key| key.value == *value) {
                order.push(OrderKey { value: *value, descending: false });
            }
        }
        self.plan.block_mut(outer).outputs = columns;
        self.plan.block_mut(outer).order = order;
        Ok(outer)
    }

    /// `Fold(x)`, where the stored fold key is out of reach.
    pub(super) fn folded_text(&mut self, text: ExpressionId) -> Lowered<ExpressionId> {
        let Some(fold) = functions::resolve("Fold", &[Some(Type::Text)]) else { return Err(Failed) };
        let nullable = self.plan.nullable(text);
        let call = Expression::Call { function: FunctionRef(fold.function), arguments: vec![text] };
        Ok(self.plan.add(call, Type::Text, nullable))
    }

    /// Positions of the order keys among the selected columns.
    fn distinct_order(
        &mut self,
        open: &Open,
        values: &[ExpressionId],
    ) -> Lowered<Vec<(usize, crate::typed::OrderKey)>> {
        let mut positions = Vec::new();
        for key in open.order.clone() {
            let value = self.lower(open.block, key.value)?;
            match values.iter().position(|known| *known == value) {
                Some(index) => positions.push((index, key)),
                None => {
                    let span = self.resolver.typed.node(key.value).span;
                    return self.refused(span, "After Distinct only selected values can be ordered by; select it too.");
                }
            }
        }
        Ok(positions)
    }

    pub(super) fn outputs(&mut self, open: &mut Open, output: &Output) -> Lowered<Vec<ExpressionId>> {
        let windows = output.columns.iter().any(|(_, value)| self.has_window(*value));
        if windows && self.plan.block(open.block).limited() {
            self.cut(open);
        }
        let values: Vec<_> = output.columns.iter().map(|(_, value)| *value).collect();
        self.lower_all(open.block, &values)
    }

    /// A query inside another one: its order matters only where it has a limit.
    pub(super) fn inside(&mut self, query: QueryId) -> Lowered<BlockId> {
        match self.resolver.typed.query(query).clone() {
            Query::Pipeline { steps, output } => {
                let mut open = self.steps(&steps)?;
                if output.distinct && self.plan.block(open.block).limited() {
                    self.cut(&mut open);
                }
                let values = self.outputs(&mut open, &output)?;
                let block = self.plan.block_mut(open.block);
                block.outputs = values;
                block.distinct = output.distinct;
                Ok(open.block)
            }
            Query::Set { operator, left, right, .. } => self.set(operator, left, right),
        }
    }

    fn set(&mut self, operator: SetOperator, left: QueryId, right: QueryId) -> Lowered<BlockId> {
        let sides = [self.set_side(left)?, self.set_side(right)?];
        let block = self.plan.new_block();
        let outputs = self.plan.block(sides[0]).outputs.clone();
        self.plan.block_mut(block).set = Some((operator, sides[0], sides[1]));
        let others = self.plan.block(sides[1]).outputs.clone();
        let typed = outputs.iter().zip(others).map(|(left, right)| {
            let nullable = self.plan.nullable(*left) || self.plan.nullable(right);
            (self.plan.kind(*left), nullable)
        });
        let typed: Vec<_> = typed.collect();
        self.set_types.insert(block, typed);
        Ok(block)
    }

    /// A side with an order and a limit, or that is a set itself, stands in a SELECT of its own.
    fn set_side(&mut self, query: QueryId) -> Lowered<BlockId> {
        let block = self.inside(query)?;
        let known = self.plan.block(block);
        if !known.limited() && known.set.is_none() {
            return Ok(block);
        }
        let (outer, columns) = self.wrap(block);
        self.plan.block_mut(outer).outputs = columns;
        Ok(outer)
    }

    /// `SELECT c0, c1 .. FROM (block)`: gives the new block and its view of the columns.
    pub(super) fn wrap(&mut self, block: BlockId) -> (BlockId, Vec<ExpressionId>) {
        let outer = self.plan.new_block();
        let relation = self.plan.new_relation(RelationKind::Derived(block), outer, false);
        self.plan.block_mut(outer).from.push(Join { relation, left_on: None });
        let columns = self.columns_of(block, relation);
        (outer, columns)
    }

    /// The columns of a derived relation.
    pub(super) fn columns_of(&mut self, block: BlockId, relation: RelationId) -> Vec<ExpressionId> {
        let types = match self.set_types.get(&block) {
            Some(types) => types.clone(),
            None => {
                let outputs = &self.plan.block(block).outputs;
                outputs.iter().map(|value| (self.plan.kind(*value), self.plan.nullable(*value))).collect()
            }
        };
        let optional = self.plan.relation(relation).optional;
        let columns = types.into_iter().enumerate().map(|(index, (kind, nullable))| {
            self.plan.add(Expression::Column { relation, index }, kind, nullable || optional)
        });
        columns.collect()
    }

    /// The keys of Order By and what breaks their ties. A constant orders nothing, and SQLite reads some as a position.
    pub(super) fn total_order(&mut self, open: &Open, ties: &[crate::typed::VariableId]) -> Lowered<Vec<OrderKey>> {
        let written = open.order.iter().filter(|key| !self.resolver.typed.node(key.value).constant);
        let mut order = self.order(open.block, &written.copied().collect::<Vec<_>>())?;
        for key in self.ties(ties)? {
            if !order.iter().any(|known| known.value == key.value) {
                order.push(key);
            }
        }
        Ok(order)
    }

    /// In SQLite no ORDER BY of a sub-query may name what is around it. A key that is the same for all rows of the block
    /// is left out; one that mixes both becomes a column first.
    pub(super) fn own_order(&mut self, open: &mut Open, mut order: Vec<OrderKey>) -> Vec<OrderKey> {
        let inner = open.block;
        order.retain(|key| self.is_column_of(key.value, inner) || self.plan.depends_on(key.value, inner));
        let mixed = |plan: &crate::plan::Plan, key: &OrderKey| plan.reaches_outside(key.value, inner);
        if order.iter().any(|key| !self.is_column_of(key.value, inner) && mixed(&self.plan, key)) {
            self.cut(open);
            for key in &mut order {
                key.value = self.lift(key.value, inner);
            }
        }
        order
    }

    fn is_column_of(&self, value: ExpressionId, block: BlockId) -> bool {
        match self.plan.expression(value) {
            Expression::Column { relation, .. } | Expression::Stored { relation, .. } => {
                self.plan.relation(*relation).home == block
            }
            _ => false,
        }
    }

    /// Closes a block: what was computed in it is a column from now on.
    pub(super) fn cut(&mut self, open: &mut Open) {
        let outer = self.plan.new_block();
        let relation = self.plan.new_relation(RelationKind::Derived(open.block), outer, false);
        self.plan.block_mut(outer).from.push(Join { relation, left_on: None });
        self.plan.block_mut(open.block).cut = Some((outer, relation));
        open.block = outer;
    }

    pub(super) fn has_window(&self, id: crate::typed::ExpressionId) -> bool {
        self.resolver.typed.has_window(id)
    }

    pub(super) fn bind_value(&mut self, variable: crate::typed::VariableId, value: ExpressionId, block: BlockId) {
        self.bindings.insert(variable, Binding::Value(value, block));
    }
}
