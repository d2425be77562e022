//! A query's way from text to SQL, beside a general SQL parser that only reads what came out.

use crate::measure::{Comparison, Times};
use migrations::{Model, catalogue};
use query_lang::{Plans, Target, TenantSchema, compile};
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;
use std::sync::Arc;
use std::time::{Duration, Instant};

const QUERIES: &str = include_str!("../stories/queries/acceptance.tql");
const ROUNDS: usize = 200;

pub(crate) fn measure() -> Vec<Comparison> {
    let catalogue = catalogue(Model::standard()).unwrap_or_else(|problems| panic!("{problems:?}"));
    let targets =
        [Target::Sqlite, Target::Postgres(TenantSchema::new("t_acme").expect("a schema's name is well formed"))];
    let (plans, catalogue) = (Plans::new(1_000), Arc::new(catalogue));
    let (mut compiled, mut read, mut known) = (Vec::new(), Vec::new(), Vec::new());
    for text in QUERIES.split("\n---\n").map(without_title) {
        for target in &targets {
            // What only the device may ask is refused for the server; a refusal is no compilation.
            let Ok(answer) = compile(text, &catalogue, target) else { continue };
            compiled.extend(timed(|| drop(compile(text, &catalogue, target))));
            known.extend(timed(|| drop(plans.compile(text, &catalogue, target))));
            read.extend(timed(|| drop(Parser::parse_sql(&PostgreSqlDialect {}, &answer.sql))));
        }
    }
    let (compiled, read, known) = (Times::of(compiled), Times::of(read), Times::of(known));
    let line = |times: &Times| format!("mean {:.0?}, 99 % below {:.0?}", times.mean(), times.percentile(99));
    vec![
        Comparison {
            what: "compile of an acceptance query",
            ours: line(&compiled),
            beside: "sqlparser reads the SQL that came out",
            plain: line(&read),
            target: "mean below 0.5 ms, 99 % below 2 ms",
        },
        Comparison {
            what: "the same from the plans that were compiled before",
            ours: format!("median {:.1?}, 99 % below {:.1?}", known.median(), known.percentile(99)),
            beside: "compiled anew",
            plain: line(&compiled),
            target: "below 5 us",
        },
    ]
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
