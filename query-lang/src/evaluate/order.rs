use super::scope::{Local, Scope};
use super::{Evaluated, Evaluation};
use crate::functions::fold;
use crate::typed::{OrderKey, VariableId};
use crate::value::Value;
use std::cmp::Ordering;

/// What one row is ordered by; nulls are smallest.
pub(super) type Place = Vec<(Value, bool)>;

impl Evaluation<'_> {
    /// Values with "descending": the keys, then everything of the variables that break ties.
    pub(super) fn place(&self, keys: &[OrderKey], ties: &[VariableId], scope: &Scope) -> Evaluated<Place> {
        let mut place = self.keys(keys, scope)?;
        place.extend(ties.iter().flat_map(|tie| scope.all(*tie)).map(|value| (value, false)));
        Ok(place)
    }

    pub(super) fn keys(&self, keys: &[OrderKey], scope: &Scope) -> Evaluated<Place> {
        let mut place = Place::new();
        for key in keys {
            let value = self.value(key.value, &Local::of(scope))?;
            if let (true, Value::Text(text)) = (key.folded, &value) {
                place.push((Value::Text(fold(text)), key.descending));
            } else if key.folded {
                place.push((Value::Null, key.descending));
            }
            place.push((value, key.descending));
        }
        Ok(place)
    }

    pub(super) fn sorted(&self, rows: Vec<Scope>, keys: &[OrderKey], ties: &[VariableId]) -> Evaluated<Vec<Scope>> {
        let mut placed = Vec::with_capacity(rows.len());
        for row in rows {
            placed.push((self.place(keys, ties, &row)?, row));
        }
        placed.sort_by(|(a, _), (b, _)| compare(a, b));
        Ok(placed.into_iter().map(|(_, row)| row).collect())
    }
}

pub(super) fn compare(a: &Place, b: &Place) -> Ordering {
    for ((a, descending), (b, _)) in a.iter().zip(b) {
        let ordering = if *descending { b.cmp(a) } else { a.cmp(b) };
        if ordering != Ordering::Equal {
            return ordering;
        }
    }
    Ordering::Equal
}
