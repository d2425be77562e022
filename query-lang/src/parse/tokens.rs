use crate::diagnostic::Span;
use serde::Serialize;

/// What a stretch of a query's text is, for colouring it in an editor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Token {
    pub kind: TokenKind,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenKind {
    Keyword,
    Name,
    Parameter,
    Number,
    /// Also dates and times between `#`.
    Text,
    Comment,
    Operator,
    Bracket,
    /// A text, comment or backtick without its end.
    Unclosed,
}

pub(super) const KEYWORDS: [&str; 28] = [
    "From",
    "In",
    "Where",
    "Let",
    "Join",
    "Left",
    "On",
    "Group",
    "By",
    "Into",
    "Aggregate",
    "Order",
    "Asc",
    "Desc",
    "Skip",
    "Take",
    "Select",
    "Distinct",
    "Union",
    "Intersect",
    "Except",
    "And",
    "Or",
    "Not",
    "Like",
    "Null",
    "True",
    "False",
];

/// A keyword of the language, without case: as a name it needs backticks.
pub(crate) fn is_reserved(word: &str) -> bool {
    KEYWORDS.iter().any(|keyword| keyword.eq_ignore_ascii_case(word))
}

/// Can it be a name without backticks, but for the keywords?
pub(crate) fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_') && word_length(text) == text.len()
}

/// Splits any text, also a broken one. Spaces are in no token.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut position = 0;
    while let Some(character) = text[position..].chars().next() {
        if character.is_whitespace() || character == '\u{FEFF}' {
            position += character.len_utf8();
            continue;
        }
        let after_dot = found.last().is_some_and(|token| token.span.of(text) == ".");
        let (kind, length) = next(&text[position..], character, after_dot);
        found.push(Token { kind, span: Span::new(position, position + length) });
        position += length;
    }
    found
}

/// Whether the text names a view or a set, or is about to: `View.`, `Set.`, `Set("Name")`.
pub fn names_saved(text: &str) -> bool {
    !named_words(text).is_empty()
}

/// The views and sets that the text names, as it spells them.
pub fn saved_names(text: &str) -> Vec<&str> {
    named_words(text)
        .into_iter()
        .map(|word| word.trim_matches(['"', '\'', '`']))
        .filter(|name| !name.is_empty())
        .collect()
}

/// The word behind each `View.`, `Set.` and `Set(`; an empty one where the text ends.
fn named_words(text: &str) -> Vec<&str> {
    let tokens: Vec<Token> = tokens(text).into_iter().filter(|token| token.kind != TokenKind::Comment).collect();
    let named = |at: usize| {
        let word = |at: usize| tokens.get(at).map_or("", |token| token.span.of(text));
        let view = word(at).eq_ignore_ascii_case("View");
        let set = word(at).eq_ignore_ascii_case("Set");
        let name = tokens[at].kind == TokenKind::Name;
        (name && ((view || set) && word(at + 1) == "." || set && word(at + 1) == "(")).then(|| word(at + 2))
    };
    (0..tokens.len()).filter_map(named).collect()
}

fn next(rest: &str, character: char, after_dot: bool) -> (TokenKind, usize) {
    let second = rest[character.len_utf8()..].chars().next();
    match (character, second) {
        ('"' | '\'' | '#', _) => closed(rest, character.encode_utf8(&mut [0; 4]), TokenKind::Text),
        ('`', _) => closed(rest, "`", TokenKind::Name),
        ('/', Some('*')) => closed(rest, "*/", TokenKind::Comment),
        ('/', Some('/')) => (TokenKind::Comment, rest.find('\n').unwrap_or(rest.len())),
        ('@', _) => (TokenKind::Parameter, 1 + word_length(&rest[1..])),
        ('(' | ')' | '{' | '}' | '[' | ']', _) => (TokenKind::Bracket, 1),
        (c, _) if c.is_ascii_digit() => {
            (TokenKind::Number, rest.find(|c: char| c != '.' && !c.is_ascii_alphanumeric()).unwrap_or(rest.len()))
        }
        (c, _) if c.is_alphabetic() || c == '_' => {
            let length = word_length(rest);
            let keyword = !after_dot && KEYWORDS.iter().any(|word| word.eq_ignore_ascii_case(&rest[..length]));
            (if keyword { TokenKind::Keyword } else { TokenKind::Name }, length)
        }
        _ => {
            let pair = ["<=", ">=", "<>", "??", "=>", "==", "!=", "&&", "||"];
            let double = pair.iter().any(|operator| rest.starts_with(operator));
            (TokenKind::Operator, if double { 2 } else { character.len_utf8() })
        }
    }
}

fn closed(rest: &str, end: &str, kind: TokenKind) -> (TokenKind, usize) {
    let start = rest.chars().next().map_or(0, char::len_utf8);
    match rest[start..].find(end) {
        Some(length) => (kind, start + length + end.len()),
        None => (TokenKind::Unclosed, rest.len()),
    }
}

fn word_length(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())
}
