use super::{assert_none, files_ending, read};
use regex::Regex;

/// Where SQL text may stand.
const SQL_PLACES: [&str; 6] = [
    "app/store/",
    "sync-server/src/storage/",
    "query-lang/src/sql/",
    "query-lang/src/functions/",
    "migrations/",
    "tests/",
];

#[test]
fn sql_is_written_only_where_it_may_be() {
    let sql = Regex::new(r#""[^"\n]*\b(SELECT\s.*\sFROM\b|INSERT INTO\b|UPDATE\s+\S+\s+SET\b|DELETE FROM\b|CREATE (TABLE|INDEX|SCHEMA|ROLE)\b|ALTER TABLE\b|DROP (TABLE|SCHEMA)\b|SAVEPOINT\b|PRAGMA\b)"#)
        .expect("the pattern is valid");
    let mut findings = Vec::new();
    for file in files_ending(&[".rs"]) {
        if SQL_PLACES.iter().any(|place| file.starts_with(place)) || file.contains("/tests/") {
            continue;
        }
        for (number, line) in product_lines(&file) {
            if sql.is_match(&line) && !line.trim_start().starts_with("//") {
                findings.push(format!("{file}:{number}: {}", line.trim()));
            }
        }
    }
    assert_none("SQL text outside of store, storage, query-lang/src/sql and migrations:", findings);
}

#[test]
fn only_the_backend_of_the_screens_knows_tauri() {
    let screens = files_ending(&[".ts", ".svelte"]).into_iter().filter(|file| file.starts_with("app/ui/src/"));
    let outside = screens.filter(|file| !file.starts_with("app/ui/src/backend/"));
    let found = outside.filter(|file| read(file).contains("@tauri-apps"));
    assert_none("A screen that imports Tauri:", found.collect());
}

#[test]
fn what_must_repeat_itself_exactly_reads_no_clock_and_no_randomness() {
    let pure = ["query-lang/src/", "sync-server/sync-protocol/src/", "app/recorder/src/merge", "app/sync/src/engine"];
    let impure =
        Regex::new(r"SystemTime::now|Instant::now|Timestamp::now|Zoned::now|getrandom|thread_rng|new_v4|now_v7")
            .expect("the pattern is valid");
    let mut findings = Vec::new();
    for file in files_ending(&[".rs"]).into_iter().filter(|file| pure.iter().any(|place| file.starts_with(place))) {
        for (number, line) in product_lines(&file) {
            if impure.is_match(&line) {
                findings.push(format!("{file}:{number}: {}", line.trim()));
            }
        }
    }
    assert_none("A clock or randomness where there must be none:", findings);
}

/// Numbered lines up to the file's own test module.
fn product_lines(file: &str) -> Vec<(usize, String)> {
    let text = read(file);
    let product = text.lines().take_while(|line| !line.starts_with("#[cfg(test)]"));
    product.enumerate().map(|(index, line)| (index + 1, line.to_owned())).collect()
}
