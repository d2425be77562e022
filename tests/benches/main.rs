//! What Daybook costs, each figure beside something plain in the same run. `cargo bench -p tests` runs all of it,
//! `cargo bench -p tests -- push start` only these. Nothing here can fail by the clock: it measures and prints.

#![expect(clippy::print_stdout, reason = "the table is what a benchmark is for")]
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock and makes ids of its own")]

mod answer;
mod company;
mod compile;
mod first_sync;
mod measure;
mod push;
mod recorder;
mod seal;
mod start;

use measure::Comparison;

/// Name of a measurement, as it is chosen on the command line, and what runs it.
type Measurement = (&'static str, fn() -> Vec<Comparison>);

const MEASUREMENTS: [Measurement; 7] = [
    ("seal", seal::measure),
    ("recorder", recorder::measure),
    ("push", push::measure),
    ("compile", compile::measure),
    ("first_sync", first_sync::measure),
    ("answer", answer::measure),
    ("start", start::measure),
];

fn main() {
    let chosen: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    println!("| what | Daybook | beside it | | target |\n| --- | --- | --- | --- | --- |");
    for (name, measure) in MEASUREMENTS {
        if chosen.is_empty() || chosen.iter().any(|choice| choice == name) {
            for comparison in measure() {
                println!("{comparison}");
            }
        }
    }
}
