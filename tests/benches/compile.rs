//! A query's way from text to SQL, beside a general SQL parser that only reads what came out.

use crate::measure::{Comparison, Times};
use migrations::{Model, catalogue};
use query_lang::{Target, TenantSchema, compile};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;
use std::time::{Duration, Instant};

const QUERIES: &str = include_str!("../stories/queries/acceptance.tql");
const ROUNDS: usize = 200;

pub(crate) fn measure() -> Vec<Comparison> {
    let catalogue = catalogue(Model::standard()).unwrap_or_else(|problems| panic!("{problems:?}"));
    let targets =
        [Target::Sqlite, Target::Postgres(TenantSchema::new("t_acme").expect("a schema's name is well formed"))];
    let (mut compiled, mut read) = (Vec::new(), Vec::new());
    for text in QUERIES.split("\n---\n").map(without_title) {
        for target in &targets {
            // What only the device may ask is refused for the server; a refusal is no compilation.
            let Ok(answer) = compile(text, &catalogue, target) else { continue };
            compiled.extend(timed(|| drop(compile(text, &catalogue, target))));
            read.extend(timed(|| drop(Parser::parse_sql(&PostgreSqlDialect {}, &answer.sql))));
        }
    }
    let (compiled, read) = (Times::of(compiled), Times::of(read));
    let line = |times: &Times| format!("mean {:.0?}, 99 % below {:.0?}", times.mean(), times.percentile(99));
    vec![Comparison {
        what: "compile of an acceptance query",
        ours: line(&compiled),
        beside: "sqlparser reads the SQL that came out",
        plain: line(&read),
        target: "below 1 ms",
    }]
}

/// The first line of each is its title.
fn without_title(text: &str) -> &str {
    text.split_once('\n').filter(|(title, _)| title.starts_with("--")).map_or(text, |(_, query)| query)
}

fn timed(mut work: impl FnMut()) -> Vec<Duration> {
    let mut time = || {
        let begun = Instant::now();
        work();
        begun.elapsed()
    };
    (0..ROUNDS).map(|_| time()).collect()
}
