//! Every limit of the language, in one place. They are checked before or while memory is spent, never after.

use crate::diagnostic::{Code, Diagnostic, Span};

pub const TEXT_BYTES_MAX: usize = 64 * 1024;
/// Brackets inside brackets.
pub const NESTING_MAX: usize = 64;
/// Longest way from an expression down to a leaf; SQLite stops at 1,000.
pub const DEPTH_MAX: u32 = 250;
/// The same with calculated properties and functions of the model in their places.
pub const TYPED_DEPTH_MAX: u32 = 500;
/// Calls of grammar rules in the parser, for the whole process: 200 a byte of the longest text.
pub const PARSER_CALLS_MAX: usize = 200 * TEXT_BYTES_MAX;
/// Nodes of one typed tree, calculated properties included.
pub const NODES_MAX: usize = 20_000;
/// Calculated properties and functions inside each other.
pub const INLINE_DEPTH_MAX: usize = 16;
pub const PARAMETERS_MAX: usize = 100;
/// Values of one list parameter.
pub const LIST_VALUES_MAX: usize = 4_000;
/// Table references in one SELECT; SQLite joins at most 64.
pub const SCANS_MAX: usize = 40;
/// Table references in one text.
pub const SCANS_TOTAL_MAX: usize = 400;
/// Queries in conditions and values of each other; SQLite turns them into one tree, whose depth it limits.
pub const SUBQUERIES_DEEP_MAX: usize = 16;
pub const COLUMNS_MAX: usize = 500;
pub const BINDS_MAX: usize = 1_000;
pub const SQL_BYTES_MAX: usize = 256 * 1024;
/// Days of signals that one query may open.
pub const SIGNAL_DAYS_MAX: i32 = 800;

/// Length of the text and depth of its brackets, outside of texts, dates and comments. Postgres has no text with U+0000, so
/// no engine may be asked for one.
///
/// # Errors
/// The text is too long, nested too deep, or has U+0000 in it.
pub fn check(text: &str) -> Result<(), Diagnostic> {
    if text.len() > TEXT_BYTES_MAX {
        let message = format!("The query has {} bytes; at most {TEXT_BYTES_MAX} are read.", text.len());
        return Err(Diagnostic::error(Code::Limit, Span::new(TEXT_BYTES_MAX, text.len()), message));
    }
    if let Some(position) = text.find('\0') {
        return Err(Diagnostic::error(
            Code::Syntax,
            Span::new(position, position + 1),
            "The character U+0000 stands here.",
        )
        .with_help("No database keeps it in a text: delete it."));
    }
    let mut depth = 0usize;
    for (position, byte) in significant(text) {
        match byte {
            b'(' | b'{' | b'[' => depth += 1,
            b')' | b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > NESTING_MAX {
            let message = format!("Brackets are nested deeper than {NESTING_MAX}.");
            return Err(Diagnostic::error(Code::Limit, Span::new(position, position + 1), message)
                .with_help("Give the inner parts names with Let."));
        }
    }
    Ok(())
}

/// Bytes that are neither in a text nor in a comment, with their positions.
pub(crate) fn significant(text: &str) -> impl Iterator<Item = (usize, u8)> + '_ {
    let bytes = text.as_bytes();
    let mut position = 0;
    std::iter::from_fn(move || {
        loop {
            let byte = *bytes.get(position)?;
            let end = match (byte, bytes.get(position + 1)) {
                (b'"' | b'\'', _) => find(bytes, position + 1, &[byte]),
                (b'/', Some(b'/')) => find(bytes, position + 2, b"\n"),
                (b'/', Some(b'*')) => find(bytes, position + 2, b"*/"),
                _ => {
                    position += 1;
                    return Some((position - 1, byte));
                }
            };
            position = end;
        }
    })
}

/// Behind the next `pattern`, or the end.
fn find(bytes: &[u8], from: usize, pattern: &[u8]) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let found = rest.windows(pattern.len()).position(|window| window == pattern);
    found.map_or(bytes.len(), |index| from + index + pattern.len())
}
