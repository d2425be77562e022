//! Words and signs that are misspelt, or spelt as elsewhere. All of a text are told at once.

use super::tokens::{KEYWORDS, TokenKind};
use super::words::Words;
use crate::diagnostic::{Code, Diagnostic, Span};

/// Foreign signs, ours.
const SIGNS: [(&str, &str); 9] = [
    ("==", "="),
    ("!=", "<>"),
    ("&&", "And"),
    ("||", "Or"),
    ("!", "Not"),
    ("≥", ">="),
    ("≤", "<="),
    ("≠", "<>"),
    ("×", "*"),
];

/// Foreign words, ours.
const FOREIGN: [(&str, &str); 16] = [
    ("having", "Where"),
    ("equals", "="),
    ("ilike", "Like"),
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
    ("filter", "Where"),
];

/// Quotes of other languages and of word processors.
const QUOTES: [char; 10] = ['“', '”', '„', '‟', '‘', '’', '‚', '‛', '«', '»'];

/// What a foreign word that begins a clause is called here.
pub(super) fn clause_of(word: &str) -> Option<&'static str> {
    let ours = |word: &str| FOREIGN.iter().find(|(theirs, _)| theirs.eq_ignore_ascii_case(word)).map(|(_, ours)| *ours);
    ours(word).filter(|ours| ["Where", "Order By", "Group By", "Take", "Skip"].contains(ours))
}

/// Signs that have no other meaning anywhere.
pub(super) fn signs(words: &Words<'_>) -> Vec<Diagnostic> {
    let single = |index: usize| {
        let written = words.at(index);
        let sign = SIGNS.iter().find(|(theirs, _)| *theirs == written);
        sign.map(|(_, ours)| foreign(words, words.tokens[index].span, ours))
    };
    (0..words.len()).filter_map(|index| single(index).or_else(|| pair(words, index))).collect()
}

/// `=<`, `=>` and `->` where they compare or begin a rule.
fn pair(words: &Words<'_>, index: usize) -> Option<Diagnostic> {
    let begins_rule = words.is_name(index.checked_sub(1)?) && matches!(words.before(index, 2), "(" | ",");
    let joined = words.touches(index + 1);
    let (last, ours) = match (words.at(index), words.at(index + 1)) {
        ("=", "<") if joined => (index + 1, "<="),
        ("-", ">") if joined && begins_rule => (index + 1, "=>"),
        ("=>", _) if !begins_rule => (index, ">="),
        _ => return None,
    };
    Some(foreign(words, words.span(index, last)?, ours))
}

/// A text in other quotes: `“abc”`.
pub(super) fn quotes(words: &Words<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut index = 0;
    while index < words.len() {
        let is_quote = |at: usize| words.at(at).starts_with(QUOTES);
        let end = is_quote(index).then(|| (index + 1..words.len()).find(|at| is_quote(*at))).flatten();
        if let Some(span) = end.and_then(|end| words.span(index, end)) {
            let inner = span.of(words.text).trim_matches(QUOTES).replace('"', "\"\"");
            let message = "A text stands in straight quotes.";
            found.push(Diagnostic::error(Code::Syntax, span, message).with_fix(span, format!("\"{inner}\"")));
        }
        index = end.unwrap_or(index) + 1;
    }
    found
}

/// Misspelt keywords and foreign words. Those that are no name for certain are told everywhere, others at the place alone.
pub(super) fn spelt(words: &Words<'_>, position: usize) -> Vec<Diagnostic> {
    let near = |index: usize| {
        let span = words.tokens[index].span;
        span.start as usize <= position && position <= span.end as usize + 1
    };
    let told = |index: usize| {
        let after_dot = words.before(index, 1) == ".";
        let sure = words.is_out_of_place(index);
        if !words.is_name(index) || after_dot || !(sure || near(index)) {
            return None;
        }
        foreign_word(words, index).or_else(|| if sure { misspelt(words, index) } else { None })
    };
    (0..words.len()).filter_map(told).collect()
}

fn foreign_word(words: &Words<'_>, index: usize) -> Option<Diagnostic> {
    let written = words.at(index);
    let (_, ours) = FOREIGN.iter().find(|(theirs, _)| theirs.eq_ignore_ascii_case(written))?;
    let mut span = words.tokens[index].span;
    if ours.is_empty() {
        let message = format!("`{written}` is not written here; Join alone is an inner join, Left Join an outer one.");
        return Some(Diagnostic::error(Code::Syntax, span, message).with_fix(span, ""));
    }
    // `orderby` alone, or `orderby By` by somebody who knows the one half.
    if ours.ends_with(" By") && words.is(index + 1, "by") {
        span = span.to(words.tokens[index + 1].span);
    }
    Some(foreign(words, span, ours))
}

/// With spaces where the words around would grow together with a word.
fn foreign(words: &Words<'_>, span: Span, ours: &str) -> Diagnostic {
    let message = format!("`{}` is written `{ours}` here.", span.of(words.text));
    let is_word =
        |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || "_`@\"'#".contains(letter));
    let worded = is_word(ours.chars().next());
    let before = words.text[..span.start as usize].chars().next_back();
    let after = words.text[span.end as usize..].chars().next();
    let left = if worded && (is_word(before) || before == Some(')')) { " " } else { "" };
    let right = if worded && (is_word(after) || after == Some('(')) { " " } else { "" };
    Diagnostic::error(Code::Syntax, span, message).with_fix(span, format!("{left}{ours}{right}"))
}

pub(super) fn misspelt(words: &Words<'_>, index: usize) -> Option<Diagnostic> {
    let written = words.at(index);
    if words.kind(index) != Some(TokenKind::Name) || written.len() < 3 || words.at(index + 1) == "." {
        return None;
    }
    let lower = written.to_lowercase();
    let others = KEYWORDS.iter().filter(|word| !word.eq_ignore_ascii_case(written));
    let similar = |word: &str| strsim::jaro_winkler(&word.to_lowercase(), &lower).max(swapped(&lower, word));
    let scored = others.map(|word| (*word, similar(word)));
    let (word, score) = scored.max_by(|(_, left), (_, right)| left.total_cmp(right))?;
    (score > 0.85).then(|| {
        let span = words.tokens[index].span;
        let message = format!("`{written}` is not known here; did you mean `{word}`?");
        Diagnostic::error(Code::Syntax, span, message).with_fix(span, word)
    })
}

/// Letters that changed places are one mistake, however short the word is.
fn swapped(lower: &str, word: &str) -> f64 {
    let word = word.to_lowercase();
    let is_one = lower.len() == word.len() && strsim::damerau_levenshtein(lower, &word) == 1;
    let differ = lower.bytes().zip(word.bytes()).filter(|(a, b)| a != b).count();
    if is_one && differ == 2 { 0.9 } else { 0.0 }
}
