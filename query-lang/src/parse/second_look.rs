//! A parse failed at a place; this looks at the words around it for what was most likely meant.

use super::Rule;
use super::foreign;
use super::tokens::{KEYWORDS, Token, TokenKind, tokens};
use crate::diagnostic::{Code, Diagnostic, Span};
use pest::error::{Error, ErrorVariant, InputLocation};

/// Foreign spelling, ours.
const FOREIGN: [(&str, &str); 19] = [
    ("==", "="),
    ("!=", "<>"),
    ("&&", "And"),
    ("||", "Or"),
    ("!", "Not"),
    ("having", "Where"),
    ("equals", "="),
    ("orderby", "Order By"),
    ("groupby", "Group By"),
    ("ascending", "Asc"),
    ("descending", "Desc"),
    ("limit", "Take"),
    ("offset", "Skip"),
    ("inner", ""),
    ("outer", ""),
    ("mod", "%"),
    ("xor", "<>"),
    ("minus", "Except"),
    ("foreach", "From"),
];

/// After these comes a value.
const AWAIT_VALUE: [&str; 22] = [
    "And", "Or", "Not", "Where", "By", "On", "Select", "Let", "Like", "Skip", "Take", "=", "<>", "<", "<=", ">", ">=",
    "+", "-", "*", "/", ",",
];

pub(super) fn explain(text: &str, error: &Error<Rule>) -> Vec<Diagnostic> {
    let position = match error.location {
        InputLocation::Pos(position) | InputLocation::Span((position, _)) => position.min(text.len()),
    };
    if let ErrorVariant::CustomError { message } = &error.variant {
        return vec![Diagnostic::error(
            Code::Limit,
            Span::new(position, position),
            format!("The query is too complex: {message}."),
        )];
    }
    let tokens = tokens(text);
    let structural =
        unclosed_text(&tokens).or_else(|| foreign::sql_order(text, &tokens)).or_else(|| brackets(text, &tokens));
    if let Some(diagnostic) = structural {
        return vec![diagnostic];
    }
    let shape = foreign::shape(text, &tokens, position).or_else(|| foreign::is_null(text, &tokens, position));
    if let Some(diagnostic) = shape {
        return vec![diagnostic];
    }
    let spelt: Vec<Diagnostic> = tokens.iter().filter_map(|token| spelling(text, *token, position)).collect();
    if !spelt.is_empty() {
        return spelt;
    }
    vec![near(text, &tokens, position)]
}

fn unclosed_text(tokens: &[Token]) -> Option<Diagnostic> {
    let open = tokens.iter().find(|token| token.kind == TokenKind::Unclosed)?;
    let start = open.span.start as usize;
    Some(
        Diagnostic::error(Code::Syntax, Span::new(start, start + 1), "What is opened here is never closed.")
            .with_help("Put the same sign at its end."),
    )
}

fn brackets(text: &str, tokens: &[Token]) -> Option<Diagnostic> {
    let mut open: Vec<Token> = Vec::new();
    for token in tokens.iter().filter(|token| token.kind == TokenKind::Bracket) {
        let written = token.span.of(text);
        if matches!(written, "(" | "{" | "[") {
            open.push(*token);
            continue;
        }
        let fits = open.pop().map(|start| (start, closing(start.span.of(text)) == written));
        match fits {
            Some((_, true)) => {}
            Some((start, false)) => {
                let message = format!("`{written}` does not close the `{}` before it.", start.span.of(text));
                return Some(
                    Diagnostic::error(Code::Syntax, token.span, message).with_label(start.span, "opened here"),
                );
            }
            None => {
                let message = format!("`{written}` closes nothing.");
                return Some(Diagnostic::error(Code::Syntax, token.span, message).with_fix(token.span, ""));
            }
        }
    }
    let start = open.pop()?;
    let message = format!("`{}` is never closed.", start.span.of(text));
    let end = Span::new(text.trim_end().len(), text.trim_end().len());
    Some(Diagnostic::error(Code::Syntax, start.span, message).with_fix(end, closing(start.span.of(text))))
}

fn closing(open: &str) -> &'static str {
    match open {
        "(" => ")",
        "{" => "}",
        _ => "]",
    }
}

fn spelling(text: &str, token: Token, position: usize) -> Option<Diagnostic> {
    let written = token.span.of(text);
    let (_, ours) = FOREIGN.iter().find(|(theirs, _)| theirs.eq_ignore_ascii_case(written))?;
    let is_word = token.kind == TokenKind::Name;
    let near = token.span.start as usize <= position && position <= token.span.end as usize + 1;
    if token.kind != TokenKind::Operator && !(is_word && near) {
        return None;
    }
    let message = match ours.is_empty() {
        true => format!("`{written}` is not written here; Join alone is an inner join, Left Join an outer one."),
        false => format!("`{written}` is written `{ours}` here."),
    };
    Some(Diagnostic::error(Code::Syntax, token.span, message).with_fix(token.span, *ours))
}

/// The word at the place, or the one before it, may be a misspelt keyword.
fn near(text: &str, tokens: &[Token], position: usize) -> Diagnostic {
    let at = tokens.iter().position(|token| token.span.end as usize > position);
    let index = at.unwrap_or(tokens.len());
    let candidates = [at, index.checked_sub(1)];
    for token in candidates.into_iter().flatten().filter_map(|index| tokens.get(index)) {
        if let Some(diagnostic) = misspelt(text, *token) {
            return diagnostic;
        }
    }
    let Some(token) = at.map(|index| tokens[index]) else {
        let end = text.trim_end().len();
        let message = if tokens.is_empty() { "The query is empty." } else { "The query ends too early." };
        return Diagnostic::error(Code::Syntax, Span::new(end, end), message)
            .with_help("A query is `From name In Entity`, then clauses, then `Select { ... }`.");
    };
    let written = token.span.of(text);
    let previous = index.checked_sub(1).and_then(|index| tokens.get(index)).map(|token| token.span.of(text));
    let awaits = |word: &str| AWAIT_VALUE.iter().any(|known| known.eq_ignore_ascii_case(word));
    if let Some(previous) = previous.filter(|word| awaits(word) && token.kind == TokenKind::Keyword) {
        let message = format!("Something is missing between `{previous}` and `{written}`.");
        return Diagnostic::error(Code::Syntax, token.span, message).with_help("Write a value or a condition there.");
    }
    if token.kind == TokenKind::Keyword {
        return Diagnostic::error(Code::Syntax, token.span, format!("`{written}` cannot stand here."))
            .with_help(format!("If it is meant as a name, write it in backticks: `` `{written}` ``."))
            .with_fix(token.span, format!("`{written}`"));
    }
    Diagnostic::error(Code::Syntax, token.span, format!("`{written}` is not expected here."))
        .with_help("Something before it is missing or is written in another way.")
}

fn misspelt(text: &str, token: Token) -> Option<Diagnostic> {
    let written = token.span.of(text);
    if token.kind != TokenKind::Name || written.len() < 3 {
        return None;
    }
    let similarity = |word: &str| strsim::jaro_winkler(&word.to_lowercase(), &written.to_lowercase());
    let (word, score) =
        KEYWORDS.iter().map(|word| (*word, similarity(word))).max_by(|(_, left), (_, right)| left.total_cmp(right))?;
    (score > 0.85).then(|| {
        let message = format!("`{written}` is not known here; did you mean `{word}`?");
        Diagnostic::error(Code::Syntax, token.span, message).with_fix(token.span, word)
    })
}
