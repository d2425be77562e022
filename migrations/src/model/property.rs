use query_lang::Stored;
use serde::{Deserialize, Serialize};

/// A member of an entity: a stored value, a relation to one row, or a calculation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Property {
    pub name: String,
    /// Older names that queries keep working with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Condition over `Current` and `CurrentUser`; where it is false the value reads as null.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<String>,
    /// Dropped: the column stays until the tombstone time is over.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    #[serde(flatten)]
    pub kind: PropertyKind,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PropertyKind {
    Stored(StoredProperty),
    Relation(Relation),
    Calculated(Calculated),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredProperty {
    #[serde(rename = "type")]
    pub value_type: ValueType,
    /// Physical name, given once.
    pub column: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// For a new row that does not say, and for the rows that exist when the property is added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Literal>,
    /// Among the rows that are not deleted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unique: bool,
    /// Characters of a text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// People sort or search by this text: column `<column>_fold` holds its fold key.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fold: bool,
}

/// To one row of `to`, by its id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    pub to: String,
    /// Name of the many rows, seen from the other end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back: Option<String>,
    /// Physical name, given once; ends in `_id`.
    pub column: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calculated {
    #[serde(rename = "type")]
    pub value_type: ValueType,
    /// Over `Current`.
    pub expression: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nullable: bool,
}

/// Types of the language that a value can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ValueType {
    Bool,
    Int,
    Decimal,
    Text,
    Date,
    Time,
    DateTime,
    Duration,
    Guid,
}

/// A stored value in the storage's units: days, microseconds, millionths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Literal {
    Bool(bool),
    Int(i64),
    Text(String),
}

impl Literal {
    pub fn stored(&self) -> Stored<'_> {
        match self {
            Literal::Bool(value) => Stored::Bool(*value),
            Literal::Int(value) => Stored::Int(*value),
            Literal::Text(value) => Stored::Text(value),
        }
    }
}

impl ValueType {
    pub fn language_type(self) -> query_lang::Type {
        use query_lang::Type;
        match self {
            ValueType::Bool => Type::Bool,
            ValueType::Int => Type::Int,
            ValueType::Decimal => Type::Decimal,
            ValueType::Text => Type::Text,
            ValueType::Date => Type::Date,
            ValueType::Time => Type::Time,
            ValueType::DateTime => Type::DateTime,
            ValueType::Duration => Type::Duration,
            ValueType::Guid => Type::Guid,
        }
    }
}

impl Property {
    pub fn stored(&self) -> Option<&StoredProperty> {
        match &self.kind {
            PropertyKind::Stored(stored) => Some(stored),
            _ => None,
        }
    }

    pub fn relation(&self) -> Option<&Relation> {
        match &self.kind {
            PropertyKind::Relation(relation) => Some(relation),
            _ => None,
        }
    }

    pub fn calculated(&self) -> Option<&Calculated> {
        match &self.kind {
            PropertyKind::Calculated(calculated) => Some(calculated),
            _ => None,
        }
    }

    /// The physical name of a stored property or relation.
    pub fn column(&self) -> Option<&str> {
        match &self.kind {
            PropertyKind::Stored(stored) => Some(&stored.column),
            PropertyKind::Relation(relation) => Some(&relation.column),
            PropertyKind::Calculated(_) => None,
        }
    }

    /// Whether a row without a value is refused.
    pub fn required(&self) -> bool {
        match &self.kind {
            PropertyKind::Stored(stored) => stored.required,
            PropertyKind::Relation(relation) => relation.required,
            PropertyKind::Calculated(_) => false,
        }
    }

    /// Whether a reader may meet a null: a required value that a permission can hide reads as null.
    pub fn nullable(&self) -> bool {
        let nullable = match &self.kind {
            PropertyKind::Calculated(calculated) => calculated.nullable,
            _ => !self.required(),
        };
        nullable || self.read.is_some()
    }
}
