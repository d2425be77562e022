//! Plan -> SQL text of one engine. Text is written by four methods of [`text::Text`] and nothing else: a static
//! keyword, a catalogue identifier, a tenant's table, a bind. A person's words cannot get into it.

mod expression;
mod select;
mod text;

use crate::Target;
use crate::compiled::Reads;
use crate::diagnostic::Diagnostic;
use crate::plan::{BlockId, Plan};
use crate::typed;

pub(crate) struct Written {
    pub(crate) sql: String,
    /// In the order of their numbers.
    pub(crate) binds: Vec<Bound>,
    pub(crate) reads: Reads,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    Constant(typed::ExpressionId),
    /// An index into [`Plan::generated`].
    Rows(usize),
}

/// Writes the whole statement that begins with `block`.
///
/// # Errors
/// The text or its binds exceed the limits.
pub(crate) fn write(plan: &Plan, block: BlockId, target: &Target, first_bind: usize) -> Result<Written, Diagnostic> {
    let mut writer = Writer { plan, text: text::Text::new(target, first_bind), deep: 0, failure: None };
    writer.block(block, true);
    match writer.failure {
        Some(diagnostic) => Err(diagnostic),
        None => writer.text.finish(),
    }
}

struct Writer<'p> {
    plan: &'p Plan,
    text: text::Text,
    /// Sub-queries of conditions and values that are being written inside each other.
    deep: usize,
    failure: Option<Diagnostic>,
}
