use super::{Binding, Lowered, Lowering};
use crate::catalogue::EntityId;
use crate::diagnostic::Span;
use crate::functions;
use crate::plan::{BlockId, Expression, ExpressionId, FunctionRef, Join, RelationKind};
use crate::resolve::Failed;
use crate::typed::{self, Query, QueryFold, QueryId};
use crate::value::Type;

impl Lowering<'_> {
    /// One value from a sub-query.
    pub(super) fn fold(&mut self, fold: QueryFold, query: QueryId, kind: Type, span: Span) -> Lowered<ExpressionId> {
        match fold {
            QueryFold::Exists => {
                let block = self.inside(query)?;
                if self.plan.block(block).is_plain() {
                    self.plan.block_mut(block).outputs.clear();
                }
                Ok(self.plan.add(Expression::Exists(block), Type::Bool, false))
            }
            QueryFold::Count => {
                let Some(count) = functions::resolve("Count", &[]) else {
                    return self.refused(span, "Count is missing.");
                };
                let (block, _) = self.rows_to_fold(query)?;
                self.folded(block, count.function, Vec::new(), kind)
            }
            QueryFold::Aggregate(function) => {
                let (block, columns) = self.rows_to_fold(query)?;
                self.folded(block, function, columns, kind)
            }
            QueryFold::First => self.first(query, kind, span),
        }
    }

    /// A block with the rows and values, to which an aggregate can be added.
    fn rows_to_fold(&mut self, query: QueryId) -> Lowered<(BlockId, Vec<ExpressionId>)> {
        let block = self.inside(query)?;
        if self.plan.block(block).is_plain() && !self.block_has_window(block) {
            let values = self.plan.block(block).outputs.clone();
            return Ok((block, values));
        }
        Ok(self.wrap(block))
    }

    /// SQL takes an aggregate whose arguments are all from outside for one of the query around it. A look at an own row
    /// keeps it here.
    pub(super) fn pinned(&mut self, block: BlockId, mut arguments: Vec<ExpressionId>) -> Lowered<Vec<ExpressionId>> {
        let outside = |plan: &crate::plan::Plan, id: &ExpressionId| plan.only_from_outside(*id, block);
        if arguments.iter().any(|id| self.plan.depends_on(*id, block))
            || !arguments.iter().any(|id| outside(&self.plan, id))
        {
            return Ok(arguments);
        }
        let own = self.own_column(block)?;
        for argument in &mut arguments {
            if outside(&self.plan, argument) {
                let (kind, nullable) = (self.plan.kind(*argument), self.plan.nullable(*argument));
                let seen = self.plan.add(Expression::IsNull(own), Type::Bool, false);
                let always = self.plan.add(Expression::True, Type::Bool, false);
                let either = self.plan.add(Expression::Or(vec![seen, always]), Type::Bool, false);
                let case = Expression::Case { branches: vec![(either, *argument)], otherwise: None };
                *argument = self.plan.add(case, kind, nullable);
            }
        }
        Ok(arguments)
    }

    /// Any column of a block's first relation.
    fn own_column(&mut self, block: BlockId) -> Lowered<ExpressionId> {
        let Some(relation) = self.plan.block(block).from.first().map(|join| join.relation) else { return Err(Failed) };
        let guarded = self.bindings.values().find_map(|binding| match binding {
            Binding::Row(row) if row.relation == relation => Some(*row),
            _ => None,
        });
        if let Some(row) = guarded {
            return self.id_of(row, Span::default());
        }
        let RelationKind::Derived(inner) = self.plan.relation(relation).kind else {
            return Ok(self.plan.add(Expression::Column { relation, index: 0 }, Type::Int, true));
        };
        // Nobody may have asked the inner SELECT for anything yet.
        let any = match self.plan.block(inner).outputs.first() {
            Some(output) => *output,
            None => self.plan.add(Expression::True, Type::Bool, false),
        };
        Ok(self.plan.output(relation, inner, any))
    }

    fn block_has_window(&self, block: BlockId) -> bool {
        let is_window = |value: &ExpressionId| matches!(self.plan.expression(*value), Expression::Window(_));
        self.plan.block(block).outputs.iter().any(is_window)
    }

    fn folded(
        &mut self,
        block: BlockId,
        function: &'static functions::Function,
        arguments: Vec<ExpressionId>,
        kind: Type,
    ) -> Lowered<ExpressionId> {
        let arguments = self.pinned(block, arguments)?;
        let nulls: Vec<bool> = arguments.iter().map(|argument| self.plan.nullable(*argument)).collect();
        let nullable = function.nullable(&nulls);
        let call = Expression::Call { function: FunctionRef(function), arguments };
        let value = self.plan.add(call, kind, nullable);
        self.plan.block_mut(block).outputs = vec![value];
        Ok(self.plan.add(Expression::Scalar(block), kind, nullable))
    }

    fn first(&mut self, query: QueryId, kind: Type, span: Span) -> Lowered<ExpressionId> {
        let (steps, output) = match self.resolver.typed.query(query).clone() {
            Query::Pipeline { steps, output } if !output.distinct => (steps, output),
            _ => return self.first_of_result(query, kind, span),
        };
        let mut open = self.steps(&steps)?;
        if self.plan.block(open.block).limited() {
            self.cut(&mut open);
        }
        let order = self.total_order(&open, &output.ties)?;
        let order = self.own_order(&mut open, order);
        let values = self.outputs(&mut open, &output)?;
        let one = self.one_row(span)?;
        let block = self.plan.block_mut(open.block);
        block.outputs = values;
        block.order = order;
        block.take = Some(one);
        Ok(self.plan.add(Expression::Scalar(open.block), kind, true))
    }

    /// Of a set operation, or of distinct values: their order is that of a result.
    fn first_of_result(&mut self, query: QueryId, kind: Type, span: Span) -> Lowered<ExpressionId> {
        let block = self.result(query)?;
        let one = self.one_row(span)?;
        self.plan.block_mut(block).take = Some(one);
        Ok(self.plan.add(Expression::Scalar(block), kind, true))
    }

    fn one_row(&mut self, span: Span) -> Lowered<ExpressionId> {
        let one = self.resolver.constant(crate::Value::Int(1), Type::Int, span)?;
        self.lower(BlockId(0), one)
    }

    /// The one-column query after In.
    pub(super) fn set_block(&mut self, query: QueryId, _span: Span) -> Lowered<BlockId> {
        self.inside(query)
    }

    /// A property of a row that is the same for all: `CurrentUser.Department`, `@project.Name`.
    pub(super) fn constant_row(
        &mut self,
        of: typed::ExpressionId,
        entity: EntityId,
        property: usize,
        span: Span,
    ) -> Lowered<ExpressionId> {
        let block = self.plan.new_block();
        let row = self.guard(entity, block, false, span)?;
        self.plan.block_mut(block).from.push(Join { relation: row.relation, left_on: None });
        let key = self.lower(block, of)?;
        let id = self.id_of(row, span)?;
        let matching = self.plan.matches(id, key);
        let value = self.column(row, property, span)?;
        self.plan.block_mut(block).filters.push(matching);
        self.plan.block_mut(block).outputs = vec![value];
        let kind = self.plan.kind(value);
        Ok(self.plan.add(Expression::Scalar(block), kind, true))
    }
}

impl crate::plan::Block {
    /// FROM and WHERE only: an aggregate can be added.
    fn is_plain(&self) -> bool {
        !self.distinct && self.group_keys.is_none() && !self.limited() && self.set.is_none()
    }
}
