//! What the server did not take over: shown beside what the row says now, and settled by the person.

use crate::moment::{offset_minutes, rfc3339};
use crate::names::naming;
use crate::timesheet::wall_of_entry;
use crate::view::{InboxChange, InboxEntry, InboxProperty};
use crate::{Device, DeviceError, SettledValue};
use query_lang::{Value, Written};
use std::collections::BTreeMap;
use store::{Field, Record, Refusal};
use sync_protocol::{Cell, ConflictCode, Operation, OutcomeKind, RejectionCode};
use uuid::Uuid;

impl Device {
    /// What the server did not take over, the oldest first.
    pub fn inbox(&self) -> Result<Vec<InboxEntry>, DeviceError> {
        let entries = self.store().inbox()?;
        entries
            .into_iter()
            .map(|entry| {
                let at = entry.refusals.first().map_or(entry.answered, |refusal| refusal.mutation.at);
                let offset = offset_minutes(&self.outside.zone, at);
                let changes = entry.refusals.iter().map(|refusal| self.refused(refusal));
                Ok(InboxEntry {
                    id: entry.no.to_string(),
                    at: rfc3339(at, offset),
                    changes: changes.collect::<Result<_, _>>()?,
                })
            })
            .collect()
    }

    fn refused(&self, refusal: &Refusal) -> Result<InboxChange, DeviceError> {
        let Refusal { mutation, outcome } = refusal;
        let (fields, now) = {
            let store = self.store();
            (store.fields(&mutation.entity)?, store.record(&mutation.entity, mutation.id)?)
        };
        let named = named_properties(outcome);
        let mut properties = Vec::new();
        for (property, cell) in &mutation.set {
            let Some(field) = fields.iter().find(|field| field.property == *property) else { continue };
            // A field group travels whole; what did not change is no news.
            let is_news = mutation.was.get(property) != Some(cell) || named.contains(property);
            if is_news && !(mutation.was.is_empty() && *cell == Cell::Null) {
                let mine = store::value(field.kind, cell).unwrap_or(Value::Null);
                let theirs = now.as_ref().and_then(|row| row.get(property)).cloned().unwrap_or(Value::Null);
                properties.push(InboxProperty {
                    name: property.clone(),
                    mine: self.shown(field, &mine)?,
                    theirs: self.shown(field, &theirs)?,
                    named: named.contains(property),
                });
            }
        }
        let mine: Record = mutation
            .set
            .iter()
            .filter_map(|(property, cell)| {
                let field = fields.iter().find(|field| field.property == *property)?;
                Some((property.clone(), store::value(field.kind, cell)?))
            })
            .collect();
        let (code, message) = self.sentence(&mutation.entity, outcome);
        Ok(InboxChange {
            entity: mutation.entity.clone(),
            row: mutation.id.hyphenated().to_string(),
            title: self.title_of(&mutation.entity, mutation.id, &fields, &mine)?,
            operation: operation(mutation.op).to_owned(),
            code,
            message,
            properties,
        })
    }

    /// The row's name here, else as the person meant it, else as it was before somebody deleted it. A row that only joins
    /// others is known by them.
    fn title_of(&self, entity: &str, id: Uuid, fields: &[Field], mine: &Record) -> Result<String, DeviceError> {
        let (now, last) = {
            let store = self.store();
            (store.record(entity, id)?, store.last_record(entity, id)?)
        };
        let known = [now.as_ref(), Some(mine), last.as_ref()].into_iter().flatten();
        let mut titles = known.clone().map(|row| title(fields, row));
        if let Some(own) = titles.find(|title| !title.is_empty()) {
            return Ok(own);
        }
        for row in known {
            let parents = fields.iter().filter(|field| field.parent.is_some());
            let parents = parents.filter_map(|field| self.shown(field, row.get(&field.property)?).transpose());
            let parents = parents.collect::<Result<Vec<_>, _>>()?.join(", ");
            if !parents.is_empty() {
                return Ok(parents);
            }
        }
        Ok(String::new())
    }

    /// As a person reads it: a row by its name, an instant by the clock on the wall.
    fn shown(&self, field: &Field, value: &Value) -> Result<Option<String>, DeviceError> {
        Ok(match (value, &field.parent) {
            (Value::Null, _) => None,
            (Value::Guid(id), Some(parent)) => {
                let store = self.store();
                let (fields, is_here) = (store.fields(parent)?, store.record(parent, *id)?.is_some());
                let name = store.last_record(parent, *id)?.map(|row| title(&fields, &row));
                let name = name.filter(|name| !name.is_empty()).unwrap_or_else(|| parent.clone());
                Some(if is_here { name } else { format!("{name} (deleted)") })
            }
            (Value::DateTime(instant), _) => Some(rfc3339(*instant, offset_minutes(&self.outside.zone, *instant))),
            (value, _) => match value.written() {
                Written::Null => None,
                Written::Bool(value) => Some(value.to_string()),
                Written::Int(value) => Some(value.to_string()),
                Written::Text(text) => Some(text),
            },
        })
    }

    /// Sends the person's values again, on top of what the row shows now.
    pub fn take_mine(&self, entry: &str) -> Result<(), DeviceError> {
        self.settle_with(entry, &[])
    }

    /// Lets the person's values go; the rows stay as they are shown. `undo` brings the entry back.
    pub fn take_theirs(&self, entry: &str) -> Result<(), DeviceError> {
        let environment = self.environment()?;
        Ok(self.store().take_theirs(number(entry)?, &environment)?)
    }

    /// As [`Device::take_mine`], with other values in the place of some of the person's.
    pub fn settle_with(&self, entry: &str, set: &[SettledValue]) -> Result<(), DeviceError> {
        let no = number(entry)?;
        let refusals = self.store().inbox()?.into_iter().find(|found| found.no == no);
        let refusals = refusals.ok_or(store::StoreError::NotInInbox)?.refusals;
        let mut instead = BTreeMap::new();
        for SettledValue { row, property, text } in set {
            let id = Uuid::try_parse(row).ok();
            let refusal = refusals.iter().find(|refusal| Some(refusal.mutation.id) == id);
            let refusal = refusal.ok_or_else(|| DeviceError::unknown(format!("this entry has no row {row}")))?;
            let given = BTreeMap::from([(property.clone(), text.clone())]);
            let entity = &refusal.mutation.entity;
            let now = self.store().record(entity, refusal.mutation.id)?;
            let wall = match &now {
                Some(record) if record.contains_key("UtcOffset") => wall_of_entry(record, &given),
                _ => self.wall_of(self.calendar_day()),
            };
            for (property, value) in self.read_values(entity, &given, &wall, now.as_ref())? {
                instead.insert((refusal.mutation.id, property), value);
            }
        }
        let environment = self.environment()?;
        self.store().take_mine(no, &instead, &environment)?;
        Ok(())
    }

    fn sentence(&self, entity: &str, outcome: &OutcomeKind) -> (String, String) {
        let (code, message) = match outcome {
            OutcomeKind::Conflict { code: ConflictCode::Clash, .. } => (
                "clash",
                "somebody else changed the same to other values: take yours, theirs, or write a third".to_owned(),
            ),
            OutcomeKind::Conflict { code: ConflictCode::EditedSince, .. } => (
                "edited_since",
                format!("this {entity} was changed since you deleted it: delete it again, or leave it"),
            ),
            OutcomeKind::Conflict { code: ConflictCode::Deleted, .. } => (
                "deleted",
                format!(
                    "somebody deleted this {entity}: take yours to bring it back with your values, or let your change go"
                ),
            ),
            OutcomeKind::Rejected { code, params, .. } => {
                return (rejection(*code).to_owned(), self.rejection_sentence(entity, *code, params));
            }
            OutcomeKind::ModelChanged => (
                "model_changed",
                "the company changed its data model: look at your values and send them again".to_owned(),
            ),
            OutcomeKind::Skipped { .. } => (
                "skipped",
                "another change of the same step was not taken over, so this one was left out too".to_owned(),
            ),
            OutcomeKind::Applied { .. } | OutcomeKind::Merged { .. } | OutcomeKind::Duplicate { .. } => (
                "skipped",
                "another change of the same step was not taken over, so this one was left out too".to_owned(),
            ),
        };
        (code.to_owned(), message)
    }

    /// A rule speaks for itself, in the model's own words.
    fn rejection_sentence(&self, entity: &str, code: RejectionCode, params: &BTreeMap<String, String>) -> String {
        if let (RejectionCode::Rule, Some(rule)) = (code, params.get("rule")) {
            let catalogue = self.store().catalogue();
            let found = catalogue.find(entity).map(|id| catalogue.entity(id));
            let rule = found.and_then(|entity| entity.rules.iter().find(|known| known.code == *rule));
            if let Some(rule) = rule {
                return rule.message.clone();
            }
        }
        let parent = params.get("parent").map_or("row", String::as_str);
        let property = params.get("property").map_or("value", String::as_str);
        match code {
            RejectionCode::Missing => format!("this {entity} is not there for you (any more): let your change go"),
            RejectionCode::Forbidden => format!("you may not write this {entity}: ask somebody who has the right"),
            RejectionCode::Rule => "a rule of the company says no: change your values".to_owned(),
            RejectionCode::Required => "a required value is missing: fill it in".to_owned(),
            RejectionCode::BadValue => "a value does not fit its property: change it".to_owned(),
            RejectionCode::NotUnique => format!("another {entity} has this {property} already: choose another one"),
            RejectionCode::MissingParent => format!("the {parent} that it names is not there: choose another one"),
            RejectionCode::StillReferenced => format!("other rows use this {entity}: change or delete those first"),
            RejectionCode::UnknownEntity | RejectionCode::UnknownProperty => {
                "the company's data model does not know this (any more): update Daybook, or let your change go"
                    .to_owned()
            }
        }
    }
}

fn number(entry: &str) -> Result<u64, DeviceError> {
    entry.trim().parse().map_err(|_| DeviceError::input(format!("`{entry}` is no entry of the inbox: give its number")))
}

fn named_properties(outcome: &OutcomeKind) -> &[String] {
    match outcome {
        OutcomeKind::Conflict { properties, .. } | OutcomeKind::Rejected { properties, .. } => properties,
        _ => &[],
    }
}

/// The best name of a row, or its begin.
fn title(fields: &[Field], row: &Record) -> String {
    let names = naming(fields);
    let name = names.last().copied().into_iter().chain(["Description"]);
    let text = name.filter_map(|property| row.get(property)).find_map(|value| match value {
        Value::Text(text) if !text.is_empty() => Some(text.clone()),
        _ => None,
    });
    let date = row.get("Date").filter(|_| text.is_none()).cloned();
    text.unwrap_or_else(|| match date.map(|date| date.written()) {
        Some(Written::Text(date)) => date,
        _ => String::new(),
    })
}

fn operation(op: Operation) -> &'static str {
    match op {
        Operation::Put => "put",
        Operation::Delete => "delete",
        Operation::Restore => "restore",
    }
}

/// The code as the wire spells it.
fn rejection(code: RejectionCode) -> &'static str {
    match code {
        RejectionCode::Missing => "missing",
        RejectionCode::Forbidden => "forbidden",
        RejectionCode::Rule => "rule",
        RejectionCode::Required => "required",
        RejectionCode::BadValue => "bad_value",
        RejectionCode::NotUnique => "not_unique",
        RejectionCode::MissingParent => "missing_parent",
        RejectionCode::StillReferenced => "still_referenced",
        RejectionCode::UnknownEntity => "unknown_entity",
        RejectionCode::UnknownProperty => "unknown_property",
    }
}
