//! What each acceptance question costs before it runs: tables that its SQL names and bytes of its text. More is a decision:
//! `UPDATE_BUDGET=1` writes the page anew, and the difference is read before it is committed.

use super::acceptance::{QUESTIONS, questions};
use query_lang::{Target, TenantSchema, compile};
use std::path::Path;

/// Nothing may need more.
const SCANS_MAX: usize = 60;
const BYTES_MAX: usize = 16 * 1024;

#[test]
fn no_acceptance_question_needs_more_tables_or_longer_sql_than_before() {
    let catalogue = migrations::catalogue(migrations::Model::standard()).expect("the standard model has a catalogue");
    let schema = TenantSchema::new("t_acme").expect("a schema");
    let mut page = String::from("question, tables and bytes on SQLite, tables and bytes on Postgres\n");
    for (title, text) in questions(QUESTIONS) {
        let mut line = title.split_whitespace().nth(1).unwrap_or_default().to_owned();
        for (target, marks) in [
            (Target::Sqlite, ["\"main\".\"", "\"sig\".\""]),
            (Target::Postgres(schema.clone()), ["\"t_acme\".\"", "\"sig\".\""]),
        ] {
            let Ok(compiled) = compile(text, &catalogue, &target) else {
                line += ", refused";
                continue;
            };
            let scans: usize = marks.iter().map(|mark| compiled.sql.matches(mark).count()).sum();
            assert!(scans <= SCANS_MAX && compiled.sql.len() <= BYTES_MAX, "{title}: {scans}, {}", compiled.sql.len());
            line += &format!(", {scans} {}", compiled.sql.len());
        }
        page += &line;
        page.push('\n');
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("stories/queries/budget.txt");
    if std::env::var_os("UPDATE_BUDGET").is_some() {
        std::fs::write(&path, &page).expect("the page");
    }
    let known = std::fs::read_to_string(&path).expect("the page");
    let first = known.lines().zip(page.lines()).find(|(known, now)| known != now);
    assert!(known == page, "the budget of a question changed: {first:?}");
}
