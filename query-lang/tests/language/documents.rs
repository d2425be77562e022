//! Pages with queries: each ```tql block is followed by what it compiles to, or by what is wrong with it.
//! `UPDATE_PAGES=1 cargo test -p query-lang` writes the answers anew; read the difference before you commit it.

use crate::{postgres, sqlite};
use query_lang::{Compiled, Diagnostic};
use std::fmt::Write;
use std::path::{Path, PathBuf};

#[test]
fn every_feature_compiles_to_what_its_page_shows() {
    check_pages("tests/features", |query| {
        let lite = sqlite(query).unwrap_or_else(|wrong| panic!("{query}\n{}", report(query, &wrong)));
        let mut answer = block("sqlite", &pretty(&lite));
        match postgres(query) {
            Ok(compiled) => answer += &block("postgres", &pretty(&compiled)),
            Err(wrong) => answer += &block("text", &report(query, &wrong)),
        }
        answer
    });
}

#[test]
fn every_mistake_is_answered_as_its_page_shows() {
    check_pages("tests/errors", |query| match sqlite(query) {
        Ok(compiled) => panic!("this compiles:\n{query}\n{}", compiled.sql),
        Err(wrong) => block("text", &report(query, &wrong)),
    });
}

#[test]
fn every_fix_leaves_fewer_problems_and_other_ones() {
    let mut useless = Vec::new();
    for query in queries("tests/errors") {
        let wrong = sqlite(&query).expect_err("a mistake");
        for (diagnostic, fix) in wrong.iter().flat_map(|found| found.fixes.iter().map(move |fix| (found, fix))) {
            let mut repaired = query.clone();
            repaired.replace_range(fix.span.start as usize..fix.span.end as usize, &fix.replacement);
            let Err(rest) = sqlite(&repaired) else { continue };
            let same = |found: &Diagnostic| (found.code, &found.message) == (diagnostic.code, &diagnostic.message);
            let told = |list: &[Diagnostic]| list.iter().filter(|found| same(found)).count();
            if rest.len() >= wrong.len() || told(&rest) >= told(&wrong) {
                useless.push(format!("{query}becomes\n{repaired}where\n{}", report(&repaired, &rest)));
            }
        }
    }
    assert!(useless.is_empty(), "{}", useless.join("\n"));
}

pub(crate) fn queries(folder: &str) -> Vec<String> {
    let pages = pages(folder).into_iter().map(|page| std::fs::read_to_string(page).expect("a page"));
    let written = pages.flat_map(|text| split(&text).into_iter().map(|part| part.query).collect::<Vec<_>>());
    written.filter(|query| !query.is_empty()).collect()
}

fn check_pages(folder: &str, answer: impl Fn(&str) -> String) {
    for page in pages(folder) {
        let text = std::fs::read_to_string(&page).expect("a page");
        let mut renewed = String::new();
        for part in split(&text) {
            renewed += part.prose;
            if !part.query.is_empty() {
                let answer = answer(&part.query);
                write!(renewed, "```tql\n{}```\n{answer}", part.query).expect("text");
            }
        }
        if std::env::var_os("UPDATE_PAGES").is_some() {
            std::fs::write(&page, &renewed).expect("a page");
        }
        let now = std::fs::read_to_string(&page).expect("a page");
        let lines = now.lines().zip(renewed.lines());
        let first = lines.into_iter().find(|(shown, compiled)| shown != compiled);
        assert!(now == renewed, "{} is no longer true, first at:\n{first:#?}", page.display());
    }
}

fn pages(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(folder).expect("the folder of pages");
    let mut pages: Vec<PathBuf> = entries.map(|entry| entry.expect("a page").path()).collect();
    pages.sort();
    pages
}

struct Part<'t> {
    prose: &'t str,
    query: String,
}

/// Prose up to a query, and the query; the answers below it are left out.
fn split(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((prose, after)) = rest.split_once("```tql\n") {
        let (query, after) = after.split_once("```\n").expect("the end of a query");
        parts.push(Part { prose, query: query.to_owned() });
        rest = after;
        while let Some(answer) =
            ["```sqlite\n", "```postgres\n", "```text\n"].iter().find_map(|start| rest.strip_prefix(start))
        {
            rest = answer.split_once("```\n").expect("the end of an answer").1;
        }
    }
    parts.push(Part { prose: rest, query: String::new() });
    parts
}

fn block(language: &str, text: &str) -> String {
    format!("```{language}\n{}\n```\n", text.trim_end())
}

/// SQL on several lines, then its columns.
fn pretty(compiled: &Compiled) -> String {
    let mut text = compiled.sql.clone();
    for word in [
        " FROM ",
        " WHERE ",
        " GROUP BY ",
        " ORDER BY ",
        " LEFT JOIN ",
        " CROSS JOIN ",
        " UNION ",
        " INTERSECT ",
        " EXCEPT ",
        " LIMIT ",
    ] {
        text = text.replace(word, &format!("\n{}", word.trim_start()));
    }
    let columns = compiled.columns.iter().map(|column| {
        let optional = if column.nullable { "?" } else { "" };
        format!("{}: {:?}{optional}", column.name, column.kind)
    });
    format!("{text}\n-- {}", columns.collect::<Vec<_>>().join(", "))
}

/// Code, place, sentence, help and fixes of each diagnostic.
fn report(query: &str, wrong: &[Diagnostic]) -> String {
    let mut text = String::new();
    for diagnostic in wrong {
        writeln!(text, "{:?} at `{}`: {}", diagnostic.code, diagnostic.span.of(query), diagnostic.message)
            .expect("text");
        for label in &diagnostic.labels {
            writeln!(text, "  at `{}`: {}", label.span.of(query), label.text).expect("text");
        }
        if let Some(help) = &diagnostic.help {
            writeln!(text, "  help: {help}").expect("text");
        }
        for fix in &diagnostic.fixes {
            let (replaced, written) = (fix.span.of(query), &fix.replacement);
            let before = query[fix.span.start as usize..].split_whitespace().next().unwrap_or("the end");
            match replaced.is_empty() {
                true => writeln!(text, "  fix: `{written}` before `{before}`").expect("text"),
                false => writeln!(text, "  fix: `{replaced}` -> `{written}`").expect("text"),
            }
        }
    }
    text
}
