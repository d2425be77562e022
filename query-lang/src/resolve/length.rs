//! How long a text can become: only one that may be too long is measured when it is made.

use super::Resolver;
use crate::catalogue::PropertyKind;
use crate::functions::TEXT_BYTES_MAX;
use crate::typed::{Expression, ExpressionId};
use crate::value::{Type, Value};

/// No number, date or time is longer as a text.
const LABEL_BYTES_MAX: usize = 64;

impl Resolver<'_> {
    /// At most so many bytes, and never more than a text may have.
    pub(super) fn bytes_max(&self, id: ExpressionId) -> usize {
        let longest = |ids: &mut dyn Iterator<Item = ExpressionId>| ids.map(|id| self.bytes_max(id)).max().unwrap_or(0);
        let bytes = match &self.typed.node(id).expression {
            Expression::Constant(Value::Text(text)) => text.len(),
            Expression::Constant(Value::Null) => 0,
            Expression::Property { entity, property, .. } => {
                match self.catalogue.entity(*entity).properties[*property].kind {
                    PropertyKind::Stored { bytes_max: Some(bytes), .. } => bytes,
                    _ => TEXT_BYTES_MAX,
                }
            }
            Expression::Concatenate(parts) => parts.iter().map(|part| self.bytes_max(*part)).sum(),
            Expression::Coalesce(parts) => longest(&mut parts.iter().copied()),
            Expression::If { branches, otherwise } => {
                longest(&mut branches.iter().map(|(_, value)| *value).chain(*otherwise))
            }
            Expression::Call { function, arguments } => match (function.name, &arguments[..]) {
                ("Trim" | "TrimStart" | "TrimEnd", [text]) => self.bytes_max(*text),
                // No part of a date is more than three times as long as the sign for it.
                ("FormatDate", [_, format, ..]) => 3 * self.bytes_max(*format),
                ("FormatNumber" | "FormatDuration", _) => LABEL_BYTES_MAX,
                ("Text", [of, ..]) if self.kind(*of) != Type::Text => LABEL_BYTES_MAX,
                ("Left" | "Right", [_, count]) => self.characters(*count),
                ("Mid", [_, _, count]) => self.characters(*count),
                _ => TEXT_BYTES_MAX,
            },
            _ => TEXT_BYTES_MAX,
        };
        bytes.min(TEXT_BYTES_MAX)
    }

    /// A character of UTF-8 has at most four bytes.
    fn characters(&self, count: ExpressionId) -> usize {
        match self.typed.node(count).expression {
            Expression::Constant(Value::Int(count)) => usize::try_from(count).unwrap_or(0).saturating_mul(4),
            _ => TEXT_BYTES_MAX,
        }
    }
}
