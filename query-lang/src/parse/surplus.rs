//! Signs that are one too many, or brackets of another kind.

use super::words::Words;
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn surplus(words: &Words<'_>, at: usize) -> Option<Diagnostic> {
    let before = at.checked_sub(1)?;
    let former = words.at(before);
    if former == "," && (words.is_clause(at) || words.closes(at) || at == words.len()) {
        let span = words.tokens[before].span;
        let message = "After this comma nothing follows.";
        return Some(Diagnostic::error(Code::Syntax, span, message).with_fix(span, ""));
    }
    match words.at(at) {
        ";" if at + 1 == words.len() => {
            let span = words.tokens[at].span;
            let message = "A query ends without a sign.";
            Some(Diagnostic::error(Code::Syntax, span, message).with_fix(span, ""))
        }
        "*" if words.is(before, "select") => {
            let message = "All columns come without a Select.";
            Some(Diagnostic::error(Code::Syntax, words.tokens[at].span, message).with_fix(words.span(before, at)?, ""))
        }
        "}" if former == "{" => {
            let message = "Between the braces stands at least one column.";
            let span = words.span(before, at)?;
            Some(Diagnostic::error(Code::Syntax, span, message).with_help("Write `{ T.Date, Length = T.Hours }`."))
        }
        "[" if words.is(before, "in") => {
            let end = words.end_of_brackets(at + 1);
            let ours = format!("({})", words.written(at + 1, end - 1)?);
            let message = "A list of values stands in round brackets.";
            Some(Diagnostic::error(Code::Syntax, words.tokens[at].span, message).with_fix(words.span(at, end)?, ours))
        }
        _ => None,
    }
}
