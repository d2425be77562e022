//! Shapes of SQL and C# inside an expression that are another shape here, with the same in ours where rules can tell it.

use super::words::Words;
use crate::diagnostic::{Code, Diagnostic, Span};

/// Operators elsewhere, functions here.
const INFIX: [&str; 3] = ["Contains", "StartsWith", "EndsWith"];

/// `x Between a And b`, `c ? a : b`, `Case When` and the like at the place where a text could not be read.
pub(super) fn shape(words: &Words<'_>, at: usize) -> Option<Diagnostic> {
    let at = at - usize::from(words.is(at, "when") && words.before(at, 1).eq_ignore_ascii_case("case"));
    let at = at - usize::from(words.is(at, "from") && words.before(at, 1).eq_ignore_ascii_case("exists"));
    let (message, help, ours) = match words.lower(at).as_str() {
        "between" => (
            "`Between` is a function here.",
            "Write `Between(x, low, high)`, or compare with `>=` and `<=`.",
            words.between(at),
        ),
        "?" => (
            "A choice between two values is the function If.",
            "Write `If(condition, value, other)`.",
            words.choice(at),
        ),
        "case" => (
            "A choice between values is the function If.",
            "Write `If(condition, value, other condition, value, other)`.",
            words.case(at),
        ),
        "exists" => ("Exists is a function here.", "Write `Exists(From X In ... Where ...)`.", words.exists(at)),
        _ => return None,
    };
    let diagnostic = Diagnostic::error(Code::Syntax, words.tokens[at].span, message).with_help(help);
    let (span, ours) = ours.unzip();
    Some(diagnostic.with_fix_if(span.unwrap_or_default(), ours))
}

/// `x Is Null`, `x Is Not Null`.
pub(super) fn is_null(words: &Words<'_>, position: usize) -> Option<Diagnostic> {
    let near = |at: usize| {
        let span = words.tokens[at].span;
        span.start as usize <= position + 1 && position <= span.end as usize + 1
    };
    let at = (0..words.len()).find(|at| words.is(*at, "is") && near(*at))?;
    let negated = words.is(at + 1, "not");
    let span = words.span(at, at + usize::from(negated))?;
    let ours = if negated { "<>" } else { "=" };
    let message = format!("`{}` is written `{ours}` here.", span.of(words.text));
    Some(Diagnostic::error(Code::Syntax, span, message).with_fix(span, ours))
}

/// `x Contains "a"`.
pub(super) fn infix(words: &Words<'_>, at: usize) -> Option<Diagnostic> {
    let function = INFIX.into_iter().find(|name| words.is(at, name))?;
    if !words.is_out_of_place(at) || !words.begins_value(at + 1) {
        return None;
    }
    let negated = words.before(at, 1).eq_ignore_ascii_case("not");
    let start = words.operand_before(at - usize::from(negated))?;
    let last = words.end_of(at + 1, &["and", "or"]) - 1;
    let ours = format!("{function}({}, {})", words.written(start, at - 1)?, words.written(at + 1, last)?);
    let message = format!("`{function}` is a function here.");
    let diagnostic = Diagnostic::error(Code::Syntax, words.tokens[at].span, message);
    Some(diagnostic.with_fix(words.span(start, last)?, ours))
}

/// `Count(*)`, `Count(Distinct x)`.
pub(super) fn counted(words: &Words<'_>, at: usize) -> Option<Diagnostic> {
    let name = at.checked_sub(2).filter(|name| words.is_name(*name) && words.at(name + 1) == "(")?;
    let called = words.at(name);
    if words.at(at) == "*" && words.at(at + 1) == ")" {
        let message = format!("`{called}` of all rows has empty brackets.");
        let span = words.tokens[at].span;
        return Some(Diagnostic::error(Code::Syntax, span, message).with_fix(span, ""));
    }
    if !words.is(at, "distinct") {
        return None;
    }
    let of = words.written(at + 1, words.end_of_brackets(at + 1).checked_sub(1)?)?;
    let counts = words.is(name, "count").then(|| format!("CountDistinct({of}"));
    let message = "`Distinct` stands behind Select alone.";
    let help = "Write `CountDistinct(x)`; of other aggregates, take the query `(From ... Select Distinct x)`.";
    let diagnostic = Diagnostic::error(Code::Syntax, words.tokens[at].span, message).with_help(help);
    Some(diagnostic.with_fix_if(words.span(name, words.end_of_brackets(at + 1) - 1)?, counts))
}

/// `In ()`.
pub(super) fn empty_list(words: &Words<'_>, at: usize) -> Option<Diagnostic> {
    let is_empty = words.at(at) == ")" && words.before(at, 1) == "(" && words.before(at, 2).eq_ignore_ascii_case("in");
    let message = "There is no empty list; nothing would ever be in it.";
    is_empty.then(|| {
        Diagnostic::error(Code::Syntax, words.tokens[at].span, message)
            .with_help("Write its values, `x In (1, 2)`, a query, or `False`.")
    })
}

impl Words<'_> {
    fn between(&self, at: usize) -> Option<(Span, String)> {
        let negated = at.checked_sub(1).is_some_and(|before| self.lower(before) == "not");
        let end = at - usize::from(negated);
        let start = self.operand_before(end)?;
        let and = self.next(at + 1, |index| self.lower(index) == "and")?;
        let last = self.end_of(and + 1, &["and", "or"]).checked_sub(1)?;
        let (of, low, high) =
            (self.written(start, end - 1)?, self.written(at + 1, and - 1)?, self.written(and + 1, last)?);
        let not = if negated { "Not " } else { "" };
        Some((self.span(start, last)?, format!("{not}Between({of}, {low}, {high})")))
    }

    fn choice(&self, at: usize) -> Option<(Span, String)> {
        let mut depth = 0usize;
        let mut start = at;
        while let Some(before) = start.checked_sub(1) {
            let named = self.at(before) == "="
                && before >= 2
                && (matches!(self.at(before - 2), "{" | ",") || self.lower(before - 2) == "let");
            if depth == 0 && (self.opens(before) || self.at(before) == "," || self.is_clause(before) || named) {
                break;
            }
            depth += usize::from(self.closes(before));
            depth -= usize::from(self.opens(before));
            start = before;
        }
        let colon = self.next(at + 1, |index| self.at(index) == ":")?;
        let last = self.end_of(colon + 1, &[]).checked_sub(1)?;
        let (condition, value, other) =
            (self.written(start, at - 1)?, self.written(at + 1, colon - 1)?, self.written(colon + 1, last)?);
        Some((self.span(start, last)?, format!("If({condition}, {value}, {other})")))
    }

    fn case(&self, at: usize) -> Option<(Span, String)> {
        let mut parts = Vec::new();
        let mut word = at + 1;
        loop {
            match self.lower(word).as_str() {
                "when" => {
                    let then = self.next(word + 1, |index| self.lower(index) == "then")?;
                    let end = self.next(then + 1, |index| ["when", "else", "end"].contains(&&*self.lower(index)))?;
                    parts.push(self.written(word + 1, then - 1)?);
                    parts.push(self.written(then + 1, end - 1)?);
                    word = end;
                }
                "else" => {
                    let end = self.next(word + 1, |index| self.lower(index) == "end")?;
                    parts.push(self.written(word + 1, end - 1)?);
                    word = end;
                }
                "end" if !parts.is_empty() => return Some((self.span(at, word)?, format!("If({})", parts.join(", ")))),
                _ => return None,
            }
        }
    }

    fn exists(&self, at: usize) -> Option<(Span, String)> {
        let query = self.is(at + 1, "from").then_some(at + 1)?;
        let last = self.next(query, |index| self.closes(index))?.checked_sub(1)?;
        Some((self.span(at, last)?, format!("Exists({})", self.written(query, last)?)))
    }
}
