use super::{assert_none, files_ending, files_in, read};
use regex::Regex;

/// Where SQL text may stand.
const SQL_PLACES: [&str; 6] = [
    "app/store/",
    "sync-server/src/storage/",
    "query-lang/src/sql/",
    "query-lang/src/functions/postgres",
    "migrations/",
    "tests/",
];

#[test]
fn sql_is_written_only_where_it_may_be() {
    let sql = Regex::new(r#""[^"\n]*\b(SELECT\s.*\sFROM\b|INSERT INTO\b|UPDATE\s+\S+\s+SET\b|DELETE FROM\b|CREATE (TABLE|INDEX|SCHEMA|ROLE)\b|ALTER TABLE\b|DROP (TABLE|SCHEMA)\b|SAVEPOINT\b|PRAGMA\b)"#)
        .expect("the pattern is valid");
    let files = files_ending(&[".rs", ".sql"]);
    let allowed = files_in(&files, &SQL_PLACES);
    let mut findings = Vec::new();
    for file in files.into_iter().filter(|file| !allowed.contains(file) && !is_of_tests(file)) {
        if file.ends_with(".sql") {
            findings.push(file);
            continue;
        }
        for (number, line) in product_lines(&file) {
            if sql.is_match(&line) && !line.trim_start().starts_with("//") {
                findings.push(format!("{file}:{number}: {}", line.trim()));
            }
        }
    }
    assert_none(&format!("SQL text outside of {}:", SQL_PLACES.join(", ")), findings);
}

#[test]
fn only_the_backend_of_the_screens_knows_tauri() {
    let screens = files_in(&files_ending(&[".ts", ".svelte"]), &["app/ui/src/"]);
    let backend = files_in(&screens, &["app/ui/src/backend/"]);
    let knows = |file: &String| read(file).contains("@tauri-apps");
    assert!(backend.iter().any(knows), "the backend does not import Tauri by this name");
    let found = screens.into_iter().filter(|file| !backend.contains(file) && knows(file));
    assert_none("A screen that imports Tauri:", found.collect());
}

#[test]
fn what_must_repeat_itself_exactly_reads_no_clock_and_no_randomness() {
    let pure = [
        "query-lang/src/",
        "sync-server/sync-protocol/src/",
        "app/recorder/src/recorder.rs",
        "app/recorder/src/title.rs",
        "app/sync/src/engine",
    ];
    let impure =
        Regex::new(r"SystemTime::now|Instant::now|Timestamp::now|Zoned::now|getrandom|thread_rng|new_v4|now_v7")
            .expect("the pattern is valid");
    let mut findings = Vec::new();
    for file in files_in(&files_ending(&[".rs"]), &pure).into_iter().filter(|file| !is_of_tests(file)) {
        for (number, line) in product_lines(&file) {
            if impure.is_match(&line) {
                findings.push(format!("{file}:{number}: {}", line.trim()));
            }
        }
    }
    assert_none("A clock or randomness where there must be none:", findings);
}

#[test]
fn only_what_is_compiled_for_tests_is_left_out() {
    let text = "mod a;\n#[cfg(test)]\nmod laws;\nfn b() {}\n#[cfg(test)]\n#[derive(Debug)]\nimpl C {\n    fn d() {\n    }\n}\nfn e(\n) {\n    #[cfg(test)]\n    f();\n}\n";
    let left: Vec<usize> = without_tests(text).into_iter().map(|(number, _)| number).collect();
    assert_eq!(left, [1, 4, 11, 12, 15]);
}

/// A file that is compiled for tests alone.
fn is_of_tests(file: &str) -> bool {
    file.contains("/tests/") || file.ends_with("/tests.rs")
}

/// Numbered lines without what is compiled for tests alone.
fn product_lines(file: &str) -> Vec<(usize, String)> {
    without_tests(&read(file)).into_iter().map(|(number, line)| (number, line.to_owned())).collect()
}

/// The item after `#[cfg(test)]` ends with its own line, or with the brace that stands where it began: rustfmt sees to it.
fn without_tests(text: &str) -> Vec<(usize, &str)> {
    let mut left = Vec::new();
    let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    while let Some((number, line)) = lines.next() {
        let Some(indent) = line.strip_suffix("#[cfg(test)]").filter(|indent| indent.trim().is_empty()) else {
            left.push((number, line));
            continue;
        };
        let is_last = |line: &str| {
            let first = line.strip_prefix(indent).unwrap_or_default();
            !first.starts_with([' ', '#']) && (first.starts_with('}') || first.ends_with([';', '}']))
        };
        let end = lines.find(|(_, line)| is_last(line));
        assert!(end.is_some(), "line {number}: the end of what is for tests is not found");
    }
    left
}
