use super::order::compare;
use super::scope::{Binding, Local, Scope};
use super::window::Windows;
use super::{Evaluated, Evaluation};
use crate::typed::{ExpressionId, OrderKey, Output, Query, QueryId, SetOperator, Source, Step, VariableId};
use crate::value::Value;
use std::collections::BTreeSet;

type Row = Vec<Value>;

/// Rows on their way through the steps.
struct Flow {
    rows: Vec<Scope>,
    order: Vec<OrderKey>,
    /// Range variables in scope, or the keys of the last group.
    ties: Vec<VariableId>,
}

impl Evaluation<'_> {
    /// The rows of a query in their order. `outer` is what a sub-query sees of the query around it.
    pub(super) fn query(&self, id: QueryId, outer: &Scope) -> Evaluated<Vec<Row>> {
        match self.typed.query(id) {
            Query::Set { operator, left, right, .. } => {
                Ok(combined(*operator, self.query(*left, outer)?, self.query(*right, outer)?))
            }
            Query::Pipeline { steps, output } => {
                let mut flow = Flow { rows: vec![outer.clone()], order: Vec::new(), ties: Vec::new() };
                for step in steps {
                    flow = self.step(step, flow, outer)?;
                }
                self.output(output, flow)
            }
        }
    }

    fn step(&self, step: &Step, mut flow: Flow, outer: &Scope) -> Evaluated<Flow> {
        match step {
            Step::From { variable, source } => {
                flow.rows = self.joined(*variable, source, None, false, &flow.rows, outer)?;
                flow.ties.push(*variable);
            }
            Step::Join { variable, source, on, left } => {
                flow.rows = self.joined(*variable, source, Some(*on), *left, &flow.rows, outer)?;
                flow.ties.push(*variable);
            }
            Step::Let { variable, value } => {
                flow.rows = self.with_let(*variable, *value, &flow.rows)?;
                if self.typed.may_have_twins(&flow.ties) && self.typed.has_window(*value) {
                    flow.ties.push(*variable);
                }
            }
            Step::Where(condition) => {
                let mut kept = Vec::with_capacity(flow.rows.len());
                for row in flow.rows {
                    if self.truth(*condition, &Local::of(&row))? {
                        kept.push(row);
                    }
                }
                flow.rows = kept;
            }
            Step::Group { keys, aggregates, single } => {
                flow.rows = self.groups(flow.rows, keys, aggregates, *single, outer)?;
                flow.ties = keys.iter().map(|(variable, _)| *variable).collect();
                flow.order.clear();
            }
            Step::Order(keys) => flow.order.clone_from(keys),
            Step::Skip(count) => {
                let count = self.count(*count)?;
                flow.rows = self.sorted(flow.rows, &flow.order, &flow.ties)?;
                flow.rows.drain(..count.min(flow.rows.len()));
            }
            Step::Take(count) => {
                let count = self.count(*count)?;
                flow.rows = self.sorted(flow.rows, &flow.order, &flow.ties)?;
                flow.rows.truncate(count);
            }
        }
        Ok(flow)
    }

    fn joined(
        &self,
        variable: VariableId,
        source: &Source,
        on: Option<ExpressionId>,
        left: bool,
        rows: &[Scope],
        outer: &Scope,
    ) -> Evaluated<Vec<Scope>> {
        let depends_on_row = matches!(source, Source::Collection { .. });
        let shared = if depends_on_row { Vec::new() } else { self.bindings(variable, source, outer, outer)? };
        let mut pairs = Vec::new();
        for row in rows {
            let own = if depends_on_row { self.bindings(variable, source, row, outer)? } else { Vec::new() };
            let before = pairs.len();
            for binding in if depends_on_row { &own } else { &shared } {
                let pair = row.with(variable, binding.clone());
                if on.map_or(Ok(true), |on| self.truth(on, &Local::of(&pair)))? {
                    pairs.push(pair);
                }
            }
            if left && pairs.len() == before {
                pairs.push(row.with(variable, self.missing(variable)));
            }
        }
        Ok(pairs)
    }

    fn with_let(&self, variable: VariableId, value: ExpressionId, rows: &[Scope]) -> Evaluated<Vec<Scope>> {
        let windows = Windows::over(rows);
        let mut extended = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate() {
            let local = Local { windows: Some((&windows, index)), ..Local::of(row) };
            extended.push(row.with(variable, Binding::Value(self.value(value, &local)?)));
        }
        Ok(extended)
    }

    /// Below 0 and null count as 0.
    fn count(&self, id: ExpressionId) -> Evaluated<usize> {
        match self.value(id, &Local::of(&Scope::default()))? {
            Value::Int(count) => Ok(usize::try_from(count.max(0)).unwrap_or(usize::MAX)),
            _ => Ok(0),
        }
    }

    fn output(&self, output: &Output, flow: Flow) -> Evaluated<Vec<Row>> {
        let windows = Windows::over(&flow.rows);
        let mut placed = Vec::with_capacity(flow.rows.len());
        for (index, row) in flow.rows.iter().enumerate() {
            let local = Local { windows: Some((&windows, index)), ..Local::of(row) };
            let values: Evaluated<Row> = output.columns.iter().map(|(_, value)| self.value(*value, &local)).collect();
            let ties: &[VariableId] = if output.distinct { &[] } else { &output.ties };
            placed.push((self.place(&flow.order, ties, row)?, values?));
        }
        if output.distinct {
            let mut seen = BTreeSet::new();
            placed.retain(|(_, row)| seen.insert(row.clone()));
            placed.sort_by(|(a, row_a), (b, row_b)| compare(a, b).then_with(|| row_a.cmp(row_b)));
        } else {
            placed.sort_by(|(a, _), (b, _)| compare(a, b));
        }
        Ok(placed.into_iter().map(|(_, row)| row).collect())
    }
}

/// Ordered by all columns.
fn combined(operator: SetOperator, left: Vec<Row>, right: Vec<Row>) -> Vec<Row> {
    let (left_set, right_set): (BTreeSet<&Row>, BTreeSet<&Row>) = (left.iter().collect(), right.iter().collect());
    match operator {
        SetOperator::UnionAll => {
            let mut rows: Vec<Row> = left.into_iter().chain(right).collect();
            rows.sort();
            rows
        }
        SetOperator::Union => left_set.union(&right_set).map(|row| (*row).clone()).collect(),
        SetOperator::Intersect => left_set.intersection(&right_set).map(|row| (*row).clone()).collect(),
        SetOperator::Except => left_set.difference(&right_set).map(|row| (*row).clone()).collect(),
    }
}
