use crate::{acme, model};
use query_lang::{
    Catalogue, Compiled, Condition, Environment, Parameters, RowSource, Target, Value, compile_conditions,
};
use uuid::Uuid;

fn compiled(conditions: &[Condition<'_>], source: RowSource, target: &Target, first_bind: usize) -> Compiled {
    let catalogue = model::catalogue();
    compile_conditions(&catalogue, model::id("Timesheet"), conditions, source, target, first_bind).expect("compiles")
}

#[test]
fn a_condition_is_one_boolean_column_after_the_id() {
    let conditions = [Condition::Read, Condition::Insert, Condition::Rule("length"), Condition::ReadProperty("Date")];
    let compiled = compiled(&conditions, RowSource::Current, &Target::Sqlite, 1);
    assert_eq!(compiled.columns.len(), 5);
    assert!(compiled.sql.starts_with("SELECT t0.\"id\" AS c0, "), "{}", compiled.sql);
    assert!(compiled.sql.ends_with(", (1) AS c4 FROM \"main\".\"timesheet\" AS t0"), "{}", compiled.sql);
}

#[test]
fn a_former_version_is_named_by_its_seq() {
    let compiled = compiled(&[Condition::Read], RowSource::History, &acme(), 1);
    assert!(compiled.sql.starts_with("SELECT t0.\"id\" AS c0, t0.\"seq\" AS c1, "), "{}", compiled.sql);
    assert!(compiled.sql.ends_with("FROM \"t_acme\".\"timesheet_history\" AS t0"), "{}", compiled.sql);
}

#[test]
fn binds_are_numbered_from_where_the_caller_says() {
    let compiled = compiled(&[Condition::Read], RowSource::Current, &acme(), 7);
    assert!(compiled.sql.contains("$7::uuid") && !compiled.sql.contains("$1::"), "{}", compiled.sql);
    assert_eq!(compiled.binds.len(), 3);
}

#[test]
fn what_a_condition_reads_is_not_guarded_again() {
    let compiled = compiled(&[Condition::Rule("overlap")], RowSource::Current, &Target::Sqlite, 1);
    let (_, subquery) = compiled.sql.split_once("EXISTS").expect("a sub-query");
    assert!(!subquery.contains("manager_id"), "{subquery}");
}

#[test]
fn a_permission_over_another_table_is_an_uncorrelated_in() {
    let compiled = compiled(&[Condition::Read], RowSource::Current, &Target::Sqlite, 1);
    assert!(compiled.sql.contains("(t0.\"project_id\" IN (SELECT "), "{}", compiled.sql);
    assert!(compiled.sql.contains("(t0.\"user_id\" IN (SELECT "), "{}", compiled.sql);
}

#[test]
fn no_permission_text_means_nobody() {
    let catalogue = model::catalogue();
    let compiled = compile_conditions(
        &catalogue,
        model::id("Customer"),
        &[Condition::Update],
        RowSource::Current,
        &Target::Sqlite,
        1,
    );
    assert_eq!(compiled.expect("compiles").sql, "SELECT t0.\"id\" AS c0, (0) AS c1 FROM \"main\".\"customer\" AS t0");
}

#[test]
fn a_read_permission_knows_no_clock_and_no_setting_because_a_device_must_find_the_same_rows_tomorrow() {
    let told = |read: &str| {
        let mut entities: Vec<_> = model::catalogue().entities().map(|(_, entity)| entity.clone()).collect();
        entities[model::id("Timesheet").0 as usize].permissions.read = vec![read.to_owned()];
        let (catalogue, asked) = (Catalogue::new(1, entities), [Condition::Read]);
        let (timesheet, target) = (model::id("Timesheet"), Target::Sqlite);
        compile_conditions(&catalogue, timesheet, &asked, RowSource::Current, &target, 1)
            .map_err(|wrong| wrong[0].message.clone())
    };
    assert!(told("StartOfMonth(Current.Date) = Current.Date").is_ok());
    for (read, cause) in [
        ("Current.Date < Today()", "moment"),
        ("StartOfWeek(Current.Date) = Current.Date", "first day of the week"),
        ("EndOfWeek(Current.Date) = Current.Date", "first day of the week"),
        ("Exists(From W In Weeks(#2026-01-01#, #2026-02-01#) Where W.Start = Current.Date)", "first day of the week"),
    ] {
        let message = told(read).expect_err(read);
        assert!(message.contains(cause) && message.contains("permission may not"), "{message}");
    }
}

#[test]
fn an_unknown_rule_is_named() {
    let catalogue = model::catalogue();
    let conditions = [Condition::Rule("nosuch")];
    let wrong = compile_conditions(&catalogue, model::id("Task"), &conditions, RowSource::Current, &Target::Sqlite, 1);
    assert_eq!(wrong.expect_err("unknown")[0].message, "Task has no rule named `nosuch`.");
}

#[test]
fn the_row_before_a_write_is_bound_beside_the_row() {
    let catalogue = model::catalogue();
    let timesheet = catalogue.entity(model::id("Timesheet"));
    let index = |name: &str| timesheet.property(name).expect("a property").0;
    let mut row = vec![Value::Null; timesheet.properties.len()];
    row[index("Id")] = Value::Guid(Uuid::from_u128(1));
    row[index("Begin")] = Value::DateTime(5);
    let environment = Environment {
        user: Uuid::from_u128(9),
        now: 0,
        zone: jiff::tz::TimeZone::UTC,
        first_weekday: jiff::civil::Weekday::Monday,
    };
    for target in [Target::Sqlite, acme()] {
        let compiled = compiled(&[Condition::Rule("kept")], RowSource::Current, &target, 1);
        assert_eq!(compiled.previous, ["Id", "Project", "End", "Begin"].map(index));
        assert!(compiled.sql.contains(" LEFT JOIN ("), "{}", compiled.sql);
        let binds = compiled.bind_before(&environment, &Parameters::new(), &[&row]).expect("values");
        let rows = "[[\"00000000000000000000000000000001\",null,null,5]]";
        assert!(binds.contains(&Value::Text(rows.to_owned())), "{binds:?}");
        let new = compiled.bind(&environment, &Parameters::new()).expect("values");
        assert!(new.contains(&Value::Text("[]".to_owned())), "{new:?}");
    }
}

#[test]
fn only_a_rule_knows_the_row_before() {
    let wrong = crate::sqlite("From T In Timesheet Where Previous.Hours > 1 Select T.Date").expect_err("a query");
    assert_eq!(wrong[0].message, "There is no name here named `Previous`.");
}
