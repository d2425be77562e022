use super::{Binding, Lowered, Lowering, Pending};
use crate::catalogue::EntityId;
use crate::diagnostic::{Code, Span};
use crate::plan::{BlockId, Expression, ExpressionId, Guarded, Join};
use crate::resolve::Failed;
use crate::typed::{self, VariableId};

impl Lowering<'_> {
    /// A stored property of the row that `of` points to.
    pub(super) fn property(
        &mut self,
        block: BlockId,
        of: typed::ExpressionId,
        entity: EntityId,
        property: usize,
        span: Span,
    ) -> Lowered<ExpressionId> {
        if self.is_previous(of) {
            return self.previous_property(property, span);
        }
        if let Some(pending) = self.pending_root(of) {
            return self.in_pending(pending, |lowering| lowering.property(pending.inner, of, entity, property, span));
        }
        let row = self.row(block, of, entity, span)?;
        let value = self.column(row, property, span)?;
        let home = self.plan.relation(row.relation).home;
        Ok(self.lift(value, home))
    }

    /// Is this a path from the row that is being left-joined?
    fn pending_root(&self, mut of: typed::ExpressionId) -> Option<Pending> {
        let pending = self.pending?;
        loop {
            match self.resolver.typed.node(of).expression {
                typed::Expression::Property { of: inner, .. } => of = inner,
                typed::Expression::Variable(variable) | typed::Expression::Column { variable, .. } => {
                    return (variable == pending.variable).then_some(pending);
                }
                _ => return None,
            }
        }
    }

    /// Lowers inside of the right side of a left join; the value becomes one of its columns.
    fn in_pending(
        &mut self,
        pending: Pending,
        lower: impl FnOnce(&mut Self) -> Lowered<ExpressionId>,
    ) -> Lowered<ExpressionId> {
        let outer = self.pending.take();
        let value = lower(self);
        self.pending = outer;
        Ok(self.plan.output(pending.relation, pending.inner, value?))
    }

    /// The fold key of a stored text property.
    pub(super) fn fold_key(&mut self, block: BlockId, id: typed::ExpressionId) -> Lowered<Option<ExpressionId>> {
        let node = self.resolver.typed.node(id).clone();
        let typed::Expression::Property { of, entity, property } = node.expression else { return Ok(None) };
        if self.resolver.typed.node(of).constant || self.is_previous(of) {
            return Ok(None);
        }
        if let Some(pending) = self.pending_root(of) {
            let outer = self.pending.take();
            let key = self.fold_key(pending.inner, id);
            self.pending = outer;
            return Ok(key?.map(|key| self.plan.output(pending.relation, pending.inner, key)));
        }
        let row = self.row(block, of, entity, node.span)?;
        let home = self.plan.relation(row.relation).home;
        Ok(self.fold_column(row, property, node.span)?.map(|value| self.lift(value, home)))
    }

    fn row(&mut self, block: BlockId, of: typed::ExpressionId, entity: EntityId, span: Span) -> Lowered<Guarded> {
        let node = self.resolver.typed.node(of).clone();
        if let typed::Expression::Variable(variable) = node.expression
            && let Some(Binding::Row(row)) = self.bindings.get(&variable)
        {
            return Ok(*row);
        }
        let key = self.lower(block, of)?;
        let home = match self.plan.expression(key) {
            Expression::Column { relation, .. } | Expression::Stored { relation, .. } => {
                self.plan.relation(*relation).home
            }
            _ => block,
        };
        self.navigate(home, key, entity, span)
    }

    /// One left join for each block and relation, shared by all who need it.
    fn navigate(&mut self, home: BlockId, key: ExpressionId, entity: EntityId, span: Span) -> Lowered<Guarded> {
        if let Some(known) = self.navigations.get(&(home, key, self.trusted)) {
            return Ok(*known);
        }
        let row = self.guard(entity, home, true, span)?;
        let id = self.id_of(row, span)?;
        let on = self.plan.matches(id, key);
        self.plan.block_mut(home).from.push(Join { relation: row.relation, left_on: Some(on) });
        self.navigations.insert((home, key, self.trusted), row);
        Ok(row)
    }

    /// The row's key.
    pub(crate) fn id_of(&mut self, row: Guarded, span: Span) -> Lowered<ExpressionId> {
        let found = self.resolver.catalogue.entity(row.entity);
        let Some((index, _)) = found.property("Id") else {
            let message = format!("{} has no Id.", found.name);
            return Err(self.resolver.error(Code::Model, span, message));
        };
        self.column(row, index, span)
    }

    /// Value of a variable, as the open block sees it.
    pub(super) fn variable(&mut self, variable: VariableId, span: Span) -> Lowered<ExpressionId> {
        if let Some(pending) = self.pending.filter(|pending| pending.variable == variable) {
            return self.in_pending(pending, |lowering| lowering.variable(variable, span));
        }
        match self.bindings.get(&variable).cloned() {
            Some(Binding::Row(row)) => {
                let id = self.id_of(row, span)?;
                let home = self.plan.relation(row.relation).home;
                Ok(self.lift(id, home))
            }
            Some(Binding::Value(value, home)) => Ok(self.lift(value, home)),
            Some(Binding::Columns(columns, home)) => match columns.first() {
                Some(first) => Ok(self.lift(*first, home)),
                None => Err(self.lost(variable, span)),
            },
            Some(Binding::Previous) => self.previous_id(span),
            None => Err(self.lost(variable, span)),
        }
    }

    pub(super) fn record_column(&mut self, variable: VariableId, index: usize, span: Span) -> Lowered<ExpressionId> {
        if let Some(pending) = self.pending.filter(|pending| pending.variable == variable) {
            return self.in_pending(pending, |lowering| lowering.record_column(variable, index, span));
        }
        match self.bindings.get(&variable).cloned() {
            Some(Binding::Columns(columns, home)) => match columns.get(index) {
                Some(column) => Ok(self.lift(*column, home)),
                None => Err(self.lost(variable, span)),
            },
            _ => Err(self.lost(variable, span)),
        }
    }

    fn lost(&mut self, variable: VariableId, span: Span) -> Failed {
        let name = self.resolver.typed.variable(variable).name.clone();
        self.resolver.error(Code::NotSupported, span, format!("`{name}` cannot be used in this place yet."))
    }
}
