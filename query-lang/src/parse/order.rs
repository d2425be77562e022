//! Clauses in the order of other languages: Select first, or something behind it.

use super::spelling;
use super::tokens::TokenKind;
use super::words::Words;
use crate::diagnostic::{Code, Diagnostic, Span};

const SETS: [&str; 3] = ["union", "intersect", "except"];

/// `Select T.Date From T In Timesheet`.
pub(super) fn select_first(words: &Words<'_>) -> Option<Diagnostic> {
    let is_from = |index: usize| words.is(index, "from") && words.is_name(index + 1) && words.is(index + 2, "in");
    let from = words.next(1, is_from).filter(|_| words.is(0, "select"))?;
    let ends = words.next(from, |index| words.is(index, "select") || words.begins_set(index)).is_some();
    let message = "A query begins with From and ends with Select.";
    let diagnostic = Diagnostic::error(Code::Syntax, words.tokens[0].span, message)
        .with_help("Write `From T In Timesheet Where ... Select { T.Date, T.Hours }`.");
    let ours = format!("{} {}", words.written(from, words.len() - 1)?, words.written(0, from - 1)?);
    Some(diagnostic.with_fix_if(Span::new(0, words.text.trim_end().len()), (!ends).then_some(ours)))
}

/// `Select ... Order By ...`.
pub(super) fn after_select(words: &Words<'_>, at: usize) -> Option<Diagnostic> {
    let ours = spelling::clause_of(words.at(at)).filter(|_| words.is_name(at));
    if !words.begins_clause(at) && ours.is_none() || words.before(at, 1) == "." || words.at(at + 1) == "." {
        return None;
    }
    let is_end = |index: usize| words.is(index, "select") || words.begins_set(index);
    let select = words.previous(at, is_end).0.filter(|index| words.is(*index, "select"))?;
    let last = words.next(at, |index| words.closes(index) || words.begins_set(index)).unwrap_or(words.len()) - 1;
    if (at..=last).any(|index| words.is(index, "select")) {
        return Some(twice(words, at));
    }
    let name = ours.unwrap_or(words.at(at));
    let two = (words.is(at + 1, "by") || words.is(at + 1, "join")) && ours.is_none();
    let name = if two { format!("{name} {}", words.at(at + 1)) } else { name.to_owned() };
    let span = words.span(at, at + usize::from(two))?;
    let message = format!("`{name}` stands after Select, which is the last clause.");
    let moved = format!("{} {}", words.clauses(at, last)?, words.written(select, at - 1)?);
    let diagnostic = Diagnostic::error(Code::Syntax, span, message).with_help("Move it before Select.");
    Some(diagnostic.with_fix(words.span(select, last)?, moved))
}

fn twice(words: &Words<'_>, at: usize) -> Diagnostic {
    Diagnostic::error(Code::Syntax, words.tokens[at].span, "Select is the last clause of a query, and there is one.")
        .with_help("Put the query up to here into another: `From X In (From ... Select ...) ... Select X.Date`.")
}

impl Words<'_> {
    fn begins_set(&self, index: usize) -> bool {
        SETS.iter().any(|word| self.is(index, word)) && self.kind(index) == Some(TokenKind::Keyword)
    }

    /// Clauses in our spelling; of two that page the rows Skip comes first.
    fn clauses(&self, first: usize, last: usize) -> Option<String> {
        if let ("limit", "offset") = (self.lower(first).as_str(), self.lower(first + 2).as_str()) {
            return Some(format!("Skip {} Take {}", self.at(first + 3), self.at(first + 1)))
                .filter(|_| last == first + 3);
        }
        let written = self.span(first, last)?;
        let mut text = String::new();
        let mut done = written.start;
        for index in first..=last {
            let foreign = self.is_name(index) && (index == first || self.ends_value(index - 1));
            let Some(ours) = spelling::clause_of(self.at(index)).filter(|_| foreign) else { continue };
            let span = self.tokens[index].span;
            text = text + Span { start: done, end: span.start }.of(self.text) + ours;
            done = span.end;
        }
        Some(text + Span { start: done, ..written }.of(self.text))
    }
}
