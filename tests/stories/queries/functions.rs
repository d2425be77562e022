//! Laws of the functions: Rust, SQLite and Postgres say the same of every day, every letter and very many pairs of decimals.
//! A run takes some of them; `LAWS=all` takes all dates from 1900 to 2199, all code points and 300,000 pairs.

use super::dice::Dice;
use super::engines::{Answer, Engines};
use jiff::civil::Weekday;
use query_lang::{Parameters, Type, Value};

/// As many as a generator or a list may have.
const AT_ONCE: usize = 4_000;
const FIRST_DAY: i32 = -25_567;
const LAST_DAY: i32 = 84_005;
/// Decimals of one list; two lists make a table of pairs.
const SIDE: usize = 60;
const PAIRS: usize = 300_000;

const OF_DATES: &str = "Parameters @from As Date, @to As Date From D In Dates(@from, @to) Select { D.Date, A = Year(D.Date), \
    B = Quarter(D.Date), C = Month(D.Date), E = Day(D.Date), F = Weekday(D.Date), G = DayOfYear(D.Date), H = IsoWeek(D.Date), \
    I = IsoYear(D.Date), J = StartOfWeek(D.Date), K = StartOfMonth(D.Date), L = StartOfQuarter(D.Date), M = StartOfYear(D.Date), \
    N = EndOfWeek(D.Date), O = EndOfMonth(D.Date), P = EndOfQuarter(D.Date), Q = EndOfYear(D.Date), R = AddDays(D.Date, -401), \
    S = AddWeeks(D.Date, 5), T = AddMonths(D.Date, -13), U = AddQuarters(D.Date, 3), V = AddYears(D.Date, 1), \
    W = DaysBetween(D.Date, #2026-03-29#), X = MonthsBetween(#2024-02-29#, D.Date), Y = FormatDate(D.Date, 'yyyy-MM-dd ddd'), \
    Z = DateOf(Year(D.Date), Month(D.Date), 29), WeekdaysBetween(#1970-01-01#, D.Date, 3) }";
const OF_LETTERS: &str = "Parameters @letters As Text[] From C In @letters Select { C, A = Fold(C), B = Lower(C), D = Upper(C), \
    E = Len(C), F = Trim(' ' + C + ' '), G = IndexOf('a' + C + 'b', 'b'), H = Left(C + 'x', 1), I = Upper(C) Like Lower(C), \
    J = Replace('a' + C, C, '-'), K = Contains('xyz' + C, C), L = Mid('ab' + C + 'c', 3, 1), M = PadLeft(C, 3, '0') }";
const OF_PAIRS: &str = "Parameters @a As Decimal[], @b As Decimal[] From A In @a From B In @b Select { A, B, C = A + B, D = A - B, \
    E = A * B, F = A / B, G = A % B, H = Least(A, B), I = Greatest(A, B), J = Round(A, 2), K = Floor(A), L = Ceiling(B), \
    M = Truncate(A), N = Abs(B), O = Sign(A), P = Int(A), Q = -A, R = A < B, S = FormatNumber(A, 2), T = Round(B, -3) }";

fn all() -> bool {
    std::env::var("LAWS").is_ok_and(|which| which == "all")
}

fn agree(engines: &Engines, text: &str, given: Vec<(&str, Value)>, rows: usize) {
    let parameters: Parameters = given.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    match engines.ask(text, 1, &parameters) {
        Answer::Same(found) => assert_eq!(found.len(), rows),
        other => panic!("{other:#?}"),
    }
}

fn list(values: impl IntoIterator<Item = String>) -> Value {
    Value::Text(serde_json::Value::from(values.into_iter().collect::<Vec<_>>()).to_string())
}

#[test]
fn functions_of_dates_agree_on_every_day() {
    let engines = Engines::new();
    let steps: Vec<i32> = (FIRST_DAY..=LAST_DAY).step_by(AT_ONCE).collect();
    let few = [0, steps.len() / 2, steps.len() - 1].map(|index| steps[index]);
    for from in if all() { &steps[..] } else { &few[..] } {
        let to = LAST_DAY.min(from + AT_ONCE as i32 - 1);
        agree(
            &engines,
            OF_DATES,
            vec![("from", Value::Date(*from)), ("to", Value::Date(to))],
            (to - from + 1) as usize,
        );
    }
    for days in [["0001-01-01", "0003-12-31"], ["9997-01-01", "9999-12-31"]] {
        let [from, to] = days.map(|day| Value::read(Type::Date, day, &jiff::tz::TimeZone::UTC).expect("a date"));
        agree(&engines, OF_DATES, vec![("from", from), ("to", to)], 1_095);
    }
}

#[test]
fn weeks_agree_whatever_day_they_begin_with() {
    let mut engines = Engines::new();
    let weeks = "From D In Dates(#2026-02-20#, #2026-03-10#) Select { D.Date, StartOfWeek(D.Date), EndOfWeek(D.Date), \
                 IsoWeek(D.Date), FirstOfInterval(D.Date, 'Week') }";
    let whole = "From W In Weeks(#2026-02-25#, #2026-03-10#) Select { W.Start, W.End }";
    for (first, begin) in
        [(Weekday::Monday, "2026-02-23"), (Weekday::Sunday, "2026-02-22"), (Weekday::Friday, "2026-02-20")]
    {
        engines.first_weekday = first;
        agree(&engines, weeks, Vec::new(), 19);
        agree(&engines, whole, Vec::new(), 3);
        let begins = "From D In Dates(#2026-02-25#, #2026-02-25#) Select StartOfWeek(D.Date)";
        let day = Value::read(Type::Date, begin, &jiff::tz::TimeZone::UTC).expect("a date");
        assert_eq!(engines.evaluated(begins, 1, &Parameters::default()), [[day]]);
    }
}

#[test]
fn functions_of_texts_agree_on_every_letter() {
    let engines = Engines::new();
    let letters: Vec<String> = ('\u{1}'..=char::MAX).map(String::from).collect();
    let blocks: Vec<&[String]> = letters.chunks(AT_ONCE).collect();
    let few = [blocks[0], blocks[1], blocks[10], blocks[blocks.len() - 1]];
    for block in if all() { &blocks[..] } else { &few[..] } {
        agree(&engines, OF_LETTERS, vec![("letters", list(block.iter().cloned()))], block.len());
    }
}

#[test]
fn arithmetic_agrees_on_pairs_of_decimals() {
    let engines = Engines::new();
    let mut dice = Dice::new(23);
    let rounds = if all() { PAIRS.div_ceil(SIDE * SIDE) } else { 2 };
    for _ in 0..rounds {
        let [a, b] = [(); 2].map(|()| list((0..SIDE).map(|_| decimal(&mut dice))));
        agree(&engines, OF_PAIRS, vec![("a", a), ("b", b)], SIDE * SIDE);
    }
}

/// One of the ends, or a number of any length.
fn decimal(dice: &mut Dice) -> String {
    let ends = [
        i64::MAX,
        i64::MIN,
        i64::MAX - 1,
        i64::MIN + 1,
        0,
        1,
        -1,
        500_000,
        -500_000,
        1_000_000,
        -1_000_000,
        3_037_000_499,
    ];
    let millionths = match dice.below(4) {
        0 => *dice.pick(&ends),
        1 => -(dice.between(0, i64::MAX - 1) >> dice.below(62)),
        _ => dice.between(0, i64::MAX - 1) >> dice.below(62),
    };
    let size = millionths.unsigned_abs();
    format!("{}{}.{:06}", if millionths < 0 { "-" } else { "" }, size / 1_000_000, size % 1_000_000)
}
