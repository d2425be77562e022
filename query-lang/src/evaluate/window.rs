use super::order::{Place, compare};
use super::scope::{Local, Scope};
use super::{Evaluated, Evaluation};
use crate::typed::{ExpressionId, Frame, Window};
use crate::value::{Type, Value};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

/// The rows that windows of one step look at. Each window is computed once, for all of them.
pub(super) struct Windows<'a> {
    rows: &'a [Scope],
    values: RefCell<HashMap<ExpressionId, Vec<Value>>>,
}

impl<'a> Windows<'a> {
    pub(super) fn over(rows: &'a [Scope]) -> Self {
        Windows { rows, values: RefCell::default() }
    }

    pub(super) fn value(
        &self,
        evaluation: &Evaluation<'_>,
        id: ExpressionId,
        window: &Window,
        kind: Type,
        row: usize,
    ) -> Evaluated<Value> {
        if !self.values.borrow().contains_key(&id) {
            let values = self.computed(evaluation, window, kind)?;
            self.values.borrow_mut().insert(id, values);
        }
        Ok(self.values.borrow().get(&id).and_then(|values| values.get(row).cloned()).unwrap_or(Value::Null))
    }

    fn computed(&self, evaluation: &Evaluation<'_>, window: &Window, kind: Type) -> Evaluated<Vec<Value>> {
        let mut partitions: BTreeMap<Vec<Value>, Vec<Placed>> = BTreeMap::new();
        for (row, scope) in self.rows.iter().enumerate() {
            let partition = evaluation.values(&window.partition, &Local::of(scope))?;
            let place = evaluation.place(&window.order, &window.ties, scope)?;
            let peers = evaluation.keys(&window.order, scope)?;
            let arguments = evaluation.values(&window.arguments, &Local::of(scope))?;
            partitions.entry(partition).or_default().push(Placed { row, place, peers, arguments });
        }
        let mut values = vec![Value::Null; self.rows.len()];
        for (_, mut partition) in partitions {
            partition.sort_by(|a, b| compare(&a.place, &b.place));
            for (position, value) in partition_values(window, kind, &partition).into_iter().enumerate() {
                values[partition[position].row] = value;
            }
        }
        Ok(values)
    }
}

struct Placed {
    row: usize,
    place: Place,
    /// The written order alone: rows that are equal in it have one rank.
    peers: Place,
    arguments: Vec<Value>,
}

fn partition_values(window: &Window, kind: Type, rows: &[Placed]) -> Vec<Value> {
    let positions = 0..rows.len();
    match window.function.symbol {
        "row_number" => positions.map(|position| Value::Int(position as i64 + 1)).collect(),
        "rank" => positions.map(|position| Value::Int(rank(rows, position))).collect(),
        "dense_rank" => positions.map(|position| Value::Int(dense_rank(rows, position))).collect(),
        "lag" => positions.map(|position| neighbour(rows, position, -1)).collect(),
        "lead" => positions.map(|position| neighbour(rows, position, 1)).collect(),
        "first" => positions.map(|position| end_of(frame(window, rows, position).first())).collect(),
        "last" => positions.map(|position| end_of(frame(window, rows, position).last())).collect(),
        _ => positions.map(|position| folded(window, kind, frame(window, rows, position))).collect(),
    }
}

fn frame<'r>(window: &Window, rows: &'r [Placed], position: usize) -> &'r [Placed] {
    match window.frame {
        Frame::Before => &rows[..position],
        Frame::Default if !window.order.is_empty() => &rows[..=position],
        Frame::Default | Frame::All => rows,
    }
}

fn folded(window: &Window, kind: Type, rows: &[Placed]) -> Value {
    super::expression::fold_rows(window.function, kind, rows.iter().map(|row| row.arguments.as_slice()))
}

/// One more than the rows that come before all of its peers.
fn rank(rows: &[Placed], position: usize) -> i64 {
    rows[..position].iter().filter(|row| row.peers != rows[position].peers).count() as i64 + 1
}

fn dense_rank(rows: &[Placed], position: usize) -> i64 {
    rows[..=position].windows(2).filter(|pair| pair[0].peers != pair[1].peers).count() as i64 + 1
}

fn neighbour(rows: &[Placed], position: usize, direction: i64) -> Value {
    let Some(Value::Int(distance)) = rows[position].arguments.get(1) else { return Value::Null };
    let other = distance.checked_mul(direction).and_then(|by| by.checked_add(position as i64));
    let other = other.and_then(|other| usize::try_from(other).ok()).and_then(|other| rows.get(other));
    end_of(other)
}

fn end_of(row: Option<&Placed>) -> Value {
    row.and_then(|row| row.arguments.first().cloned()).unwrap_or(Value::Null)
}
