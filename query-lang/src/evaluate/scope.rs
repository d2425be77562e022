use super::window::Windows;
use crate::typed::VariableId;
use crate::value::Value;
use std::sync::Arc;

/// What the variables are for one row of a pipeline.
#[derive(Clone, Default)]
pub(super) struct Scope {
    bindings: Vec<Option<Binding>>,
}

#[derive(Clone)]
pub(super) enum Binding {
    /// A row's id, or a plain value.
    Value(Value),
    /// The columns of a sub-query or generator.
    Record(Arc<[Value]>),
}

impl Scope {
    pub(super) fn with(&self, variable: VariableId, binding: Binding) -> Scope {
        let mut scope = self.clone();
        let index = variable.0 as usize;
        if scope.bindings.len() <= index {
            scope.bindings.resize(index + 1, None);
        }
        scope.bindings[index] = Some(binding);
        scope
    }

    /// Null where the variable has no value here; of a record its first column.
    pub(super) fn value(&self, variable: VariableId) -> Value {
        match self.bindings.get(variable.0 as usize) {
            Some(Some(Binding::Value(value))) => value.clone(),
            Some(Some(Binding::Record(columns))) => columns.first().cloned().unwrap_or(Value::Null),
            _ => Value::Null,
        }
    }

    pub(super) fn column(&self, variable: VariableId, index: usize) -> Value {
        match self.bindings.get(variable.0 as usize) {
            Some(Some(Binding::Record(columns))) => columns.get(index).cloned().unwrap_or(Value::Null),
            _ => Value::Null,
        }
    }

    /// All that a variable holds, for breaking ties.
    pub(super) fn all(&self, variable: VariableId) -> Vec<Value> {
        match self.bindings.get(variable.0 as usize) {
            Some(Some(Binding::Value(value))) => vec![value.clone()],
            Some(Some(Binding::Record(columns))) => columns.to_vec(),
            _ => Vec::new(),
        }
    }
}

/// Where an expression is evaluated.
#[derive(Clone, Copy)]
pub(super) struct Local<'a> {
    pub(super) scope: &'a Scope,
    /// The rows of the group that an aggregate folds.
    pub(super) group: Option<&'a [Scope]>,
    /// The rows that a window looks at, and which of them this one is.
    pub(super) windows: Option<(&'a Windows<'a>, usize)>,
}

impl<'a> Local<'a> {
    pub(super) fn of(scope: &'a Scope) -> Self {
        Local { scope, group: None, windows: None }
    }
}
