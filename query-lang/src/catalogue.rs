//! What the language knows of a company's model: an immutable snapshot, made by `migrations::catalogue(model)`.

use crate::diagnostic::Diagnostic;
use crate::parse;
use crate::tree::Tree;
use crate::value::Type;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

/// Index of an entity in its catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(pub u32);

/// A physical name: `[a-z_][a-z0-9_]{0,62}`. The only way a name reaches SQL text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identifier(String);

impl Identifier {
    /// None: the text is no physical name.
    pub fn new(text: &str) -> Option<Self> {
        let mut characters = text.chars();
        let first = characters.next()?;
        let valid = (first.is_ascii_lowercase() || first == '_')
            && characters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            && text.len() <= 63;
        valid.then(|| Identifier(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Entities, sets and views by name. Names are compared without case.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// The model's version; part of a plan cache's key.
    pub version: u64,
    entities: Vec<Entity>,
    by_name: HashMap<String, EntityId>,
    /// `Set.Name` and `View.Name(args)` of the model: query texts.
    pub sets: Vec<NamedQuery>,
    pub views: Vec<NamedQuery>,
    /// Functions written in the language.
    pub functions: Vec<NamedFunction>,
    trees: Arc<Trees>,
}

/// Expressions of the model as trees, read when they are needed first: a catalogue lives long, and every query asks the same
/// permissions.
#[derive(Debug, Default)]
struct Trees(RwLock<HashMap<String, Arc<Tree>>>);

#[derive(Debug, Clone)]
pub struct Entity {
    pub name: String,
    pub aliases: Vec<EntityAlias>,
    pub table: Identifier,
    pub source: Source,
    pub properties: Vec<Property>,
    pub back_references: Vec<BackReference>,
    /// Expression over `Current`: the text that a person sees for a row.
    pub display: String,
    pub permissions: Permissions,
    pub rules: Vec<Rule>,
}

/// Where an entity's rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A table of the tenant, with `id`, `seq`, `deleted` and a history table `<table>_history`.
    Tenant,
    /// `Signal.*`: on the device, the owner's own, in the attached in-memory database `sig`.
    Signal,
}

/// An older name of an entity. `condition`, over `Current`, also holds for its rows (`Vacation`: Kind = "Vacation").
#[derive(Debug, Clone)]
pub struct EntityAlias {
    pub name: String,
    pub condition: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Property {
    pub name: String,
    pub aliases: Vec<String>,
    pub kind: PropertyKind,
    /// Condition over `Current` and `CurrentUser`; where it is false the value reads as null. None: everybody who may
    /// read the row.
    pub read: Option<String>,
}

#[derive(Debug, Clone)]
pub enum PropertyKind {
    Stored {
        column: Identifier,
        /// `Ref` for a relation.
        kind: Type,
        nullable: bool,
        /// Of a text: the longest that it may be, in bytes; None: as long as any text may be.
        bytes_max: Option<usize>,
        /// Shadow column with `fold(text)`, for people's ordering and search; written by our code.
        fold: Option<Identifier>,
    },
    Calculated {
        /// Over `Current`.
        expression: String,
        kind: Type,
        nullable: bool,
    },
}

/// To-many: the rows of `entity` whose relation `property` points here.
#[derive(Debug, Clone)]
pub struct BackReference {
    pub name: String,
    pub entity: EntityId,
    /// Index into the other entity's properties.
    pub property: usize,
}

/// Condition texts over `Current` and `CurrentUser`; several are joined with Or; none at all: nobody.
#[derive(Debug, Clone, Default)]
pub struct Permissions {
    pub read: Vec<String>,
    pub insert: Vec<String>,
    pub update: Vec<String>,
    pub delete: Vec<String>,
}

/// A validation rule over `Current`.
#[derive(Debug, Clone)]
pub struct Rule {
    pub code: String,
    pub condition: String,
    /// Properties that the sentence is about.
    pub properties: Vec<String>,
    /// What a person reads when it is broken: what happened and the way on.
    pub message: String,
    /// A warning does not stop a write.
    pub warning: bool,
    /// The key of the company's setting that says what becomes of a write that breaks this rule (`migrations::Policy`);
    /// `warning` holds where there is none.
    pub policy: Option<String>,
    /// Asked of a row only when it is new, lives again, or one of `properties` is among what was changed.
    pub on_change: bool,
}

#[derive(Debug, Clone)]
pub struct NamedQuery {
    pub name: String,
    pub text: String,
    /// By a person, and not the model's own: no text of the model can name it.
    pub saved: bool,
}

/// `PlannedHours(user, from, to)` and the like: parameters with type names, body an expression.
#[derive(Debug, Clone)]
pub struct NamedFunction {
    pub name: String,
    pub parameters: Vec<(String, String)>,
    pub body: String,
}

impl Catalogue {
    /// Builds the name index. Two entities (or aliases) with one name: the first one wins; `migrations` refuses such a model.
    pub fn new(version: u64, entities: Vec<Entity>) -> Self {
        let mut by_name = HashMap::new();
        for (index, entity) in entities.iter().enumerate() {
            let id = EntityId(index as u32);
            for name in std::iter::once(&entity.name).chain(entity.aliases.iter().map(|alias| &alias.name)) {
                by_name.entry(name.to_lowercase()).or_insert(id);
            }
        }
        Catalogue { version, entities, by_name, ..Catalogue::default() }
    }

    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }

    pub fn entities(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        self.entities.iter().enumerate().map(|(index, entity)| (EntityId(index as u32), entity))
    }

    /// An expression of the model.
    ///
    /// # Errors
    /// What the parser says of it.
    pub(crate) fn tree(&self, text: &str) -> Result<Arc<Tree>, Vec<Diagnostic>> {
        let known = self.trees.0.read().unwrap_or_else(PoisonError::into_inner).get(text).cloned();
        if let Some(tree) = known {
            return Ok(tree);
        }
        let tree = Arc::new(parse::expression(text)?);
        self.trees.0.write().unwrap_or_else(PoisonError::into_inner).insert(text.to_owned(), tree.clone());
        Ok(tree)
    }

    /// By name or alias, without case.
    pub fn find(&self, name: &str) -> Option<EntityId> {
        self.by_name.get(&name.to_lowercase()).copied()
    }
}

impl Entity {
    /// By name or alias, without case.
    pub fn property(&self, name: &str) -> Option<(usize, &Property)> {
        self.properties.iter().enumerate().find(|(_, property)| property.is_called(name))
    }

    pub fn back_reference(&self, name: &str) -> Option<&BackReference> {
        self.back_references.iter().find(|reference| reference.name.eq_ignore_ascii_case(name))
    }
}

impl Property {
    pub fn is_called(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name) || self.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
    }

    pub fn type_of(&self) -> Type {
        match &self.kind {
            PropertyKind::Stored { kind, .. } | PropertyKind::Calculated { kind, .. } => *kind,
        }
    }
}
