//! `Previous` in a rule: the row before the write. The values come from whoever writes, as bound rows beside the subject's.

use super::{Binding, Lowered, Lowering};
use crate::catalogue::PropertyKind;
use crate::diagnostic::Span;
use crate::plan::{Expression, ExpressionId, Generated, Join, RelationId, RelationKind};
use crate::resolve::Failed;
use crate::typed;

impl Lowering<'_> {
    pub(super) fn is_previous(&self, of: typed::ExpressionId) -> bool {
        match self.resolver.typed.node(of).expression {
            typed::Expression::Variable(variable) => matches!(self.bindings.get(&variable), Some(Binding::Previous)),
            _ => false,
        }
    }

    pub(super) fn previous_id(&mut self, span: Span) -> Lowered<ExpressionId> {
        let (subject, _) = self.subject_of_rules.ok_or(Failed)?;
        let id = self.resolver.catalogue.entity(subject.entity).property("Id").map(|(index, _)| index);
        self.previous_property(id.ok_or(Failed)?, span)
    }

    /// Null where there was no row.
    pub(super) fn previous_property(&mut self, property: usize, span: Span) -> Lowered<ExpressionId> {
        let relation = match self.previous {
            Some(relation) => relation,
            None => self.join_previous(span)?,
        };
        self.previous_column(relation, property)
    }

    fn previous_column(&mut self, relation: RelationId, property: usize) -> Lowered<ExpressionId> {
        let (subject, _) = self.subject_of_rules.ok_or(Failed)?;
        let found = &self.resolver.catalogue.entity(subject.entity).properties[property];
        let PropertyKind::Stored { kind, .. } = found.kind else { return Err(Failed) };
        let known = self.plan.previous.iter().position(|(known, _)| *known == property);
        let index = known.unwrap_or_else(|| {
            self.plan.previous.push((property, kind));
            self.plan.previous.len() - 1
        });
        Ok(self.plan.add(Expression::Column { relation, index }, kind, true))
    }

    fn join_previous(&mut self, span: Span) -> Lowered<RelationId> {
        let (subject, block) = self.subject_of_rules.ok_or(Failed)?;
        self.plan.generated.push(Generated::Previous);
        let rows = RelationKind::Generated(self.plan.generated.len() - 1);
        let relation = self.plan.new_relation(rows, block, true);
        self.previous = Some(relation);
        let id = self.previous_id(span)?;
        let own = self.id_of(subject, span)?;
        let on = self.plan.matches(id, own);
        self.plan.block_mut(block).from.push(Join { relation, left_on: Some(on) });
        Ok(relation)
    }
}
