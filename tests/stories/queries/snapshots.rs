//! What the acceptance questions compile to, for people to read: one page a question, the text of both engines. `UPDATE_SQL=1`
//! writes the pages anew; read the difference before it is committed.

use super::acceptance::{QUESTIONS, questions};
use super::programs;
use query_lang::{Catalogue, Compiled, Diagnostic, Target, TenantSchema, compile};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where a process of the second test leaves what it compiled.
const INTO: &str = "COMPILED_INTO";
const PROGRAMS: u64 = 300;

fn targets() -> [(&'static str, Target); 2] {
    let schema = TenantSchema::new("t_acme").expect("a schema");
    [("SQLite", Target::Sqlite), ("Postgres", Target::Postgres(schema))]
}

fn catalogue() -> Catalogue {
    migrations::catalogue(migrations::Model::standard()).expect("the standard model has a catalogue")
}

#[test]
fn the_sql_of_each_acceptance_question_is_the_one_that_was_read_and_committed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("stories/queries/sql");
    let catalogue = catalogue();
    let mut different = Vec::new();
    let mut pages = Vec::new();
    for (title, text) in questions(QUESTIONS) {
        let page = folder.join(format!("{}.sql", title.split_whitespace().nth(1).expect("a number")));
        let mut now = format!("{title}\n");
        for (engine, target) in targets() {
            now += &format!("\n-- {engine}\n{}\n", shown(compile(text, &catalogue, &target)));
        }
        if env::var_os("UPDATE_SQL").is_some() {
            fs::create_dir_all(&folder).expect("the folder");
            fs::write(&page, &now).expect("the page");
        }
        let known = fs::read_to_string(&page).unwrap_or_default();
        if let Some(first) = first_difference(&known, &now) {
            different.push(format!("{}:\n{first}", page.display()));
        }
        pages.push(page);
    }
    assert!(different.is_empty(), "these are no longer true (UPDATE_SQL=1 renews them):\n{}", different.join("\n"));
    let stray = fs::read_dir(&folder).expect("the folder").map(|entry| entry.expect("a page").path());
    let stray: Vec<PathBuf> = stray.filter(|page| !pages.contains(page)).collect();
    assert!(stray.is_empty(), "nobody asks {stray:?}");
}

fn shown(compiled: Result<Compiled, Vec<Diagnostic>>) -> String {
    match compiled {
        Ok(compiled) => lines(&compiled.sql),
        Err(wrong) => wrong.iter().map(|wrong| format!("-- refused: {}", wrong.message)).collect(),
    }
}

/// The text with a line for each clause. Texts of a person are binds, so nothing else is broken apart.
fn lines(sql: &str) -> String {
    let clauses = [
        " FROM (",
        " LEFT JOIN ",
        " JOIN ",
        " WHERE ",
        " OR EXISTS ",
        " GROUP BY ",
        " ORDER BY ",
        " UNION ",
        " INTERSECT ",
        " LIMIT ",
    ];
    clauses.iter().fold(sql.to_owned(), |sql, clause| sql.replace(clause, &format!("\n{}", &clause[1..])))
}

fn first_difference(known: &str, now: &str) -> Option<String> {
    if known == now {
        return None;
    }
    let pair = known.lines().zip(now.lines()).find(|(known, now)| known != now);
    Some(pair.map_or("its length".to_owned(), |(known, now)| format!("- {known}\n+ {now}")))
}

/// Each process has hash seeds of its own.
#[test]
fn two_processes_compile_the_same_bytes() {
    if let Some(path) = env::var_os(INTO) {
        fs::write(path, everything()).expect("the file");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let compiled = ["one", "two"].map(|name| {
        let path = folder.path().join(name);
        let this = env::current_exe().expect("the tests");
        let story = "queries::snapshots::two_processes_compile_the_same_bytes";
        let process = Command::new(this).args(["--exact", story]).env(INTO, &path).output().expect("a process");
        assert!(process.status.success(), "{}", String::from_utf8_lossy(&process.stdout));
        fs::read_to_string(path).expect("what it compiled")
    });
    assert!(compiled[0].matches("SELECT").count() > 1_000);
    assert!(compiled[0] == compiled[1] && compiled[0] == everything());
}

fn everything() -> String {
    let catalogue = catalogue();
    let written = questions(QUESTIONS).map(|(_, text)| text.to_owned());
    let random = (1..=PROGRAMS).map(|seed| programs::random(&catalogue, seed).text());
    let texts: Vec<String> = written.chain(random).collect();
    let compiled = texts.iter().flat_map(|text| {
        let catalogue = &catalogue;
        targets().map(|(_, target)| match compile(text, catalogue, &target) {
            Ok(compiled) => format!("{}\n{:?}\n{:?}\n", compiled.sql, compiled.columns, compiled.reads),
            Err(wrong) => format!("{wrong:?}\n"),
        })
    });
    compiled.collect()
}
