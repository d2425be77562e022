//! A parse failed at a place; this looks at the words around it for what was most likely meant.

use super::tokens::{KEYWORDS, Token, TokenKind, tokens};
use super::words::Words;
use super::{Rule, brackets, figures, foreign, naming, order, sources, spelling, surplus, turned};
use crate::diagnostic::{Code, Diagnostic, Span};
use pest::error::{Error, ErrorVariant, InputLocation};

/// After these comes a value.
const AWAIT_VALUE: [&str; 24] = [
    "And", "Or", "Not", "Where", "By", "On", "Select", "Let", "Like", "Skip", "Take", "In", "??", "=", "<>", "<", "<=",
    ">", ">=", "+", "-", "*", "/", ",",
];

/// What is looked for at the place, in this order.
const LOOKS: [fn(&Words<'_>, usize) -> Option<Diagnostic>; 12] = [
    surplus::surplus,
    foreign::infix,
    foreign::counted,
    foreign::empty_list,
    figures::comma,
    sources::parameter_type,
    sources::parameter_path,
    sources::variable_first,
    sources::by_missing,
    naming::into_missing,
    naming::fields,
    comma_missing,
];

pub(super) fn explain(text: &str, error: &Error<Rule>) -> Vec<Diagnostic> {
    let position = match error.location {
        InputLocation::Pos(position) | InputLocation::Span((position, _)) => position.min(text.len()),
    };
    if let ErrorVariant::CustomError { message } = &error.variant {
        let span = Span::new(position, position);
        return vec![Diagnostic::error(Code::Limit, span, format!("The query is too complex: {message}."))];
    }
    let words = Words::of(text, &tokens(text));
    let quotes = spelling::quotes(&words);
    if !quotes.is_empty() {
        return quotes;
    }
    let whole = unclosed_text(&words.tokens)
        .or_else(|| order::select_first(&words))
        .or_else(|| turned::sql_order(&words))
        .or_else(|| brackets::brackets(&words));
    if let Some(diagnostic) = whole {
        return vec![diagnostic];
    }
    for everywhere in [spelling::signs(&words), figures::dates(&words), names_missing(&words)] {
        if !everywhere.is_empty() {
            return everywhere;
        }
    }
    let at = words.index_at(position).unwrap_or(words.len());
    let surely = [foreign::shape, sources::joins, naming::having, order::after_select];
    let early = surely.into_iter().find_map(|look| look(&words, at));
    if let Some(diagnostic) = early.or_else(|| foreign::is_null(&words, position)) {
        return vec![diagnostic];
    }
    let spelt = spelling::spelt(&words, position);
    if !spelt.is_empty() {
        return spelt;
    }
    vec![LOOKS.into_iter().find_map(|look| look(&words, at)).unwrap_or_else(|| near(&words, at))]
}

fn unclosed_text(tokens: &[Token]) -> Option<Diagnostic> {
    let open = tokens.iter().find(|token| token.kind == TokenKind::Unclosed)?;
    let start = open.span.start as usize;
    let span = Span::new(start, start + 1);
    Some(
        Diagnostic::error(Code::Syntax, span, "What is opened here is never closed.")
            .with_help("Put the same sign at its end."),
    )
}

/// `T. Select`, `T.` at the end: all dots with a clause behind them.
fn names_missing(words: &Words<'_>) -> Vec<Diagnostic> {
    let is_keyword = |index: usize| KEYWORDS.iter().any(|keyword| words.is(index, keyword));
    let missing = |index: &usize| {
        let follows = !words.touches(index + 1) && (is_keyword(index + 1) || index + 1 == words.len());
        words.at(*index) == "." && words.ends_value(index.wrapping_sub(1)) && follows
    };
    let told = |index: usize| {
        let message = format!("A name is missing after `{}.`.", words.before(index, 1));
        Diagnostic::error(Code::Syntax, words.tokens[index].span, message)
            .with_help("Write which property is meant, or leave the point out.")
    };
    (0..words.len()).filter(missing).map(told).collect()
}

/// Two values side by side, where a comma or an operator parts them.
fn comma_missing(words: &Words<'_>, at: usize) -> Option<Diagnostic> {
    let before = at.checked_sub(1)?;
    if !words.ends_value(before) || !words.begins_value(at) || words.at(at) == "(" {
        return None;
    }
    let (clause, bracket) = words.previous(at, |index| words.begins_clause(index));
    let listed = bracket.is_some_and(|bracket| words.at(bracket) == "{" || words.is_name(bracket.wrapping_sub(1)))
        || clause.is_some_and(|clause| ["order", "group", "select"].contains(&words.lower(clause).as_str()));
    let (former, next) = (words.at(before), words.at(at));
    if listed {
        let message = format!("A comma is missing between `{former}` and `{next}`.");
        let diagnostic = Diagnostic::error(Code::Syntax, words.tokens[at].span, message);
        return Some(diagnostic.with_fix(words.place_behind(before), ","));
    }
    let message = format!("Something is missing between `{former}` and `{next}`.");
    let help = "Conditions are joined with And or Or, values with an operator.";
    Some(Diagnostic::error(Code::Syntax, words.tokens[at].span, message).with_help(help))
}

/// The word at the place, or the one before it, may be a misspelt keyword.
fn near(words: &Words<'_>, at: usize) -> Diagnostic {
    let around = [Some(at), at.checked_sub(1)].into_iter().flatten();
    if let Some(diagnostic) = around.into_iter().find_map(|index| spelling::misspelt(words, index)) {
        return diagnostic;
    }
    let Some(token) = words.tokens.get(at) else {
        let end = words.text.trim_end().len();
        let last = words.before(at, 1);
        let awaits = AWAIT_VALUE.iter().any(|known| known.eq_ignore_ascii_case(last));
        let message = match (last, awaits) {
            ("", _) => "The query is empty.".to_owned(),
            (last, true) => format!("The query ends too early: after `{last}` something must follow."),
            _ => "The query ends too early.".to_owned(),
        };
        return Diagnostic::error(Code::Syntax, Span::new(end, end), message)
            .with_help("A query is `From name In Entity`, then clauses, then `Select { ... }`.");
    };
    let (written, former) = (words.at(at), words.before(at, 1));
    let awaits = AWAIT_VALUE.iter().any(|known| known.eq_ignore_ascii_case(former));
    let is_row = words.at(at + 1) == ".";
    if awaits && !is_row && token.kind == TokenKind::Keyword && (words.begins_clause(at) || words.is_clause(at)) {
        let message = format!("Something is missing between `{former}` and `{written}`.");
        return Diagnostic::error(Code::Syntax, token.span, message).with_help("Write a value or a condition there.");
    }
    if token.kind == TokenKind::Keyword {
        let diagnostic = Diagnostic::error(Code::Syntax, token.span, format!("`{written}` cannot stand here."));
        let named = ["from", "join", "let", ".", ",", "{", "(", "into", "by"].contains(&former.to_lowercase().as_str());
        return match named || is_row {
            true => diagnostic
                .with_help(format!("If it is meant as a name, write it in backticks: `` `{written}` ``."))
                .with_fix(token.span, format!("`{written}`")),
            false => diagnostic.with_help("Something before it is missing or is written in another way."),
        };
    }
    Diagnostic::error(Code::Syntax, token.span, format!("`{written}` is not expected here."))
        .with_help("Something before it is missing or is written in another way.")
}
