//! What a model must be before anything is made from it.

mod compile;
mod navigation;
mod signals;
mod structure;
mod words;

pub(crate) use structure::structure;

use crate::model::Model;
use std::fmt;

/// One thing that is wrong with a model, at a place that a person can find.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {sentence}")]
pub struct Problem {
    /// `Timesheet.Hours`, `Timesheet, rule overlap`.
    pub place: String,
    /// What is wrong and what to do.
    pub sentence: String,
}

impl Problem {
    pub(crate) fn new(place: impl fmt::Display, sentence: impl Into<String>) -> Self {
        Problem { place: place.to_string(), sentence: sentence.into() }
    }
}

/// Everything that is wrong with the model; none: catalogue and DDL can be made from it, every text of
/// it compiles, none can name a signal, and a device can evaluate each read permission with the rows that it holds.
pub fn check(model: &Model) -> Vec<Problem> {
    let mut problems = structure(model);
    if problems.is_empty() {
        problems.extend(signals::no_text_names_a_signal(model));
        problems.extend(navigation::read_permissions_stay_on_open_ground(model));
    }
    if problems.is_empty() { compile::every_text_compiles(model) } else { problems }
}
