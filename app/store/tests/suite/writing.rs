use crate::home::{HOUR, Home, NOW, page, text, timesheet};
use query_lang::Value;
use store::{Action, Change, StoreError};
use sync_protocol::OutcomeKind;
use uuid::Uuid;

#[test]
fn a_second_booking_at_the_same_time_is_kept_with_a_warning() {
    let mut home = Home::new();
    home.book(100, 0, "one");
    let change = home.booking(101, 0, "two");
    let written = home.write(&[change]).unwrap();
    let codes: Vec<&str> = written.warnings.iter().map(|warning| warning.code.as_str()).collect();
    assert_eq!(codes, ["overlap"]);
    assert_eq!(home.store.waiting().unwrap(), 2);
}

#[test]
fn an_end_before_the_begin_is_refused_by_the_models_sentence_and_nothing_is_written() {
    let mut home = Home::new();
    let id = home.book(100, 0, "one");
    let error = home.update(id, "End", Value::DateTime(NOW - HOUR)).unwrap_err();
    assert!(matches!(&error, StoreError::Rule { code, .. } if code == "end_after_begin"), "{error}");
    assert_eq!(home.store.waiting().unwrap(), 1);
    let record = home.store.record("Timesheet", id).unwrap().unwrap();
    assert_eq!(record["End"], Value::DateTime(NOW + HOUR));
}

#[test]
fn another_persons_booking_cannot_be_made_or_changed() {
    let mut home = Home::new();
    let mut change = home.booking(100, 0, "not mine");
    let other = Uuid::from_u128(11);
    if let Action::Insert(set) = &mut change.action {
        set.insert("User".into(), Value::Guid(other));
    }
    assert!(matches!(home.write(std::slice::from_ref(&change)), Err(StoreError::MissingParent { .. })));
    let project = Change {
        entity: "Project".into(),
        id: home.project,
        action: Action::Update([("Name".to_owned(), Value::Text("mine".into()))].into()),
    };
    assert!(matches!(home.write(&[project]), Err(StoreError::Forbidden { .. })));
}

#[test]
fn a_value_that_is_missing_wrong_or_too_long_is_named() {
    let mut home = Home::new();
    let id = home.book(100, 0, "one");
    let error = home.update(id, "Begin", Value::Null).unwrap_err();
    assert!(matches!(&error, StoreError::Required { property, .. } if property == "Begin"), "{error}");
    let error = home.update(id, "Begin", Value::Text("now".into())).unwrap_err();
    assert!(matches!(error, StoreError::BadValue { .. }));
    let error = home.update(id, "Description", Value::Text("x".repeat(10_001))).unwrap_err();
    assert!(matches!(error, StoreError::BadValue { .. }));
    let error = home.update(id, "Colour", Value::Null).unwrap_err();
    assert!(matches!(error, StoreError::UnknownProperty { .. }));
    let error = home.update(id, "CreatedBy", Value::Null).unwrap_err();
    assert!(matches!(error, StoreError::UnknownProperty { .. }));
}

#[test]
fn a_booking_of_a_project_that_is_not_here_names_the_project() {
    let mut home = Home::new();
    let id = home.book(100, 0, "one");
    let error = home.update(id, "Project", Value::Guid(Uuid::from_u128(99))).unwrap_err();
    assert!(matches!(&error, StoreError::MissingParent { parent, .. } if parent == "Project"), "{error}");
}

#[test]
fn a_change_of_more_than_500_rows_is_refused_before_it_is_written() {
    let mut home = Home::new();
    let changes: Vec<Change> = (0..501).map(|index| home.booking(1_000 + index, index as i64, "x")).collect();
    assert!(matches!(home.write(&changes), Err(StoreError::TooManyChanges)));
    let long = "x".repeat(9_000);
    let changes: Vec<Change> = (0..150).map(|index| home.booking(1_000 + index, index as i64, &long)).collect();
    assert!(matches!(home.write(&changes), Err(StoreError::ChangeTooLarge)));
    assert_eq!(home.store.waiting().unwrap(), 0);
}

#[test]
fn writing_what_is_there_already_sends_nothing() {
    let mut home = Home::new();
    let id = home.book(100, 0, "one");
    assert!(!home.update(id, "Description", Value::Text("one".into())).unwrap().changed);
    assert_eq!(home.store.waiting().unwrap(), 1);
}

#[test]
fn undo_takes_back_an_insert_an_edit_and_a_delete_as_new_changes() {
    let mut home = Home::new();
    let environment = home.environment();
    let id = home.book(100, 0, "one");
    home.describe(id, "two");
    home.delete(id).unwrap();
    assert!(home.description(id).is_none());
    home.store.undo(&environment).unwrap();
    assert_eq!(home.description(id), Some(Value::Text("two".into())));
    home.store.undo(&environment).unwrap();
    assert_eq!(home.description(id), Some(Value::Text("one".into())));
    home.store.undo(&environment).unwrap();
    assert!(home.description(id).is_none());
    assert!(matches!(home.store.undo(&environment), Err(StoreError::NothingToUndo)));
    assert_eq!(home.store.waiting().unwrap(), 6);
}

#[test]
fn undo_does_not_overwrite_what_came_from_elsewhere_since() {
    let mut home = Home::new();
    let id = Uuid::from_u128(100);
    home.pull(page(vec![timesheet(&home, id, 5, "old")]));
    home.describe(id, "mine");
    home.settle(|_| OutcomeKind::Applied { seq: 6 });
    home.pull(page(vec![timesheet(&home, id, 7, "theirs")]));
    let environment = home.environment();
    assert!(matches!(home.store.undo(&environment), Err(StoreError::ChangedSince(_))));
}

#[test]
fn a_delete_can_be_undone_after_the_server_has_taken_it_over() {
    let mut home = Home::new();
    let id = Uuid::from_u128(100);
    home.pull(page(vec![timesheet(&home, id, 5, "here")]));
    home.delete(id).unwrap();
    home.settle(|_| OutcomeKind::Applied { seq: 6 });
    home.gone("Timesheet", vec![id]);
    assert!(home.description(id).is_none());
    let environment = home.environment();
    home.store.undo(&environment).unwrap();
    assert_eq!(home.description(id), Some(Value::Text("here".into())));
    let mutation = home.store.outbox(1, 1).unwrap()[0].mutations[0].clone();
    assert_eq!((mutation.op, mutation.base), (sync_protocol::Operation::Restore, 6));
}

fn overlap_is(home: &mut Home, policy: &str) -> Result<Vec<String>, StoreError> {
    let cells = vec![("Key", text("OverlapPolicy")), ("Value", text(policy))];
    home.pull(page(vec![("Setting", Uuid::from_u128(70), 2, cells)]));
    let number = 100 + home.store.waiting()? as u128;
    let booking = home.booking(number, 0, "at the same time");
    let written = home.write(&[booking])?;
    Ok(written.warnings.into_iter().map(|warning| warning.code).collect())
}

#[test]
fn the_company_says_whether_an_overlap_is_allowed_told_or_refused() {
    let mut home = Home::new();
    home.book(99, 0, "first");
    assert_eq!(overlap_is(&mut home, "allow").unwrap(), [""; 0]);
    assert_eq!(overlap_is(&mut home, "warn").unwrap(), ["overlap"]);
    assert_eq!(overlap_is(&mut home, "as you like").unwrap(), ["overlap"]);
    let refused = overlap_is(&mut home, "forbid").unwrap_err();
    assert!(matches!(refused, StoreError::Rule { ref code, .. } if code == "overlap"), "{refused}");
    assert_eq!(home.store.waiting().unwrap(), 4);
}

#[test]
fn what_is_on_an_invoice_keeps_its_time_until_it_is_taken_off() {
    let mut home = Home::new();
    let [role, customer, invoice, id] = [60, 61, 62, 63].map(Uuid::from_u128);
    let row = crate::home::id_cell;
    let flag = |flag: bool| sync_protocol::Cell::Bool(flag);
    let assignment = vec![("User", row(home.user)), ("Role", row(role)), ("Active", flag(true))];
    let billed = vec![
        ("Number", text("R1")),
        ("Customer", row(customer)),
        ("Date", sync_protocol::Cell::Int(20_000)),
        ("Amount", sync_protocol::Cell::Int(1)),
        ("Paid", flag(false)),
    ];
    let mut booking = timesheet(&home, id, 2, "billed");
    booking.3.push(("Invoice", row(invoice)));
    let rows = vec![
        ("Role", role, 2, vec![("Code", text("BillingAdmin")), ("Name", text("Billing"))]),
        ("RoleAssignment", Uuid::from_u128(64), 2, assignment),
        ("Customer", customer, 2, vec![("Code", text("C")), ("Name", text("C")), ("Closed", flag(false))]),
        ("Invoice", invoice, 2, billed),
        booking,
    ];
    home.pull(page(rows));
    home.update(id, "Description", text_value("still open to words")).unwrap();
    let refused = home.update(id, "End", Value::DateTime(NOW + 2 * HOUR)).unwrap_err();
    assert!(matches!(&refused, StoreError::Rule { code, .. } if code == "billed_stays"), "{refused}");
    home.update(id, "Invoice", Value::Null).unwrap();
    home.update(id, "End", Value::DateTime(NOW + 2 * HOUR)).unwrap();
}

fn text_value(text: &str) -> Value {
    Value::Text(text.to_owned())
}
