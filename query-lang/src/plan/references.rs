//! What an expression reads that does not stand inside of it.

use super::{BlockId, Expression, ExpressionId, Plan, RelationId, RelationKind};
use std::collections::HashSet;

impl Plan {
    /// Does the value depend on a row of this block's own FROM?
    pub(crate) fn depends_on(&self, id: ExpressionId, block: BlockId) -> bool {
        self.relations_of(id).iter().any(|relation| self.relation(*relation).home == block)
    }

    /// Does the value depend on rows, and all of them are of queries around this block?
    pub(crate) fn only_from_outside(&self, id: ExpressionId, block: BlockId) -> bool {
        let relations = self.relations_of(id);
        !relations.is_empty() && relations.iter().all(|relation| self.relation(*relation).home != block)
    }

    /// Does the value depend on a row of a query around this block?
    pub(crate) fn reaches_outside(&self, id: ExpressionId, block: BlockId) -> bool {
        self.relations_of(id).iter().any(|relation| self.relation(*relation).home != block)
    }

    fn relations_of(&self, id: ExpressionId) -> HashSet<RelationId> {
        let mut found = References { plan: self, relations: HashSet::new(), blocks: HashSet::new() };
        found.expression(id);
        let References { mut relations, blocks, .. } = found;
        relations.retain(|relation| !blocks.contains(&self.relation(*relation).home));
        relations
    }
}

struct References<'p> {
    plan: &'p Plan,
    relations: HashSet<RelationId>,
    /// Blocks inside of the expression: their relations are its own.
    blocks: HashSet<BlockId>,
}

impl References<'_> {
    fn expression(&mut self, id: ExpressionId) {
        match self.plan.expression(id) {
            Expression::Stored { relation, .. } | Expression::Column { relation, .. } => {
                self.relations.insert(*relation);
            }
            Expression::Scalar(block) | Expression::Exists(block) => self.block(*block),
            Expression::InBlock { value, block } => {
                self.expression(*value);
                self.block(*block);
            }
            expression => {
                for part in expression.parts() {
                    self.expression(part);
                }
            }
        }
    }

    fn block(&mut self, id: BlockId) {
        if !self.blocks.insert(id) {
            return;
        }
        let plan = self.plan;
        let block = plan.block(id);
        for join in &block.from {
            if let RelationKind::Derived(inner) = plan.relation(join.relation).kind {
                self.block(inner);
            }
            join.left_on.into_iter().for_each(|on| self.expression(on));
        }
        for value in block.outputs.iter().chain(&block.filters) {
            self.expression(*value);
        }
        for key in &block.order {
            self.expression(key.value);
        }
        if let Some((_, left, right)) = block.set {
            self.block(left);
            self.block(right);
        }
    }
}

impl Expression {
    /// The expressions that this one is directly made of; not those inside of its block.
    fn parts(&self) -> Vec<ExpressionId> {
        match self {
            Expression::Bind(_)
            | Expression::True
            | Expression::False
            | Expression::Null(_)
            | Expression::Stored { .. }
            | Expression::Column { .. }
            | Expression::Scalar(_)
            | Expression::Exists(_) => Vec::new(),
            Expression::Not(of) | Expression::IsNull(of) | Expression::InBlock { value: of, .. } => vec![*of],
            Expression::And(parts)
            | Expression::Or(parts)
            | Expression::Concatenate(parts)
            | Expression::Coalesce(parts)
            | Expression::Call { arguments: parts, .. } => parts.clone(),
            Expression::Compare { left, right, .. }
            | Expression::Plain { left, right, .. }
            | Expression::Same { left, right, .. } => vec![*left, *right],
            Expression::InList { value, list } => std::iter::once(*value).chain(list.iter().copied()).collect(),
            Expression::Case { branches, otherwise } => {
                branches.iter().flat_map(|(condition, value)| [*condition, *value]).chain(*otherwise).collect()
            }
            Expression::Window(window) => {
                let order = window.order.iter().map(|key| key.value);
                window.arguments.iter().chain(&window.partition).copied().chain(order).collect()
            }
        }
    }
}
