//! Random programs with types over random rows: three engines, one answer.

mod expression;
mod literal;
mod program;
mod scope;
mod sources;
mod written;

use super::dice::Dice;
use super::engines::rows::Size;
use super::engines::{Answer, Engines};
use jiff::civil::Weekday;
pub(crate) use program::Program;
use query_lang::catalogue::Catalogue;

/// In every run; `PROGRAMS=100000` makes it a long one.
const PROGRAMS: u64 = 400;
/// Programs on the same rows.
const PROGRAMS_A_ROUND: u64 = 100;
const SIZE: Size = Size { bookings: 25, signals: 0, others: 6, extremes: true };

/// A program under construction.
struct Writing<'c> {
    catalogue: &'c Catalogue,
    dice: Dice,
    names: usize,
    program: Program,
    /// Only literals.
    without_parameters: bool,
}

pub(crate) fn random(catalogue: &Catalogue, seed: u64) -> Program {
    let mut writing =
        Writing { catalogue, dice: Dice::new(seed), names: 0, program: Program::default(), without_parameters: false };
    writing.write();
    writing.program
}

/// A random condition over one row of an entity.
pub(crate) fn condition(catalogue: &Catalogue, seed: u64, row: &str, entity: &str) -> String {
    let mut writing =
        Writing { catalogue, dice: Dice::new(seed), names: 0, program: Program::default(), without_parameters: false };
    let entity = catalogue.find(entity).expect("an entity");
    let scope = scope::Scope { rows: vec![(row.to_owned(), entity)], values: Vec::new() };
    writing.without_parameters = true;
    writing.condition(&scope, 2)
}

#[test]
fn random_programs_have_one_answer_on_three_engines() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let programs = number("PROGRAMS").unwrap_or(PROGRAMS);
    let first = number("FIRST_PROGRAM").unwrap_or(1);
    let mut engines = Engines::new();
    let (mut answered, mut rows, mut refused) = (0, 0, 0);
    let mut different: Vec<String> = Vec::new();
    for seed in first..first + programs {
        if seed == first || seed % PROGRAMS_A_ROUND == 0 {
            engines.fill(seed / PROGRAMS_A_ROUND, SIZE);
            engines.first_weekday = [Weekday::Monday, Weekday::Sunday][(seed / PROGRAMS_A_ROUND % 2) as usize];
        }
        let program = random(&engines.catalogue, seed);
        let person = 1 + (seed % 4) as usize;
        match engines.ask(&program.text(), person, &program.parameters) {
            Answer::Same(found) => {
                answered += 1;
                rows += found.len();
            }
            Answer::Refused(_) => refused += 1,
            Answer::Different(_) => different.push(smallest(&engines, program, person, seed)),
        }
    }
    eprintln!("{answered} of {programs} programs answered with {rows} rows, {refused} refused by all");
    let (count, shown) = (different.len(), different.iter().take(12).cloned().collect::<Vec<_>>().join("\n\n"));
    assert!(different.is_empty(), "{count} of {programs} programs have several answers:\n\n{shown}");
    assert!(refused * 3 < programs, "{refused} of {programs} programs do not compile");
    assert!(rows > answered, "{rows} rows from {answered} programs: too few to tell engines apart");
}

/// The program with all parts taken away that are not needed for the difference.
fn smallest(engines: &Engines, mut program: Program, person: usize, seed: u64) -> String {
    let differs = |program: &Program| match engines.ask(&program.text(), person, &program.parameters) {
        Answer::Different(how) => Some(how),
        _ => None,
    };
    while let Some(smaller) = program.smaller().into_iter().find(|smaller| differs(smaller).is_some()) {
        program = smaller;
    }
    let how = differs(&program).unwrap_or_else(|| "only together with what ran before".to_owned());
    format!("program {seed}, person {person}:\n{}\n{:?}\n{how}", program.text(), program.parameters)
}
