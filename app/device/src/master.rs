//! Lists and forms made from the model: customers, projects, tasks and whatever else a company has.

use crate::names::naming;
use crate::timesheet::warnings;
use crate::view::{EntityView, ListRow, ListView, PropertyKind, PropertyView, PutRow};
use crate::{Device, DeviceError};
use query_lang::catalogue::{Entity, Source};
use query_lang::functions::fold;
use query_lang::{Catalogue, Type, Value};
use std::collections::BTreeMap;
use store::{Action, Change, Field};
use uuid::Uuid;

impl Device {
    /// Entities of the model that the device holds, for lists and forms.
    pub fn entities(&self) -> Result<Vec<EntityView>, DeviceError> {
        let catalogue = self.store().catalogue();
        let held = catalogue.entities().filter(|(_, entity)| entity.source == Source::Tenant);
        held.map(|(_, entity)| self.entity_view(&catalogue, entity)).collect()
    }

    fn entity_view(&self, catalogue: &Catalogue, entity: &Entity) -> Result<EntityView, DeviceError> {
        let fields = self.store().fields(&entity.name)?;
        let shown = entity.properties.iter().filter(|property| property.name != "Id");
        let properties = shown.map(|property| {
            let field = fields.iter().find(|field| field.property == property.name);
            let target = match property.type_of() {
                Type::Ref(target) => Some(catalogue.entity(target).name.clone()),
                _ => None,
            };
            PropertyView {
                name: property.name.clone(),
                kind: kind(property.type_of()),
                target,
                required: field.is_some_and(|field| field.required && field.default.is_none()),
                writable: field.is_some(),
            }
        });
        Ok(EntityView { name: entity.name.clone(), properties: properties.collect() })
    }

    /// Rows of one entity whose texts contain `search`, at most `limit`.
    pub fn rows(&self, entity: &str, search: Option<&str>, limit: usize) -> Result<ListView, DeviceError> {
        let name = self.entity_name(entity)?;
        let catalogue = self.store().catalogue();
        let found = catalogue.find(&name).map(|id| catalogue.entity(id)).filter(|found| found.source == Source::Tenant);
        let found = found.ok_or_else(|| DeviceError::input(format!("{name} has no list: ask for it with a query")))?;
        let view = self.entity_view(&catalogue, found)?;
        let fields = self.store().fields(&name)?;
        let related = self.related_titles(&catalogue, found)?;
        let (text, parameters) = list_query(found, &fields, &related, search, limit);
        let rows = self.ask(&text, &parameters)?;
        let store = self.store();
        let rows = rows.into_iter().map(|mut cells| {
            let id = cells.id().unwrap_or_default();
            let title = cells.text().unwrap_or_default();
            let values = view.properties.iter().map(|_| crate::question::json(&cells.value())).collect();
            let titles = view.properties.iter().map(|property| property.target.as_ref().and_then(|_| cells.text()));
            let titles = titles.collect();
            let (waiting, refused) = (store.is_waiting(&name, id)?, store.is_refused(&name, id)?);
            Ok(ListRow { id: id.hyphenated().to_string(), title, values, titles, waiting, refused })
        });
        let rows = rows.collect::<Result<_, DeviceError>>()?;
        Ok(ListView { entity: view, rows })
    }

    /// Paths from `R` to the text that people know each relation's row by, in the order of the properties.
    fn related_titles(&self, catalogue: &Catalogue, entity: &Entity) -> Result<Vec<String>, DeviceError> {
        let relations = entity.properties.iter().filter_map(|property| match property.type_of() {
            Type::Ref(target) if property.name != "Id" => Some((property, catalogue.entity(target))),
            _ => None,
        });
        let paths = relations.map(|(property, target)| {
            let fields = self.store().fields(&target.name)?;
            let title = naming(&fields).last().map_or_else(String::new, |name| format!("R.{}.{name}", property.name));
            Ok(if title.is_empty() { "\"\"".to_owned() } else { title })
        });
        paths.collect()
    }

    /// Inserts a row, or changes the one with the same key. Relations are named by code, name or id.
    pub fn put(&self, entity: &str, set: &BTreeMap<String, String>) -> Result<PutRow, DeviceError> {
        let entity = self.entity_name(entity)?;
        let mut set = set.clone();
        let id = set.keys().find(|name| name.eq_ignore_ascii_case("Id")).cloned().and_then(|name| set.remove(&name));
        let values = self.read_values(&entity, &set, &self.wall_of(self.calendar_day()), None)?;
        let known = match id {
            Some(text) => Some(self.find(&entity, &text, None)?),
            None => self.same_key(&entity, &values)?,
        };
        let (id, action) = match known {
            Some(id) => (id, Action::Update(values)),
            None => (self.new_id(), Action::Insert(values)),
        };
        let change = match action {
            Action::Insert(values) if entity == crate::timesheet::TIMESHEET => self.new_timesheet(values)?,
            action => Change { entity: entity.clone(), id, action },
        };
        let id = change.id;
        let environment = self.environment()?;
        let what = format!("{} of {entity}", if known.is_some() { "change" } else { "add" });
        let written = self.store().write(&[change], &what, &environment)?;
        let id = id.hyphenated().to_string();
        Ok(PutRow { entity, id, created: known.is_none(), warnings: warnings(written) })
    }

    /// Deletes a row of any entity by id or key.
    pub fn remove(&self, entity: &str, row: &str) -> Result<(), DeviceError> {
        let entity = self.entity_name(entity)?;
        let id = self.find(&entity, row, None)?;
        let environment = self.environment()?;
        let change = Change { entity: entity.clone(), id, action: Action::Delete };
        self.store().write(&[change], &format!("deletion of {entity}"), &environment)?;
        Ok(())
    }

    /// The live row with the same key: the unique property, else the best name within the first relation, else the
    /// required relations together.
    fn same_key(&self, entity: &str, values: &BTreeMap<String, Value>) -> Result<Option<Uuid>, DeviceError> {
        let fields = self.store().fields(entity)?;
        let Some(key) = key_of(&fields, values) else { return Ok(None) };
        let names: Vec<String> = (0..key.len()).map(|index| format!("key{index}")).collect();
        let declared = key.iter().zip(&names).map(|(field, name)| {
            let kind = if field.kind == Type::Guid { "Guid" } else { "Text" };
            format!("@{name} As {kind}?")
        });
        let conditions = key.iter().zip(&names).map(|(field, name)| match field.kind {
            Type::Text => format!("Fold(R.{}) = Fold(@{name})", field.property),
            _ => format!("R.{} = @{name}", field.property),
        });
        let text = format!(
            "Parameters {} From R In {entity} Where {} Select R.Id",
            declared.collect::<Vec<_>>().join(", "),
            conditions.collect::<Vec<_>>().join(" And ")
        );
        let value = |field: &&Field| values.get(&field.property).cloned().unwrap_or(Value::Null);
        let parameters: Vec<(&str, Value)> = names.iter().map(String::as_str).zip(key.iter().map(value)).collect();
        Ok(self.ask(&text, &parameters)?.into_iter().next().and_then(|mut cells| cells.id()))
    }
}

/// None: nothing that is given names one row.
fn key_of<'a>(fields: &'a [Field], values: &BTreeMap<String, Value>) -> Option<Vec<&'a Field>> {
    let given = |field: &&Field| values.get(&field.property).is_some_and(|value| !value.is_null());
    if let Some(unique) = fields.iter().find(|field| field.unique && given(field)) {
        return Some(vec![unique]);
    }
    if fields.iter().any(|field| field.unique) {
        return None;
    }
    let code = fields.iter().find(|field| field.property == "Code").filter(|field| given(field));
    if let Some(code) = code {
        let parent = fields.iter().find(|field| field.parent.is_some());
        return Some(std::iter::once(code).chain(parent).collect());
    }
    let relations: Vec<&Field> = fields.iter().filter(|field| field.parent.is_some() && field.required).collect();
    let is_link = relations.len() > 1 && relations.iter().all(given);
    is_link.then_some(relations)
}

/// Id, title, every property in the order of the natural key, and the titles of the relations.
fn list_query(
    entity: &Entity,
    fields: &[Field],
    related: &[String],
    search: Option<&str>,
    limit: usize,
) -> (String, Vec<(&'static str, Value)>) {
    let naming = naming(fields);
    let title = naming.last().copied();
    let columns = entity.properties.iter().filter(|property| property.name != "Id").map(|property| {
        let path = match property.type_of() {
            Type::Ref(_) => format!("R.{}.Id", property.name),
            _ => format!("R.{}", property.name),
        };
        format!("P_{} = {path}", property.name)
    });
    let related = related.iter().enumerate().map(|(index, path)| format!("T_{index} = {path}"));
    let columns: Vec<String> = columns.chain(related).collect();
    let title = title.map_or_else(|| "\"\"".to_owned(), |name| format!("R.{name}"));
    let order = naming.first().map_or_else(|| "R.Created".to_owned(), |name| format!("R.{name}"));
    let wanted = search.map(fold).filter(|text| !text.is_empty());
    let texts: Vec<String> = naming.iter().map(|name| format!("Contains(R.{name}, @search)")).collect();
    let (declared, condition, parameters) = match wanted {
        Some(text) if !texts.is_empty() => (
            "Parameters @search As Text ",
            format!(" Where {}", texts.join(" Or ")),
            vec![("search", Value::Text(text))],
        ),
        _ => ("", String::new(), Vec::new()),
    };
    let text = format!(
        "{declared}From R In {}{condition} Order By {order} Take {limit} Select New {{ Row = R.Id, Title = {title}, {} }}",
        entity.name,
        columns.join(", ")
    );
    (text, parameters)
}

fn kind(kind: Type) -> PropertyKind {
    match kind {
        Type::Bool => PropertyKind::Bool,
        Type::Int => PropertyKind::Int,
        Type::Decimal => PropertyKind::Decimal,
        Type::Text => PropertyKind::Text,
        Type::Date => PropertyKind::Date,
        Type::Time => PropertyKind::Time,
        Type::DateTime => PropertyKind::DateTime,
        Type::Duration => PropertyKind::Duration,
        Type::Guid => PropertyKind::Guid,
        Type::Ref(_) => PropertyKind::Relation,
    }
}
