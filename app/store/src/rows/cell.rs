//! One value in its three forms: on the wire ([`Cell`]), in memory ([`Value`]) and in SQLite.

use query_lang::{Stored, Type, Value};
use rusqlite::types::{Value as Sql, ValueRef};
use sync_protocol::Cell;
use uuid::Uuid;

/// The wire's form of a value.
pub fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Bool(value) => Cell::Bool(*value),
        Value::Int(value) | Value::Decimal(value) | Value::Time(value) => Cell::Int(*value),
        Value::DateTime(value) | Value::Duration(value) => Cell::Int(*value),
        Value::Date(value) => Cell::Int(i64::from(*value)),
        Value::Text(value) => Cell::Text(value.clone()),
        Value::Guid(value) => Cell::Text(value.hyphenated().to_string()),
    }
}

/// None: the cell is not of this type.
pub fn value(kind: Type, cell: &Cell) -> Option<Value> {
    let stored = match cell {
        Cell::Null => Stored::Null,
        Cell::Bool(value) => Stored::Bool(*value),
        Cell::Int(value) => Stored::Int(*value),
        Cell::Text(value) => Stored::Text(value),
    };
    Value::from_stored(kind, stored)
}

/// SQLite's form of a value; the storage is the same as on the server.
pub(crate) fn to_sql(value: &Value) -> Sql {
    match value {
        Value::Null => Sql::Null,
        Value::Bool(value) => Sql::Integer(i64::from(*value)),
        Value::Int(value) | Value::Decimal(value) | Value::Time(value) => Sql::Integer(*value),
        Value::DateTime(value) | Value::Duration(value) => Sql::Integer(*value),
        Value::Date(value) => Sql::Integer(i64::from(*value)),
        Value::Text(value) => Sql::Text(value.clone()),
        Value::Guid(value) => uuid_sql(*value),
    }
}

pub(crate) fn uuid_sql(id: Uuid) -> Sql {
    Sql::Blob(id.as_bytes().to_vec())
}

/// None: what the file holds is not of this type.
pub(crate) fn from_sql(kind: Type, stored: ValueRef<'_>) -> Option<Value> {
    let stored = match stored {
        ValueRef::Null => Stored::Null,
        ValueRef::Integer(value) => Stored::Int(value),
        ValueRef::Text(text) => Stored::Text(std::str::from_utf8(text).ok()?),
        ValueRef::Blob(bytes) => Stored::Bytes(bytes),
        ValueRef::Real(_) => return None,
    };
    Value::from_stored(kind, stored)
}
