//! The guard makes every table reference of a plan: nobody else can. What a person's query reads is wrapped with the
//! entity's read permission and without deleted rows; a column with a permission of its own reads as null where that
//! is false. What permissions and rules themselves read is not guarded again.

use super::{Expression, ExpressionId, Join, RelationId, RelationKind};
use crate::catalogue::{EntityId, Identifier, PropertyKind, Source};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::limits;
use crate::lower::{Binding, Lowered, Lowering};
use crate::resolve::{Context, Failed};
use crate::typed::{self, VariableId};
use crate::value::Type;
use crate::{RowSource, Target};

/// A table of the tenant or of the owner's signals. The constructor is private to the guard.
#[derive(Debug)]
pub(crate) struct Scan {
    table: ScannedTable,
    name: Identifier,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScannedTable {
    Tenant,
    History,
    Signal,
}

impl Scan {
    pub(crate) fn table(&self) -> ScannedTable {
        self.table
    }

    pub(crate) fn name(&self) -> &Identifier {
        &self.name
    }
}

/// A column that exists in a scanned table.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum TableColumn {
    Catalogue(Identifier),
    /// The head's number of the row's last change; of a former version, its first one.
    Seq,
    Deleted,
}

/// A row variable's table: the scan, and the derived relation around it where it is guarded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Guarded {
    pub(crate) entity: EntityId,
    /// What the query sees.
    pub(crate) relation: RelationId,
    /// The table itself; the same as `relation` for the subject of a condition.
    scan: RelationId,
    /// `Current` of the entity's conditions, for column masks.
    current: Option<VariableId>,
}

impl Lowering<'_> {
    /// A guarded table in a block's FROM; the caller joins it.
    pub(crate) fn guard(
        &mut self,
        entity: EntityId,
        home: super::BlockId,
        optional: bool,
        span: Span,
    ) -> Lowered<Guarded> {
        self.count_scan(span)?;
        let found = self.resolver.catalogue.entity(entity);
        let (name, source, trusted) = (found.table.clone(), found.source, self.trusted);
        if source == Source::Signal {
            self.signals_allowed(span)?;
        }
        let inner = self.plan.new_block();
        let relation = self.plan.new_relation(RelationKind::Derived(inner), home, optional);
        let table = if source == Source::Signal { ScannedTable::Signal } else { ScannedTable::Tenant };
        let scan = self.plan.new_relation(RelationKind::Scan(Scan { table, name }), inner, false);
        self.plan.block_mut(inner).from.push(Join { relation: scan, left_on: None });
        let mut guarded = Guarded { entity, relation, scan, current: None };
        if source == Source::Tenant {
            let deleted =
                self.plan.add(Expression::Stored { relation: scan, column: TableColumn::Deleted }, Type::Bool, false);
            let alive = self.plan.add(Expression::Not(deleted), Type::Bool, false);
            self.plan.block_mut(inner).filters.push(alive);
            if !trusted {
                guarded.current = Some(self.permit(guarded, inner, span)?);
            }
        }
        Ok(guarded)
    }

    /// The subject of a write transaction's conditions: the bare table, tombstones included.
    pub(crate) fn subject(&mut self, entity: EntityId, source: RowSource, home: super::BlockId) -> Guarded {
        let name = self.resolver.catalogue.entity(entity).table.clone();
        let (table, name) = match source {
            RowSource::Current => (ScannedTable::Tenant, Some(name)),
            RowSource::History => (ScannedTable::History, Identifier::new(&format!("{name}_history"))),
        };
        let name = name.unwrap_or_else(|| self.resolver.catalogue.entity(entity).table.clone());
        let scan = self.plan.new_relation(RelationKind::Scan(Scan { table, name }), home, false);
        self.plan.block_mut(home).from.push(Join { relation: scan, left_on: None });
        Guarded { entity, relation: scan, scan, current: None }
    }

    pub(crate) fn seq_of(&mut self, subject: Guarded) -> ExpressionId {
        self.plan.add(Expression::Stored { relation: subject.scan, column: TableColumn::Seq }, Type::Int, false)
    }

    fn count_scan(&mut self, span: Span) -> Lowered<()> {
        self.scans += 1;
        if self.scans > limits::SCANS_TOTAL_MAX {
            let message = format!("The query reads more than {} tables.", limits::SCANS_TOTAL_MAX);
            return Err(self.resolver.error(Code::Limit, span, message));
        }
        Ok(())
    }

    fn signals_allowed(&mut self, span: Span) -> Lowered<()> {
        if matches!(self.target, Target::Postgres(_)) {
            let message = "Signals are private; this part of the query can only run on your own computer.";
            return Err(self.resolver.error(Code::Signals, span, message));
        }
        if self.trusted {
            return Err(self.resolver.error(Code::Signals, span, "Signals are private; no rule can ask them."));
        }
        Ok(())
    }

    /// Puts the read permission into the scan's own SELECT.
    fn permit(&mut self, guarded: Guarded, inner: super::BlockId, span: Span) -> Lowered<VariableId> {
        let texts = self.resolver.catalogue.entity(guarded.entity).permissions.read.clone();
        let current = self.current_of(guarded);
        self.bindings.insert(current, Binding::Row(Guarded { relation: guarded.scan, ..guarded }));
        if texts.iter().any(|text| text.trim().eq_ignore_ascii_case("true")) {
            return Ok(current);
        }
        let filter = self.any_of(&texts, guarded.entity, current, inner, Context::Permission, span)?;
        self.plan.block_mut(inner).filters.push(filter);
        Ok(current)
    }

    /// One variable stands for `Current` in all conditions of a scan.
    fn current_of(&mut self, guarded: Guarded) -> VariableId {
        self.resolver.variable("Current", crate::typed::VariableKind::Row(guarded.entity), false)
    }

    /// Several texts joined with Or, over unguarded tables; none at all: nobody.
    pub(crate) fn any_of(
        &mut self,
        texts: &[String],
        entity: EntityId,
        current: VariableId,
        block: super::BlockId,
        context: Context,
        span: Span,
    ) -> Lowered<ExpressionId> {
        let mut parts = Vec::new();
        for text in texts {
            let value = self.resolved(text, entity, current, context, span)?;
            match &self.resolver.typed.node(value).expression {
                typed::Expression::Or(alternatives) => parts.extend(alternatives),
                _ => parts.push(value),
            }
        }
        let outer = std::mem::replace(&mut self.trusted, true);
        let lowered = self.any(block, &parts);
        self.trusted = outer;
        lowered
    }

    /// One condition text over `Current`, over unguarded tables.
    pub(crate) fn condition(
        &mut self,
        text: &str,
        entity: EntityId,
        current: VariableId,
        block: super::BlockId,
        context: Context,
        span: Span,
    ) -> Lowered<ExpressionId> {
        let value = self.resolved(text, entity, current, context, span)?;
        let outer = std::mem::replace(&mut self.trusted, true);
        let lowered = self.lower(block, value);
        self.trusted = outer;
        lowered
    }

    /// A condition text whose `Current` is bound.
    fn resolved(
        &mut self,
        text: &str,
        entity: EntityId,
        current: VariableId,
        context: Context,
        span: Span,
    ) -> Lowered<typed::ExpressionId> {
        let before = self.resolver.diagnostics.len();
        let Ok((variable, value)) = self.resolver.condition(text, entity, context, Type::Bool) else {
            self.blame_model(before, entity, span);
            return Err(Failed);
        };
        let subject = self.bindings.get(&current).cloned().ok_or(Failed)?;
        self.bindings.insert(variable, subject);
        Ok(self.uncorrelated(value, variable))
    }

    /// A validation rule of the subject, over unguarded tables.
    pub(crate) fn rule(&mut self, text: &str, current: VariableId, block: super::BlockId) -> Lowered<ExpressionId> {
        let (subject, _) = self.subject_of_rules.ok_or(Failed)?;
        let before = self.resolver.diagnostics.len();
        let Ok((variable, previous, value)) = self.resolver.rule(text, subject.entity, Type::Bool) else {
            self.blame_model(before, subject.entity, Span::default());
            return Err(Failed);
        };
        let row = self.bindings.get(&current).cloned().ok_or(Failed)?;
        self.bindings.insert(variable, row);
        self.bindings.insert(previous, Binding::Previous);
        let value = self.uncorrelated(value, variable);
        let outer = std::mem::replace(&mut self.trusted, true);
        let lowered = self.lower(block, value);
        self.trusted = outer;
        lowered
    }

    /// What went wrong in a text of the model is told at the place in the person's text that needs it.
    fn blame_model(&mut self, before: usize, entity: EntityId, span: Span) {
        let name = &self.resolver.catalogue.entity(entity).name;
        for diagnostic in &mut self.resolver.diagnostics[before..] {
            let place = if self.whole { diagnostic.span } else { span };
            let reason = format!("A condition of {name} in the model does not compile: {}", diagnostic.message);
            *diagnostic = Diagnostic::error(Code::Model, place, reason);
        }
    }

    /// A stored property as the query sees it.
    pub(crate) fn column(&mut self, guarded: Guarded, property: usize, span: Span) -> Lowered<ExpressionId> {
        let found = &self.resolver.catalogue.entity(guarded.entity).properties[property];
        let PropertyKind::Stored { column, kind, nullable, .. } = found.kind.clone() else { return Err(Failed) };
        let read = found.read.clone();
        let stored = self.plan.add(
            Expression::Stored { relation: guarded.scan, column: TableColumn::Catalogue(column) },
            kind,
            nullable,
        );
        self.masked(guarded, stored, kind, read, span)
    }

    /// The fold key of a stored text. None: it has none.
    pub(crate) fn fold_column(
        &mut self,
        guarded: Guarded,
        property: usize,
        span: Span,
    ) -> Lowered<Option<ExpressionId>> {
        let found = &self.resolver.catalogue.entity(guarded.entity).properties[property];
        let PropertyKind::Stored { fold: Some(column), nullable, .. } = found.kind.clone() else { return Ok(None) };
        let read = found.read.clone();
        let stored = self.plan.add(
            Expression::Stored { relation: guarded.scan, column: TableColumn::Catalogue(column) },
            Type::Text,
            nullable,
        );
        self.masked(guarded, stored, Type::Text, read, span).map(Some)
    }

    fn masked(
        &mut self,
        guarded: Guarded,
        stored: ExpressionId,
        kind: Type,
        read: Option<String>,
        span: Span,
    ) -> Lowered<ExpressionId> {
        let RelationKind::Derived(inner) = self.plan.relation(guarded.relation).kind else { return Ok(stored) };
        let read = read.filter(|_| !self.trusted);
        let (Some(text), Some(current)) = (read, guarded.current) else {
            return Ok(self.plan.output(guarded.relation, inner, stored));
        };
        if let Some(known) = self.masks.get(&stored) {
            return Ok(self.plan.output(guarded.relation, inner, *known));
        }
        let allowed = self.condition(&text, guarded.entity, current, inner, Context::Permission, span)?;
        let masked = Expression::Case { branches: vec![(allowed, stored)], otherwise: None };
        let masked = self.plan.add(masked, kind, true);
        self.masks.insert(stored, masked);
        Ok(self.plan.output(guarded.relation, inner, masked))
    }
}
