//! How a value of the language crosses to Postgres and back: one array a column where many rows go at once.

use crate::storage::executor::Statement;
use query_lang::{Type, Value};
use sqlx::Row;
use sqlx::postgres::PgRow;
use uuid::Uuid;

pub(crate) fn bind_value(statement: Statement, kind: Type, value: &Value) -> Statement {
    match kind {
        Type::Bool => statement.bind(as_bool(value)),
        Type::Date => statement.bind(as_date(value)),
        Type::Int | Type::Decimal | Type::Time | Type::DateTime | Type::Duration => statement.bind(as_number(value)),
        Type::Text => statement.bind(as_text(value)),
        Type::Guid | Type::Ref(_) => statement.bind(as_guid(value)),
    }
}

/// The values of one column, as the array that [`array_type`] names.
pub(crate) fn bind_column<'v>(statement: Statement, kind: Type, values: impl Iterator<Item = &'v Value>) -> Statement {
    match kind {
        Type::Bool => statement.bind(values.map(as_bool).collect::<Vec<_>>()),
        Type::Date => statement.bind(values.map(as_date).collect::<Vec<_>>()),
        Type::Int | Type::Decimal | Type::Time | Type::DateTime | Type::Duration => {
            statement.bind(values.map(as_number).collect::<Vec<_>>())
        }
        Type::Text => statement.bind(values.map(as_text).collect::<Vec<_>>()),
        Type::Guid | Type::Ref(_) => statement.bind(values.map(as_guid).collect::<Vec<_>>()),
    }
}

pub(crate) fn array_type(kind: Type) -> &'static str {
    match kind {
        Type::Bool => "boolean[]",
        Type::Date => "integer[]",
        Type::Int | Type::Decimal | Type::Time | Type::DateTime | Type::Duration => "bigint[]",
        Type::Text => "text[]",
        Type::Guid | Type::Ref(_) => "uuid[]",
    }
}

/// # Errors
/// The column is not of the type that the model names: the database and the model disagree.
pub(crate) fn read_value(row: &PgRow, index: usize, kind: Type) -> Result<Value, sqlx::Error> {
    let number = || row.try_get::<Option<i64>, _>(index);
    let value = match kind {
        Type::Bool => row.try_get::<Option<bool>, _>(index)?.map(Value::Bool),
        Type::Int => number()?.map(Value::Int),
        Type::Decimal => number()?.map(Value::Decimal),
        Type::Text => row.try_get::<Option<String>, _>(index)?.map(Value::Text),
        Type::Date => row.try_get::<Option<i32>, _>(index)?.map(Value::Date),
        Type::Time => number()?.map(Value::Time),
        Type::DateTime => number()?.map(Value::DateTime),
        Type::Duration => number()?.map(Value::Duration),
        Type::Guid | Type::Ref(_) => row.try_get::<Option<Uuid>, _>(index)?.map(Value::Guid),
    };
    Ok(value.unwrap_or(Value::Null))
}

fn as_bool(value: &Value) -> Option<bool> {
    if let Value::Bool(value) = value { Some(*value) } else { None }
}

fn as_date(value: &Value) -> Option<i32> {
    if let Value::Date(value) = value { Some(*value) } else { None }
}

fn as_number(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number)
        | Value::Decimal(number)
        | Value::Time(number)
        | Value::DateTime(number)
        | Value::Duration(number) => Some(*number),
        _ => None,
    }
}

fn as_text(value: &Value) -> Option<String> {
    if let Value::Text(value) = value { Some(value.clone()) } else { None }
}

fn as_guid(value: &Value) -> Option<Uuid> {
    if let Value::Guid(value) = value { Some(*value) } else { None }
}
