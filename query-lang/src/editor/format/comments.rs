use crate::parse::{Token, TokenKind, tokens};

/// Words that begin a clause.
const BEGINNINGS: [&str; 11] =
    ["From", "Join", "Left", "Let", "Where", "Group", "Aggregate", "Order", "Skip", "Take", "Select"];

/// The comments of a text by the clause that they stand before, or at the end of.
pub(super) struct Comments<'t> {
    before: Vec<(usize, &'t str)>,
    after: Vec<(usize, &'t str)>,
    clauses: usize,
}

impl<'t> Comments<'t> {
    /// `clauses`: how many the text has. Where they cannot be told apart, all comments stand at the beginning.
    pub(super) fn of(text: &'t str, clauses: usize) -> Self {
        let all = tokens(text);
        let mut found = Comments { before: Vec::new(), after: Vec::new(), clauses };
        let starts = starts(text, &all);
        for (index, token) in all.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Comment) {
            let comment = token.span.of(text).trim_end();
            if starts.len() != clauses {
                found.before.push((0, comment));
                continue;
            }
            let place = token.span.start;
            let begun = starts.iter().filter(|start| **start < place).count();
            let previous = all[..index].last().map(|previous| previous.span.end as usize);
            let same_line = previous.is_some_and(|end| !text[end..place as usize].contains('\n'));
            let next = all[index + 1..].iter().find(|next| next.kind != TokenKind::Comment);
            let ends_clause = next.is_none_or(|next| starts.contains(&next.span.start));
            match (begun, ends_clause, same_line) {
                (0, ..) => found.before.push((0, comment)),
                (begun, true, true) => found.after.push((begun - 1, comment)),
                (begun, true, false) => found.before.push((begun, comment)),
                (begun, false, _) => found.before.push((begun - 1, comment)),
            }
        }
        found
    }

    pub(super) fn before(&self, clause: usize) -> impl Iterator<Item = &'t str> + '_ {
        self.before.iter().filter(move |(at, _)| *at == clause).map(|(_, comment)| *comment)
    }

    pub(super) fn after(&self, clause: usize) -> impl Iterator<Item = &'t str> + '_ {
        self.after.iter().filter(move |(at, _)| *at == clause).map(|(_, comment)| *comment)
    }

    pub(super) fn at_end(&self) -> impl Iterator<Item = &'t str> + '_ {
        self.before(self.clauses)
    }
}

/// Where the clauses of the outermost query begin.
fn starts(text: &str, all: &[Token]) -> Vec<u32> {
    let mut depth = 0;
    let mut starts = Vec::new();
    let significant: Vec<&Token> = all.iter().filter(|token| token.kind != TokenKind::Comment).collect();
    for (index, token) in significant.iter().enumerate() {
        let word = token.span.of(text);
        match (token.kind, word) {
            (TokenKind::Bracket, "(" | "{" | "[") => depth += 1,
            (TokenKind::Bracket, _) => depth -= 1,
            (TokenKind::Keyword, _) if depth == 0 => {
                let joined = |index: usize, word: &str| {
                    significant.get(index).is_some_and(|token| token.span.of(text).eq_ignore_ascii_case(word))
                };
                let begins = BEGINNINGS.iter().any(|beginning| beginning.eq_ignore_ascii_case(word));
                let left = word.eq_ignore_ascii_case("Left");
                let after_left = index > 0 && word.eq_ignore_ascii_case("Join") && joined(index - 1, "Left");
                if begins && !after_left && (!left || joined(index + 1, "Join")) {
                    starts.push(token.span.start);
                }
            }
            (TokenKind::Name, "Top" | "top" | "TOP") if depth == 0 => {
                // `Select Top n` becomes two clauses, Take and Select.
                starts.extend(starts.last().copied());
            }
            _ => {}
        }
    }
    starts
}
