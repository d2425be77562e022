use query_lang::{TokenKind, tokens};

/// A token of a text of the model, without what only people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub kind: TokenKind,
    pub text: &'a str,
    /// It stands after a dot: a member of what is before it.
    pub member: bool,
}

impl Word<'_> {
    pub(super) fn is(&self, text: &str) -> bool {
        self.text.eq_ignore_ascii_case(text)
    }

    /// A name that nothing stands before: a variable, a function, an entity.
    pub(super) fn is_root(&self) -> bool {
        self.kind == TokenKind::Name && !self.member
    }
}

/// Comments are left out, names lose their backticks and the prefixes that old queries have.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    for token in tokens(text).into_iter().filter(|token| token.kind != TokenKind::Comment) {
        let member = words.last().is_some_and(|word| word.text == ".");
        let text = token.span.of(text);
        let text = if token.kind == TokenKind::Name { plain(text) } else { text };
        words.push(Word { kind: token.kind, text, member });
    }
    words
}

fn plain(name: &str) -> &str {
    let name = name.trim_matches('`');
    let prefixed = name
        .get(..4)
        .is_some_and(|start| ["APP_", "USR_", "SYS_"].iter().any(|prefix| start.eq_ignore_ascii_case(prefix)));
    if prefixed { &name[4..] } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_with_backticks_prefix_or_comment_around_it() {
        for text in ["Signal", "`Signal`", "USR_Signal", "/* x */ Signal // y"] {
            let words = words(text);
            assert!(words.len() == 1 && words[0].is("signal") && words[0].is_root(), "{text}");
        }
    }

    #[test]
    fn what_stands_in_quotes_is_no_name() {
        assert!(words("\"Signal\" = 'Signal'").iter().all(|word| !word.is_root()));
    }
}
