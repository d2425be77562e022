//! A company's model as data: what the model file, `GET /v1/model` and both databases agree on.

mod entity;
mod property;
mod roles;

pub use entity::{BackReference, Entity, EntityAlias, Permissions, Rule, Source};
pub use property::{Calculated, Literal, Property, PropertyKind, Relation, StoredProperty, ValueType};
pub use roles::{STANDARD_ROLES, StandardRole};

use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// The form of model files that this build reads and writes.
pub const FORMAT: u32 = 1;

/// Bytes of a model file that is read from outside.
pub const MODEL_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Entities with their properties, rules and permissions, and the queries and functions that belong to the model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    pub format: u32,
    /// Raised by each change of the company's model.
    pub version: u64,
    pub entities: Vec<Entity>,
    /// `Set.Name` and `View.Name(..)`: query texts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sets: Vec<NamedQuery>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub views: Vec<NamedQuery>,
    /// Functions written in the language.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub functions: Vec<NamedFunction>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NamedQuery {
    pub name: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NamedFunction {
    pub name: String,
    /// Names with the names of their types.
    pub parameters: Vec<(String, String)>,
    /// An expression over the parameters.
    pub body: String,
}

/// Why a model text was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("The model is larger than {MODEL_BYTES_MAX} bytes: ask the person who changed it to make it smaller.")]
    TooLarge,
    #[error("The model is of form {0}, and this version reads form {FORMAT}: install a newer version.")]
    Format(u32),
    #[error("The model is not readable ({0}): get it from the server again.")]
    Text(#[from] serde_json::Error),
}

impl Model {
    /// The model that ships with the product and that each company starts with.
    pub fn standard() -> &'static Model {
        static STANDARD: LazyLock<Model> = LazyLock::new(|| {
            Model::read(STANDARD_TEXT).expect("the standard model is part of the program and is read by its tests")
        });
        &STANDARD
    }

    /// Reads a model's JSON. Members that this version does not know are passed over, so a newer server's model can be
    /// read; keep the text itself to hand it on.
    pub fn read(text: &str) -> Result<Model, ReadError> {
        if text.len() > MODEL_BYTES_MAX {
            return Err(ReadError::TooLarge);
        }
        let model: Model = serde_json::from_str(text)?;
        if model.format != FORMAT { Err(ReadError::Format(model.format)) } else { Ok(model) }
    }

    /// The model as JSON.
    pub fn text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// By name, without case; hidden ones too.
    pub fn entity(&self, name: &str) -> Option<&Entity> {
        self.entities.iter().find(|entity| entity.name.eq_ignore_ascii_case(name))
    }

    /// Entities that have a table in the tenant's schema or file, hidden ones too.
    pub fn tenant_entities(&self) -> impl Iterator<Item = &Entity> {
        self.entities.iter().filter(|entity| entity.source == Source::Tenant)
    }

    /// Relations of other entities that point to `entity` and have a name there.
    pub fn back_references(&self, entity: &Entity) -> Vec<BackReference<'_>> {
        let name = entity.name.clone();
        let relations = self.entities.iter().filter(|other| !other.hidden).flat_map(|other| {
            other.properties.iter().filter(|property| !property.hidden).map(move |property| (other, property))
        });
        relations
            .filter_map(|(other, property)| {
                let relation = property.relation().filter(|relation| relation.to.eq_ignore_ascii_case(&name))?;
                Some(BackReference { name: relation.back.as_deref()?, entity: other, property })
            })
            .collect()
    }
}

/// The file `model/standard.json`, as it is.
pub const STANDARD_TEXT: &str = include_str!("../model/standard.json");
