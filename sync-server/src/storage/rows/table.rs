//! An entity's table with every statement that a push makes about it, put together once for a version of the model.

use crate::failure::Failure;
use crate::push::Writable;
use crate::storage::rows::asked::Asked;
use crate::storage::rows::policies::Policies;
use query_lang::catalogue::{Entity, Property, PropertyKind, Rule, Source};
use query_lang::{Catalogue, Condition, EntityId, Identifier, RowSource, Target, TenantSchema, Type};

/// One entity's rows in a tenant's schema.
#[derive(Debug)]
pub(crate) struct RowTable {
    pub(crate) entity: EntityId,
    pub(crate) name: Identifier,
    /// Qualified and quoted.
    pub(crate) current: String,
    pub(crate) history: String,
    pub(crate) columns: Vec<StoredColumn>,
    /// How many properties the entity has: the length of a row's values.
    pub(crate) properties: usize,
    /// Properties with a read permission of their own.
    pub(crate) masked: Vec<usize>,
    pub(crate) writable: Writable,
    /// Read, update, delete, then one for each of `masked`; of the row as it stands.
    pub(crate) before: Asked,
    /// With the rules that always stop a write.
    after: Checks,
    /// With those too that a company may forbid to break; None: there are none.
    after_strictly: Option<Checks>,
    /// Read, then one for each of `masked`.
    pub(crate) reading: Asked,
    /// Who refers to a row of this table.
    pub(crate) referrers: Vec<Referrer>,
}

/// What a row is asked as it was written.
#[derive(Debug)]
pub(crate) struct Checks {
    /// Insert, update, one for each of the table's `masked`, then one for each of `rules`.
    pub(crate) asked: Asked,
    pub(crate) rules: Vec<Rule>,
}

/// A property that is a column. `fold` holds the fold key of a text that people sort or search by.
#[derive(Debug, Clone)]
pub(crate) struct StoredColumn {
    pub(crate) property: usize,
    pub(crate) name: Identifier,
    pub(crate) kind: Type,
    pub(crate) fold: Option<Identifier>,
}

/// A relation of another entity (or the same one) that points to this table.
#[derive(Debug, Clone)]
pub(crate) struct Referrer {
    pub(crate) entity: String,
    pub(crate) table: String,
    pub(crate) column: Identifier,
}

impl StoredColumn {
    /// A relation that the model declares: who made or changed a row refers to no one in this sense.
    pub(crate) fn is_declared_relation(&self) -> bool {
        matches!(self.kind, Type::Ref(_)) && !["created_by", "updated_by"].contains(&self.name.as_str())
    }
}

impl RowTable {
    pub(super) fn compile(
        schema: &TenantSchema,
        model: &migrations::Model,
        catalogue: &Catalogue,
        id: EntityId,
    ) -> Result<Self, Failure> {
        let entity = catalogue.entity(id);
        let declared = model.entity(&entity.name).ok_or_else(|| {
            Failure::internal("stored model", format!("{} is in the catalogue and not in the model", entity.name))
        })?;
        let target = Target::Postgres(schema.clone());
        let masked: Vec<usize> = indices(entity, |property| property.read.is_some());
        let stops = |rule: &&Rule| !rule.warning || rule.policy.is_some();
        let rules: Vec<Rule> = entity.rules.iter().filter(stops).cloned().collect();
        let masks: Vec<Condition<'_>> =
            masked.iter().map(|index| Condition::ReadProperty(&entity.properties[*index].name)).collect();
        let ask = |conditions: &[Condition<'_>]| {
            Asked::compile(catalogue, id, conditions, RowSource::Current, (&target, "v", 1))
        };
        let check = |rules: Vec<Rule>| -> Result<Checks, Failure> {
            let asked: Vec<Condition<'_>> = rules.iter().map(|rule| Condition::Rule(&rule.code)).collect();
            let asked = ask(&[&[Condition::Insert, Condition::Update], &*masks, &*asked].concat())?;
            Ok(Checks { asked, rules })
        };
        Ok(RowTable {
            entity: id,
            name: entity.table.clone(),
            current: qualified(schema, &entity.table),
            history: format!("\"{}\".\"{}_history\"", schema.as_str(), entity.table),
            columns: columns(entity),
            properties: entity.properties.len(),
            writable: Writable::of(declared, entity),
            before: ask(&[&[Condition::Read, Condition::Update, Condition::Delete], &*masks].concat())?,
            after: check(rules.iter().filter(|rule| !rule.warning).cloned().collect())?,
            after_strictly: if rules.iter().any(|rule| rule.warning) { Some(check(rules)?) } else { None },
            reading: ask(&[&[Condition::Read], &*masks].concat())?,
            referrers: referrers(schema, catalogue, id),
            masked,
        })
    }

    /// What a written row is asked in a company with these policies. The rules that most companies only warn of are left
    /// out for those: they look at many rows.
    pub(crate) fn checks(&self, policies: &Policies) -> &Checks {
        let strict = self.after_strictly.as_ref();
        let forbids = |checks: &&Checks| checks.rules.iter().any(|rule| rule.warning && policies.forbid(rule));
        strict.filter(forbids).unwrap_or(&self.after)
    }

    /// Tables whose rows decide, with the row, whether a row of this one may be written.
    pub(crate) fn tables_that_decide(&self, policies: &Policies) -> Vec<&str> {
        let asked = &self.checks(policies).asked;
        asked.tables_beside(self.name.as_str(), &self.current).into_iter().map(|(table, _)| table).collect()
    }

    /// Keys of the settings that say what becomes of broken rules.
    pub(crate) fn policy_keys(&self) -> impl Iterator<Item = &str> {
        let checks = self.after_strictly.as_ref().unwrap_or(&self.after);
        checks.rules.iter().filter_map(|rule| rule.policy.as_deref())
    }
}

fn qualified(schema: &TenantSchema, table: &Identifier) -> String {
    format!("\"{}\".\"{table}\"", schema.as_str())
}

fn indices(entity: &Entity, wanted: impl Fn(&Property) -> bool) -> Vec<usize> {
    entity.properties.iter().enumerate().filter(|(_, property)| wanted(property)).map(|(index, _)| index).collect()
}

fn columns(entity: &Entity) -> Vec<StoredColumn> {
    let column = |(property, definition): (usize, &Property)| match &definition.kind {
        PropertyKind::Stored { column, kind, fold, .. } => {
            Some(StoredColumn { property, name: column.clone(), kind: *kind, fold: fold.clone() })
        }
        PropertyKind::Calculated { .. } => None,
    };
    entity.properties.iter().enumerate().filter_map(column).collect()
}

fn referrers(schema: &TenantSchema, catalogue: &Catalogue, target: EntityId) -> Vec<Referrer> {
    let mut referrers = Vec::new();
    for (_, entity) in catalogue.entities().filter(|(_, entity)| entity.source == Source::Tenant) {
        let points_here = |column: &StoredColumn| column.is_declared_relation() && column.kind == Type::Ref(target);
        for column in columns(entity).into_iter().filter(points_here) {
            let table = qualified(schema, &entity.table);
            referrers.push(Referrer { entity: entity.name.clone(), table, column: column.name });
        }
    }
    referrers
}
