use crate::queries::dice::Dice;
use query_lang::Type;
use query_lang::catalogue::{Catalogue, EntityId};

/// What a place of a program can name.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    pub(super) rows: Vec<(String, EntityId)>,
    /// Lets, keys, aggregates and columns of sub-queries, as they are written.
    pub(super) values: Vec<(String, Type)>,
}

/// How many relations a path may follow.
const HOPS_MAX: usize = 2;

impl Scope {
    /// Every value of this type that can be written as a name or a path of properties.
    pub(super) fn paths(&self, catalogue: &Catalogue, kind: Type) -> Vec<String> {
        let mut found: Vec<String> =
            self.values.iter().filter(|(_, known)| *known == kind).map(|(name, _)| name.clone()).collect();
        for (name, entity) in &self.rows {
            if Type::Ref(*entity) == kind {
                found.push(name.clone());
            }
            properties(catalogue, name, *entity, kind, HOPS_MAX, &mut found);
        }
        for (name, known) in &self.values {
            if let Type::Ref(entity) = known {
                properties(catalogue, name, *entity, kind, 1, &mut found);
            }
        }
        found
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.values.is_empty()
    }

    /// A list behind a row: the row's name, the list's name and what its rows are.
    pub(super) fn collection(&self, catalogue: &Catalogue, dice: &mut Dice) -> Option<(String, EntityId)> {
        let lists = self.rows.iter().flat_map(|(name, entity)| {
            let back = &catalogue.entity(*entity).back_references;
            back.iter().map(move |list| (format!("{name}.{}", list.name), list.entity))
        });
        let lists: Vec<_> = lists.collect();
        (!lists.is_empty()).then(|| dice.pick(&lists).clone())
    }
}

fn properties(catalogue: &Catalogue, path: &str, entity: EntityId, kind: Type, hops: usize, found: &mut Vec<String>) {
    for property in &catalogue.entity(entity).properties {
        let known = property.type_of();
        let longer = format!("{path}.{}", property.name);
        if known == kind {
            found.push(longer.clone());
        }
        if let (Type::Ref(target), true) = (known, hops > 0)
            && !matches!(property.name.as_str(), "CreatedBy" | "UpdatedBy")
        {
            properties(catalogue, &longer, target, kind, hops - 1, found);
        }
    }
}
