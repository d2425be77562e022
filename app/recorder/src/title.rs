//! Titles that change by themselves (spinners, counters, unread counts, "modified" marks) would cut one stretch of work
//! into hundreds. The cleaned title is the same before and after such a change.

/// Characters of a title that are kept.
const TITLE_CHARACTERS_MAX: usize = 500;

/// The title without what changes by itself; the title itself when nothing would be left.
pub(crate) fn cleaned(title: &str) -> String {
    let title = bounded(title);
    let words: Vec<&str> = title.split_whitespace().collect();
    let mut kept: Vec<&str> = Vec::with_capacity(words.len());
    for (index, word) in words.iter().enumerate() {
        let next = words.get(index + 1);
        if is_spinner(word, index, next) || is_counter(word) || is_progress(word) || is_stopwatch(word) {
            continue;
        }
        let word = if kept.is_empty() { word.trim_start_matches(is_mark) } else { word };
        let word = word.trim_end_matches(is_spinner_character);
        if !word.is_empty() {
            kept.push(word);
        }
    }
    let kept = without_loose_separators(&kept);
    if kept.is_empty() { title } else { kept.join(" ") }
}

/// Without control characters and not endlessly long.
pub(crate) fn bounded(title: &str) -> String {
    let visible = title.chars().map(|character| if character.is_control() { ' ' } else { character });
    visible.take(TITLE_CHARACTERS_MAX).collect::<String>().trim().to_owned()
}

fn is_spinner(word: &str, index: usize, next: Option<&&str>) -> bool {
    if word.chars().all(is_spinner_character) {
        return true;
    }
    // A lone bar turns at the start of a terminal's title; a file manager shows "/ - Files".
    let turning = index == 0 && matches!(word, "|" | "/" | "-" | "\\");
    turning && next.is_some_and(|next| next.starts_with(char::is_alphanumeric))
}

fn is_spinner_character(character: char) -> bool {
    matches!(character,
        '\u{2800}'..='\u{28ff}' | '◐'..='◓' | '◴'..='◷' | '◜'..='◟' | '✢' | '✳' | '✶' | '✻' | '✽' | '⏳' | '⌛' | '…')
}

/// What editors and chats put before the first word while something is unsaved or unread.
fn is_mark(character: char) -> bool {
    is_spinner_character(character) || matches!(character, '*' | '●' | '•' | '○' | '◌' | '∙')
}

/// `(3)`, `[12]`, `(99+)`, `(1,024)`.
fn is_counter(word: &str) -> bool {
    let inner = word
        .strip_prefix('(')
        .and_then(|word| word.strip_suffix(')'))
        .or_else(|| word.strip_prefix('[').and_then(|word| word.strip_suffix(']')));
    inner.is_some_and(|inner| is_number(inner.trim_end_matches('+')) || is_progress(inner))
}

/// `45%`, `45.3%`, `[45%]`.
fn is_progress(word: &str) -> bool {
    word.strip_suffix('%').is_some_and(is_number)
}

fn is_number(text: &str) -> bool {
    text.starts_with(|character: char| character.is_ascii_digit())
        && text.chars().all(|character| character.is_ascii_digit() || matches!(character, '.' | ','))
}

/// `0:32:11`; two parts are left alone, they may be the time of a meeting.
fn is_stopwatch(word: &str) -> bool {
    let parts: Vec<&str> = word.split(':').collect();
    parts.len() == 3 && parts.iter().all(|part| (1..=2).contains(&part.len()) && is_number(part))
}

fn without_loose_separators<'a>(words: &'a [&'a str]) -> &'a [&'a str] {
    let is_separator = |word: &&str| matches!(*word, "-" | "–" | "—" | "|" | "·" | ":");
    let Some(first) = words.iter().position(|word| !is_separator(word)) else { return &[] };
    let last = words.iter().rposition(|word| !is_separator(word)).unwrap_or(first);
    &words[first..=last]
}
