use super::*;
use crate::push::decide::{Decision, decide, rejected};
use sync_protocol::{ConflictCode, Operation, OutcomeKind, RejectionCode};

fn check(row: Option<&Row>, change: &Change, expected: Decision) {
    assert_eq!(decide(row, change, &booking(), &writable()), expected);
}

fn conflict(code: ConflictCode, properties: &[&str]) -> Decision {
    let properties = properties.iter().map(|name| (*name).to_owned()).collect();
    Decision::Refuse(OutcomeKind::Conflict { code, properties })
}

fn reject(code: RejectionCode, properties: &[&str]) -> Decision {
    Decision::Refuse(rejected(code, properties.iter().map(|name| (*name).to_owned()).collect()))
}

fn write(properties: &[usize], merged: bool) -> Decision {
    Decision::Write { properties: properties.to_vec(), merged }
}

fn put_description(base: u64, was: &str) -> Change {
    change(Operation::Put, base, &[(DESCRIPTION, text("new"))], &[(DESCRIPTION, text(was))])
}

#[test]
fn a_row_that_nobody_has_is_inserted() {
    check(None, &change(Operation::Put, 0, &[(BEGIN, Value::DateTime(8))], &[]), Decision::Insert);
}

#[test]
fn an_insert_without_a_required_property_names_it() {
    check(None, &change(Operation::Put, 0, &[], &[]), reject(RejectionCode::Required, &["Begin"]));
}

#[test]
fn an_edit_of_a_row_that_is_not_there_is_missing() {
    for op in [Operation::Put, Operation::Delete, Operation::Restore] {
        check(None, &change(op, 4, &[], &[]), reject(RejectionCode::Missing, &[]));
    }
}

#[test]
fn a_hidden_row_answers_like_one_that_is_not_there() {
    let mut hidden = row();
    hidden.may = May::default();
    for deleted in [false, true] {
        hidden.deleted = deleted;
        for op in [Operation::Put, Operation::Delete, Operation::Restore] {
            let change = change(op, 4, &[(DESCRIPTION, text("new"))], &[]);
            check(Some(&hidden), &change, decide(None, &change, &booking(), &writable()));
        }
    }
}

#[test]
fn what_a_person_may_not_write_is_refused_before_values_are_compared() {
    let mut readable = row();
    readable.may = May { read: true, ..May::default() };
    for was in ["review", "something else"] {
        check(Some(&readable), &put_description(3, was), reject(RejectionCode::Forbidden, &[]));
    }
    check(Some(&readable), &change(Operation::Delete, 3, &[], &[]), reject(RejectionCode::Forbidden, &[]));
}

#[test]
fn a_property_that_a_person_may_not_read_is_unknown_to_them_whatever_it_holds() {
    let mut masked = row();
    masked.may.hidden = vec![DESCRIPTION];
    for was in ["review", "something else"] {
        check(Some(&masked), &put_description(3, was), reject(RejectionCode::UnknownProperty, &["Description"]));
    }
}

#[test]
fn an_edit_of_the_version_that_was_seen_is_written() {
    check(Some(&row()), &put_description(5, "review"), write(&[DESCRIPTION], false));
}

#[test]
fn an_edit_whose_was_is_wrong_counts_all_the_same_when_the_version_was_seen() {
    check(Some(&row()), &put_description(5, "never so"), write(&[DESCRIPTION], false));
}

#[test]
fn an_edit_of_another_field_group_than_the_others_edit_is_merged() {
    check(Some(&row()), &put_description(3, "review"), write(&[DESCRIPTION], true));
}

#[test]
fn an_edit_of_the_same_property_on_both_sides_is_a_clash() {
    check(Some(&row()), &put_description(3, "older text"), conflict(ConflictCode::Clash, &["Description"]));
}

#[test]
fn the_same_edit_on_both_sides_is_no_conflict() {
    let mut edited = row();
    edited.values[DESCRIPTION] = text("new");
    check(Some(&edited), &put_description(3, "older text"), Decision::Keep);
}

#[test]
fn begin_and_end_are_one_value_to_the_merge() {
    let set = [(BEGIN, Value::DateTime(7)), (END, Value::DateTime(9))];
    let was = [(BEGIN, Value::DateTime(8)), (END, Value::DateTime(10))];
    let moved = change(Operation::Put, 3, &set, &was);
    check(Some(&row()), &moved, conflict(ConflictCode::Clash, &["Begin", "End"]));
}

#[test]
fn nothing_of_a_change_is_written_when_one_of_its_field_groups_clashes() {
    let set = [(DESCRIPTION, text("new")), (PROJECT, Value::Guid(ROW))];
    let was = [(DESCRIPTION, text("older text")), (PROJECT, Value::Null)];
    check(Some(&row()), &change(Operation::Put, 3, &set, &was), conflict(ConflictCode::Clash, &["Description"]));
}

#[test]
fn a_row_made_twice_with_the_same_values_is_a_duplicate_and_with_others_a_clash() {
    let same = change(Operation::Put, 0, &[(BEGIN, Value::DateTime(8)), (END, Value::DateTime(9))], &[]);
    check(Some(&row()), &same, Decision::Keep);
    let other = change(Operation::Put, 0, &[(BEGIN, Value::DateTime(6)), (END, Value::DateTime(9))], &[]);
    check(Some(&row()), &other, conflict(ConflictCode::Clash, &["Begin", "End"]));
}

#[test]
fn a_delete_of_the_version_that_was_seen_is_done_and_of_an_older_one_is_a_conflict() {
    check(Some(&row()), &change(Operation::Delete, 5, &[], &[]), Decision::Delete);
    check(Some(&row()), &change(Operation::Delete, 3, &[], &[]), conflict(ConflictCode::EditedSince, &[]));
}

#[test]
fn an_edit_of_a_tombstone_is_a_conflict_and_a_second_delete_is_not() {
    let mut tombstone = row();
    tombstone.deleted = true;
    check(Some(&tombstone), &put_description(3, "review"), conflict(ConflictCode::Deleted, &[]));
    check(Some(&tombstone), &change(Operation::Delete, 3, &[], &[]), Decision::Keep);
}

#[test]
fn a_tombstone_is_restored_with_the_values_that_the_person_gives() {
    let mut tombstone = row();
    tombstone.deleted = true;
    let restore = change(Operation::Restore, 3, &[(DESCRIPTION, text("kept"))], &[]);
    check(Some(&tombstone), &restore, Decision::Restore { properties: vec![DESCRIPTION] });
}

#[test]
fn a_change_whose_base_only_this_push_went_on_from_has_seen_the_row() {
    let mut own = row();
    own.own_base = Some(3);
    check(Some(&own), &change(Operation::Delete, 3, &[], &[]), Decision::Delete);
    check(Some(&own), &put_description(3, "older text"), write(&[DESCRIPTION], false));
}
