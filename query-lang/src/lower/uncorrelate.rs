//! A permission that looks through one relation at another table, `Current.Project.Manager = CurrentUser`, becomes
//! `Current.Project In (From R In Project Where R.Manager = CurrentUser Select R)`: the inner query is evaluated once
//! and not for every row. It is done only where a missing row would make the condition False anyway.

use super::Lowering;
use crate::catalogue::EntityId;
use crate::tree::Comparison;
use crate::typed::{Column, Expression, ExpressionId, Output, Query, Source, Step, VariableId, VariableKind};
use crate::value::Type;

impl Lowering<'_> {
    pub(crate) fn uncorrelated(&mut self, id: ExpressionId, current: VariableId) -> ExpressionId {
        let node = self.resolver.typed.node(id).clone();
        let rebuilt = match node.expression {
            Expression::And(parts) => Expression::And(self.each_uncorrelated(&parts, current)),
            Expression::Or(parts) => Expression::Or(self.each_uncorrelated(&parts, current)),
            _ => return self.uncorrelated_leaf(id, current).unwrap_or(id),
        };
        self.resolver.add(rebuilt, node.kind, node.nullable, node.span).unwrap_or(id)
    }

    fn each_uncorrelated(&mut self, parts: &[ExpressionId], current: VariableId) -> Vec<ExpressionId> {
        parts.iter().map(|part| self.uncorrelated(*part, current)).collect()
    }

    /// None: the condition uses more of the row than one relation, or may be True without it.
    fn uncorrelated_leaf(&mut self, id: ExpressionId, current: VariableId) -> Option<ExpressionId> {
        let mut relation = None;
        if !self.only_through(id, current, &mut relation) || !self.false_for_null(id) {
            return None;
        }
        let (relation, target) = relation?;
        let span = self.resolver.typed.node(id).span;
        let row = self.resolver.variable("R", VariableKind::Row(target), false);
        let kind = Type::Ref(target);
        let here = self.resolver.add(Expression::Variable(row), kind, false, span).ok()?;
        let condition = self.replaced(id, relation, here)?;
        let steps = vec![Step::From { variable: row, source: Source::Entity(target) }, Step::Where(condition)];
        let column = Column { name: "Id".to_owned(), kind, nullable: false };
        let output = Output { distinct: false, record: false, columns: vec![(column, here)], ties: vec![row] };
        let query = self.resolver.add_query(Query::Pipeline { steps, output });
        self.resolver.add(Expression::InQuery { value: relation, query }, Type::Bool, false, span).ok()
    }

    /// Does every use of `current` go through one and the same relation to a property behind it?
    fn only_through(
        &self,
        id: ExpressionId,
        current: VariableId,
        relation: &mut Option<(ExpressionId, EntityId)>,
    ) -> bool {
        let node = self.resolver.typed.node(id);
        match &node.expression {
            Expression::Variable(variable) => *variable != current,
            Expression::Query { .. }
            | Expression::InQuery { .. }
            | Expression::Window(_)
            | Expression::Aggregate { .. } => false,
            Expression::Property { of, entity, .. } if self.is_relation(*of, current) => match relation {
                Some((known, _)) => self.same_property(*known, *of),
                None => {
                    *relation = Some((*of, *entity));
                    true
                }
            },
            expression => expression.parts().into_iter().all(|part| self.only_through(part, current, relation)),
        }
    }

    /// `Current.Project`
    fn is_relation(&self, id: ExpressionId, current: VariableId) -> bool {
        match self.resolver.typed.node(id).expression {
            Expression::Property { of, .. } => {
                matches!(self.resolver.typed.node(of).expression, Expression::Variable(variable) if variable == current)
            }
            _ => false,
        }
    }

    fn same_property(&self, left: ExpressionId, right: ExpressionId) -> bool {
        match (&self.resolver.typed.node(left).expression, &self.resolver.typed.node(right).expression) {
            (
                Expression::Property { entity: a, property: b, .. },
                Expression::Property { entity: c, property: d, .. },
            ) => a == c && b == d,
            _ => false,
        }
    }

    /// Is the condition False when all that it reads of rows is null?
    fn false_for_null(&self, id: ExpressionId) -> bool {
        let node = self.resolver.typed.node(id);
        match &node.expression {
            Expression::And(parts) => parts.iter().any(|part| self.false_for_null(*part)),
            Expression::Or(parts) => parts.iter().all(|part| self.false_for_null(*part)),
            Expression::Property { .. } => true,
            Expression::Compare { operator: Comparison::Different, .. } => false,
            Expression::Compare { operator: Comparison::Equal, left, right } => {
                let fixed = |value: ExpressionId| {
                    let node = self.resolver.typed.node(value);
                    node.constant && !node.nullable
                };
                let row = |value: ExpressionId| {
                    matches!(self.resolver.typed.node(value).expression, Expression::Property { .. })
                };
                fixed(*left) && row(*right) || fixed(*right) && row(*left)
            }
            Expression::Compare { left, right, .. } => {
                let row = |value: ExpressionId| {
                    matches!(self.resolver.typed.node(value).expression, Expression::Property { .. })
                };
                row(*left) || row(*right)
            }
            _ => false,
        }
    }

    /// The same expression with `relation` replaced by the row that it points to.
    fn replaced(&mut self, id: ExpressionId, relation: ExpressionId, row: ExpressionId) -> Option<ExpressionId> {
        if id == relation || self.same_relation(id, relation) {
            return Some(row);
        }
        let node = self.resolver.typed.node(id).clone();
        if node.constant {
            return Some(id);
        }
        let mut replace = |part: ExpressionId| self.replaced(part, relation, row);
        let expression = match node.expression {
            Expression::And(parts) => Expression::And(each(parts, &mut replace)?),
            Expression::Or(parts) => Expression::Or(each(parts, &mut replace)?),
            Expression::Concatenate(parts) => Expression::Concatenate(each(parts, &mut replace)?),
            Expression::Coalesce(parts) => Expression::Coalesce(each(parts, &mut replace)?),
            Expression::Call { function, arguments } => {
                Expression::Call { function, arguments: each(arguments, &mut replace)? }
            }
            Expression::Not(of) => Expression::Not(replace(of)?),
            Expression::Widen(of) => Expression::Widen(replace(of)?),
            Expression::Property { of, entity, property } => {
                Expression::Property { of: replace(of)?, entity, property }
            }
            Expression::Compare { operator, left, right } => {
                Expression::Compare { operator, left: replace(left)?, right: replace(right)? }
            }
            Expression::InList { value, list } => {
                Expression::InList { value: replace(value)?, list: each(list, &mut replace)? }
            }
            _ => return None,
        };
        self.resolver.add(expression, node.kind, node.nullable, node.span).ok()
    }

    fn same_relation(&self, id: ExpressionId, relation: ExpressionId) -> bool {
        let of = |id: ExpressionId| match self.resolver.typed.node(id).expression {
            Expression::Property { of, .. } => match self.resolver.typed.node(of).expression {
                Expression::Variable(variable) => Some(variable),
                _ => None,
            },
            _ => None,
        };
        of(id).is_some() && of(id) == of(relation) && self.same_property(id, relation)
    }
}

fn each(
    parts: Vec<ExpressionId>,
    replace: &mut impl FnMut(ExpressionId) -> Option<ExpressionId>,
) -> Option<Vec<ExpressionId>> {
    parts.into_iter().map(replace).collect()
}
