//! Brackets that do not fit each other.

use super::tokens::TokenKind;
use super::words::Words;
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn brackets(words: &Words<'_>) -> Option<Diagnostic> {
    let mut open: Vec<usize> = Vec::new();
    for index in (0..words.len()).filter(|index| words.kind(*index) == Some(TokenKind::Bracket)) {
        if words.opens(index) {
            open.push(index);
            continue;
        }
        let written = words.at(index);
        let span = words.tokens[index].span;
        match open.pop() {
            Some(start) if closing(words.at(start)) == written => {}
            Some(start) => {
                let message = format!("`{written}` does not close the `{}` before it.", words.at(start));
                let closed = open.last().is_some_and(|outer| closing(words.at(*outer)) == written);
                let missing = closed.then(|| format!(" {}", closing(words.at(start))));
                let place = words.place_behind(index - 1);
                let opened = words.tokens[start].span;
                let diagnostic = Diagnostic::error(Code::Syntax, span, message).with_label(opened, "opened here");
                return Some(diagnostic.with_fix_if(place, missing));
            }
            None => {
                let message = format!("`{written}` closes nothing.");
                return Some(Diagnostic::error(Code::Syntax, span, message).with_fix(span, ""));
            }
        }
    }
    let start = open.pop()?;
    let message = format!("`{}` is never closed.", words.at(start));
    let end = words.place_behind(last_inside(words, start));
    let diagnostic = Diagnostic::error(Code::Syntax, words.tokens[start].span, message);
    Some(diagnostic.with_fix(end, closing(words.at(start))))
}

/// The last word that can stand in brackets: before the next clause, unless a query or a window is in them.
fn last_inside(words: &Words<'_>, start: usize) -> usize {
    let holds_clauses = words.is(start + 1, "from") || words.before(start, 1).eq_ignore_ascii_case("over");
    let clause = words.next(start + 1, |index| words.begins_clause(index)).filter(|_| !holds_clauses);
    clause.unwrap_or(words.len()) - 1
}

fn closing(open: &str) -> &'static str {
    match open {
        "(" => ")",
        "{" => "}",
        _ => "]",
    }
}
