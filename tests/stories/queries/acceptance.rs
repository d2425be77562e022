//! The questions that the language was made for, on all three engines.

use super::engines::rows::Size;
use super::engines::{Answer, Engines};
use query_lang::{Parameters, Target, Value, compile, editor};
use std::collections::BTreeMap;

/// Questions between lines of three dashes, each with its title in a comment.
pub(super) const QUESTIONS: &str = include_str!("acceptance.tql");
/// Questions that engines once answered in different ways.
const FOUND: &str = include_str!("found.tql");
/// Queries as they were written for time cockpit, each construct and each old name.
const LEGACY: &str = include_str!("legacy.tql");
/// What the language can beyond that.
const FEATURES: &str = include_str!("features.tql");
const SIZE: Size = Size { bookings: 120, signals: 30, others: 7, extremes: false };

/// Title and text; expressions of the model are not questions.
pub(super) fn questions(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
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
        ("people", text(&format!("[\"{}\", \"{}\"]", engines.person(2), engines.person(3)))),
        ("days", text("[\"2026-03-20\", \"2026-03-29\", \"2026-03-29\"]")),
        ("names", text("[\"a\", \"it's \\\"Ä\\\"\", null]")),
        ("flags", text("[true]")),
        ("rates", text("[80, 2.5, -0.000001, \"9000000000000.123456\"]")),
    ];
    given.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

#[test]
fn every_acceptance_question_has_one_answer_on_three_engines() {
    check(QUESTIONS);
}

/// Expressions of the model, asked of every row.
#[test]
fn every_acceptance_expression_has_one_value_on_three_engines() {
    let mut engines = Engines::new();
    let expressions = QUESTIONS.split("\n---\n").filter_map(|part| part.trim().split_once('\n'));
    let expressions: Vec<_> = expressions.filter(|(title, _)| title.contains(" EXPR ")).collect();
    assert!(expressions.len() >= 5, "{expressions:?}");
    for seed in 1..=2 {
        engines.fill(seed, SIZE);
        for (title, text) in &expressions {
            let entity = if title.contains("Project.") { "Project" } else { "Timesheet" };
            let value = text.replace("Current.", "Row.");
            let asked = format!("From Row In {entity} Order By Row.Id Select {{ Row.Id, Value = {value} }}");
            match engines.ask(&asked, 1, &Parameters::new()) {
                Answer::Same(rows) => assert!(!rows.is_empty(), "{title}"),
                other => panic!("{title}: {other:#?}"),
            }
        }
    }
}

#[test]
fn what_engines_once_answered_in_different_ways_has_one_answer() {
    check(FOUND);
}

#[test]
fn queries_of_time_cockpit_have_one_answer_on_three_engines() {
    assert!(questions(LEGACY).count() >= 60);
    check(LEGACY);
}

#[test]
fn queries_of_time_cockpit_have_the_same_answer_in_todays_spelling() {
    let mut engines = Engines::new();
    let parameters = parameters(&engines);
    engines.fill(1, SIZE);
    for (title, text) in questions(LEGACY).chain(questions(QUESTIONS)).chain(questions(FEATURES)) {
        let today = editor::format(text, &engines.catalogue).unwrap_or_else(|wrong| panic!("{title}: {wrong:?}"));
        assert_eq!(editor::format(&today, &engines.catalogue).as_ref(), Ok(&today), "{title}");
        assert!(!["USR_", "SYS_", "New ", ".Include"].iter().any(|old| today.contains(old)), "{today}");
        match (engines.ask(text, 1, &parameters), engines.ask(&today, 1, &parameters)) {
            (Answer::Same(before), Answer::Same(after)) => assert_eq!(before, after, "{title}:\n{today}"),
            other => panic!("{title}:\n{today}\n{other:#?}"),
        }
        let columns = |text: &str| compile(text, &engines.catalogue, &Target::Sqlite).map(|compiled| compiled.columns);
        assert_eq!(columns(text), columns(&today), "{today}");
    }
}

#[test]
fn every_feature_has_one_answer_on_three_engines() {
    check(FEATURES);
}

fn check(text: &'static str) {
    let mut engines = Engines::new();
    let parameters = parameters(&engines);
    let mut answered: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in 1..=2 {
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
