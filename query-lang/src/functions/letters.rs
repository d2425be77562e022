//! Lower case, upper case and the fold key, letter by letter from one frozen table that Postgres uses too.

use super::letter_table::{FOLD_FROM, FOLD_LONG, FOLD_TO, LOWER_FROM, LOWER_TO, UPPER_FROM, UPPER_TO};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Combining marks, which a fold key does not have.
pub(super) const MARKS: std::ops::RangeInclusive<char> = '\u{300}'..='\u{36f}';

static LOWER: LazyLock<HashMap<char, char>> = LazyLock::new(|| LOWER_FROM.chars().zip(LOWER_TO.chars()).collect());
static UPPER: LazyLock<HashMap<char, char>> = LazyLock::new(|| UPPER_FROM.chars().zip(UPPER_TO.chars()).collect());
static FOLD: LazyLock<HashMap<char, Fold>> = LazyLock::new(fold_table);

#[derive(Clone, Copy)]
enum Fold {
    Letter(char),
    Letters(&'static str),
}

fn fold_table() -> HashMap<char, Fold> {
    let long = FOLD_LONG.iter().flat_map(|(letters, fold)| letters.chars().map(|letter| (letter, Fold::Letters(fold))));
    FOLD_FROM.chars().zip(FOLD_TO.chars().map(Fold::Letter)).chain(long).collect()
}

/// Each letter's simple lower case.
pub fn lower(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii() { c.to_ascii_lowercase() } else { *LOWER.get(&c).unwrap_or(&c) }).collect()
}

/// Each letter's simple upper case, and SS for ß.
pub fn upper(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ß' => result.push_str("SS"),
            c if c.is_ascii() => result.push(c.to_ascii_uppercase()),
            c => result.push(*UPPER.get(&c).unwrap_or(&c)),
        }
    }
    result
}

/// The key by which people find and order text: lower case, Latin letters without diacritics, ß as ss, no combining
/// marks. A stored text's shadow column holds it.
pub fn fold(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            result.push(c.to_ascii_lowercase());
        } else if !MARKS.contains(&c) {
            match FOLD.get(&c) {
                Some(Fold::Letter(letter)) => result.push(*letter),
                Some(Fold::Letters(letters)) => result.push_str(letters),
                None => result.push(c),
            }
        }
    }
    result
}
