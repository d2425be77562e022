//! A broken query is read again with its mistakes repaired, or without the clause that is broken, so that several mistakes
//! are told at once.

use super::edits::Edited;
use super::words::Words;
use super::{Rule, parse_once, tokens};
use crate::diagnostic::{Diagnostic, Span};
use crate::tree::Tree;

/// Mistakes that are looked for; more are seldom independent of each other.
const MISTAKES_MAX: usize = 5;

pub(crate) struct Recovered {
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The repaired query, or the query without its broken clauses where those bind no names: its other words have their
    /// meaning.
    pub(crate) tree: Option<Tree>,
    /// What the tree was read from.
    pub(crate) rest: Edited,
}

/// All that is wrong with a text whose first mistakes are known.
pub(super) fn recover(text: &str, first: Vec<Diagnostic>) -> Recovered {
    let mut recovered = Recovered { diagnostics: Vec::new(), tree: None, rest: Edited::new(text) };
    let mut names_remain = true;
    let mut found = first;
    while recovered.diagnostics.len() < MISTAKES_MAX {
        let told = |diagnostic: &Diagnostic| recovered.rest.told_before(diagnostic.clone());
        found.retain(|new| {
            told(new).is_some_and(|new| recovered.diagnostics.iter().all(|known| known.span != new.span))
        });
        if found.is_empty() {
            return recovered;
        }
        let more = match repaired(&recovered.rest, &mut found) {
            Some((edited, read)) => {
                recovered.diagnostics.extend(found.into_iter().filter_map(|new| recovered.rest.told_before(new)));
                recovered.rest = edited;
                read
            }
            None => {
                let places: Vec<u32> = found.iter().map(|diagnostic| diagnostic.span.start).collect();
                recovered.diagnostics.extend(found.into_iter().filter_map(|new| recovered.rest.told_before(new)));
                for place in places {
                    let Some(clause) = clause_at(&recovered.rest.text, place) else { return recovered };
                    names_remain &= ["where", "order", "skip", "take", "select"].contains(&clause.word.as_str());
                    recovered.rest.blank(clause.span);
                }
                parse_once(&recovered.rest.text, Rule::program)
            }
        };
        match more {
            Ok(tree) => {
                recovered.tree = Some(tree).filter(|_| names_remain);
                return recovered;
            }
            Err(more) => found = more,
        }
    }
    recovered
}

/// The text with the first fix of each mistake, and what reading it gives. None: a mistake has no fix, or its fix does not
/// help; such a fix is taken away.
fn repaired(rest: &Edited, found: &mut [Diagnostic]) -> Option<(Edited, Result<Tree, Vec<Diagnostic>>)> {
    if found.iter().any(|diagnostic| diagnostic.fixes.is_empty()) {
        return None;
    }
    let edited = rest.with(found.iter().filter_map(|diagnostic| diagnostic.fixes.first()))?;
    let read = parse_once(&edited.text, Rule::program);
    let Err(more) = &read else { return Some((edited, read)) };
    let Some(next) = more.first() else { return Some((edited, read)) };
    let place = edited.before(next.span);
    let stays = |diagnostic: &Diagnostic| match (place, rest.before(diagnostic.span)) {
        (Some(next), Some(known)) => next.start <= known.end && known.start <= next.end,
        _ => true,
    };
    let mut helps = true;
    for diagnostic in found.iter_mut().filter(|diagnostic| stays(diagnostic)) {
        diagnostic.fixes.clear();
        helps = false;
    }
    helps.then_some((edited, read))
}

struct Clause {
    word: String,
    span: Span,
}

/// The clause that a place belongs to. None: it is the beginning of the first one, without which nothing is left.
fn clause_at(text: &str, place: u32) -> Option<Clause> {
    let words = Words::of(text, &tokens(text));
    let behind = words.tokens.iter().position(|token| token.span.start >= place).unwrap_or(words.len());
    let start = words.clause_around(behind)?;
    let begins = |index: usize| words.begins_clause(index) || words.closes(index);
    let end = words.next(start + 1, begins);
    let end = end.map_or(text.len(), |index| words.tokens[index].span.start as usize);
    let at = words.tokens[start].span;
    if words.previous(start, |index| words.begins_clause(index)).0.is_some() {
        return Some(Clause { word: words.lower(start), span: Span::new(at.start as usize, end) });
    }
    // Of the first clause only what is behind the mistake can go, if a source stands before it.
    let has_source = !words.before(behind, 1).eq_ignore_ascii_case("in");
    let first = has_source && words.previous(start, |_| false).1.is_none() && place > at.end && (place as usize) < end;
    first.then(|| Clause { word: "where".to_owned(), span: Span::new(place as usize, end) })
}
