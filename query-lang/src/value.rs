use crate::catalogue::EntityId;
use uuid::Uuid;

/// Types of the language. `Ref` is a row of an entity, compared by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    Bool,
    Int,
    /// i64 millionths.
    Decimal,
    Text,
    /// Days since 1970-01-01.
    Date,
    /// Microseconds since midnight.
    Time,
    /// Microseconds since 1970-01-01 UTC.
    DateTime,
    /// Microseconds.
    Duration,
    Guid,
    Ref(EntityId),
}

/// A value in memory. The units are those of [`Type`]; they are the same in both databases and on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Decimal(i64),
    Text(String),
    Date(i32),
    Time(i64),
    DateTime(i64),
    Duration(i64),
    /// Also the value of a `Ref`.
    Guid(Uuid),
}

/// A value as a database or the wire holds it, without its meaning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stored<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Text(&'a str),
    /// 16 bytes of a Guid in SQLite; Postgres gives a Uuid.
    Bytes(&'a [u8]),
    Guid(Uuid),
}

impl Value {
    /// Gives a stored value its meaning. None: it is not of this type or out of its range (dates 0001-9999).
    pub fn from_stored(kind: Type, stored: Stored<'_>) -> Option<Value> {
        Some(match (kind, stored) {
            (_, Stored::Null) => Value::Null,
            (Type::Bool, Stored::Bool(value)) => Value::Bool(value),
            (Type::Bool, Stored::Int(value @ (0 | 1))) => Value::Bool(value == 1),
            (Type::Int, Stored::Int(value)) => Value::Int(value),
            (Type::Decimal, Stored::Int(value)) => Value::Decimal(value),
            (Type::Text, Stored::Text(value)) => Value::Text(value.to_owned()),
            (Type::Date, Stored::Int(value)) => Value::Date(DATE_RANGE.contains(&value).then_some(value as i32)?),
            (Type::Time, Stored::Int(value)) => Value::Time(TIME_RANGE.contains(&value).then_some(value)?),
            (Type::DateTime, Stored::Int(value)) => Value::DateTime(DATE_TIME_RANGE.contains(&value).then_some(value)?),
            (Type::Duration, Stored::Int(value)) => Value::Duration(value),
            (Type::Guid | Type::Ref(_), Stored::Guid(value)) => Value::Guid(value),
            (Type::Guid | Type::Ref(_), Stored::Bytes(value)) => Value::Guid(Uuid::from_slice(value).ok()?),
            (Type::Guid | Type::Ref(_), Stored::Text(value)) => Value::Guid(Uuid::try_parse(value).ok()?),
            _ => return None,
        })
    }

    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }
}

/// Days from 0001-01-01 to 9999-12-31.
pub const DATE_RANGE: std::ops::RangeInclusive<i64> = -719_162..=2_932_896;
/// Microseconds of one day.
pub const DAY_US: i64 = 86_400_000_000;
pub const TIME_RANGE: std::ops::RangeInclusive<i64> = 0..=DAY_US - 1;
pub const DATE_TIME_RANGE: std::ops::RangeInclusive<i64> = -719_162 * DAY_US..=2_932_897 * DAY_US - 1;
