//! Laws that hold for every query, whatever it asks: they need no second engine to be checked.

use super::dice::Dice;
use super::engines::rows::Size;
use super::engines::{Answer, Engines};
use super::programs;
use query_lang::{Parameters, Value};

const SIZE: Size = Size { bookings: 40, signals: 0, others: 6, extremes: false };
const ROUNDS: u64 = 24;

fn rows(engines: &Engines, text: &str, person: usize) -> Vec<Vec<Value>> {
    match engines.ask(text, person, &Parameters::new()) {
        Answer::Same(rows) => rows,
        other => panic!("{text}\n{other:#?}"),
    }
}

fn sorted(mut rows: Vec<Vec<Value>>) -> Vec<Vec<Value>> {
    rows.sort();
    rows
}

/// Runs a law with random conditions over bookings.
fn law(check: impl Fn(&Engines, &str, usize)) {
    let mut engines = Engines::new();
    engines.fill(11, SIZE);
    let mut checked = 0;
    for seed in 1..=ROUNDS {
        let condition = programs::condition(&engines.catalogue, seed, "T", "Timesheet");
        let probe = format!("From T In Timesheet Where {condition} Select T.Begin");
        if !matches!(engines.ask(&probe, 1, &Parameters::new()), Answer::Refused(_)) {
            check(&engines, &condition, 1 + (seed % 4) as usize);
            checked += 1;
        }
    }
    assert!(checked > ROUNDS / 2, "only {checked} conditions have a meaning");
}

#[test]
fn a_condition_and_its_opposite_part_the_rows_in_two() {
    law(|engines, condition, person| {
        let all = rows(engines, "From T In Timesheet Select { T.Id, T.Begin }", person);
        let mut parts =
            rows(engines, &format!("From T In Timesheet Where {condition} Select {{ T.Id, T.Begin }}"), person);
        parts.extend(rows(
            engines,
            &format!("From T In Timesheet Where Not ({condition}) Select {{ T.Id, T.Begin }}"),
            person,
        ));
        assert_eq!(sorted(parts), sorted(all), "{condition}");
    });
}

#[test]
fn counting_rows_and_counting_what_is_true_of_them_agree() {
    law(|engines, condition, person| {
        let filtered = format!("From T In Timesheet Where {condition} Aggregate N = Count() Select N");
        let counted = format!("From T In Timesheet Aggregate N = Sum(If({condition}, 1, 0)) Select N");
        assert_eq!(rows(engines, &filtered, person), rows(engines, &counted, person), "{condition}");
    });
}

#[test]
fn pages_are_the_whole_and_a_name_changes_nothing() {
    law(|engines, condition, person| {
        let order = "Order By T.Date Desc, T.Project.Name";
        let whole = rows(engines, &format!("From T In Timesheet Where {condition} {order} Select T.Id"), person);
        let mut pages = Vec::new();
        for page in 0..=whole.len() / 7 {
            let text = format!("From T In Timesheet Where {condition} {order} Skip {} Take 7 Select T.Id", page * 7);
            pages.extend(rows(engines, &text, person));
        }
        assert_eq!(pages, whole, "{condition}");
        let named = format!("From T In Timesheet Let C = {condition} Where C {order} Select T.Id");
        assert_eq!(rows(engines, &named, person), whole, "{condition}");
        let nested = format!("From X In (From T In Timesheet Where {condition} Select T) Select X.Id");
        assert_eq!(sorted(rows(engines, &nested, person)), sorted(whole), "{condition}");
    });
}

#[test]
fn what_two_queries_share_and_what_only_one_has_is_that_one() {
    law(|engines, condition, person| {
        let one = format!("(From T In Timesheet Where {condition} Select {{ T.Date, T.Project }})");
        let other = "(From T In Timesheet Where T.Billable Select { T.Date, T.Project })";
        let distinct = format!("From T In Timesheet Where {condition} Select Distinct {{ T.Date, T.Project }}");
        let parts = format!("({one} Intersect {other}) Union All ({one} Except {other})");
        assert_eq!(sorted(rows(engines, &parts, person)), sorted(rows(engines, &distinct, person)), "{condition}");
    });
}

#[test]
fn groups_add_up_to_the_whole() {
    law(|engines, condition, person| {
        let groups = format!(
            "From X In (From T In Timesheet Where {condition} Group By T.Project, T.Date Into N = Count(), H = Sum(T.Hours) Select {{ N, H }}) Aggregate N = Sum(X.N), H = Sum(X.H) Select {{ N, H }}"
        );
        let whole =
            format!("From T In Timesheet Where {condition} Aggregate N = Count(), H = Sum(T.Hours) Select {{ N, H }}");
        assert_eq!(rows(engines, &groups, person), rows(engines, &whole, person), "{condition}");
    });
}

#[test]
fn nobody_sees_more_than_the_permission_says() {
    let mut engines = Engines::new();
    let mut dice = Dice::new(5);
    for _ in 0..4 {
        engines.fill(dice.below(1_000) as u64, SIZE);
        for entity in ["Timesheet", "Invoice", "Absence", "WeeklyHours", "Template", "TimesheetTag", "SavedQuery"] {
            let text = format!("From X In {entity} Select X.Id");
            let permitted = format!("From X In {entity} Where HasPermission(X, \"Read\") Select X.Id");
            let everything = rows(&engines, &text, 1);
            for person in 1..=5 {
                let seen = rows(&engines, &text, person);
                assert!(seen.iter().all(|row| everything.contains(row)), "{entity}, person {person}");
                assert_eq!(rows(&engines, &permitted, person), seen, "{entity}, person {person}");
            }
        }
    }
}

#[test]
fn a_name_a_sub_query_and_a_group_keep_the_order_of_a_text() {
    let mut engines = Engines::new();
    let columns = "Select { C.Name, C.Code }";
    let forms = [
        "From C In Customer Let N = C.Name Order By N, C.Code Select { Name = N, C.Code }".to_owned(),
        format!("From X In (From C In Customer {columns}) Order By X.Name, X.Code Select {{ X.Name, X.Code }}"),
        "From C In Customer Group By C.Name, C.Code Order By Name, Code Select { Name, Code }".to_owned(),
        "From X In (From C In Customer Select C) Order By X.Name, X.Code Select { X.Name, X.Code }".to_owned(),
    ];
    for seed in 1..=3 {
        engines.fill(seed, SIZE);
        let whole = rows(&engines, &format!("From C In Customer Order By C.Name, C.Code {columns}"), 1);
        for form in &forms {
            assert_eq!(rows(&engines, form, 1), whole, "{form}");
        }
    }
}
