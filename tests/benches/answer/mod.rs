//! Each acceptance question over 200,000 timesheets, beside SQL that was written by hand with the same functions, permission
//! and order. Both texts take the same way through the product's own runner, in turns; both must find the same rows.

mod by_hand;
mod device;
mod rows;
mod server;

use crate::measure::{Comparison, Times};
use query_lang::catalogue::Catalogue;
use query_lang::{Compiled, Environment, Parameters, Target, Type, Value, compile};
use std::time::{Duration, Instant};

const QUESTIONS: &str = include_str!("../../stories/queries/acceptance.tql");
/// `BOOKINGS=2000` makes a small run.
const BOOKINGS: usize = 200_000;
const ROUNDS: usize = 15;
const ROUNDS_LEAST: usize = 5;
/// A question is not asked again when both texts together took so long.
const ENOUGH: Duration = Duration::from_secs(4);

/// What answers a compiled text.
trait Engine {
    fn target(&self) -> Target;
    fn answer(&self, compiled: &Compiled, binds: &[Value]) -> Result<Vec<Vec<Value>>, String>;
}

struct Asked {
    number: &'static str,
    ours: Duration,
    by_hand: Duration,
}

impl Asked {
    fn ratio(&self) -> f64 {
        self.ours.as_secs_f64() / self.by_hand.as_secs_f64()
    }
}

pub(crate) fn measure() -> Vec<Comparison> {
    let bookings = std::env::var("BOOKINGS").ok().and_then(|text| text.parse().ok()).unwrap_or(BOOKINGS);
    let folder = tempfile::tempdir().expect("a folder");
    let device = device::Home::new(&folder.path().join("home"), bookings);
    let on_device = compare("SQLite", &device, &device.catalogue());
    let catalogue = device.catalogue();
    drop(device);
    let server = server::Company::new(&folder.path().join("server"), &catalogue, bookings);
    let on_server = compare("Postgres", &server, &catalogue);
    server.stop();
    vec![
        line("answer of an acceptance question, SQLite", &on_device),
        line("answer of an acceptance question, Postgres", &on_server),
    ]
}

fn line(what: &'static str, asked: &[Asked]) -> Comparison {
    let mut ratios: Vec<&Asked> = asked.iter().collect();
    ratios.sort_by(|one, other| one.ratio().total_cmp(&other.ratio()));
    let (median, worst) = (ratios[ratios.len() / 2].ratio(), ratios[ratios.len() - 1]);
    let total = |part: fn(&Asked) -> Duration| asked.iter().map(part).sum::<Duration>();
    Comparison {
        what,
        ours: format!("{median:.2} times in the median, {:.2} times at worst ({})", worst.ratio(), worst.number),
        beside: "SQL written by hand: same functions, permission, order and rows",
        plain: format!("all questions: {:.0?} and {:.0?}", total(|asked| asked.ours), total(|asked| asked.by_hand)),
        target: "median within 1.05 times",
    }
}

fn compare(engine_name: &str, engine: &dyn Engine, catalogue: &Catalogue) -> Vec<Asked> {
    let environment = Environment {
        user: rows::ADMIN,
        now: rows::NOW,
        zone: jiff::tz::TimeZone::UTC,
        first_weekday: jiff::civil::Weekday::Monday,
    };
    let by_hand = by_hand::questions(&engine.target());
    let mut asked = Vec::new();
    for question in QUESTIONS.split("\n---\n") {
        let (title, text) = question.trim().split_once('\n').expect("a title");
        let number = title.split_whitespace().nth(1).expect("a number");
        let Some((number, sql)) = by_hand.iter().find(|(known, _)| *known == number) else { continue };
        // Signals are not compiled for a server.
        let Ok(compiled) = compile(text, catalogue, &engine.target()) else { continue };
        let binds = compiled.bind(&environment, &parameters()).expect("all parameters have values");
        let hand = by_hand::in_place_of(&compiled, sql, catalogue);
        let found = match turns(engine, (&compiled, &binds), &hand) {
            Ok(found) => found,
            // A question that is not answered in time is a line of the table, and no end of it.
            Err(wrong) => {
                println!("| {number} on {engine_name} | none | | {} | |", wrong.lines().next().unwrap_or_default());
                continue;
            }
        };
        let (ours, plain) = (found.0.median(), found.1.median());
        println!(
            "| {number} on {engine_name} | {ours:.2?} | {plain:.2?} | by hand, {} rows | {:.2} times |",
            found.2,
            ours.as_secs_f64() / plain.as_secs_f64()
        );
        asked.push(Asked { number, ours, by_hand: plain });
    }
    asked
}

/// Times of both, and the number of rows that both found.
fn turns(engine: &dyn Engine, ours: (&Compiled, &[Value]), hand: &Compiled) -> Result<(Times, Times, usize), String> {
    let (mut compiled, mut plain) = (Vec::new(), Vec::new());
    let (expected, found) = (engine.answer(hand, &[])?, engine.answer(ours.0, ours.1)?);
    if let Some(at) = (0..found.len().max(expected.len())).find(|at| found.get(*at) != expected.get(*at)) {
        return Err(format!("row {at} of {}: {:?}, by hand {:?}", found.len(), found.get(at), expected.get(at)));
    }
    let begun = Instant::now();
    for round in 0..ROUNDS {
        if round >= ROUNDS_LEAST && begun.elapsed() > ENOUGH {
            break;
        }
        compiled.push(timed(|| engine.answer(ours.0, ours.1).map(drop))?);
        plain.push(timed(|| engine.answer(hand, &[]).map(drop))?);
    }
    Ok((Times::of(compiled), Times::of(plain), found.len()))
}

fn timed(work: impl FnOnce() -> Result<(), String>) -> Result<Duration, String> {
    let begun = Instant::now();
    work()?;
    Ok(begun.elapsed())
}

fn parameters() -> Parameters {
    let text = |text: &str| Value::Text(text.to_owned());
    let day = |text: &str| Value::read(Type::Date, text, &jiff::tz::TimeZone::UTC).expect("a date");
    let given = [
        ("from", day("2026-03-02")),
        ("to", day("2026-04-05")),
        ("at", day("2026-03-28")),
        ("date", day("2026-03-29")),
        ("user", Value::Guid(rows::EMPLOYEE)),
        ("year", Value::Int(2026)),
        ("a", text("Department 1")),
        ("b", text("Department 2")),
        ("text", text("Sign")),
        ("page", Value::Int(1)),
    ];
    given.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
