use super::*;
use crate::push::change::Key;
use crate::push::plan::{Entities, Plan, Refusal, Rows, Writer, plan};
use query_lang::catalogue::Entity;
use sync_protocol::{ConflictCode, Operation, OutcomeKind, RejectionCode};

const WRITER: Writer = Writer { user: PERSON, now: 1_000, seq: 9 };

struct Bookings {
    entity: Entity,
    writable: Writable,
}

impl Entities for Bookings {
    fn entity(&self, _key: Key) -> &Entity {
        &self.entity
    }

    fn writable(&self, _key: Key) -> &Writable {
        &self.writable
    }
}

fn planned(rows: &[Row], changes: &[Change]) -> Result<Plan, Refusal> {
    let rows: Rows = rows.iter().map(|row| ((EntityId(0), ROW), row.clone())).collect();
    plan(changes, rows, &Bookings { entity: booking(), writable: writable() }, WRITER)
}

fn insert() -> Change {
    change(Operation::Put, 0, &[(BEGIN, Value::DateTime(8)), (PROJECT, Value::Guid(ROW))], &[])
}

fn describe(base: u64, was: &str, new: &str) -> Change {
    change(Operation::Put, base, &[(DESCRIPTION, text(new))], &[(DESCRIPTION, text(was))])
}

#[test]
fn a_new_row_gets_its_id_its_times_and_its_people() {
    let plan = planned(&[], &[insert()]).unwrap();
    assert_eq!(plan.outcomes, [OutcomeKind::Applied { seq: 9 }]);
    let write = &plan.writes[0];
    assert!(write.inserted && write.edited);
    assert_eq!(write.references, [PROJECT]);
    assert_eq!(write.row.values[ID], Value::Guid(ROW));
    assert_eq!(write.row.values[CREATED], Value::DateTime(100));
    assert_eq!(write.row.values[UPDATED_BY], Value::Guid(PERSON));
}

#[test]
fn a_device_whose_clock_is_ahead_does_not_create_rows_in_the_future() {
    let mut early = insert();
    early.at = 5_000;
    assert_eq!(planned(&[], &[early]).unwrap().writes[0].row.values[CREATED], Value::DateTime(WRITER.now));
}

#[test]
fn made_edited_and_edited_again_is_one_write_with_three_outcomes() {
    let changes = [insert(), describe(0, "", "first"), describe(0, "first", "second")];
    let plan = planned(&[], &changes).unwrap();
    assert_eq!(plan.outcomes, vec![OutcomeKind::Applied { seq: 9 }; 3]);
    assert_eq!(plan.writes.len(), 1);
    assert_eq!(plan.writes[0].row.values[DESCRIPTION], text("second"));
    assert!(plan.writes[0].inserted);
}

#[test]
fn made_and_deleted_in_one_group_leaves_a_tombstone() {
    let plan = planned(&[], &[insert(), change(Operation::Delete, 0, &[], &[])]).unwrap();
    assert!(plan.writes[0].inserted && plan.writes[0].row.deleted);
}

#[test]
fn an_edit_and_a_delete_with_the_base_of_both_are_done_in_turn() {
    let changes = [describe(5, "review", "new"), change(Operation::Delete, 5, &[], &[])];
    let plan = planned(&[row()], &changes).unwrap();
    assert_eq!(plan.outcomes, vec![OutcomeKind::Applied { seq: 9 }; 2]);
    assert!(plan.writes[0].row.deleted && plan.writes[0].edited && !plan.writes[0].inserted);
}

#[test]
fn a_delete_after_a_merged_edit_is_a_conflict_because_others_changed_the_row() {
    let changes = [describe(3, "review", "new"), change(Operation::Delete, 3, &[], &[])];
    let refusal = planned(&[row()], &changes).unwrap_err();
    let outcome = OutcomeKind::Conflict { code: ConflictCode::EditedSince, properties: Vec::new() };
    assert_eq!(refusal, Refusal { position: 1, outcome });
}

#[test]
fn a_duplicate_writes_nothing_and_names_the_seq_of_the_row() {
    let plan = planned(&[row()], &[describe(3, "old", "review")]).unwrap();
    assert_eq!(plan.outcomes, [OutcomeKind::Duplicate { seq: 5 }]);
    assert!(plan.writes.is_empty());
}

#[test]
fn the_first_change_that_cannot_be_done_is_named() {
    let mut readable = row();
    readable.may.update = false;
    let refusal = planned(&[readable], &[describe(5, "review", "new")]).unwrap_err();
    assert_eq!(refusal.position, 0);
    assert!(matches!(refusal.outcome, OutcomeKind::Rejected { code: RejectionCode::Forbidden, .. }));
}
