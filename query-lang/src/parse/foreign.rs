//! Shapes of SQL and C# that are another shape here, with the same in ours where rules can tell it.

use super::tokens::{Token, TokenKind};
use crate::diagnostic::{Code, Diagnostic, Span};

/// Keywords that can stand inside an expression.
const INSIDE: [&str; 8] = ["And", "Or", "Not", "Like", "In", "Null", "True", "False"];

/// The words of a text without its comments.
pub(super) struct Words<'t> {
    text: &'t str,
    tokens: Vec<Token>,
}

/// `x Between a And b`, `c ? a : b`, `Case When` and the like at the place where a text could not be read.
pub(super) fn shape(text: &str, tokens: &[Token], position: usize) -> Option<Diagnostic> {
    let words = Words::of(text, tokens);
    let at = words.tokens.iter().position(|token| token.span.end as usize > position)?;
    let at = at - usize::from(words.lower(at) == "when" && at > 0 && words.lower(at - 1) == "case");
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
        "exists" => ("Exists is a function here.", "Write `Exists(From X In ... Where ...)`.", None),
        _ => return None,
    };
    let diagnostic = Diagnostic::error(Code::Syntax, words.tokens[at].span, message).with_help(help);
    let (span, ours) = ours.unzip();
    Some(diagnostic.with_fix_if(span.unwrap_or_default(), ours))
}

/// `x Is Null`, `x Is Not Null`.
pub(super) fn is_null(text: &str, tokens: &[Token], position: usize) -> Option<Diagnostic> {
    let words = Words::of(text, tokens);
    let near = |token: &Token| token.span.start as usize <= position + 1 && position <= token.span.end as usize + 1;
    let at = (0..words.tokens.len()).find(|at| words.lower(*at) == "is" && near(&words.tokens[*at]))?;
    let negated = words.lower(at + 1) == "not";
    let span = words.tokens[at].span.to(words.tokens[at + usize::from(negated)].span);
    let ours = if negated { "<>" } else { "=" };
    let message = format!("`{}` is written `{ours}` here.", span.of(text));
    Some(Diagnostic::error(Code::Syntax, span, message).with_fix(span, ours))
}

/// `SELECT ... FROM ...`: our order, where there is one table.
pub(super) fn sql_order(text: &str, tokens: &[Token]) -> Option<Diagnostic> {
    let words = Words::of(text, tokens);
    if words.lower(0) != "select" {
        return None;
    }
    let diagnostic =
        Diagnostic::error(Code::Syntax, words.tokens[0].span, "A query begins with From and ends with Select.")
            .with_help("Write `From T In Timesheet Where ... Select { T.Date, T.Hours }`.");
    Some(diagnostic.with_fix_if(Span::new(0, text.len()), words.turned_around()))
}

impl<'t> Words<'t> {
    fn of(text: &'t str, tokens: &[Token]) -> Self {
        let tokens = tokens.iter().filter(|token| token.kind != TokenKind::Comment).copied().collect();
        Words { text, tokens }
    }

    fn at(&self, index: usize) -> &'t str {
        self.tokens.get(index).map_or("", |token| token.span.of(self.text))
    }

    fn lower(&self, index: usize) -> String {
        self.at(index).to_lowercase()
    }

    /// From one word to another, the last one included.
    fn span(&self, first: usize, last: usize) -> Option<Span> {
        (first <= last).then_some(())?;
        Some(self.tokens.get(first)?.span.to(self.tokens.get(last)?.span))
    }

    fn written(&self, first: usize, last: usize) -> Option<&'t str> {
        Some(self.span(first, last)?.of(self.text))
    }

    fn opens(&self, index: usize) -> bool {
        matches!(self.at(index), "(" | "{" | "[")
    }

    fn closes(&self, index: usize) -> bool {
        matches!(self.at(index), ")" | "}" | "]")
    }

    /// A keyword that ends an expression.
    fn is_clause(&self, index: usize) -> bool {
        let inside = INSIDE.iter().any(|word| word.eq_ignore_ascii_case(self.at(index)));
        self.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Keyword) && !inside
    }

    /// The next word in these brackets that is wanted; None: the brackets or the text end before it.
    fn next(&self, from: usize, wanted: impl Fn(usize) -> bool) -> Option<usize> {
        let mut depth = 0usize;
        for index in from..self.tokens.len() {
            if depth == 0 && wanted(index) {
                return Some(index);
            }
            if self.opens(index) {
                depth += 1;
            } else if self.closes(index) {
                depth = depth.checked_sub(1)?;
            }
        }
        None
    }

    /// Behind the expression that begins at `from`.
    fn end_of(&self, from: usize, stops: &[&str]) -> usize {
        let ends = |index: usize| {
            let word = self.lower(index);
            self.closes(index) || word == "," || self.is_clause(index) || stops.contains(&word.as_str())
        };
        self.next(from, ends).unwrap_or(self.tokens.len())
    }

    /// The first word of a path, call or bracket that ends before `end`.
    fn operand_before(&self, end: usize) -> Option<usize> {
        let mut start = end.checked_sub(1)?;
        loop {
            if self.closes(start) {
                let mut depth = 1;
                while depth > 0 {
                    start = start.checked_sub(1)?;
                    depth += usize::from(self.closes(start));
                    depth -= usize::from(self.opens(start));
                }
                let called = start.checked_sub(1).filter(|name| self.tokens[*name].kind == TokenKind::Name);
                start = called.unwrap_or(start);
            }
            match start.checked_sub(2) {
                Some(before) if self.at(start - 1) == "." => start = before,
                _ => return Some(start),
            }
        }
    }

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

    /// What is grouped by follows from what is selected; a second table or a Having needs a person.
    fn turned_around(&self) -> Option<String> {
        let from = self.next(1, |index| self.lower(index) == "from")?;
        let entity = from + 1;
        let mut rest = entity + 1;
        while self.at(rest) == "." {
            rest += 2;
        }
        rest += usize::from(self.lower(rest) == "as");
        let aliased = self.tokens.get(rest).is_some_and(|token| token.kind == TokenKind::Name);
        let variable = match aliased {
            true => self.at(rest).to_owned(),
            false => self.at(entity).chars().next()?.to_uppercase().to_string(),
        };
        let name_end = rest - usize::from(self.lower(rest - 1) == "as") - 1;
        let rest = rest + usize::from(aliased);
        let words = |word: &str| (rest..self.tokens.len()).any(|index| self.lower(index) == word);
        if ["join", "having", ",", "union"].into_iter().any(words) {
            return None;
        }
        let mut lines = vec![format!("From {variable} In {}", self.written(entity, name_end)?)];
        let group = self.next(rest, |index| self.lower(index) == "group").unwrap_or(self.tokens.len());
        let after = self.next(group + 1, |index| self.is_clause(index) && self.lower(index) != "by");
        for (first, end) in [(rest, group), (after.unwrap_or(self.tokens.len()), self.tokens.len())] {
            if first < end {
                lines.push(self.qualified(first, end, &variable));
            }
        }
        let distinct = self.lower(1) == "distinct";
        let fields = self.selected(1 + usize::from(distinct), from, &variable);
        if fields.len() > 1 && fields.iter().any(|field| field == "*") {
            return None;
        }
        if fields != ["*"] {
            let distinct = if distinct { "Distinct " } else { "" };
            lines.push(format!("Select {distinct}{{ {} }}", fields.join(", ")));
        }
        Some(lines.join("\n"))
    }

    fn selected(&self, mut first: usize, end: usize, variable: &str) -> Vec<String> {
        let mut fields = Vec::new();
        while first < end {
            let comma = self.next(first, |index| self.at(index) == ",").map_or(end, |comma| comma.min(end));
            let named = comma >= first + 3 && self.lower(comma - 2) == "as";
            let value = self.qualified(first, if named { comma - 2 } else { comma }, variable);
            fields.push(if named { format!("{} = {value}", self.at(comma - 1)) } else { value });
            first = comma + 1;
        }
        fields
    }

    /// `Is` and the `Not` behind it.
    fn null_test(&self, index: usize) -> Option<&'static str> {
        let after_is = index > 0 && self.lower(index - 1) == "is";
        match (self.lower(index).as_str(), self.lower(index + 1).as_str()) {
            ("is", "not") => Some("<>"),
            ("is", _) => Some("="),
            ("not", _) if after_is => Some(""),
            _ => None,
        }
    }

    /// A bare name is a property of the variable; `count(*)` counts rows.
    fn qualified(&self, first: usize, end: usize, variable: &str) -> String {
        let mut text = String::new();
        for index in first..end {
            let Some(token) = self.tokens.get(index) else { break };
            let spaced = index > first && self.tokens[index - 1].span.end < token.span.start;
            text.push_str(if spaced { " " } else { "" });
            let part = index > 0 && self.at(index - 1) == "." || matches!(self.at(index + 1), "(" | ".");
            let counted = self.at(index) == "*" && self.at(index - 1) == "(" && self.at(index + 1) == ")";
            if let Some(ours) = self.null_test(index) {
                text.push_str(ours);
                continue;
            }
            if token.kind == TokenKind::Name && !part && !self.at(index).eq_ignore_ascii_case(variable) {
                text.push_str(variable);
                text.push('.');
            }
            text.push_str(if counted || self.at(index) == ";" { "" } else { self.at(index) });
        }
        text
    }
}
