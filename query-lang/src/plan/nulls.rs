//! The null pass: the language has two truth values, SQL has three. A filter may leave null for False, because it
//! drops the row either way; there comparisons stay plain, so that indexes serve. Everywhere else null is made False.

use super::{BlockId, Expression, ExpressionId, FunctionRef, Join, OrderKey, Plan, RelationKind, Window};
use crate::tree::Comparison;
use crate::value::Type;
use std::collections::HashMap;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Need {
    /// Null and False are the same here.
    Filter,
    /// True or False.
    Condition,
    /// The value, null as null.
    Value,
}

/// Replaces the language's comparisons in all blocks by SQL's.
pub(crate) fn settle(plan: &mut Plan) {
    let mut pass = Pass { plan, done: HashMap::new() };
    for block in 0..pass.plan.blocks.len() as u32 {
        pass.block(BlockId(block));
    }
}

struct Pass<'p> {
    plan: &'p mut Plan,
    done: HashMap<(ExpressionId, Need), ExpressionId>,
}

impl Pass<'_> {
    fn block(&mut self, id: BlockId) {
        let mut block = std::mem::take(self.plan.block_mut(id));
        for filter in &mut block.filters {
            *filter = self.settle(*filter, Need::Filter);
        }
        for join in &mut block.from {
            join.left_on = join.left_on.map(|on| self.settle(on, Need::Filter));
        }
        for output in &mut block.outputs {
            *output = self.settle(*output, Need::Value);
        }
        self.order(&mut block.order);
        *self.plan.block_mut(id) = block;
    }

    fn order(&mut self, keys: &mut [OrderKey]) {
        for key in keys {
            key.value = self.settle(key.value, Need::Value);
        }
    }

    fn settle(&mut self, id: ExpressionId, need: Need) -> ExpressionId {
        if let Some(done) = self.done.get(&(id, need)) {
            return *done;
        }
        let settled = self.settled(id, need);
        self.done.insert((id, need), settled);
        settled
    }

    fn all(&mut self, ids: &[ExpressionId], need: Need) -> Vec<ExpressionId> {
        ids.iter().map(|id| self.settle(*id, need)).collect()
    }

    fn settled(&mut self, id: ExpressionId, need: Need) -> ExpressionId {
        let (kind, nullable) = (self.plan.kind(id), self.plan.nullable(id));
        let expression = match self.plan.expression(id).clone() {
            Expression::Compare { operator, left, right } => return self.comparison(operator, left, right, need),
            Expression::Not(of) => Expression::Not(self.settle(of, Need::Condition)),
            Expression::And(parts) => Expression::And(self.all(&parts, need.of_parts())),
            Expression::Or(parts) => Expression::Or(self.all(&parts, need.of_parts())),
            Expression::InList { value, list } => return self.in_list(value, &list, need),
            Expression::InBlock { value, block } => return self.in_block(value, block, need),
            Expression::Concatenate(parts) => Expression::Concatenate(self.all(&parts, Need::Value)),
            Expression::Coalesce(parts) => Expression::Coalesce(self.all(&parts, Need::Value)),
            Expression::Case { branches, otherwise } => {
                let settle = |(condition, value): &(ExpressionId, ExpressionId)| {
                    (self.settle(*condition, Need::Filter), self.settle(*value, Need::Value))
                };
                let branches = branches.iter().map(settle).collect();
                Expression::Case { branches, otherwise: otherwise.map(|value| self.settle(value, Need::Value)) }
            }
            Expression::Call { function, arguments } => self.call(function, &arguments),
            Expression::Window(window) => Expression::Window(self.window(window)),
            leaf => leaf,
        };
        let settled = self.plan.add(expression, kind, nullable);
        if need == Need::Condition && nullable && kind == Type::Bool { self.or_false(settled) } else { settled }
    }

    fn call(&mut self, function: FunctionRef, arguments: &[ExpressionId]) -> Expression {
        Expression::Call { function, arguments: self.all(arguments, Need::Value) }
    }

    fn window(&mut self, mut window: Window) -> Window {
        window.arguments = self.all(&window.arguments, Need::Value);
        window.partition = self.all(&window.partition, Need::Value);
        self.order(&mut window.order);
        window
    }

    fn or_false(&mut self, value: ExpressionId) -> ExpressionId {
        let no = self.plan.add(Expression::False, Type::Bool, false);
        self.plan.add(Expression::Coalesce(vec![value, no]), Type::Bool, false)
    }

    fn plain(&mut self, operator: Comparison, left: ExpressionId, right: ExpressionId) -> ExpressionId {
        let nullable = self.plan.nullable(left) || self.plan.nullable(right);
        self.plan.add(Expression::Plain { operator, left, right }, Type::Bool, nullable)
    }

    fn is_null(&mut self, value: ExpressionId) -> ExpressionId {
        self.plan.add(Expression::IsNull(value), Type::Bool, false)
    }

    fn comparison(
        &mut self,
        operator: Comparison,
        left: ExpressionId,
        right: ExpressionId,
        need: Need,
    ) -> ExpressionId {
        let is_null = |plan: &Plan, id| matches!(plan.expression(id), Expression::Null(_));
        let null = match (is_null(self.plan, left), is_null(self.plan, right)) {
            (true, _) => Some(right),
            (_, true) => Some(left),
            _ => None,
        };
        let (left, right) = (self.settle(left, Need::Value), self.settle(right, Need::Value));
        let both = self.plan.nullable(left) && self.plan.nullable(right);
        let either = self.plan.nullable(left) || self.plan.nullable(right);
        match (operator, null) {
            (Comparison::Equal, Some(value)) => {
                let value = self.settle(value, Need::Value);
                self.is_null(value)
            }
            (Comparison::Different, Some(value)) => {
                let value = self.settle(value, Need::Value);
                let null = self.is_null(value);
                self.plan.add(Expression::Not(null), Type::Bool, false)
            }
            (Comparison::Equal, None) if !either || need == Need::Filter && !both => self.plain(operator, left, right),
            (Comparison::Equal, None) if need == Need::Filter => {
                let same = self.plain(operator, left, right);
                let nulls = vec![self.is_null(left), self.is_null(right)];
                let missing = self.plan.add(Expression::And(nulls), Type::Bool, false);
                self.plan.add(Expression::Or(vec![same, missing]), Type::Bool, true)
            }
            (Comparison::Different, None) if !either => self.plain(operator, left, right),
            (Comparison::Equal | Comparison::Different, None) => {
                let negated = operator == Comparison::Different;
                self.plan.add(Expression::Same { left, right, negated }, Type::Bool, false)
            }
            _ => {
                let plain = self.plain(operator, left, right);
                if either && need != Need::Filter { self.or_false(plain) } else { plain }
            }
        }
    }

    /// SQL's IN over the values that are not null, and IS NULL for those that are.
    fn in_list(&mut self, value: ExpressionId, list: &[ExpressionId], need: Need) -> ExpressionId {
        let value = self.settle(value, Need::Value);
        let (mut plain, mut others) = (Vec::new(), Vec::new());
        let mut has_null = false;
        for element in list {
            let element = self.settle(*element, Need::Value);
            match self.plan.expression(element) {
                Expression::Null(_) => has_null = true,
                _ if self.plan.nullable(element) => others.push(element),
                _ => plain.push(element),
            }
        }
        let mut parts = Vec::new();
        if !plain.is_empty() {
            let nullable = self.plan.nullable(value);
            let inside = self.plan.add(Expression::InList { value, list: plain }, Type::Bool, nullable);
            parts.push(if nullable && need != Need::Filter { self.or_false(inside) } else { inside });
        }
        for other in others {
            parts.push(self.plan.add(
                Expression::Same { left: value, right: other, negated: false },
                Type::Bool,
                false,
            ));
        }
        if has_null {
            parts.push(self.is_null(value));
        }
        self.any(parts)
    }

    fn any(&mut self, parts: Vec<ExpressionId>) -> ExpressionId {
        match parts[..] {
            [] => self.plan.add(Expression::False, Type::Bool, false),
            [only] => only,
            _ => self.plan.add(Expression::Or(parts), Type::Bool, true),
        }
    }

    /// A null among the query's values equals a null on the left, and nothing else.
    fn in_block(&mut self, value: ExpressionId, block: BlockId, need: Need) -> ExpressionId {
        let value = self.settle(value, Need::Value);
        let nulls_inside = self.nulls_inside(block);
        let nullable = self.plan.nullable(value);
        let inside = self.plan.add(Expression::InBlock { value, block }, Type::Bool, nullable || nulls_inside);
        let found = if (nullable || nulls_inside) && need != Need::Filter { self.or_false(inside) } else { inside };
        if !(nullable && nulls_inside) {
            return found;
        }
        let both_null = vec![self.is_null(value), self.holds_null(block)];
        let both_null = self.plan.add(Expression::And(both_null), Type::Bool, false);
        self.plan.add(Expression::Or(vec![found, both_null]), Type::Bool, need == Need::Filter)
    }

    /// Can the one column of a block be null?
    fn nulls_inside(&self, block: BlockId) -> bool {
        match self.plan.block(block).set {
            Some((_, left, right)) => self.nulls_inside(left) || self.nulls_inside(right),
            None => self.plan.block(block).outputs.first().is_some_and(|column| self.plan.nullable(*column)),
        }
    }

    /// `EXISTS (SELECT 1 FROM (block) WHERE c0 IS NULL)`.
    fn holds_null(&mut self, block: BlockId) -> ExpressionId {
        let kind = self.plan.block(block).outputs.first().map_or(Type::Bool, |column| self.plan.kind(*column));
        let outer = self.plan.new_block();
        let relation = self.plan.new_relation(RelationKind::Derived(block), outer, false);
        let column = self.plan.add(Expression::Column { relation, index: 0 }, kind, true);
        let missing = self.is_null(column);
        let known = self.plan.block_mut(outer);
        known.from.push(Join { relation, left_on: None });
        known.filters.push(missing);
        self.plan.add(Expression::Exists(outer), Type::Bool, false)
    }
}

impl Need {
    fn of_parts(self) -> Need {
        if self == Need::Filter { Need::Filter } else { Need::Condition }
    }
}
