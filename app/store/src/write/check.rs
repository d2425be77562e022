//! May this person write this, and do the model's rules agree? Asked inside the transaction, of the rows as they were
//! and as they are, by the same compiled conditions as on the server.

use super::{Prepared, Warning, Writing, is_live, known, policy};
use crate::StoreError;
use crate::rows::cell::{to_sql, uuid_sql, value};
use crate::rows::{Column, Table, Version};
use migrations::Policy;
use query_lang::catalogue::Rule;
use query_lang::{Catalogue, Compiled, Condition, Parameters, RowSource, Target, Value};
use rusqlite::Row;
use std::collections::HashMap;
use sync_protocol::Operation;
use uuid::Uuid;

/// Before anything is written: the permission to change or delete the rows as they are.
pub(super) fn before(
    writing: &Writing<'_>,
    catalogue: &Catalogue,
    prepared: &[Prepared<'_>],
) -> Result<(), StoreError> {
    let mut conditions = Conditions::new(writing, catalogue);
    for change in prepared {
        let (condition, verb) = match change.mutation.op {
            Operation::Put if change.before.is_none() => continue,
            Operation::Put => (Condition::Update, "change"),
            // A tombstone is asked after it is a row again.
            Operation::Restore => continue,
            Operation::Delete => (Condition::Delete, "delete"),
        };
        if !conditions.answers(change.table, change.mutation.id, &[condition], None)?[0] {
            return Err(StoreError::Forbidden { entity: change.table.entity.clone(), verb });
        }
    }
    Ok(())
}

/// After the rows were written: the permission for what they have become, the rules, and what holds them together.
pub(super) fn after(
    writing: &Writing<'_>,
    catalogue: &Catalogue,
    prepared: &[Prepared<'_>],
) -> Result<Vec<Warning>, StoreError> {
    let mut conditions = Conditions::new(writing, catalogue);
    let mut warnings = Vec::new();
    for change in prepared {
        match change.mutation.op {
            Operation::Delete => references(writing, change)?,
            _ => {
                relations_and_uniqueness(writing, change)?;
                warnings.extend(permission_and_rules(&mut conditions, catalogue, change)?);
            }
        }
    }
    Ok(warnings)
}

fn permission_and_rules(
    conditions: &mut Conditions<'_>,
    catalogue: &Catalogue,
    change: &Prepared<'_>,
) -> Result<Vec<Warning>, StoreError> {
    let table = change.table;
    let (permission, verb) = match change.mutation.op {
        Operation::Restore => (Condition::Update, "restore"),
        _ if change.before.is_none() => (Condition::Insert, "add"),
        _ => (Condition::Update, "change"),
    };
    let entity = catalogue.find(&table.entity).ok_or_else(|| StoreError::UnknownEntity(table.entity.clone()))?;
    let rules: Vec<&Rule> = catalogue.entity(entity).rules.iter().filter(|rule| is_asked(rule, change)).collect();
    let asked: Vec<Condition<'_>> =
        std::iter::once(permission).chain(rules.iter().map(|rule| Condition::Rule(&rule.code))).collect();
    let answers = conditions.answers(table, change.mutation.id, &asked, change.before.as_ref())?;
    if !answers[0] {
        return Err(StoreError::Forbidden { entity: table.entity.clone(), verb });
    }
    let (mut warnings, mut errors) = (Vec::new(), Vec::new());
    for (rule, _) in rules.into_iter().zip(&answers[1..]).filter(|(_, holds)| !**holds) {
        match policy::of(conditions.writing, rule)? {
            Policy::Allow => {}
            Policy::Warn => warnings.push(rule),
            Policy::Forbid => errors.push(rule),
        }
    }
    match errors.first() {
        Some(rule) => Err(StoreError::Rule {
            code: rule.code.clone(),
            message: rule.message.clone(),
            properties: rule.properties.clone(),
        }),
        None => Ok(warnings
            .into_iter()
            .map(|rule| Warning { code: rule.code.clone(), message: rule.message.clone() })
            .collect()),
    }
}

/// A rule about what changes is not asked of what is so already.
fn is_asked(rule: &Rule, change: &Prepared<'_>) -> bool {
    let mutation = &change.mutation;
    !rule.on_change
        || change.before.is_none()
        || mutation.op == Operation::Restore
        || rule.properties.iter().any(|property| mutation.set.contains_key(property))
}

/// Conditions compiled once a group, not once a row.
struct Conditions<'a> {
    writing: &'a Writing<'a>,
    catalogue: &'a Catalogue,
    compiled: HashMap<String, Asked>,
}

struct Asked {
    sql: String,
    compiled: Compiled,
    /// The conditions' own binds, where they are the same for every row.
    binds: Vec<rusqlite::types::Value>,
}

impl<'a> Conditions<'a> {
    fn new(writing: &'a Writing<'_>, catalogue: &'a Catalogue) -> Self {
        Conditions { writing, catalogue, compiled: HashMap::new() }
    }

    /// One answer a condition; all false where the row is not there. `before` is the row before the write.
    fn answers(
        &mut self,
        table: &Table,
        id: Uuid,
        conditions: &[Condition<'_>],
        before: Option<&Version>,
    ) -> Result<Vec<bool>, StoreError> {
        let key = format!("{} {conditions:?}", table.entity);
        if !self.compiled.contains_key(&key) {
            let compiled = self.compile(table, conditions)?;
            self.compiled.insert(key.clone(), compiled);
        }
        let asked = &self.compiled[&key];
        let mut all = vec![uuid_sql(id)];
        match before.filter(|_| !asked.compiled.previous.is_empty()) {
            Some(before) => all.extend(self.binds(&asked.compiled, &[&self.values(table, id, before)?])?),
            None => all.extend(asked.binds.iter().cloned()),
        }
        let mut statement = self.writing.transaction.prepare_cached(&asked.sql)?;
        let mut rows = statement.query(rusqlite::params_from_iter(all))?;
        let read = |row: &Row<'_>| (1..=conditions.len()).map(|column| row.get(column)).collect::<Result<_, _>>();
        match rows.next()? {
            Some(row) => Ok(read(row)?),
            None => Ok(vec![false; conditions.len()]),
        }
    }

    /// The row's id is the first bind, so the conditions' own begin with the second.
    fn compile(&self, table: &Table, conditions: &[Condition<'_>]) -> Result<Asked, StoreError> {
        let unknown = || StoreError::UnknownEntity(table.entity.clone());
        let entity = self.catalogue.find(&table.entity).ok_or_else(unknown)?;
        let target = Target::Sqlite;
        let compiled =
            query_lang::compile_conditions(self.catalogue, entity, conditions, RowSource::Current, &target, 2)
                .map_err(|problems| StoreError::Model(problems.iter().map(ToString::to_string).collect()))?;
        let sql = format!("SELECT * FROM ({}) AS v WHERE v.c0 = ?1", compiled.sql);
        Ok(Asked { sql, binds: self.binds(&compiled, &[])?, compiled })
    }

    fn binds(&self, compiled: &Compiled, before: &[&[Value]]) -> Result<Vec<rusqlite::types::Value>, StoreError> {
        let values = compiled.bind_before(self.writing.environment, &Parameters::new(), before);
        let values = values.map_err(|problem| StoreError::Model(problem.to_string()))?;
        Ok(values.iter().map(to_sql).collect())
    }

    /// One value for each property of the entity, as the language counts them.
    fn values(&self, table: &Table, id: Uuid, version: &Version) -> Result<Vec<Value>, StoreError> {
        let unknown = || StoreError::UnknownEntity(table.entity.clone());
        let entity = self.catalogue.entity(self.catalogue.find(&table.entity).ok_or_else(unknown)?);
        let of = |name: &str| match table.column(name) {
            _ if name == "Id" => Value::Guid(id),
            Some(column) => value(column.kind, &version.cell(name)).unwrap_or(Value::Null),
            None => Value::Null,
        };
        Ok(entity.properties.iter().map(|property| of(&property.name)).collect())
    }
}

fn relations_and_uniqueness(writing: &Writing<'_>, change: &Prepared<'_>) -> Result<(), StoreError> {
    for (property, cell) in &change.mutation.set {
        let Some(column) = change.table.column(property).filter(|_| !cell.is_null()) else { continue };
        if change.before.as_ref().is_some_and(|before| before.cell(property) == *cell) {
            continue;
        }
        if let Some(parent) = &column.parent {
            parent_is_there(writing, change, column, parent)?;
        }
        if column.unique && taken(writing, change, column)? {
            let (entity, property) = (change.table.entity.clone(), column.property.clone());
            return Err(StoreError::NotUnique { entity, property });
        }
    }
    Ok(())
}

fn parent_is_there(
    writing: &Writing<'_>,
    change: &Prepared<'_>,
    column: &Column,
    parent: &str,
) -> Result<(), StoreError> {
    let cell = change.after.cell(&column.property);
    let id = match value(column.kind, &cell) {
        Some(Value::Guid(id)) => id,
        _ => Uuid::nil(),
    };
    if is_live(writing.transaction, known(writing.layout, parent)?, id)? {
        return Ok(());
    }
    Err(StoreError::MissingParent {
        entity: change.table.entity.clone(),
        property: column.property.clone(),
        parent: parent.to_owned(),
    })
}

fn taken(writing: &Writing<'_>, change: &Prepared<'_>, column: &Column) -> Result<bool, StoreError> {
    let sql = format!(
        "SELECT 1 FROM main.\"{}\" WHERE \"{}\" = ?1 AND deleted = 0 AND id <> ?2",
        change.table.name, column.name
    );
    let value = value(column.kind, &change.after.cell(&column.property)).unwrap_or(Value::Null);
    let binds = [to_sql(&value), uuid_sql(change.mutation.id)];
    Ok(writing.transaction.prepare_cached(&sql)?.exists(binds)?)
}

fn references(writing: &Writing<'_>, change: &Prepared<'_>) -> Result<(), StoreError> {
    for (table, column) in &change.table.referred_by {
        let by = &writing.layout.tables()[*table];
        let sql = format!("SELECT 1 FROM main.\"{}\" WHERE \"{column}\" = ?1 AND deleted = 0", by.name);
        if writing.transaction.prepare_cached(&sql)?.exists([uuid_sql(change.mutation.id)])? {
            let (entity, by) = (change.table.entity.clone(), by.entity.clone());
            return Err(StoreError::StillReferenced { entity, by });
        }
    }
    Ok(())
}
