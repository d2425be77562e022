use super::*;
use crate::push::check::check;
use crate::push::decide::rejected;
use sync_protocol::{Cell, Mutation, OutcomeKind, RejectionCode};

fn checked(set: &[(&str, Cell)]) -> Result<Change, OutcomeKind> {
    let set = set.iter().map(|(name, cell)| ((*name).to_owned(), cell.clone())).collect();
    let (op, was) = (Operation::Put, BTreeMap::new());
    let mutation = Mutation { no: 1, entity: "Booking".to_owned(), id: ROW, op, base: 0, set, was, at: 0 };
    check(&mutation, (EntityId(0), &booking()), &writable())
}

fn refused(name: &str, cell: Cell, code: RejectionCode) {
    assert_eq!(checked(&[(name, cell)]), Err(rejected(code, vec![name.to_owned()])));
}

#[test]
fn cells_get_the_types_of_the_model() {
    let change = checked(&[
        ("Begin", Cell::Int(8)),
        ("Description", Cell::Text("review".to_owned())),
        ("Project", Cell::Text(ROW.to_string())),
        ("Task", Cell::Null),
    ]);
    let set =
        [(BEGIN, Value::DateTime(8)), (DESCRIPTION, text("review")), (PROJECT, Value::Guid(ROW)), (TASK, Value::Null)];
    assert_eq!(change.unwrap().set, BTreeMap::from(set));
}

#[test]
fn what_the_model_does_not_know_is_named() {
    refused("Colour", Cell::Null, RejectionCode::UnknownProperty);
}

#[test]
fn what_the_server_writes_is_not_taken_from_a_client() {
    refused("Created", Cell::Int(1), RejectionCode::Forbidden);
}

#[test]
fn a_value_of_another_type_or_out_of_range_is_a_bad_one() {
    refused("Begin", Cell::Text("08:30".to_owned()), RejectionCode::BadValue);
    refused("Begin", Cell::Int(i64::MAX), RejectionCode::BadValue);
    refused("Project", Cell::Text("P1".to_owned()), RejectionCode::BadValue);
    refused("Description", Cell::Bool(true), RejectionCode::BadValue);
}

#[test]
fn a_text_that_is_too_long_or_that_no_database_takes_is_a_bad_value() {
    refused("Description", Cell::Text("x".repeat(21)), RejectionCode::BadValue);
    refused("Description", Cell::Text("a\0b".to_owned()), RejectionCode::BadValue);
    assert!(checked(&[("Description", Cell::Text("ä".repeat(20)))]).is_ok());
}

#[test]
fn a_required_property_cannot_be_emptied() {
    refused("Begin", Cell::Null, RejectionCode::Required);
}
