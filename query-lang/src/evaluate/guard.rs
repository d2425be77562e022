use super::scope::{Binding, Local, Scope};
use super::{Evaluation, Rows};
use crate::catalogue::{Catalogue, EntityId, Source};
use crate::diagnostic::Diagnostic;
use crate::resolve::{Context, Resolver};
use crate::typed::{ExpressionId, Typed, VariableId};
use crate::value::{Type, Value};
use crate::{Environment, Parameters};
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// The rows that a person may read, of all rows: others do not exist, and properties that are hidden are null.
pub struct Guarded<'a> {
    rows: &'a dyn Rows,
    environment: &'a Environment,
    entities: HashMap<EntityId, Permission>,
    /// What was found out before: a row is asked for once for each of its properties.
    known: RefCell<HashMap<(EntityId, Uuid), bool>>,
}

struct Permission {
    typed: Typed,
    /// Several are joined with Or. None: everybody.
    read: Option<Vec<(VariableId, ExpressionId)>>,
    /// By property index.
    properties: Vec<(usize, VariableId, ExpressionId)>,
}

impl<'a> Guarded<'a> {
    /// # Errors
    /// A condition of the model that does not compile.
    pub fn new(
        catalogue: &'a Catalogue,
        environment: &'a Environment,
        rows: &'a dyn Rows,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut entities = HashMap::new();
        for (id, _) in catalogue.entities() {
            entities.insert(id, permission(catalogue, id)?);
        }
        Ok(Guarded { rows, environment, entities, known: RefCell::default() })
    }

    fn readable(&self, entity: EntityId, id: Uuid) -> bool {
        let Some(permission) = self.entities.get(&entity) else { return false };
        let Some(conditions) = &permission.read else { return true };
        if let Some(known) = self.known.borrow().get(&(entity, id)) {
            return *known;
        }
        let readable =
            conditions.iter().any(|(current, condition)| self.holds(&permission.typed, *current, *condition, id));
        self.known.borrow_mut().insert((entity, id), readable);
        readable
    }

    /// A condition reads all rows: what it needs is not guarded again.
    fn holds(&self, typed: &Typed, current: VariableId, condition: ExpressionId, id: Uuid) -> bool {
        let parameters = Parameters::new();
        let evaluation = Evaluation {
            typed,
            environment: self.environment,
            parameters: &parameters,
            rows: self.rows,
            unguarded: self.rows,
            previous: None,
        };
        let scope = Scope::default().with(current, Binding::Value(Value::Guid(id)));
        evaluation.truth(condition, &Local::of(&scope)).unwrap_or(false)
    }
}

/// A signal belongs to the person whose device it is on; nobody else has the row.
fn permission(catalogue: &Catalogue, id: EntityId) -> Result<Permission, Vec<Diagnostic>> {
    let entity = catalogue.entity(id);
    let mut resolver = Resolver::new(catalogue);
    let mut read = Vec::new();
    for text in &entity.permissions.read {
        match resolver.condition(text, id, Context::Permission, Type::Bool) {
            Ok(condition) => read.push(condition),
            Err(_) => return Err(resolver.diagnostics),
        }
    }
    let mut properties = Vec::new();
    for (index, property) in entity.properties.iter().enumerate() {
        let Some(text) = &property.read else { continue };
        match resolver.condition(text, id, Context::Permission, Type::Bool) {
            Ok((current, condition)) => properties.push((index, current, condition)),
            Err(_) => return Err(resolver.diagnostics),
        }
    }
    let read = (entity.source == Source::Tenant).then_some(read);
    Ok(Permission { typed: resolver.typed, read, properties })
}

impl Rows for Guarded<'_> {
    fn ids(&self, entity: EntityId) -> Vec<Uuid> {
        let mut ids = self.rows.ids(entity);
        ids.retain(|id| self.readable(entity, *id));
        ids
    }

    fn row(&self, entity: EntityId, id: Uuid) -> Option<Arc<[Value]>> {
        if !self.readable(entity, id) {
            return None;
        }
        let row = self.rows.row(entity, id)?;
        let permission = self.entities.get(&entity)?;
        if permission.properties.is_empty() {
            return Some(row);
        }
        let mut values = row.to_vec();
        for (property, current, condition) in &permission.properties {
            if !self.holds(&permission.typed, *current, *condition, id) {
                values[*property] = Value::Null;
            }
        }
        Some(values.into())
    }
}
