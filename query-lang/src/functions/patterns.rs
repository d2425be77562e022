//! Search as people mean it: both sides are folded first. The `#` entries take what is folded already (a stored text's
//! shadow column); no query can write their names.

use super::declare::*;
use super::letters::fold;
use super::signature::{Function, Piece, Piece::Argument};
use super::{Out, Raw};

macro_rules! plain {
    ($test:ident) => {
        |arguments| match arguments {
            [Raw::Text(text), Raw::Text(part)] => Out::bool($test(text, part)),
            _ => Out::Null,
        }
    };
}

macro_rules! folded {
    ($test:ident) => {
        |arguments| match arguments {
            [Raw::Text(text), Raw::Text(part)] => Out::bool($test(&fold(text), &fold(part))),
            _ => Out::Null,
        }
    };
}

pub(super) const FUNCTIONS: &[Function] = &[
    scalar("Contains", "contains", &[text("text"), text("part")], BOOL, folded!(contains)),
    scalar("StartsWith", "starts_with", &[text("text"), text("start")], BOOL, folded!(starts_with)),
    scalar("EndsWith", "ends_with", &[text("text"), text("end")], BOOL, folded!(ends_with)),
    scalar("Like", "like", &[text("text"), text("pattern")], BOOL, folded!(like)),
    scalar("#Contains", "contains_folded", &[text("text"), text("part")], BOOL, plain!(contains))
        .sqlite(
            &[Piece::Text("(instr("), Argument(0), Piece::Text(", "), Argument(1), Piece::Text(") > 0)")],
            &["instr"],
        )
        .postgres(
            &[Piece::Text("(strpos("), Argument(0), Piece::Text(", "), Argument(1), Piece::Text(") > 0)")],
            &["strpos"],
        ),
    scalar("#StartsWith", "starts_with_folded", &[text("text"), text("start")], BOOL, plain!(starts_with)),
    scalar("#EndsWith", "ends_with_folded", &[text("text"), text("end")], BOOL, plain!(ends_with)),
    scalar("#Like", "like_folded", &[text("text"), text("pattern")], BOOL, plain!(like)),
];

fn contains(text: &str, part: &str) -> bool {
    text.contains(part)
}

fn starts_with(text: &str, start: &str) -> bool {
    text.starts_with(start)
}

fn ends_with(text: &str, end: &str) -> bool {
    text.ends_with(end)
}

/// `%` any characters, `_` one, `\` takes the next one as it is; a `\` at the end stands for itself.
pub(super) fn like(text: &str, pattern: &str) -> bool {
    let pattern = tokens(pattern);
    let text: Vec<char> = text.chars().collect();
    let (mut at, mut token) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(token) {
            Some(Token::Many) => {
                retry = Some((token + 1, at));
                token += 1;
            }
            Some(Token::One) => (at, token) = (at + 1, token + 1),
            Some(Token::Letter(letter)) if *letter == text[at] => (at, token) = (at + 1, token + 1),
            _ => match retry {
                Some((after, from)) => {
                    retry = Some((after, from + 1));
                    (token, at) = (after, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern[token..].iter().all(|token| matches!(token, Token::Many))
}

enum Token {
    Many,
    One,
    Letter(char),
}

fn tokens(pattern: &str) -> Vec<Token> {
    let mut characters = pattern.chars();
    let mut tokens = Vec::new();
    while let Some(character) = characters.next() {
        tokens.push(match character {
            '%' => Token::Many,
            '_' => Token::One,
            '\\' => Token::Letter(characters.next().unwrap_or('\\')),
            letter => Token::Letter(letter),
        });
    }
    tokens
}
