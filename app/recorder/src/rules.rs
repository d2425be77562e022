use serde::{Deserialize, Serialize};

use crate::Window;

const RULES_MAX: usize = 500;
const PATTERN_CHARACTERS_MAX: usize = 200;

/// What is never recorded. The person's own: they lie in the home of this computer, and no company setting changes them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    #[serde(default)]
    excluded: Vec<Rule>,
}

/// Excludes windows that match both patterns; a missing one matches everything. Capitals are small letters. A pattern with
/// `*` (any text) or `?` (one character) is the whole name; one without them is any part of it, because a rule that hides
/// too little is worse than one that hides too much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    #[serde(default)]
    pub program: Option<String>,
    #[serde(default)]
    pub title: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    #[error("A rule needs a program or a title. An empty rule would exclude everything; pause the recording instead.")]
    Empty,
    #[error("The pattern '{0}' is too long. Shorten it to {PATTERN_CHARACTERS_MAX} characters, with * for the rest.")]
    TooLong(String),
    #[error("There are more than {RULES_MAX} rules. Join some of them by using * in a pattern.")]
    TooMany,
}

impl Rules {
    pub fn new(excluded: Vec<Rule>) -> Result<Self, RuleError> {
        let rules = Rules { excluded };
        rules.check()?;
        Ok(rules)
    }

    /// Rules that were read from somewhere are checked before they are used.
    pub fn check(&self) -> Result<(), RuleError> {
        if self.excluded.len() > RULES_MAX {
            return Err(RuleError::TooMany);
        }
        self.excluded.iter().try_for_each(Rule::check)
    }

    pub fn excluded(&self) -> &[Rule] {
        &self.excluded
    }

    /// The first rule that keeps this window from being recorded: the preview and the recorder ask the same question.
    pub fn excluding(&self, window: &Window) -> Option<&Rule> {
        self.excluded.iter().find(|rule| rule.matches(window))
    }
}

impl Rule {
    fn check(&self) -> Result<(), RuleError> {
        let patterns = [&self.program, &self.title].into_iter().flatten();
        if patterns.clone().all(|pattern| pattern.trim().is_empty()) {
            return Err(RuleError::Empty);
        }
        match patterns.clone().find(|pattern| pattern.chars().count() > PATTERN_CHARACTERS_MAX) {
            Some(pattern) => Err(RuleError::TooLong(pattern.clone())),
            None => Ok(()),
        }
    }

    fn matches(&self, window: &Window) -> bool {
        let fits = |pattern: &Option<String>, text: &str| {
            pattern.as_deref().filter(|pattern| !pattern.trim().is_empty()).is_none_or(|pattern| fits(pattern, text))
        };
        fits(&self.program, &window.program) && fits(&self.title, &window.title)
    }
}

fn fits(pattern: &str, text: &str) -> bool {
    match pattern.contains(['*', '?']) {
        true => glob(pattern, text),
        false => glob(&format!("*{}*", pattern.trim()), text),
    }
}

/// Linear but for the last `*`, to which it goes back: no pattern makes it slow.
fn glob(pattern: &str, text: &str) -> bool {
    let small = |text: &str| text.trim().chars().flat_map(char::to_lowercase).collect::<Vec<char>>();
    let (pattern, text) = (small(pattern), small(text));
    let (mut at, mut read) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while read < text.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, read));
                at += 1;
            }
            Some(expected) if *expected == '?' || *expected == text[read] => {
                at += 1;
                read += 1;
            }
            _ => match &mut star {
                Some((after, from)) => {
                    *from += 1;
                    (at, read) = (*after + 1, *from);
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|rest| *rest == '*')
}
