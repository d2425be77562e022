use super::*;
use crate::push::judge::{Answers, BrokenRule, RowVerdict, judge};
use crate::push::plan::Write;
use sync_protocol::{OutcomeKind, RejectionCode};

const PARENT: Uuid = Uuid::from_u128(99);

fn write(position: usize) -> Write {
    let mut row = row();
    row.values[PROJECT] = Value::Guid(PARENT);
    let key = (EntityId(0), Uuid::from_u128(position as u128));
    Write {
        key,
        row,
        before: None,
        inserted: true,
        edited: true,
        last_change: position,
        references: vec![PROJECT],
        named: vec![DESCRIPTION],
        revived: false,
    }
}

fn rule(on_change: bool) -> BrokenRule {
    BrokenRule { code: "end_after_begin".to_owned(), properties: vec!["Begin".to_owned()], on_change }
}

fn fine() -> RowVerdict {
    RowVerdict { may_insert: true, may_update: true, hidden: Vec::new(), broken: Vec::new() }
}

fn broken() -> RowVerdict {
    RowVerdict { broken: vec![rule(false)], ..fine() }
}

fn answers(verdicts: &[(&Write, RowVerdict)]) -> Answers {
    let verdicts = verdicts.iter().map(|(write, verdict)| (write.key, verdict.clone())).collect();
    Answers { verdicts, ..Answers::default() }
}

/// Position and code of the refusal.
fn judged(writes: &[Write], answers: &Answers) -> Option<(usize, RejectionCode)> {
    let entity = booking();
    let refusal = judge(writes, answers, |_| &entity)?;
    match refusal.outcome {
        OutcomeKind::Rejected { code, .. } => Some((refusal.position, code)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn rows_that_nobody_objects_to_stay() {
    let write = write(0);
    assert_eq!(judged(std::slice::from_ref(&write), &answers(&[(&write, fine())])), None);
}

#[test]
fn permission_comes_before_a_rule_and_a_missing_parent() {
    let write = write(0);
    let mut answers = answers(&[(&write, RowVerdict { may_insert: false, ..broken() })]);
    answers.missing_parents.insert((EntityId(1), PARENT));
    assert_eq!(judged(&[write], &answers), Some((0, RejectionCode::Forbidden)));
}

#[test]
fn an_update_needs_the_permission_to_update_and_a_delete_none_afterwards() {
    let verdict = RowVerdict { may_update: false, ..fine() };
    let edited = Write { inserted: false, ..write(0) };
    assert_eq!(
        judged(std::slice::from_ref(&edited), &answers(&[(&edited, verdict.clone())])),
        Some((0, RejectionCode::Forbidden))
    );
    let deleted = Write { edited: false, ..edited };
    assert_eq!(judged(std::slice::from_ref(&deleted), &answers(&[(&deleted, verdict)])), None);
}

#[test]
fn a_value_in_a_property_that_the_person_may_not_read_is_refused() {
    let write = write(0);
    let answers = answers(&[(&write, RowVerdict { hidden: vec![DESCRIPTION], ..fine() })]);
    assert_eq!(judged(&[write], &answers), Some((0, RejectionCode::UnknownProperty)));
}

#[test]
fn a_parent_that_is_not_there_is_named() {
    let write = write(0);
    let mut answers = answers(&[(&write, fine())]);
    answers.missing_parents.insert((EntityId(1), PARENT));
    assert_eq!(judged(&[write], &answers), Some((0, RejectionCode::MissingParent)));
}

#[test]
fn a_row_that_others_refer_to_is_not_deleted() {
    let mut deleted = Write { inserted: false, edited: false, ..write(0) };
    deleted.row.deleted = true;
    let mut answers = answers(&[(&deleted, fine())]);
    answers.still_referenced.insert(deleted.key, "Task".to_owned());
    assert_eq!(judged(&[deleted], &answers), Some((0, RejectionCode::StillReferenced)));
}

#[test]
fn no_rule_is_asked_of_a_deleted_row() {
    let mut deleted = write(0);
    deleted.row.deleted = true;
    assert_eq!(judged(std::slice::from_ref(&deleted), &answers(&[(&deleted, broken())])), None);
}

#[test]
fn of_several_rows_the_earliest_change_is_blamed() {
    let (late, early) = (write(4), write(2));
    let answers = answers(&[(&late, broken()), (&early, broken())]);
    assert_eq!(judged(&[late, early], &answers), Some((2, RejectionCode::Rule)));
}

#[test]
fn a_rule_about_what_changes_says_nothing_of_what_is_so_already() {
    let asked = |write: Write| {
        let verdict = RowVerdict { broken: vec![rule(true)], ..fine() };
        judged(std::slice::from_ref(&write), &answers(&[(&write, verdict)])).map(|(_, code)| code)
    };
    let edited = Write { inserted: false, ..write(0) };
    assert_eq!(asked(edited.clone()), None);
    assert_eq!(asked(Write { named: vec![BEGIN], ..edited.clone() }), Some(RejectionCode::Rule));
    assert_eq!(asked(Write { revived: true, ..edited }), Some(RejectionCode::Rule));
    assert_eq!(asked(write(0)), Some(RejectionCode::Rule));
}
