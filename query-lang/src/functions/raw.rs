use crate::value::{Type, Value};
use uuid::Uuid;

/// An argument as SQLite holds it: Bool is 0 or 1, a Guid 16 bytes, everything else of a fixed size an integer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Raw<'a> {
    Null,
    Int(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

/// What a function gives back, in the same terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Out {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// Texts above this size are null, so that no expression can fill the memory.
pub const TEXT_BYTES_MAX: usize = 64 * 1024;

impl Out {
    /// Null instead of None.
    pub fn int(value: Option<i64>) -> Out {
        value.map_or(Out::Null, Out::Int)
    }

    pub fn bool(value: bool) -> Out {
        Out::Int(i64::from(value))
    }

    /// Null above [`TEXT_BYTES_MAX`].
    pub fn text(value: impl Into<String>) -> Out {
        let value = value.into();
        if value.len() <= TEXT_BYTES_MAX { Out::Text(value) } else { Out::Null }
    }

    /// None: the value is not of this type or out of its range.
    pub fn into_value(self, kind: Type) -> Option<Value> {
        Some(match (kind, self) {
            (_, Out::Null) => Value::Null,
            (Type::Text, Out::Text(text)) => Value::Text(text),
            (Type::Guid | Type::Ref(_), Out::Bytes(bytes)) => Value::Guid(Uuid::from_slice(&bytes).ok()?),
            (Type::Guid | Type::Ref(_) | Type::Text, _) => return None,
            (kind, Out::Int(value)) => return Value::from_stored(kind, crate::value::Stored::Int(value)),
            _ => return None,
        })
    }
}

impl Raw<'_> {
    pub fn to_out(self) -> Out {
        match self {
            Raw::Null => Out::Null,
            Raw::Int(value) => Out::Int(value),
            Raw::Text(text) => Out::Text(text.to_owned()),
            Raw::Bytes(bytes) => Out::Bytes(bytes.to_vec()),
        }
    }

    pub fn is_null(self) -> bool {
        matches!(self, Raw::Null)
    }
}

impl<'a> From<&'a Value> for Raw<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Null => Raw::Null,
            Value::Bool(value) => Raw::Int(i64::from(*value)),
            Value::Date(days) => Raw::Int(i64::from(*days)),
            Value::Int(value)
            | Value::Decimal(value)
            | Value::Time(value)
            | Value::DateTime(value)
            | Value::Duration(value) => Raw::Int(*value),
            Value::Text(text) => Raw::Text(text),
            Value::Guid(guid) => Raw::Bytes(guid.as_bytes()),
        }
    }
}
