//! The words of a text that cannot be read, and how to walk among them: over brackets, paths and clauses.

use super::tokens::{Token, TokenKind};
use crate::diagnostic::Span;

/// Keywords that can stand inside an expression.
const INSIDE: [&str; 8] = ["And", "Or", "Not", "Like", "In", "Null", "True", "False"];
const BEGINNINGS: [&str; 11] =
    ["From", "Join", "Left", "Let", "Where", "Group", "Aggregate", "Order", "Skip", "Take", "Select"];
/// Names that say something where they stand, though they are not reserved.
const CONTEXTUAL: [&str; 10] = ["over", "partition", "rows", "all", "before", "new", "with", "as", "top", "parameters"];

/// The words of a text without its comments.
pub(super) struct Words<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: Vec<Token>,
}

impl<'t> Words<'t> {
    pub(super) fn of(text: &'t str, tokens: &[Token]) -> Self {
        let tokens = tokens.iter().filter(|token| token.kind != TokenKind::Comment).copied().collect();
        Words { text, tokens }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn at(&self, index: usize) -> &'t str {
        self.tokens.get(index).map_or("", |token| token.span.of(self.text))
    }

    pub(super) fn lower(&self, index: usize) -> String {
        self.at(index).to_lowercase()
    }

    pub(super) fn is(&self, index: usize, word: &str) -> bool {
        self.at(index).eq_ignore_ascii_case(word)
    }

    /// The word so many places before another.
    pub(super) fn before(&self, index: usize, places: usize) -> &'t str {
        index.checked_sub(places).map_or("", |before| self.at(before))
    }

    pub(super) fn kind(&self, index: usize) -> Option<TokenKind> {
        self.tokens.get(index).map(|token| token.kind)
    }

    pub(super) fn is_name(&self, index: usize) -> bool {
        self.kind(index) == Some(TokenKind::Name)
    }

    /// The word at a place, or the first one behind it.
    pub(super) fn index_at(&self, position: usize) -> Option<usize> {
        self.tokens.iter().position(|token| token.span.end as usize > position)
    }

    /// No space between a word and the one before it.
    pub(super) fn touches(&self, index: usize) -> bool {
        index > 0 && index < self.len() && self.tokens[index - 1].span.end == self.tokens[index].span.start
    }

    /// From one word to another, the last one included.
    pub(super) fn span(&self, first: usize, last: usize) -> Option<Span> {
        (first <= last).then_some(())?;
        Some(self.tokens.get(first)?.span.to(self.tokens.get(last)?.span))
    }

    pub(super) fn written(&self, first: usize, last: usize) -> Option<&'t str> {
        Some(self.span(first, last)?.of(self.text))
    }

    /// The empty place right behind a word.
    pub(super) fn place_behind(&self, index: usize) -> Span {
        let place = self.tokens.get(index).map_or(0, |token| token.span.end as usize);
        Span::new(place, place)
    }

    pub(super) fn opens(&self, index: usize) -> bool {
        matches!(self.at(index), "(" | "{" | "[")
    }

    pub(super) fn closes(&self, index: usize) -> bool {
        matches!(self.at(index), ")" | "}" | "]")
    }

    fn is_left_call(&self, index: usize) -> bool {
        self.is(index, "left") && self.at(index + 1) == "("
    }

    /// A keyword that ends an expression.
    pub(super) fn is_clause(&self, index: usize) -> bool {
        let inside = INSIDE.iter().any(|word| word.eq_ignore_ascii_case(self.at(index)));
        self.kind(index) == Some(TokenKind::Keyword) && !inside && !self.is_left_call(index)
    }

    /// A keyword that begins a clause.
    pub(super) fn begins_clause(&self, index: usize) -> bool {
        self.kind(index) == Some(TokenKind::Keyword)
            && BEGINNINGS.iter().any(|known| known.eq_ignore_ascii_case(self.at(index)))
            && !self.is_left_call(index)
    }

    /// Can a value end with this word?
    pub(super) fn ends_value(&self, index: usize) -> bool {
        match self.kind(index) {
            Some(TokenKind::Name) => !CONTEXTUAL.contains(&self.lower(index).as_str()),
            Some(TokenKind::Number | TokenKind::Text | TokenKind::Parameter) => true,
            Some(TokenKind::Bracket) => self.closes(index),
            Some(TokenKind::Keyword) => ["null", "true", "false"].contains(&self.lower(index).as_str()),
            _ => false,
        }
    }

    /// Can a value begin with this word?
    pub(super) fn begins_value(&self, index: usize) -> bool {
        match self.kind(index) {
            Some(TokenKind::Name) => !CONTEXTUAL.contains(&self.lower(index).as_str()),
            Some(TokenKind::Number | TokenKind::Text | TokenKind::Parameter) => true,
            Some(TokenKind::Bracket) => self.at(index) == "(",
            Some(TokenKind::Keyword) => {
                ["null", "true", "false", "not"].contains(&self.lower(index).as_str()) || self.is_left_call(index)
            }
            _ => false,
        }
    }

    /// A word that stands where an operator or a clause must follow, so that it can be no name.
    pub(super) fn is_out_of_place(&self, index: usize) -> bool {
        self.is_name(index)
            && !CONTEXTUAL.contains(&self.lower(index).as_str())
            && (index == 0 || self.ends_value(index - 1))
    }

    /// The next word in these brackets that is wanted; None: the brackets or the text end before it.
    pub(super) fn next(&self, from: usize, wanted: impl Fn(usize) -> bool) -> Option<usize> {
        let mut depth = 0usize;
        for index in from..self.len() {
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

    /// The last word before a place, in the same brackets, that is wanted. The second one: the bracket that is open there,
    /// behind which nothing is looked for.
    pub(super) fn previous(&self, before: usize, wanted: impl Fn(usize) -> bool) -> (Option<usize>, Option<usize>) {
        let mut depth = 0usize;
        for index in (0..before.min(self.len())).rev() {
            if self.closes(index) {
                depth += 1;
            } else if self.opens(index) {
                match depth.checked_sub(1) {
                    Some(outer) => depth = outer,
                    None => return (None, Some(index)),
                }
            } else if depth == 0 && wanted(index) {
                return (Some(index), None);
            }
        }
        (None, None)
    }

    /// The clause that a word belongs to, also from inside brackets.
    pub(super) fn clause_around(&self, index: usize) -> Option<usize> {
        let mut from = index;
        loop {
            match self.previous(from, |at| self.begins_clause(at)) {
                (Some(clause), _) => return Some(clause),
                (None, Some(bracket)) => from = bracket,
                (None, None) => return None,
            }
        }
    }

    /// Where these brackets end: at the closing one or at the end of the text.
    pub(super) fn end_of_brackets(&self, from: usize) -> usize {
        self.next(from, |index| self.closes(index)).unwrap_or(self.len())
    }

    /// Behind the expression that begins at `from`.
    pub(super) fn end_of(&self, from: usize, stops: &[&str]) -> usize {
        let ends = |index: usize| {
            let word = self.lower(index);
            self.closes(index) || word == "," || self.is_clause(index) || stops.contains(&word.as_str())
        };
        self.next(from, ends).unwrap_or(self.len())
    }

    /// Behind the list of expressions that begins at `from`.
    pub(super) fn end_of_list(&self, from: usize) -> usize {
        self.next(from, |index| self.closes(index) || self.is_clause(index)).unwrap_or(self.len())
    }

    /// The expressions between commas, each with its first word and the one behind it.
    pub(super) fn list(&self, from: usize, end: usize) -> Vec<(usize, usize)> {
        let mut fields = Vec::new();
        let mut first = from;
        while first < end {
            let comma = self.next(first, |index| self.at(index) == ",").map_or(end, |comma| comma.min(end));
            if comma > first {
                fields.push((first, comma));
            }
            first = comma + 1;
        }
        fields
    }

    /// The first word of a path, call or bracket that ends before `end`.
    pub(super) fn operand_before(&self, end: usize) -> Option<usize> {
        let mut start = end.checked_sub(1)?;
        loop {
            if self.closes(start) {
                let mut depth = 1;
                while depth > 0 {
                    start = start.checked_sub(1)?;
                    depth += usize::from(self.closes(start));
                    depth -= usize::from(self.opens(start));
                }
                let called = start.checked_sub(1).filter(|name| self.is_name(*name));
                start = called.unwrap_or(start);
            }
            match start.checked_sub(2) {
                Some(before) if self.at(start - 1) == "." => start = before,
                _ => return Some(start),
            }
        }
    }
}
