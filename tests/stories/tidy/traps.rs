use super::{assert_none, files_ending, read};
use regex::Regex;
use std::collections::BTreeSet;

const PAGE: &str = "tests/stories/traps.md";
const TRAPS: usize = 30;

#[test]
fn every_trap_names_tests_that_are_there() {
    let function = r"#\[(?:tokio::)?test(?:\([^)]*\))?\]\s*(?:#\[[^\]]*\]\s*)*(?:async )?fn ([a-z0-9_]+)\(";
    let function = Regex::new(function).expect("the pattern is valid");
    let title = Regex::new(r#"\b(?:it|test)\("([^"]+)""#).expect("the pattern is valid");
    let mut known = BTreeSet::new();
    for file in files_ending(&[".rs", ".ts"]) {
        let text = read(&file);
        for pattern in [&function, &title] {
            known.extend(pattern.captures_iter(&text).map(|found| found[1].to_owned()));
        }
    }
    let mut findings = Vec::new();
    let mut numbers = Vec::new();
    for line in read(PAGE).lines().filter(|line| line.starts_with("| ") && !line.starts_with("| trap")) {
        numbers.extend(line.split('|').nth(1).and_then(|number| number.trim().parse::<usize>().ok()));
        let Some(tests) = line.trim_end_matches([' ', '|']).rsplit('|').next() else { continue };
        let named: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        if named.is_empty() && !line.starts_with("| ---") {
            findings.push(format!("no test: {line}"));
        }
        findings.extend(named.iter().filter(|name| !known.contains(**name)).map(|name| format!("there is no {name}")));
    }
    assert_none("A trap whose test is not there:", findings);
    assert_eq!(numbers, (1..=TRAPS).collect::<Vec<_>>(), "a trap is missing");
}
