//! Text by code points. Positions start at 1 and are clamped to the text.

use super::declare::*;
use super::letters::{fold, lower, upper};
use super::signature::{Constant, Function, Nulls};
use super::{Out, Raw, TEXT_BYTES_MAX};

/// A function from text to text.
macro_rules! texts {
    (|$text:ident| $result:expr) => {
        |arguments| match arguments {
            [Raw::Text($text)] => Out::text($result),
            _ => Out::Null,
        }
    };
}

const END: Constant = Constant::Int(i64::MAX);
const SPACE: Constant = Constant::Text(" ");

pub(super) const FUNCTIONS: &[Function] = &[
    scalar("+", "concat", &[text("a"), text("b")], TEXT, concat).nulls(Nulls::Handles).may_fail(),
    scalar("#Short", "short", &[text("text")], TEXT, texts!(|text| *text)).may_fail(),
    scalar("Len", "len", &[text("text")], INT, len),
    scalar("Left", "left", &[text("text"), int("count")], TEXT, |arguments| match arguments {
        [Raw::Text(text), Raw::Int(count)] => Out::text(slice(text, 1, *count)),
        _ => Out::Null,
    }),
    scalar("Right", "right", &[text("text"), int("count")], TEXT, right),
    scalar("Mid", "mid", &[text("text"), int("start"), int("count").or(END)], TEXT, mid).aliases(&["Substring"]),
    scalar("Trim", "trim", &[text("text")], TEXT, texts!(|text| text.trim().to_owned())),
    scalar("TrimStart", "trim_start", &[text("text")], TEXT, texts!(|text| text.trim_start().to_owned())),
    scalar("TrimEnd", "trim_end", &[text("text")], TEXT, texts!(|text| text.trim_end().to_owned())),
    scalar("Lower", "lower", &[text("text")], TEXT, texts!(|text| lower(text))).may_fail(),
    scalar("Upper", "upper", &[text("text")], TEXT, texts!(|text| upper(text))).may_fail(),
    scalar("Fold", "fold", &[text("text")], TEXT, texts!(|text| fold(text))).may_fail(),
    scalar("Replace", "replace", &[text("text"), text("old"), text("new")], TEXT, replace).may_fail(),
    scalar("IndexOf", "index_of", &[text("text"), text("part")], INT, index_of),
    scalar("PadLeft", "pad_left", &[text("text"), int("length"), text("fill").or(SPACE)], TEXT, pad_left).may_fail(),
];

/// Null counts as the empty text.
fn concat(arguments: &[Raw<'_>]) -> Out {
    let part = |index: usize| match arguments.get(index) {
        Some(Raw::Text(text)) => *text,
        _ => "",
    };
    Out::text([part(0), part(1)].concat())
}

fn len(arguments: &[Raw<'_>]) -> Out {
    match arguments {
        [Raw::Text(text)] => Out::Int(text.chars().count() as i64),
        _ => Out::Null,
    }
}

fn right(arguments: &[Raw<'_>]) -> Out {
    let [Raw::Text(text), Raw::Int(count)] = arguments else { return Out::Null };
    let length = text.chars().count() as i64;
    Out::text(slice(text, length - (*count).clamp(0, length) + 1, length))
}

fn mid(arguments: &[Raw<'_>]) -> Out {
    match arguments {
        [Raw::Text(text), Raw::Int(start), Raw::Int(count)] => Out::text(slice(text, *start, *count)),
        _ => Out::Null,
    }
}

/// `count` characters from the one at `start`; a start below 1 is 1.
fn slice(text: &str, start: i64, count: i64) -> &str {
    let begin = byte_of(text, start.saturating_sub(1));
    let rest = &text[begin..];
    &rest[..byte_of(rest, count)]
}

/// Where the character with this number (from 0) begins, or the end of the text.
fn byte_of(text: &str, character: i64) -> usize {
    let character = usize::try_from(character.max(0)).unwrap_or(usize::MAX);
    text.char_indices().nth(character).map_or(text.len(), |(index, _)| index)
}

/// Nothing is replaced where `old` is empty.
fn replace(arguments: &[Raw<'_>]) -> Out {
    let [Raw::Text(text), Raw::Text(old), Raw::Text(new)] = arguments else { return Out::Null };
    if old.is_empty() {
        return Out::text(*text);
    }
    let count = text.matches(old).count();
    match text.len() - count * old.len() + count * new.len() {
        size if size > TEXT_BYTES_MAX => Out::Null,
        _ => Out::text(text.replace(old, new)),
    }
}

/// 0: the part does not occur.
fn index_of(arguments: &[Raw<'_>]) -> Out {
    let [Raw::Text(text), Raw::Text(part)] = arguments else { return Out::Null };
    Out::Int(text.find(part).map_or(0, |byte| text[..byte].chars().count() as i64 + 1))
}

/// The fill is repeated and cut as needed; a text that is long enough stays.
fn pad_left(arguments: &[Raw<'_>]) -> Out {
    let [Raw::Text(text), Raw::Int(length), Raw::Text(fill)] = arguments else { return Out::Null };
    let missing = length.saturating_sub(text.chars().count() as i64);
    if missing <= 0 || fill.is_empty() {
        return Out::text(*text);
    }
    if missing > TEXT_BYTES_MAX as i64 {
        return Out::Null;
    }
    let filled: String = fill.chars().cycle().take(missing as usize).collect();
    Out::text(filled + text)
}
