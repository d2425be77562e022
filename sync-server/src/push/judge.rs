//! The first reason why a written group may not stay, from the answers that the database gave about its rows.

use crate::push::change::Key;
use crate::push::decide::rejected;
use crate::push::plan::{Refusal, Write};
use query_lang::catalogue::Entity;
use query_lang::{EntityId, Type, Value};
use std::collections::{BTreeMap, HashMap, HashSet};
use sync_protocol::{OutcomeKind, RejectionCode};
use uuid::Uuid;

/// What the database said of the rows that a group wrote.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    pub(crate) verdicts: HashMap<Key, RowVerdict>,
    /// Rows that are referred to and that this person does not see as live ones.
    pub(crate) missing_parents: HashSet<Key>,
    /// Deleted rows that a live row refers to, with the name of that row's entity.
    pub(crate) still_referenced: HashMap<Key, String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowVerdict {
    pub(crate) may_insert: bool,
    pub(crate) may_update: bool,
    pub(crate) hidden: Vec<usize>,
    pub(crate) broken: Vec<BrokenRule>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BrokenRule {
    pub(crate) code: String,
    /// What the rule is about.
    pub(crate) properties: Vec<String>,
    /// Whether it says nothing of a row whose `properties` were not changed.
    pub(crate) on_change: bool,
}

/// None: the group stays. Of several reasons the earliest change's counts, and permission before anything else.
pub(crate) fn judge<'e>(
    writes: &[Write],
    answers: &Answers,
    entity: impl Fn(EntityId) -> &'e Entity,
) -> Option<Refusal> {
    let reason = |write: &Write| {
        let outcome = judge_row(write, answers, &entity)?;
        Some(Refusal { position: write.last_change, outcome })
    };
    writes.iter().filter_map(reason).min_by_key(|refusal| refusal.position)
}

fn judge_row<'e>(write: &Write, answers: &Answers, entity: &impl Fn(EntityId) -> &'e Entity) -> Option<OutcomeKind> {
    let Some(verdict) = answers.verdicts.get(&write.key) else { return Some(forbidden()) };
    permission(write, verdict, entity(write.key.0))
        .or_else(|| missing_parent(write, answers, entity))
        .or_else(|| still_referenced(write, answers))
        .or_else(|| broken_rule(write, verdict, entity(write.key.0)))
}

fn permission(write: &Write, verdict: &RowVerdict, entity: &Entity) -> Option<OutcomeKind> {
    let may = if write.inserted { verdict.may_insert } else { !write.edited || verdict.may_update };
    if !may {
        return Some(forbidden());
    }
    let is_set = |property: &usize| write.named.contains(property) && !write.row.values[*property].is_null();
    let hidden = verdict.hidden.iter().filter(|property| is_set(property));
    let hidden: Vec<String> = hidden.map(|property| entity.properties[*property].name.clone()).collect();
    (!hidden.is_empty()).then(|| rejected(RejectionCode::UnknownProperty, hidden))
}

fn missing_parent<'e>(
    write: &Write,
    answers: &Answers,
    entity: &impl Fn(EntityId) -> &'e Entity,
) -> Option<OutcomeKind> {
    if write.row.deleted {
        return None;
    }
    let child = entity(write.key.0);
    let (property, parent) = parents(write, child).find(|(_, key)| answers.missing_parents.contains(key))?;
    Some(missing_parent_of(&child.properties[property].name, &entity(parent.0).name))
}

fn missing_parent_of(property: &str, parent: &str) -> OutcomeKind {
    OutcomeKind::Rejected {
        code: RejectionCode::MissingParent,
        properties: vec![property.to_owned()],
        params: BTreeMap::from([("parent".to_owned(), parent.to_owned())]),
    }
}

/// The rows that a write newly refers to, by the property that does.
pub(crate) fn parents(write: &Write, entity: &Entity) -> impl Iterator<Item = (usize, Key)> {
    write.references.iter().filter_map(|property| {
        match (entity.properties[*property].type_of(), &write.row.values[*property]) {
            (Type::Ref(parent), Value::Guid(id)) => Some((*property, (parent, *id))),
            _ => None,
        }
    })
}

fn still_referenced(write: &Write, answers: &Answers) -> Option<OutcomeKind> {
    let by = answers.still_referenced.get(&write.key)?;
    let params = BTreeMap::from([("child".to_owned(), by.clone())]);
    Some(OutcomeKind::Rejected { code: RejectionCode::StillReferenced, properties: Vec::new(), params })
}

fn broken_rule(write: &Write, verdict: &RowVerdict, entity: &Entity) -> Option<OutcomeKind> {
    let named = |property: &String| write.named.iter().any(|index| entity.properties[*index].name == *property);
    let holds_for =
        |rule: &&BrokenRule| !rule.on_change || write.inserted || write.revived || rule.properties.iter().any(named);
    let rule = verdict.broken.iter().find(holds_for).filter(|_| !write.row.deleted)?;
    let params = BTreeMap::from([("rule".to_owned(), rule.code.clone())]);
    Some(OutcomeKind::Rejected { code: RejectionCode::Rule, properties: rule.properties.clone(), params })
}

fn forbidden() -> OutcomeKind {
    rejected(RejectionCode::Forbidden, Vec::new())
}

/// Ids by entity, so that each table is asked once.
pub(crate) fn by_entity(keys: impl IntoIterator<Item = Key>) -> BTreeMap<EntityId, Vec<Uuid>> {
    let mut ids = BTreeMap::<EntityId, HashSet<Uuid>>::new();
    for (entity, id) in keys {
        ids.entry(entity).or_default().insert(id);
    }
    ids.into_iter().map(|(entity, ids)| (entity, ids.into_iter().collect())).collect()
}
