//! Values of parameters that are missing or wrong: told at the parameter's place in the text.

use crate::sqlite;
use query_lang::{Diagnostic, Environment, Parameters, Value};

fn refused(text: &str, values: &[(&str, Value)]) -> Diagnostic {
    let environment = Environment {
        user: uuid::Uuid::from_u128(1),
        now: 0,
        zone: jiff::tz::TimeZone::UTC,
        first_weekday: jiff::civil::Weekday::Monday,
    };
    let values: Parameters = values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    sqlite(text).expect("compiles").bind(&environment, &values).expect_err("a wrong value")
}

#[test]
fn a_value_that_is_missing_or_wrong_is_told_where_the_parameter_stands() {
    let used = "From T In Timesheet Where T.Date >= @from And T.Date < @from Select T.Date";
    for values in [vec![], vec![("from", Value::Text("x".to_owned()))], vec![("from", Value::Null)]] {
        let told = refused(used, &values);
        assert_eq!((told.span.start, told.span.of(used)), (36, "@from"), "{told}");
    }
    let declared = "Parameters @from As Date From T In Timesheet Where T.Date >= @from Select T.Date";
    assert_eq!(refused(declared, &[]).span.start, 11);
    let list = "Parameters @days As Date[] From T In Timesheet Where T.Date In @days Select T.Date";
    assert_eq!(refused(list, &[]).span.of(list), "@days");
    let null = "From T In Timesheet Where T.Task = Null And (@x = Null Or T.Date = @x) Select T.Date";
    let told = refused(null, &[("x", Value::Int(1))]);
    assert_eq!((told.span.of(null), told.message.as_str()), ("@x", "The value of the parameter @x must be a Date."));
}
