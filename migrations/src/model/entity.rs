use super::property::Property;
use serde::{Deserialize, Serialize};

/// One table of the company, or one kind of signals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    pub name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<EntityAlias>,
    /// Physical name, given once: a rename changes `name` and leaves an alias.
    pub table: String,
    #[serde(default, skip_serializing_if = "Source::is_tenant")]
    pub source: Source,
    /// Dropped: still in the databases, in no query and on no screen.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// Expression over `Current`: the text that a person sees for a row.
    pub display: String,
    pub properties: Vec<Property>,
    /// Properties that are merged as one; any other property is its own group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub field_groups: Vec<Vec<String>>,
    /// Properties that rows are often looked up by, beyond relations and unique ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indexes: Vec<Vec<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    pub permissions: Permissions,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    #[default]
    Tenant,
    /// On the owner's device only, in the attached in-memory database `sig`.
    Signal,
}

impl Source {
    fn is_tenant(&self) -> bool {
        *self == Source::Tenant
    }
}

/// An older name. A condition over `Current` also holds for its rows and fills a new one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntityAlias {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
}

/// A condition over `Current` that each written row must meet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    pub code: String,
    pub condition: String,
    /// Properties that the sentence is about.
    pub properties: Vec<String>,
    /// What a person reads when it is broken: what happened and the way on.
    pub message: String,
    /// The write goes through; the person is told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub warning: bool,
    /// The key of the setting in which a company says what becomes of the write: see [`crate::Policy`]. Without it
    /// `warning` holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy: Option<String>,
    /// Asked only of a row that is new, lives again, or of which one of `properties` was changed: what is so already
    /// stays.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub on_change: bool,
}

/// Conditions over `Current` and `CurrentUser`, joined with Or; none: nobody.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Permissions {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub read: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub insert: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub update: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delete: Vec<String>,
}

/// The rows of `entity` whose relation `property` points here.
#[derive(Debug, Clone, Copy)]
pub struct BackReference<'a> {
    pub name: &'a str,
    pub entity: &'a Entity,
    pub property: &'a Property,
}

impl Entity {
    /// By name, without case; hidden ones too.
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name.eq_ignore_ascii_case(name))
    }

    /// Properties with a column, in the model's order, hidden ones too.
    pub fn columns(&self) -> impl Iterator<Item = &Property> {
        self.properties.iter().filter(|property| property.column().is_some())
    }

    /// The properties that are merged together with this one, itself among them.
    pub fn field_group<'a>(&'a self, property: &'a str) -> Vec<&'a str> {
        let group = self.field_groups.iter().find(|group| group.iter().any(|name| name.eq_ignore_ascii_case(property)));
        group.map_or_else(|| vec![property], |group| group.iter().map(String::as_str).collect())
    }
}
