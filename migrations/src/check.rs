//! What a model must be before anything is made from it.

mod structure;

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

/// Everything that is wrong with the model; none: catalogue and DDL can be made from it.
pub fn check(model: &Model) -> Vec<Problem> {
    structure(model)
}
