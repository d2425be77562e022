use super::expression::fold_rows;
use super::scope::{Binding, Local, Scope};
use super::{Evaluated, Evaluation};
use crate::functions::Function;
use crate::typed::{ExpressionId, VariableId};
use crate::value::{Type, Value};
use std::collections::BTreeMap;

type Named = [(VariableId, ExpressionId)];

impl Evaluation<'_> {
    /// One row for each distinct key; afterwards only keys and aggregates exist, and what was outside of the query.
    pub(super) fn groups(
        &self,
        rows: Vec<Scope>,
        keys: &Named,
        aggregates: &Named,
        single: bool,
        outer: &Scope,
    ) -> Evaluated<Vec<Scope>> {
        let mut groups: BTreeMap<Vec<Value>, Vec<Scope>> = BTreeMap::new();
        if single && keys.is_empty() {
            groups.insert(Vec::new(), Vec::new());
        }
        for row in rows {
            let key: Evaluated<Vec<Value>> = keys.iter().map(|(_, key)| self.value(*key, &Local::of(&row))).collect();
            groups.entry(key?).or_default().push(row);
        }
        groups.into_iter().map(|(key, rows)| self.group(key, &rows, keys, aggregates, outer)).collect()
    }

    fn group(
        &self,
        key: Vec<Value>,
        rows: &[Scope],
        keys: &Named,
        aggregates: &Named,
        outer: &Scope,
    ) -> Evaluated<Scope> {
        let mut scope = outer.clone();
        for ((variable, _), value) in keys.iter().zip(key) {
            scope = scope.with(*variable, Binding::Value(value));
        }
        let mut group = scope.clone();
        for (variable, value) in aggregates {
            let local = Local { group: Some(rows), ..Local::of(&scope) };
            group = group.with(*variable, Binding::Value(self.value(*value, &local)?));
        }
        Ok(group)
    }

    pub(super) fn aggregate(
        &self,
        function: &Function,
        arguments: &[ExpressionId],
        kind: Type,
        at: &Local<'_>,
    ) -> Evaluated<Value> {
        let Some(rows) = at.group else { return Ok(Value::Null) };
        let rows: Evaluated<Vec<Vec<Value>>> = rows.iter().map(|row| self.values(arguments, &Local::of(row))).collect();
        Ok(fold_rows(function, kind, rows?.iter().map(Vec::as_slice)))
    }
}
