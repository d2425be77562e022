//! The questions that the language was made for, on all three engines.

use super::engines::rows::Size;
use super::engines::{Answer, Engines};
use query_lang::{Parameters, Value};
use std::collections::BTreeMap;

/// Questions between lines of three dashes, each with its title in a comment.
const QUESTIONS: &str = include_str!("acceptance.tql");
/// Questions that engines once answered in different ways.
const FOUND: &str = include_str!("found.tql");
const SIZE: Size = Size { bookings: 120, signals: 30, others: 7, extremes: false };

/// Title and text; expressions of the model are not questions.
fn questions(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let written = text.split("\n---\n").map(|question| question.trim().split_once('\n').expect("a title"));
    written.filter(|(title, _)| !title.contains(" EXPR "))
}

fn parameters(engines: &Engines) -> Parameters {
    let text = |text: &str| Value::Text(text.to_owned());
    let given = [
        ("from", Value::Date(20_515)),
        ("to", Value::Date(20_548)),
        ("at", Value::Date(20_540)),
        ("user", Value::Guid(engines.person(2))),
        ("date", Value::Date(20_541)),
        ("year", Value::Int(2026)),
        ("a", text("a")),
        ("b", text("Ä")),
        ("text", text("a")),
        ("page", Value::Int(0)),
    ];
    given.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

#[test]
fn every_acceptance_question_has_one_answer_on_three_engines() {
    check(QUESTIONS);
}

#[test]
fn what_engines_once_answered_in_different_ways_has_one_answer() {
    check(FOUND);
}

fn check(text: &'static str) {
    let mut engines = Engines::new();
    let parameters = parameters(&engines);
    let mut answered: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 1..=3 {
        engines.fill(seed, SIZE);
        for person in 1..=4 {
            for (title, text) in questions(text) {
                match engines.ask(text, person, &parameters) {
                    Answer::Same(rows) => *answered.entry(title).or_default() += rows.len(),
                    other => panic!("seed {seed}, person {person}, {title}: {other:#?}"),
                }
            }
        }
    }
    let empty: Vec<_> = answered.iter().filter(|(_, rows)| **rows == 0).map(|(title, _)| title).collect();
    assert!(empty.is_empty(), "nobody found anything: {empty:#?}");
}
