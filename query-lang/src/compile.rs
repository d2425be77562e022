//! The stages in order.

use crate::catalogue::{Catalogue, EntityId};
use crate::compiled::{Bind, Compiled, Parameter, Recipe, SignalBounds};
use crate::diagnostic::{Code, Diagnostic, Fix, Span};
use crate::lower::{Binding, Lowered, Lowering};
use crate::plan::{self, BlockId, Expression, Guarded};
use crate::resolve::{Context, Failed};
use crate::typed::{Column, VariableKind};
use crate::value::Type;
use crate::{Condition, RowSource, Severity, Target, editor, parse, sql, stack};
use std::sync::Arc;

/// Compiles a person's query: every table is guarded by what the person may read.
///
/// # Errors
/// What is wrong with the text, at its places; several where they can be told apart.
pub fn compile(text: &str, catalogue: &Catalogue, target: &Target) -> Result<Compiled, Vec<Diagnostic>> {
    stack::roomy(|| compiled(text, catalogue, target))
}

fn compiled(text: &str, catalogue: &Catalogue, target: &Target) -> Result<Compiled, Vec<Diagnostic>> {
    let tree = match parse::query_or_rest(text) {
        Ok(tree) => tree,
        Err(broken) => return Err(explained(*broken, catalogue)),
    };
    let mut lowering = Lowering::new(catalogue, target);
    text.clone_into(&mut lowering.resolver.text);
    let planned = lowering.resolver.query(tree).and_then(|query| {
        let columns = lowering.resolver.typed.columns(query);
        let block = lowering.result(query)?;
        check_signal_bounds(&mut lowering)?;
        Ok((block, columns))
    });
    finish(lowering, planned, target, 1).map_err(|wrong| with_group(text, catalogue, wrong))
}

/// An aggregate without a group comes with the query in which it has one.
fn with_group(text: &str, catalogue: &Catalogue, mut wrong: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let misplaced = wrong.iter_mut().find(|diagnostic| diagnostic.code == Code::MisplacedAggregate);
    if let Some(diagnostic) = misplaced
        && let Some(rewritten) = editor::regrouped(text, catalogue, diagnostic)
    {
        diagnostic.fixes.push(Fix { span: Span::new(0, text.len()), replacement: rewritten });
    }
    wrong
}

/// A broken text's mistakes, and what is wrong with the names in the rest of it.
fn explained(broken: parse::Recovered, catalogue: &Catalogue) -> Vec<Diagnostic> {
    let mut diagnostics = broken.diagnostics;
    if let Some(tree) = broken.tree {
        let mut resolver = crate::resolve::Resolver::new(catalogue);
        broken.rest.text.clone_into(&mut resolver.text);
        let _ = resolver.query(tree);
        let wrong = resolver.diagnostics.into_iter().filter(|found| found.severity == Severity::Error);
        diagnostics.extend(wrong.filter_map(|found| broken.rest.told_before(found)));
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    diagnostics
}

/// Compiles conditions of an entity for a write transaction, over unguarded tables. The SQL is a complete SELECT whose
/// first column is the row's id, then one boolean column per condition (Postgres: boolean, SQLite: 0 or 1; never null).
/// Tombstones of the entity itself are asked too; what a condition navigates to are live rows. With
/// [`RowSource::History`] the version's `seq` comes as second column, before the conditions.
/// Callers compose: `SELECT .. FROM (<sql>) v WHERE v.c0 = ANY($n)`; the columns are `c0`, `c1` and so on. Binds are
/// numbered from `first_bind` (1 is the first). A rule that names `Previous` needs the rows before the write:
/// [`Compiled::previous`].
///
/// # Errors
/// A text of the model that does not compile; the span is in that text.
pub fn compile_conditions(
    catalogue: &Catalogue,
    entity: EntityId,
    conditions: &[Condition<'_>],
    source: RowSource,
    target: &Target,
    first_bind: usize,
) -> Result<Compiled, Vec<Diagnostic>> {
    stack::roomy(|| {
        let mut lowering = Lowering::new(catalogue, target);
        lowering.trusted = true;
        lowering.whole = true;
        let planned = plan_conditions(&mut lowering, entity, conditions, source);
        finish(lowering, planned, target, first_bind)
    })
}

fn plan_conditions(
    lowering: &mut Lowering<'_>,
    entity: EntityId,
    conditions: &[Condition<'_>],
    source: RowSource,
) -> Lowered<(BlockId, Vec<Column>)> {
    let block = lowering.plan.new_block();
    let subject = lowering.subject(entity, source, block);
    let current = lowering.resolver.variable("Current", VariableKind::Row(entity), false);
    lowering.bindings.insert(current, Binding::Row(subject));
    lowering.subject_of_rules = Some((subject, block));
    let id = lowering.id_of(subject, Span::default())?;
    let mut outputs = vec![id];
    let mut columns = vec![column("Id", Type::Ref(entity))];
    if source == RowSource::History {
        outputs.push(lowering.seq_of(subject));
        columns.push(column("Seq", Type::Int));
    }
    for (index, condition) in conditions.iter().enumerate() {
        let value = lower_condition(lowering, *condition, subject, current, block)?;
        outputs.push(settled(lowering, value));
        columns.push(column(&format!("Condition{}", index + 1), Type::Bool));
    }
    lowering.plan.block_mut(block).outputs = outputs;
    Ok((block, columns))
}

fn column(name: &str, kind: Type) -> Column {
    Column { name: name.to_owned(), kind, nullable: false }
}

/// As a column a condition is never null.
fn settled(lowering: &mut Lowering<'_>, value: plan::ExpressionId) -> plan::ExpressionId {
    lowering.plan.add(Expression::And(vec![value]), Type::Bool, false)
}

fn lower_condition(
    lowering: &mut Lowering<'_>,
    condition: Condition<'_>,
    subject: Guarded,
    current: crate::typed::VariableId,
    block: BlockId,
) -> Lowered<plan::ExpressionId> {
    let catalogue = lowering.resolver.catalogue;
    let entity = catalogue.entity(subject.entity);
    let permissions = &entity.permissions;
    let (texts, context) = match condition {
        Condition::Read => (permissions.read.clone(), Context::Permission),
        Condition::Insert => (permissions.insert.clone(), Context::Rule),
        Condition::Update => (permissions.update.clone(), Context::Rule),
        Condition::Delete => (permissions.delete.clone(), Context::Rule),
        Condition::Rule(code) => match entity.rules.iter().find(|rule| rule.code.eq_ignore_ascii_case(code)) {
            Some(rule) => return lowering.rule(&rule.condition, current, block),
            None => return Err(missing(lowering, &entity.name, "rule", code)),
        },
        Condition::ReadProperty(name) => match entity.property(name) {
            Some((_, property)) => match &property.read {
                Some(text) => (vec![text.clone()], Context::Permission),
                None => return Ok(lowering.plan.add(Expression::True, Type::Bool, false)),
            },
            None => return Err(missing(lowering, &entity.name, "property", name)),
        },
    };
    lowering.any_of(&texts, subject.entity, current, block, context, Span::default())
}

fn missing(lowering: &mut Lowering<'_>, entity: &str, what: &str, name: &str) -> Failed {
    let message = format!("{entity} has no {what} named `{name}`.");
    lowering.resolver.error(Code::UnknownName, Span::default(), message)
}

/// Signals are opened for a range of days; a query without one would open years.
fn check_signal_bounds(lowering: &mut Lowering<'_>) -> Lowered<()> {
    let open = lowering.signals.sources.iter().find(|source| source.from.is_empty()).map(|source| source.span);
    match open {
        None => Ok(()),
        Some(span) => {
            let message = "This query would open all signals that were ever recorded.";
            let diagnostic = Diagnostic::error(Code::Signals, span, message)
                .with_help("Bound them by a day: `Where S.Date >= AddDays(Today(), -7)`.");
            Err(lowering.resolver.fail(diagnostic))
        }
    }
}

fn finish(
    mut lowering: Lowering<'_>,
    planned: Lowered<(BlockId, Vec<Column>)>,
    target: &Target,
    first_bind: usize,
) -> Result<Compiled, Vec<Diagnostic>> {
    let failed = lowering.resolver.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    let (block, columns) = match planned {
        Ok(planned) if !failed => planned,
        _ => return Err(lowering.resolver.diagnostics),
    };
    plan::settle(&mut lowering.plan);
    let written = sql::write(&lowering.plan, block, target, first_bind).map_err(|diagnostic| vec![diagnostic])?;
    let typed = lowering.resolver.typed;
    let bind = |bound: &sql::Bound| match *bound {
        sql::Bound::Constant(id) => Bind { kind: typed.node(id).kind, recipe: Recipe::Constant(id) },
        sql::Bound::Rows(index) => Bind { kind: Type::Text, recipe: Recipe::Rows(lowering.plan.generated[index]) },
    };
    let binds = written.binds.iter().map(bind).collect();
    let parameters = typed.parameters.iter().map(|parameter| Parameter {
        name: parameter.name.clone(),
        kind: parameter.kind,
        nullable: parameter.nullable,
        list: parameter.list,
        has_default: parameter.default.is_some(),
    });
    let parameters = parameters.collect();
    let sources = lowering.signals.sources.into_iter();
    let signal_bounds =
        sources.map(|source| SignalBounds { from: source.from, to: source.to, span: source.span }).collect();
    Ok(Compiled {
        sql: written.sql,
        binds,
        columns,
        parameters,
        reads: written.reads,
        warnings: lowering.resolver.diagnostics,
        typed: Arc::new(typed),
        signal_bounds,
        previous: lowering.plan.previous.iter().map(|(property, _)| *property).collect(),
    })
}
