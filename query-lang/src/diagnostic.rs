//! What is wrong with a query, for people (sentences, places, fixes) and for machines (a stable code).

use serde::{Deserialize, Serialize};
use std::fmt;

/// Bytes of the query text, from `start` up to and without `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Error,
    Warning,
}

/// Stable; screens and scripts branch on it, never on the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The text is too long, nested too deep or needs too many tables.
    Limit,
    Syntax,
    /// Also a hidden property: it answers like a missing one.
    UnknownName,
    WrongType,
    /// A list stands where one value is needed.
    ManyValues,
    /// An aggregate or a window stands where it has no meaning.
    MisplacedAggregate,
    /// Something that this place of the language does not allow (a query in a calculated property, Today in a permission).
    NotAllowedHere,
    /// Correct, but not compiled yet.
    NotSupported,
    /// Signals are asked where they cannot be, or without a time range.
    Signals,
    /// A parameter has no value, a wrong one or no known type.
    Parameter,
    /// A text of the model does not compile; the span is in that text.
    Model,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    pub span: Span,
    pub text: String,
}

/// A text edit that would repair the query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    pub span: Span,
    pub replacement: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    /// One sentence: what is wrong, with what.
    pub message: String,
    pub span: Span,
    pub labels: Vec<Label>,
    /// What to do now.
    pub help: Option<String>,
    pub fixes: Vec<Fix>,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |position: usize| u32::try_from(position).unwrap_or(u32::MAX);
        Span { start: clamp(start), end: clamp(end) }
    }

    /// From the start of the one to the end of the other.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The part of `text` that is meant; empty where the text is another one.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

impl Diagnostic {
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            span,
            labels: Vec::new(),
            help: None,
            fixes: Vec::new(),
        }
    }

    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, span, message) }
    }

    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub fn with_label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Where the cure can be written down.
    pub(crate) fn with_fix_if(self, span: Span, replacement: Option<String>) -> Self {
        match replacement {
            Some(replacement) => self.with_fix(span, replacement),
            None => self,
        }
    }

    pub fn with_fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fixes.push(Fix { span, replacement: replacement.into() });
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)?;
        match &self.help {
            Some(help) => write!(formatter, " {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Diagnostic {}
