//! A broken query is read again without the clause that is broken, so that several mistakes are told at once.

use super::{Rule, parse_once, tokens};
use crate::diagnostic::{Diagnostic, Span};
use crate::parse::{Token, TokenKind};
use crate::tree::Tree;

/// Mistakes that are looked for; more are seldom independent of each other.
const MISTAKES_MAX: usize = 5;
const BEGINNINGS: [&str; 11] =
    ["From", "Join", "Left", "Let", "Where", "Group", "Aggregate", "Order", "Skip", "Take", "Select"];

pub(crate) struct Recovered {
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The query without its broken clauses, where those bind no names: its other words have their meaning.
    pub(crate) tree: Option<Tree>,
}

/// All that is wrong with a text whose first mistakes are known.
pub(super) fn recover(text: &str, first: Vec<Diagnostic>) -> Recovered {
    let mut recovered = Recovered { diagnostics: Vec::new(), tree: None };
    let mut rest = text.to_owned();
    let mut names_remain = true;
    let mut found = first;
    while recovered.diagnostics.len() < MISTAKES_MAX {
        found.retain(|new| recovered.diagnostics.iter().all(|known| known.span != new.span));
        let places: Vec<u32> = found.iter().map(|diagnostic| diagnostic.span.start).collect();
        if places.is_empty() {
            return recovered;
        }
        recovered.diagnostics.append(&mut found);
        for place in places {
            let Some(clause) = clause_at(&rest, place) else { return recovered };
            names_remain &= ["where", "order", "skip", "take", "select"].contains(&clause.word.as_str());
            blank(&mut rest, clause.span);
        }
        match parse_once(&rest, Rule::program) {
            Ok(tree) => {
                recovered.tree = Some(tree).filter(|_| names_remain);
                return recovered;
            }
            Err(more) => found = more,
        }
    }
    recovered
}

struct Clause {
    word: String,
    span: Span,
}

/// The clause that a place belongs to. None: it is the beginning of the first one, without which nothing is left.
fn clause_at(text: &str, place: u32) -> Option<Clause> {
    let all: Vec<Token> = tokens(text).into_iter().filter(|token| token.kind != TokenKind::Comment).collect();
    let mut depth = 0usize;
    let depths: Vec<usize> = all
        .iter()
        .map(|token| match (token.kind, token.span.of(text)) {
            (TokenKind::Bracket, "(" | "{" | "[") => {
                depth += 1;
                depth - 1
            }
            (TokenKind::Bracket, _) => {
                depth = depth.saturating_sub(1);
                depth
            }
            _ => depth,
        })
        .collect();
    let begins = |index: &usize| {
        let word = all[*index].span.of(text);
        let next = all.get(index + 1).map(|token| token.span.of(text)).unwrap_or_default();
        let is_call = word.eq_ignore_ascii_case("Left") && next == "(";
        all[*index].kind == TokenKind::Keyword
            && !is_call
            && BEGINNINGS.iter().any(|known| known.eq_ignore_ascii_case(word))
    };
    let start = (0..all.len()).filter(begins).rfind(|index| all[*index].span.start < place)?;
    let ends = |index: &usize| depths[*index] < depths[start] || depths[*index] == depths[start] && begins(index);
    let end = (start + 1..all.len()).find(ends).map_or(text.len(), |index| all[index].span.start as usize);
    let word = all[start].span.of(text).to_lowercase();
    let before = (0..start).rev().take_while(|index| depths[*index] >= depths[start]);
    let follows = before.into_iter().any(|index| depths[index] == depths[start] && begins(&index));
    if follows {
        return Some(Clause { word, span: Span::new(all[start].span.start as usize, end) });
    }
    // Of the first clause only what is behind the mistake can go.
    (place as usize > all[start].span.end as usize && depths[start] == 0)
        .then(|| Clause { word: "where".to_owned(), span: Span::new(place as usize, end) })
}

/// Spaces of the same length, so that other places stay where they are.
fn blank(text: &mut String, span: Span) {
    let range = span.start as usize..span.end as usize;
    let spaces = " ".repeat(range.len());
    text.replace_range(range, &spaces);
}
