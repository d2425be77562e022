use crate::home::{Home, page, timesheet};
use query_lang::{Compiled, Parameters, Target, Value};
use std::time::Duration;
use store::{Cancel, Limits, StoreError};
use uuid::Uuid;

fn compiled(home: &Home, text: &str) -> Compiled {
    query_lang::compile(text, &home.store.catalogue(), &Target::Sqlite).expect("the query compiles")
}

fn select_with(home: &Home, compiled: &Compiled, limits: Limits) -> Result<Vec<Vec<Value>>, StoreError> {
    let binds = compiled.bind(&home.environment(), &Parameters::new()).expect("no parameter");
    home.store.reader()?.select(compiled, &binds, &[], limits, &Cancel::default())
}

fn two_bookings() -> Home {
    let mut home = Home::new();
    let rows =
        vec![timesheet(&home, Uuid::from_u128(100), 5, "Äpfel"), timesheet(&home, Uuid::from_u128(101), 5, "Birnen")];
    home.pull(page(rows));
    home
}

#[test]
fn a_query_answers_from_the_rows_of_the_home() {
    let home = two_bookings();
    let query = compiled(&home, "From T In Timesheet Where StartsWith(T.Description, \"apf\") Select T.Description");
    let rows = select_with(&home, &query, Limits::default()).unwrap();
    assert_eq!(rows, vec![vec![Value::Text("Äpfel".into())]]);
}

#[test]
fn what_the_compiler_did_not_declare_is_not_read() {
    let home = two_bookings();
    let honest = compiled(&home, "From T In Timesheet Select T.Description");
    for sql in [
        "SELECT value FROM main.home_setting",
        "SELECT name FROM main.sqlite_master",
        "SELECT name FROM pragma_table_info('timesheet')",
        "SELECT load_extension('x')",
        "SELECT \"code\" FROM main.\"project\"",
        "SELECT hex(\"description\") FROM main.\"timesheet\"",
    ] {
        let mut forged = honest.clone();
        forged.sql = sql.to_owned();
        let error = select_with(&home, &forged, Limits::default()).unwrap_err();
        assert!(matches!(error, StoreError::NotAllowed | StoreError::Disk(_)), "{sql}: {error}");
    }
}

#[test]
fn a_query_cannot_write() {
    let home = two_bookings();
    let honest = compiled(&home, "From T In Timesheet Select T.Description");
    for sql in ["DELETE FROM main.\"timesheet\"", "ATTACH ':memory:' AS x", "PRAGMA query_only = 0"] {
        let mut forged = honest.clone();
        forged.sql = sql.to_owned();
        assert!(matches!(select_with(&home, &forged, Limits::default()), Err(StoreError::NotAllowed)), "{sql}");
    }
}

#[test]
fn a_query_with_too_many_rows_or_too_little_time_says_so() {
    let home = two_bookings();
    let query = compiled(&home, "From T In Timesheet Select T.Description");
    let error = select_with(&home, &query, Limits { rows_max: 1, ..Limits::default() }).unwrap_err();
    assert!(matches!(error, StoreError::TooManyRows { rows: 1 }));
    let text = "From A In Timesheet From B In Timesheet From C In Timesheet From D In Timesheet From E In Timesheet \
                From F In Timesheet From G In Timesheet From H In Timesheet From I In Timesheet From J In Timesheet \
                From K In Timesheet From L In Timesheet From M In Timesheet From N In Timesheet From O In Timesheet \
                From P In Timesheet From Q In Timesheet From R In Timesheet From S In Timesheet From T In Timesheet \
                Aggregate Number = Count()";
    let query = compiled(&home, text);
    let error = select_with(&home, &query, Limits { time: Duration::ZERO, ..Limits::default() }).unwrap_err();
    assert!(matches!(error, StoreError::TooSlow { .. }), "{error}");
    let binds = query.bind(&home.environment(), &Parameters::new()).unwrap();
    let cancel = Cancel::default();
    cancel.cancel();
    let error = home.store.reader().unwrap().select(&query, &binds, &[], Limits::default(), &cancel).unwrap_err();
    assert!(matches!(error, StoreError::Cancelled), "{error}");
}

#[test]
fn opened_signals_can_be_asked_together_with_bookings_and_nothing_of_them_is_on_the_disk() {
    let home = two_bookings();
    let query = compiled(
        &home,
        "From S In Signal.ActiveWindow Where S.Date = Today() From T In Timesheet \
         Where S.Begin < T.End And T.Description = \"Birnen\" Select New { S.Title, T.Description }",
    );
    let name = |text| query_lang::Identifier::new(text).unwrap();
    let columns = ["id", "begin", "end", "date", "program", "title", "document"].map(name).to_vec();
    let row = vec![
        Value::Guid(Uuid::from_u128(1)),
        Value::DateTime(crate::home::NOW),
        Value::DateTime(crate::home::NOW + 1),
        Value::Date((crate::home::NOW / 86_400_000_000) as i32),
        Value::Text("editor".into()),
        Value::Text("canary of a title".into()),
        Value::Null,
    ];
    let signals = [store::SignalTable { name: name("active_window"), columns, rows: vec![row] }];
    let binds = query.bind(&home.environment(), &Parameters::new()).unwrap();
    let reader = home.store.reader().unwrap();
    let rows = reader.select(&query, &binds, &signals, Limits::default(), &Cancel::default()).unwrap();
    assert_eq!(rows, vec![vec![Value::Text("canary of a title".into()), Value::Text("Birnen".into())]]);
    for entry in std::fs::read_dir(home.folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(6).any(|window| window == b"canary"));
    }
}
