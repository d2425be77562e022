//! What an editor asks of a text, also of a broken one: what could stand at a place, what a word means, what is wrong, and the
//! same text in today's spelling and layout. Colours are [`crate::tokens`].
//!
//! Places are bytes of the text, as everywhere in this crate. Editors that count UTF-16 units, as a browser does, convert with
//! [`Utf16`].

mod complete;
mod format;
mod hover;
mod regroup;
mod utf16;

pub use complete::{Completion, CompletionKind, complete};
pub use format::format;
pub use hover::{Hover, hover};
pub(crate) use regroup::regrouped;
pub use utf16::Utf16;

use crate::{Catalogue, Diagnostic, Target, compile};

/// All that is wrong with a query, and what is worth saying about one that compiles (as warnings).
pub fn diagnose(text: &str, catalogue: &Catalogue, target: &Target) -> Vec<Diagnostic> {
    match compile(text, catalogue, target) {
        Ok(compiled) => compiled.warnings,
        Err(wrong) => wrong,
    }
}
