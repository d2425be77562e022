use super::expression::raws;
use super::scope::{Binding, Local, Scope};
use super::{Evaluated, Evaluation};
use crate::diagnostic::{Code, Diagnostic};
use crate::functions::Generator;
use crate::typed::{ExpressionId, Source, VariableId, VariableKind};
use crate::value::Value;

impl Evaluation<'_> {
    /// What a range variable is bound to, one after the other. `scope` is the row so far, `outer` what the query was
    /// started with: only a collection may depend on the row.
    pub(super) fn bindings(
        &self,
        variable: VariableId,
        source: &Source,
        scope: &Scope,
        outer: &Scope,
    ) -> Evaluated<Vec<Binding>> {
        let ids = |ids: Vec<uuid::Uuid>| ids.into_iter().map(|id| Binding::Value(Value::Guid(id))).collect();
        Ok(match source {
            Source::Entity(entity) => ids(self.rows.ids(*entity)),
            Source::Collection { of, entity, property } => {
                let parent = self.value(*of, &Local::of(scope))?;
                if parent.is_null() {
                    return Ok(Vec::new());
                }
                let is_child = |row: &std::sync::Arc<[Value]>| row.get(*property).is_some_and(|value| *value == parent);
                let mut children = self.rows.ids(*entity);
                children.retain(|id| self.rows.row(*entity, *id).as_ref().is_some_and(is_child));
                ids(children)
            }
            Source::Query(query) => {
                let rows = self.query(*query, outer)?;
                rows.into_iter().map(|row| self.binding(variable, row)).collect()
            }
            Source::List(parameter) => {
                let values = self.list(*parameter)?;
                values.into_iter().map(|value| self.binding(variable, vec![value])).collect()
            }
            Source::Generator { function, arguments } => {
                let rows = self.generated(function, arguments)?;
                rows.into_iter().map(|row| self.binding(variable, row)).collect()
            }
        })
    }

    fn binding(&self, variable: VariableId, row: Vec<Value>) -> Binding {
        match self.typed.variable(variable).kind {
            VariableKind::Record(_) => Binding::Record(row.into()),
            // What the local time of the value needs stands beside it.
            _ if row.len() > 1 => Binding::Record(row.into()),
            _ => Binding::Value(row.into_iter().next().unwrap_or(Value::Null)),
        }
    }

    /// What a range variable is where a left join finds nothing.
    pub(super) fn missing(&self, variable: VariableId) -> Binding {
        match &self.typed.variable(variable).kind {
            VariableKind::Record(columns) => Binding::Record(vec![Value::Null; columns.len()].into()),
            _ => Binding::Value(Value::Null),
        }
    }

    fn generated(&self, generator: &Generator, arguments: &[ExpressionId]) -> Evaluated<Vec<Vec<Value>>> {
        let values = self.values(arguments, &Local::of(&Scope::default()))?;
        let [from, to] = raws(&values)[..] else { return Ok(Vec::new()) };
        let span = arguments.first().map(|argument| self.typed.node(*argument).span).unwrap_or_default();
        generator
            .rows(from, to, self.environment)
            .map_err(|too_many| Diagnostic::error(Code::Limit, span, too_many.to_string()))
    }
}
