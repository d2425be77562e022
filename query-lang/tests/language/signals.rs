use crate::{postgres, sqlite};
use query_lang::diagnostic::Code;
use query_lang::{Environment, Parameters, SignalRange, Value};

const TODAY: i32 = 20_400;

fn range(text: &str, parameters: &Parameters) -> Result<Option<SignalRange>, query_lang::Diagnostic> {
    let environment = Environment {
        user: uuid::Uuid::from_u128(1),
        now: i64::from(TODAY) * 86_400_000_000,
        zone: jiff::tz::TimeZone::UTC,
        first_weekday: jiff::civil::Weekday::Monday,
    };
    sqlite(text).expect("compiles").signals(&environment, parameters)
}

#[test]
fn the_days_to_open_follow_from_the_bounds_of_the_query() {
    let text =
        "From S In Signal.Activity Where S.Date >= @from And @to >= S.Date And S.State = \"active\" Select S.Date";
    let parameters = [("from", TODAY - 9), ("to", TODAY - 2)].map(|(name, day)| (name.to_owned(), Value::Date(day)));
    let expected = SignalRange { from: TODAY - 9, to: TODAY - 2 };
    assert_eq!(range(text, &parameters.into()), Ok(Some(expected)));
}

#[test]
fn a_range_without_an_end_ends_tomorrow() {
    let text = "From S In Signal.Activity Where S.Date = AddDays(Today(), -1) Or S.Date = Today() Where S.Date > AddDays(Today(), -2) Select S.Date";
    assert_eq!(range(text, &Parameters::new()), Ok(Some(SignalRange { from: TODAY - 2, to: TODAY + 1 })));
}

#[test]
fn more_than_800_days_are_refused() {
    let wrong = range("From S In Signal.Activity Where S.Date >= #2001-01-01# Select S.Date", &Parameters::new());
    assert_eq!(wrong.expect_err("too long").code, Code::Signals);
}

#[test]
fn a_query_without_signals_opens_none() {
    assert_eq!(range("From C In Customer Select C.Name", &Parameters::new()), Ok(None));
}

#[test]
fn signals_are_never_asked_of_a_server() {
    let wrong = postgres("From S In Signal.Activity Where S.Date = Today() Select S.State").expect_err("private");
    assert_eq!(wrong[0].message, "Signals are private; this part of the query can only run on your own computer.");
}

#[test]
fn signals_stand_apart_in_what_the_text_reads() {
    let compiled = sqlite("From S In Signal.Activity Where S.Date = Today() Select S.State").expect("compiles");
    assert!(compiled.reads.tables.is_empty());
    assert_eq!(compiled.reads.signals, [("activity".to_owned(), vec!["date".into(), "id".into(), "state".into()])]);
}

#[test]
fn a_condition_bounds_the_rows_that_must_fulfil_it_and_no_others() {
    let week = "From S In Signal.Activity Where S.Date >= AddDays(Today(), -7)";
    let expected = Ok(Some(SignalRange { from: TODAY - 7, to: TODAY + 1 }));
    for rest in [
        "And Not Exists(From T In Timesheet Where S.Date >= Today()) Select S.Date",
        "Left Join T In Timesheet On T.Date = S.Date And S.Date >= Today() Select S.Date",
        "Order By S.Begin Take 3 Where S.Date >= Today() Select S.Date",
        "Let N = RowNumber() Over (Order By S.Begin) Where S.Date >= Today() Select N",
    ] {
        assert_eq!(range(&format!("{week} {rest}"), &Parameters::new()), expected, "{rest}");
    }
    let joined = "From T In Timesheet Left Join S In Signal.Activity On S.Date >= AddDays(Today(), -7) And S.Date = T.Date Select S.Date";
    assert_eq!(range(joined, &Parameters::new()), expected);
}
