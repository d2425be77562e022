//! The local time of an instant. An entry's instant has the offset that applied where it was recorded, and keeps it when
//! it is named, selected, grouped or aggregated; every other instant is read in the person's zone, or in the one of
//! `InZone`.

use super::{Resolved, Resolver, Scope};
use crate::catalogue::EntityId;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::functions;
use crate::tree::Comparison;
use crate::typed::{
    Column, Expression, ExpressionId, Output, Query, QueryFold, QueryId, SetOperator, Step, VariableId, Window,
};
use crate::value::{Type, Value};
use std::collections::HashMap;

/// Where the local time comes from.
#[derive(Debug, Clone, Copy)]
enum Local {
    /// Minutes before UTC, of the same row.
    Offset(ExpressionId),
    /// The zone of this name, or the person's: the offset follows from the instant alone.
    Zone(Option<ExpressionId>),
}

/// What variables stand for, as far as the local time needs it.
#[derive(Debug, Default)]
pub(super) struct Origins {
    /// Let: its value. Group By: the key or aggregate, in the scope before.
    values: HashMap<VariableId, ExpressionId>,
    /// Range variables over a sub-query.
    queries: HashMap<VariableId, QueryId>,
    keys: Vec<VariableId>,
    aggregates: Vec<VariableId>,
    /// The offset of a key or aggregate, computed beside it.
    beside: HashMap<VariableId, (VariableId, ExpressionId)>,
    /// The offset of a column, selected beside it.
    columns: HashMap<(QueryId, usize), usize>,
}

impl Origins {
    pub(super) fn is_let(&mut self, variable: VariableId, value: ExpressionId) {
        self.values.insert(variable, value);
    }

    pub(super) fn is_rows_of(&mut self, variable: VariableId, query: QueryId) {
        self.queries.insert(variable, query);
    }

    /// What a Let, a key or an aggregate stands for.
    pub(super) fn value_of(&self, variable: VariableId) -> Option<ExpressionId> {
        self.values.get(&variable).copied()
    }

    /// What Let gave a name.
    pub(super) fn let_value(&self, variable: VariableId) -> Option<ExpressionId> {
        let grouped = self.keys.contains(&variable) || self.aggregates.contains(&variable);
        self.value_of(variable).filter(|_| !grouped)
    }

    pub(super) fn key_value(&self, variable: VariableId) -> Option<ExpressionId> {
        self.value_of(variable).filter(|_| self.keys.contains(&variable))
    }

    /// The sub-query that a variable ranges over.
    pub(super) fn rows_of(&self, variable: VariableId) -> Option<QueryId> {
        self.queries.get(&variable).copied()
    }

    pub(super) fn are_grouped(
        &mut self,
        keys: &[(VariableId, ExpressionId)],
        aggregates: &[(VariableId, ExpressionId)],
    ) {
        self.values.extend(keys.iter().chain(aggregates).copied());
        self.keys.extend(keys.iter().map(|(variable, _)| *variable));
        self.aggregates.extend(aggregates.iter().map(|(variable, _)| *variable));
    }
}

impl Resolver<'_> {
    /// The offset in minutes that belongs to the instant among the arguments of a call.
    pub(super) fn offset_of_arguments(
        &mut self,
        name: &str,
        values: &[ExpressionId],
        span: Span,
    ) -> Resolved<ExpressionId> {
        for value in values {
            if self.kind(*value) == Type::DateTime
                && let Some(offset) = self.offset_of(*value, span)?
            {
                return Ok(offset);
            }
        }
        let message = format!("{name} needs the local time of an entry, which is not known for this DateTime.");
        let diagnostic = Diagnostic::error(Code::NotSupported, span, message).with_help(
            "Take it before Distinct or Union leave one of several, or say a zone: `InZone(x, \"Europe/Vienna\")`.",
        );
        Err(self.fail(diagnostic))
    }

    pub(super) fn offset_property(
        &mut self,
        of: ExpressionId,
        entity: EntityId,
        span: Span,
    ) -> Option<Resolved<ExpressionId>> {
        let (index, _) = self.catalogue.entity(entity).property("UtcOffset")?;
        Some(self.stored(of, entity, index, span))
    }

    fn offset_of(&mut self, value: ExpressionId, span: Span) -> Resolved<Option<ExpressionId>> {
        match self.local_of(value, span)? {
            None => Ok(None),
            Some(local) => self.offset_in(local, value, span).map(Some),
        }
    }

    fn offset_in(&mut self, local: Local, value: ExpressionId, span: Span) -> Resolved<ExpressionId> {
        let zone = match local {
            Local::Offset(offset) => return Ok(offset),
            Local::Zone(None) if self.typed.node(value).constant => {
                let nullable = self.nullable(value);
                return self.add(Expression::ZoneOffset(value), Type::Int, nullable, span);
            }
            Local::Zone(zone) => zone,
        };
        let zone = zone.as_slice();
        let starts = self.function_of("#ZoneStarts", zone, span)?;
        let offsets = self.function_of("#ZoneOffsets", zone, span)?;
        self.function_of("#OffsetIn", &[value, starts, offsets], span)
    }

    /// None: one instant stands for several, whose local times may differ.
    fn local_of(&mut self, value: ExpressionId, span: Span) -> Resolved<Option<Local>> {
        let node = self.typed.node(value).clone();
        let local = match node.expression {
            Expression::Call { function, arguments } if function.name == "InZone" => Local::Zone(Some(arguments[1])),
            _ if node.constant => Local::Zone(None),
            Expression::Property { of, entity, .. } => match self.offset_property(of, entity, span) {
                Some(offset) => Local::Offset(offset?),
                None => Local::Zone(None),
            },
            Expression::Variable(variable) => return self.local_of_variable(variable, span),
            Expression::Column { variable, index } => match self.origins.queries.get(&variable) {
                Some(query) => return self.local_of_column(variable, *query, index, span),
                None => Local::Zone(None),
            },
            Expression::Call { function, arguments } if function.name == "At" && arguments.len() == 3 => {
                Local::Offset(arguments[2])
            }
            Expression::Call { arguments, .. } => {
                let instants: Vec<_> =
                    arguments.into_iter().filter(|argument| self.kind(*argument) == Type::DateTime).collect();
                return self.local_of_one_among(value, &instants, span);
            }
            Expression::Coalesce(parts) => return self.local_of_first(&parts, span),
            Expression::If { branches, otherwise } => return self.local_of_branch(&branches, otherwise, span),
            Expression::Query { fold, query } => return self.local_of_fold(&fold, query, span),
            Expression::Aggregate { function, arguments } => {
                let Some(local) = self.local_of(arguments[0], span)? else { return Ok(None) };
                let Local::Offset(offset) = local else { return Ok(Some(local)) };
                let arguments = vec![arguments[0], offset];
                let function = beside(function.name);
                Local::Offset(self.add(Expression::Aggregate { function, arguments }, Type::Int, true, span)?)
            }
            Expression::Window(window) => return self.local_of_window(window, span),
            Expression::Trusted(of) => return self.local_of(of, span),
            _ => Local::Zone(None),
        };
        Ok(Some(local))
    }

    fn local_of_variable(&mut self, variable: VariableId, span: Span) -> Resolved<Option<Local>> {
        if let Some((offset, _)) = self.origins.beside.get(&variable).copied() {
            return Ok(Some(Local::Offset(self.variable_value(offset, span)?)));
        }
        if let Some(query) = self.origins.queries.get(&variable).copied() {
            return self.local_of_column(variable, query, 0, span);
        }
        let Some(value) = self.origins.values.get(&variable).copied() else { return Ok(Some(Local::Zone(None))) };
        let local = self.local_of(value, span)?;
        let (Some(Local::Offset(offset)), key) = (local, self.origins.keys.contains(&variable)) else {
            return Ok(local);
        };
        if !key && !self.origins.aggregates.contains(&variable) {
            return Ok(local);
        }
        let offset = match key {
            // Entries of one instant in several zones are one group: the least offset stands for it.
            true => {
                let (function, arguments, kind) =
                    self.chosen("Min", &[offset], functions::Function::is_aggregate, span)?;
                self.add(Expression::Aggregate { function, arguments }, kind, true, span)?
            }
            false => offset,
        };
        let hidden = self.new_value("offset", offset);
        self.origins.beside.insert(variable, (hidden, offset));
        Ok(Some(Local::Offset(self.variable_value(hidden, span)?)))
    }

    /// Of a sub-query's column: the offset becomes one more column of it, which has no name.
    fn local_of_column(
        &mut self,
        variable: VariableId,
        query: QueryId,
        index: usize,
        span: Span,
    ) -> Resolved<Option<Local>> {
        let hidden = match self.origins.columns.get(&(query, index)) {
            Some(hidden) => *hidden,
            None => {
                let locals = self.locals_selected(query, index, span)?;
                let Some(offsets) = locals else { return Ok(None) };
                if let Some(Local::Zone(zone)) = offsets.iter().find_map(|(_, local)| same_zone(*local, &offsets)) {
                    return Ok(Some(Local::Zone(zone)));
                }
                // All sides grow alike; the columns of a Union are those that were written.
                let hidden = offsets.first().map_or(0, |(side, _)| self.typed.columns(*side).len());
                for (side, local) in offsets {
                    self.select_offset(side, index, local, span)?;
                }
                self.origins.columns.insert((query, index), hidden);
                hidden
            }
        };
        let offset = self.add(Expression::Column { variable, index: hidden }, Type::Int, true, span)?;
        Ok(Some(Local::Offset(offset)))
    }

    /// The local time of a column in each query that its rows come from.
    fn locals_selected(&mut self, query: QueryId, index: usize, span: Span) -> Resolved<Option<Vec<(QueryId, Local)>>> {
        match self.typed.query(query).clone() {
            Query::Pipeline { output, .. } => {
                let value = output.columns[index].1;
                match self.local_of(value, span)? {
                    Some(Local::Offset(_)) if output.distinct => Ok(None),
                    local => Ok(local.map(|local| vec![(query, local)])),
                }
            }
            Query::Set { operator, left, right, .. } => {
                let left = self.locals_selected(left, index, span)?;
                let right = self.locals_selected(right, index, span)?;
                let (Some(mut all), Some(right)) = (left, right) else { return Ok(None) };
                all.extend(right);
                let zoned = all.iter().all(|(_, local)| same_zone(*local, &all).is_some());
                Ok(Some(all).filter(|_| zoned || operator == SetOperator::UnionAll))
            }
        }
    }

    fn select_offset(&mut self, query: QueryId, index: usize, local: Local, span: Span) -> Resolved<()> {
        let value = match self.typed.query(query) {
            Query::Pipeline { output, .. } => output.columns[index].1,
            Query::Set { .. } => return Ok(()),
        };
        let offset = self.offset_in(local, value, span)?;
        if let Query::Pipeline { output, .. } = &mut self.typed.queries[query.0 as usize] {
            output.columns.push((Column { name: String::new(), kind: Type::Int, nullable: true }, offset));
        }
        Ok(())
    }

    /// Of `Least(a, b)` and the like: the offset of the one that it is.
    fn local_of_one_among(
        &mut self,
        value: ExpressionId,
        instants: &[ExpressionId],
        span: Span,
    ) -> Resolved<Option<Local>> {
        let [first, others @ ..] = instants else { return Ok(Some(Local::Zone(None))) };
        if others.is_empty() {
            return self.local_of(*first, span);
        }
        let mut branches = Vec::new();
        for instant in instants {
            let same = Expression::Compare { operator: Comparison::Equal, left: value, right: *instant };
            branches.push((self.add(same, Type::Bool, false, span)?, *instant));
        }
        self.local_of_branch(&branches, None, span)
    }

    fn local_of_first(&mut self, parts: &[ExpressionId], span: Span) -> Resolved<Option<Local>> {
        let mut branches = Vec::new();
        for part in parts {
            let null = self.constant(Value::Null, Type::DateTime, span)?;
            let known = Expression::Compare { operator: Comparison::Different, left: *part, right: null };
            branches.push((self.add(known, Type::Bool, false, span)?, *part));
        }
        self.local_of_branch(&branches, None, span)
    }

    fn local_of_branch(
        &mut self,
        branches: &[(ExpressionId, ExpressionId)],
        otherwise: Option<ExpressionId>,
        span: Span,
    ) -> Resolved<Option<Local>> {
        let mut locals = Vec::new();
        for value in branches.iter().map(|(_, value)| *value).chain(otherwise) {
            let Some(local) = self.local_of(value, span)? else { return Ok(None) };
            locals.push((value, local));
        }
        if let Some(zone) = locals.first().and_then(|(_, local)| same_zone(*local, &locals)) {
            return Ok(Some(zone));
        }
        let mut offsets = Vec::new();
        for (value, local) in locals {
            offsets.push(self.offset_in(local, value, span)?);
        }
        let otherwise = otherwise.and_then(|_| offsets.pop());
        let branches = branches.iter().map(|(condition, _)| *condition).zip(offsets).collect();
        let offset = self.add(Expression::If { branches, otherwise }, Type::Int, true, span)?;
        Ok(Some(Local::Offset(offset)))
    }

    /// Of the first, least or greatest of a query's rows: the same query, asked for the offset.
    fn local_of_fold(&mut self, fold: &QueryFold, query: QueryId, span: Span) -> Resolved<Option<Local>> {
        let Query::Pipeline { steps, output } = self.typed.query(query).clone() else {
            let locals = self.locals_selected(query, 0, span)?.unwrap_or_default();
            return Ok(locals.first().and_then(|(_, local)| same_zone(*local, &locals)));
        };
        let (column, value) = output.columns[0].clone();
        let Some(local) = self.local_of(value, span)? else { return Ok(None) };
        let Local::Offset(offset) = local else { return Ok(Some(local)) };
        let selected = (Column { name: String::new(), kind: Type::Int, nullable: true }, offset);
        let (fold, columns) = match fold {
            QueryFold::First if output.distinct => return Ok(None),
            QueryFold::Aggregate(function) => {
                (QueryFold::Aggregate(beside(function.name)), vec![(column, value), selected])
            }
            _ => (QueryFold::First, vec![selected]),
        };
        let output = Output { record: columns.len() > 1, columns, ..output };
        let query = self.add_query(Query::Pipeline { steps, output });
        Ok(Some(Local::Offset(self.add(Expression::Query { fold, query }, Type::Int, true, span)?)))
    }

    fn local_of_window(&mut self, window: Window, span: Span) -> Resolved<Option<Local>> {
        let Some(local) = self.local_of(window.arguments[0], span)? else { return Ok(None) };
        let Local::Offset(offset) = local else { return Ok(Some(local)) };
        let window = match window.function.is_aggregate() {
            true => {
                let arguments = vec![window.arguments[0], offset];
                Window { function: beside(window.function.name), arguments, ..window }
            }
            false => {
                let arguments = std::iter::once(offset).chain(window.arguments[1..].iter().copied()).collect();
                Window { arguments, ..window }
            }
        };
        Ok(Some(Local::Offset(self.add(Expression::Window(window), Type::Int, true, span)?)))
    }

    /// Offsets of keys and aggregates that somebody asked for are computed with their group.
    pub(super) fn settle_groups(&mut self) {
        let beside = std::mem::take(&mut self.origins.beside);
        for query in &mut self.typed.queries {
            let Query::Pipeline { steps, .. } = query else { continue };
            for step in steps {
                let Step::Group { keys, aggregates, .. } = step else { continue };
                let asked = keys.iter().chain(aggregates.iter()).filter_map(|(variable, _)| beside.get(variable));
                let asked: Vec<_> = asked.copied().collect();
                aggregates.extend(asked);
            }
        }
    }

    /// The second argument of InZone.
    pub(super) fn check_zone(&mut self, scope: &Scope, zone: ExpressionId, span: Span) -> Resolved<()> {
        let Expression::Constant(Value::Text(name)) = &self.typed.node(zone).expression else { return Ok(()) };
        if functions::zone(name).is_some() {
            return Ok(());
        }
        let name = name.clone();
        let known: Vec<String> = functions::zone_names();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let found = super::unknown::name(&name, scope.place(span), "time zone", &known);
        let fixes = found
            .fixes
            .iter()
            .map(|fix| crate::diagnostic::Fix { replacement: format!("\"{}\"", fix.replacement), ..fix.clone() });
        let found = Diagnostic { fixes: fixes.collect(), ..found };
        Err(self.fail(found.with_help("Zones are called as in `Europe/Vienna`.")))
    }
}

/// The aggregate that gives the offset of the least or greatest instant.
fn beside(name: &str) -> &'static functions::Function {
    let wanted = if name.eq_ignore_ascii_case("Max") { "#OffsetOfMax" } else { "#OffsetOfMin" };
    functions::overloads(wanted).next().expect("the table has both")
}

/// The zone in which all of them are read.
fn same_zone<T>(local: Local, all: &[(T, Local)]) -> Option<Local> {
    let Local::Zone(zone) = local else { return None };
    all.iter().all(|(_, other)| matches!(other, Local::Zone(other) if *other == zone)).then_some(local)
}
