mod world;

use super::{Current, evaluate_expression};
use crate::value::{Type, Value};
use uuid::Uuid;
use world::{
    ANALYST, APOLLO, BOOKKEEPER, MONDAY, TIMESHEET, ask, booking, catalogue, check, check_as, environment, rows,
};

#[test]
fn a_missing_relation_reads_as_null_and_null_differs_from_every_value() {
    check(
        r#"From T In Timesheet Where T.Project.Name <> "apollo" Order By T.Begin Select { T.Project.Name, T.Hours }"#,
        &["Boreas | 1", "- | 8"],
    );
    check(r#"From T In Timesheet Where T.Project = Null Select { T.Hours }"#, &["8"]);
    check(r#"From T In Timesheet Where Not (T.End < T.Begin) And T.End = Null Select { T.Date }"#, &["day 7"]);
}

#[test]
fn groups_have_one_row_for_each_key_and_null_is_a_key() {
    check(
        "From T In Timesheet Group By Project = T.Project.Name Into Hours = Sum(T.Hours), N = Count(), Last = Max(T.Date) Order By Hours Desc",
        &["- | 8 | 1 | day 1", "apollo | 5 | 3 | day 7", "Boreas | 1 | 1 | day 0"],
    );
    check(
        "From T In Timesheet Where T.Hours > 100 Aggregate Hours = Sum(T.Hours), N = Count(), Last = Max(T.Date) Select { Hours, N, Last }",
        &["0 | 0 | -"],
    );
    check(
        "From T In Timesheet Aggregate People = CountDistinct(T.User), Average = Avg(T.Hours) Select { People, Average }",
        &["2 | 3.5"],
    );
}

#[test]
fn stored_text_is_ordered_as_people_do() {
    check("From P In Project Order By P.Name Select P.Name", &["Ägäis", "apollo", "Boreas"]);
    check("From P In Project Order By P.Rate Desc, P.Name Select { P.Rate }", &["80", "10", "-"]);
}

#[test]
fn collections_are_folded_for_each_row() {
    check(
        "From P In Project Let H = P.Timesheets.Sum(T => T.Hours) Order By P.Name Select { P.Name, H, Some = P.Timesheets.Any() }",
        &["Ägäis | 0 | false", "apollo | 5 | true", "Boreas | 1 | true"],
    );
    check(
        "From P In Project From T In P.Timesheets Where T.End <> Null Order By T.Begin Select { P.Name, T.Hours }",
        &["apollo | 2", "apollo | 3", "Boreas | 1"],
    );
    check(
        "From P In Project Where P In (From T In Timesheet Where T.Hours = 1 Select T.Project) Select P.Name",
        &["Boreas"],
    );
}

#[test]
fn a_left_join_keeps_rows_without_a_partner() {
    check(
        "From P In Project Left Join T In Timesheet On T.Project = P And T.Hours = 1 Order By P.Name Select { P.Name, T.Hours }",
        &["Ägäis | -", "apollo | -", "Boreas | 1"],
    );
}

#[test]
fn skip_and_take_cut_an_order_and_later_clauses_see_what_is_left() {
    check("From T In Timesheet Order By T.Begin Skip 1 Take 2 Select { T.Begin }", &["hour 9", "hour 11"]);
    check("From T In Timesheet Order By T.Begin Take 2 Where T.User = CurrentUser Select { T.Begin }", &["hour 8"]);
    check(
        "From T In Timesheet Order By T.Begin Take 2 Order By T.Begin Desc Select { T.Begin }",
        &["hour 9", "hour 8"],
    );
}

#[test]
fn windows_number_rank_and_look_around() {
    check(
        "From T In Timesheet Order By T.User, T.Begin Select { T.Begin, N = RowNumber() Over (Partition By T.User Order By T.Begin), \
         Before = Max(T.End) Over (Partition By T.User Order By T.Begin Rows Before), Next = Lead(T.Begin) Over (Partition By T.User Order By T.Begin), \
         Rank = Rank() Over (Order By T.Date) }",
        &[
            "hour 8 | 1 | - | hour 11 | 1",
            "hour 11 | 2 | hour 10 | hour 33 | 1",
            "hour 33 | 3 | hour 12 | - | 4",
            "hour 9 | 1 | - | hour 177 | 1",
            "hour 177 | 2 | hour 12 | - | 5",
        ],
    );
    check(
        "From X In (From T In Timesheet Select { T.Begin, N = RowNumber() Over (Partition By T.User Order By T.Begin Desc) }) Where X.N = 1 Order By X.Begin Select X.Begin",
        &["hour 33", "hour 177"],
    );
}

#[test]
fn sets_of_rows_have_no_duplicates_and_are_ordered_by_their_columns() {
    let analyst = "(From T In Timesheet Where T.User.Name = \"Analyst\" Select T.Project.Name)";
    let bookkeeper = "(From T In Timesheet Where T.User.Name = \"Bookkeeper\" Select T.Project.Name)";
    check(&format!("{analyst} Intersect {bookkeeper}"), &["apollo"]);
    check(&format!("{analyst} Except {bookkeeper}"), &["-", "Boreas"]);
    check(&format!("{analyst} Union {bookkeeper}"), &["-", "Boreas", "apollo"]);
    check(&format!("{analyst} Union All {bookkeeper}"), &["-", "Boreas", "apollo", "apollo", "apollo"]);
    check("From T In Timesheet Select Distinct T.User.Name", &["Analyst", "Bookkeeper"]);
}

#[test]
fn generators_give_rows_that_can_be_joined() {
    check(
        "From D In Dates(#2026-03-02#, #2026-03-04#) Let H = Sum(From T In Timesheet Where T.Date = D.Date Select T.Hours) Order By D.Date Select { D.Date, H }",
        &["day 0 | 6", "day 1 | 8", "day 2 | 0"],
    );
    let diagnostics = ask(ANALYST, "From R In Range(1, 5000) Select R.Value").expect_err("too many rows");
    assert!(diagnostics[0].message.contains("4000"), "{diagnostics:?}");
}

#[test]
fn nobody_finds_a_row_or_a_value_that_is_hidden_from_them() {
    check_as(
        BOOKKEEPER,
        "From T In Timesheet Order By T.Begin Select { T.User.Name, T.Hours }",
        &["Bookkeeper | 3", "Bookkeeper | -"],
    );
    check_as(
        BOOKKEEPER,
        "From U In User Order By U.Name Select { U.Name, N = U.Timesheets.Count() }",
        &["Analyst | 0", "Bookkeeper | 2"],
    );
    check_as(BOOKKEEPER, "From P In Project Where P.Rate > 0 Select P.Name", &[]);
    check("From P In Project Where P.Rate > 0 Order By P.Name Select P.Name", &["Ägäis", "apollo"]);
}

#[test]
fn arithmetic_that_does_not_fit_is_null_and_stops_nothing() {
    check(
        "From P In Project Where P.Name = \"apollo\" Select { A = P.Rate / 0, B = 9223372036854775807 + 1, C = P.Rate * 2.5, D = 7 / 2 }",
        &["- | - | 200 | 3.5"],
    );
}

#[test]
fn an_expression_sees_the_row_on_the_form_and_the_saved_ones_beside_it() {
    let overlap = "Not Exists(From T In Current.User.Timesheets Where T.Id <> Current.Id And Overlaps(T.Begin, T.End, Current.Begin, Current.End))";
    let value = |text: &str, kind: Type, hours: (i64, Option<i64>)| {
        let id = Uuid::from_u128(900);
        let mut values = vec![Value::Guid(id)];
        values.extend(booking(ANALYST, Some(APOLLO), MONDAY, hours));
        let current = Current { id, values: values.into() };
        evaluate_expression(text, kind, &catalogue(), TIMESHEET, (&current, None), &environment(ANALYST), &rows())
    };
    assert_eq!(value(overlap, Type::Bool, (10, Some(11))), Ok(Value::Bool(true)));
    assert_eq!(value(overlap, Type::Bool, (9, Some(11))), Ok(Value::Bool(false)));
    assert_eq!(
        value("Current.Hours * Current.Project.Rate", Type::Decimal, (9, Some(11))),
        Ok(Value::Decimal(160_000_000))
    );
    assert_eq!(
        value("Current.End = Null Or Current.End > Current.Begin", Type::Bool, (9, None)),
        Ok(Value::Bool(true))
    );
}

#[test]
fn a_rule_compares_the_row_with_the_one_before_which_a_new_row_has_not() {
    let id = Uuid::from_u128(500);
    let row = |hours| {
        let mut values = vec![Value::Guid(id)];
        values.extend(booking(ANALYST, Some(APOLLO), MONDAY, hours));
        Current { id, values: values.into() }
    };
    let holds = |previous: Option<&Current>| {
        let text = "Previous = Null Or Previous.Hours <= Current.Hours And Previous.Project = Current.Project";
        let rows_now = rows();
        evaluate_expression(
            text,
            Type::Bool,
            &catalogue(),
            TIMESHEET,
            (&row((9, Some(11))), previous),
            &environment(ANALYST),
            &rows_now,
        )
    };
    assert_eq!(holds(None), Ok(Value::Bool(true)));
    assert_eq!(holds(Some(&row((9, Some(10))))), Ok(Value::Bool(true)));
    assert_eq!(holds(Some(&row((9, Some(12))))), Ok(Value::Bool(false)));
}
