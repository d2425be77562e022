//! From one model to the next, as steps that say nothing of an engine.

use crate::check::{Problem, structure};
use crate::model::{Entity, Model, PropertyKind, Source};
use crate::physical::{Column, Index, Table, table};
use query_lang::Identifier;

/// One change of a database's shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Without indexes and references: those are steps of their own, after all tables are there.
    CreateTable(Table),
    AddColumn {
        table: Identifier,
        column: Column,
    },
    /// The property is not required any more, or hidden.
    AllowNull {
        table: Identifier,
        column: Identifier,
    },
    AddReference {
        table: Identifier,
        column: Identifier,
        target: Identifier,
    },
    CreateIndex {
        table: Identifier,
        index: Index,
    },
    DropIndex {
        index: Identifier,
    },
    /// From now on former versions are kept with these columns; after each change of a table's columns.
    KeepHistory {
        table: Identifier,
        columns: Vec<Identifier>,
    },
}

/// Why there is no way from one model to the other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    #[error("The model has errors: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))]
    Invalid(Vec<Problem>),
    #[error("{0} is not in the new model: hide it instead; it is removed when nobody can need it any more.")]
    Removed(String),
    #[error("{0} would change its type or its target, which could lose values: make a new property.")]
    TypeChanged(String),
    #[error("{0} would become required, and rows may be without it: make a new property with a default.")]
    BecameRequired(String),
    #[error("{0} is required and has no default, and rows exist already: give it a default.")]
    NoDefault(String),
    #[error("{0} would get a fold key, which existing rows do not have: make a new property.")]
    FoldAdded(String),
}

/// The steps from `from` (None: an empty database) to `to`; pure. Entities and properties are the same when their
/// physical names are, so a rename is no step at all.
pub fn plan(from: Option<&Model>, to: &Model) -> Result<Vec<Step>, PlanError> {
    for model in from.into_iter().chain([to]) {
        let problems = structure(model);
        if !problems.is_empty() {
            return Err(PlanError::Invalid(problems));
        }
    }
    if let Some(from) = from {
        nothing_removed(from, to)?;
    }
    let mut steps = Steps::default();
    for entity in to.tenant_entities() {
        let new = table(to, entity);
        let former = from.and_then(|from| Some((from, from.tenant_entities().find(|old| old.table == entity.table)?)));
        match former {
            None => steps.create(new),
            Some((from, old_entity)) => {
                let old = table(from, old_entity);
                allowed(old_entity, entity, &old, &new)?;
                steps.change(&old, new);
            }
        }
    }
    Ok(steps.in_order())
}

fn nothing_removed(from: &Model, to: &Model) -> Result<(), PlanError> {
    for old in from.tenant_entities() {
        let new = to.tenant_entities().find(|entity| entity.table == old.table);
        let new = new.ok_or_else(|| PlanError::Removed(old.name.clone()))?;
        for property in old.columns() {
            if !new.columns().any(|other| other.column() == property.column()) {
                return Err(PlanError::Removed(format!("{}.{}", old.name, property.name)));
            }
        }
    }
    Ok(())
}

/// Refuses what rows that exist could not follow.
fn allowed(old_entity: &Entity, entity: &Entity, old: &Table, new: &Table) -> Result<(), PlanError> {
    for property in entity.columns() {
        let named = || format!("{}.{}", entity.name, property.name);
        let column = new.columns.iter().find(|column| Some(column.name.as_str()) == property.column());
        let Some(column) = column else { continue };
        let former = old_entity.columns().find(|other| other.column() == property.column());
        let Some(former) = former else {
            if column.required && column.default.is_none() {
                return Err(PlanError::NoDefault(named()));
            }
            continue;
        };
        let before = old.columns.iter().find(|other| other.name == column.name);
        if kind_of(&former.kind) != kind_of(&property.kind) || before.map(|b| &b.references) != Some(&column.references)
        {
            return Err(PlanError::TypeChanged(named()));
        }
        if column.required && before.is_some_and(|before| !before.required) {
            return Err(PlanError::BecameRequired(named()));
        }
        let folded = |kind: &PropertyKind| matches!(kind, PropertyKind::Stored(stored) if stored.fold);
        if folded(&property.kind) != folded(&former.kind) {
            return Err(PlanError::FoldAdded(named()));
        }
    }
    Ok(())
}

fn kind_of(kind: &PropertyKind) -> Option<crate::model::ValueType> {
    match kind {
        PropertyKind::Stored(stored) => Some(stored.value_type),
        PropertyKind::Relation(_) | PropertyKind::Calculated(_) => None,
    }
}

/// Tables first, then what needs them.
#[derive(Default)]
struct Steps {
    tables: Vec<Step>,
    references: Vec<Step>,
    history: Vec<Step>,
    indexes: Vec<Step>,
}

impl Steps {
    fn create(&mut self, table: Table) {
        self.refer(&table.name, &table.columns);
        self.keep_history(&table);
        self.index(&table.name, table.indexes.iter());
        self.tables.push(Step::CreateTable(Table { indexes: Vec::new(), ..table }));
    }

    fn change(&mut self, old: &Table, new: Table) {
        let before = |column: &Column| old.columns.iter().find(|other| other.name == column.name);
        let added: Vec<Column> = new.columns.iter().filter(|column| before(column).is_none()).cloned().collect();
        for column in &added {
            self.tables.push(Step::AddColumn { table: new.name.clone(), column: column.clone() });
        }
        for column in &new.columns {
            if !column.required && before(column).is_some_and(|before| before.required) {
                self.tables.push(Step::AllowNull { table: new.name.clone(), column: column.name.clone() });
            }
        }
        self.refer(&new.name, &added);
        if !added.is_empty() {
            self.keep_history(&new);
        }
        for index in old.indexes.iter().filter(|index| !new.indexes.contains(index)) {
            self.indexes.push(Step::DropIndex { index: index.name.clone() });
        }
        self.index(&new.name, new.indexes.iter().filter(|index| !old.indexes.contains(index)));
    }

    fn refer(&mut self, table: &Identifier, columns: &[Column]) {
        for column in columns {
            let Some(target) = column.references.clone() else { continue };
            self.references.push(Step::AddReference { table: table.clone(), column: column.name.clone(), target });
        }
    }

    fn keep_history(&mut self, table: &Table) {
        let columns = table.columns.iter().map(|column| column.name.clone()).collect();
        self.history.push(Step::KeepHistory { table: table.name.clone(), columns });
    }

    fn index<'a>(&mut self, table: &Identifier, indexes: impl Iterator<Item = &'a Index>) {
        self.indexes.extend(indexes.map(|index| Step::CreateIndex { table: table.clone(), index: index.clone() }));
    }

    fn in_order(self) -> Vec<Step> {
        [self.tables, self.references, self.history, self.indexes].concat()
    }
}

/// Kinds of signals, which live in the device's attached in-memory database.
pub(crate) fn signal_tables(model: &Model) -> Vec<Table> {
    let signals = model.entities.iter().filter(|entity| entity.source == Source::Signal && !entity.hidden);
    signals.map(|entity| table(model, entity)).collect()
}
