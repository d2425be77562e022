use crate::home::{Home, NOW, page, timesheet};
use query_lang::Value;
use std::collections::BTreeMap;
use sync_protocol::{ConflictCode, OutcomeKind, RejectionCode};
use uuid::Uuid;

fn rejected() -> OutcomeKind {
    OutcomeKind::Rejected { code: RejectionCode::Forbidden, properties: Vec::new(), params: BTreeMap::new() }
}

fn clash() -> OutcomeKind {
    OutcomeKind::Conflict { code: ConflictCode::Clash, properties: vec!["Description".into()] }
}

#[test]
fn a_local_change_travels_with_dense_numbers_its_base_and_its_old_values() {
    let mut home = Home::new();
    let id = Uuid::from_u128(100);
    home.pull(page(vec![timesheet(&home, id, 5, "old")]));
    home.describe(id, "new");
    home.book(101, 3, "second");
    let groups = home.store.outbox(10, usize::MAX).unwrap();
    let (edit, insert) = (&groups[0].mutations[0], &groups[1].mutations[0]);
    assert_eq!((edit.no, edit.base, insert.no, insert.base), (1, 5, 2, 0));
    assert_eq!(edit.set.len(), 1);
    assert_eq!(edit.was["Description"], crate::home::text("old"));
    assert!(insert.was.is_empty());
}

#[test]
fn a_change_of_the_end_carries_its_whole_field_group() {
    let mut home = Home::new();
    let id = Uuid::from_u128(100);
    home.pull(page(vec![timesheet(&home, id, 5, "old")]));
    home.update(id, "End", Value::DateTime(NOW + 1_000_000)).unwrap();
    let edit = &home.store.outbox(10, usize::MAX).unwrap()[0].mutations[0];
    let names: Vec<&str> = edit.set.keys().map(String::as_str).collect();
    assert_eq!(names, ["Begin", "Date", "DurationOnly", "End", "TimeZone", "UtcOffset"]);
    assert_eq!(edit.was.len(), 6);
}

#[test]
fn an_outbox_page_never_splits_a_group_and_gives_at_least_one() {
    let mut home = Home::new();
    let both = [home.booking(100, 0, "a"), home.booking(101, 2, "b")];
    home.write(&both).unwrap();
    home.book(102, 4, "c");
    let groups = home.store.outbox(10, 1).unwrap();
    assert_eq!(groups.len(), 1);
    assert_eq!(groups[0].mutations.len(), 2);
}

#[test]
fn an_applied_group_leaves_the_outbox_and_raises_the_base_of_the_next_change() {
    let mut home = Home::new();
    let id = home.book(100, 0, "first");
    home.describe(id, "second");
    let first = home.store.outbox(1, usize::MAX).unwrap()[0].mutations[0].no;
    let outcome = sync_protocol::Outcome { no: first, kind: OutcomeKind::Applied { seq: 9 } };
    home.store.settle(&[outcome], NOW).unwrap();
    let left = home.store.outbox(10, usize::MAX).unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].mutations[0].base, 9);
    assert_eq!(home.description(id), Some(Value::Text("second".into())));
    assert_eq!(home.store.standing().unwrap().unwrap().acknowledged, 1);
}

#[test]
fn a_merged_change_does_not_pretend_to_have_seen_the_others_values() {
    let mut home = Home::new();
    let id = Uuid::from_u128(100);
    home.pull(page(vec![timesheet(&home, id, 5, "old")]));
    home.describe(id, "mine");
    home.settle(|_| OutcomeKind::Merged { seq: 8 });
    home.update(id, "Location", Value::Text("Graz".into())).unwrap();
    assert_eq!(home.store.outbox(10, usize::MAX).unwrap()[0].mutations[0].base, 5);
}

#[test]
fn what_is_not_applied_goes_whole_to_the_inbox_and_the_rows_show_the_servers_values() {
    let mut home = Home::new();
    let id = Uuid::from_u128(100);
    home.pull(page(vec![timesheet(&home, id, 5, "theirs")]));
    let environment = home.environment();
    let edit = store::Change {
        entity: "Timesheet".into(),
        id,
        action: store::Action::Update(BTreeMap::from([("Description".into(), Value::Text("mine".into()))])),
    };
    let insert = home.booking(101, 5, "also mine");
    home.store.write(&[edit, insert], "two", &environment).unwrap();
    home.settle(|no| if no == 1 { clash() } else { OutcomeKind::Skipped { depends_on: 1 } });
    assert_eq!(home.store.waiting().unwrap(), 0);
    assert_eq!(home.description(id), Some(Value::Text("theirs".into())));
    assert!(home.description(Uuid::from_u128(101)).is_none());
    let inbox = home.store.inbox().unwrap();
    assert_eq!(inbox.len(), 1);
    assert_eq!(inbox[0].refusals.len(), 2);
    assert_eq!(inbox[0].refusals[0].mutation.set["Description"], crate::home::text("mine"));
    assert!(home.store.is_refused("Timesheet", id).unwrap());
}

#[test]
fn a_refused_change_leaves_later_changes_of_the_row_in_place() {
    let mut home = Home::new();
    let id = Uuid::from_u128(100);
    home.pull(page(vec![timesheet(&home, id, 5, "theirs")]));
    home.describe(id, "refused");
    home.update(id, "Location", Value::Text("Graz".into())).unwrap();
    let outcome = sync_protocol::Outcome { no: 1, kind: rejected() };
    home.store.settle(&[outcome], NOW).unwrap();
    let record = home.store.record("Timesheet", id).unwrap().unwrap();
    assert_eq!(record["Description"], Value::Text("theirs".into()));
    assert_eq!(record["Location"], Value::Text("Graz".into()));
    assert_eq!(home.store.waiting().unwrap(), 1);
}

#[test]
fn an_edit_of_a_row_whose_insert_was_refused_goes_on_to_its_own_answer() {
    let mut home = Home::new();
    let id = home.book(100, 0, "first");
    home.describe(id, "second");
    let outcome = sync_protocol::Outcome { no: 1, kind: rejected() };
    home.store.settle(&[outcome], NOW).unwrap();
    assert!(home.description(id).is_none());
    home.settle(|_| rejected());
    assert_eq!(home.store.waiting().unwrap(), 0);
    assert_eq!(home.store.inbox_count().unwrap(), 2);
}

#[test]
fn an_answer_that_arrives_twice_changes_nothing_the_second_time() {
    let mut home = Home::new();
    let id = home.book(100, 0, "first");
    let outcome = sync_protocol::Outcome { no: 1, kind: rejected() };
    home.store.settle(std::slice::from_ref(&outcome), NOW).unwrap();
    home.store.settle(&[outcome], NOW).unwrap();
    assert_eq!(home.store.inbox_count().unwrap(), 1);
    assert!(home.description(id).is_none());
}

#[test]
fn a_pull_lies_under_a_pending_change() {
    let mut home = Home::new();
    let id = Uuid::from_u128(100);
    home.pull(page(vec![timesheet(&home, id, 5, "old")]));
    home.update(id, "Location", Value::Text("Graz".into())).unwrap();
    home.pull(page(vec![timesheet(&home, id, 7, "theirs")]));
    let record = home.store.record("Timesheet", id).unwrap().unwrap();
    assert_eq!(record["Description"], Value::Text("theirs".into()));
    assert_eq!(record["Location"], Value::Text("Graz".into()));
    assert_eq!(home.store.outbox(1, 1).unwrap()[0].mutations[0].base, 5);
    home.settle(|_| rejected());
    assert_eq!(home.store.record("Timesheet", id).unwrap().unwrap()["Location"], Value::Null);
}

#[test]
fn mine_again_is_a_new_change_on_top_of_what_the_row_shows() {
    let mut home = Home::new();
    let id = Uuid::from_u128(100);
    home.pull(page(vec![timesheet(&home, id, 5, "old")]));
    home.describe(id, "mine");
    home.settle(|_| clash());
    home.pull(page(vec![timesheet(&home, id, 7, "theirs")]));
    let no = home.store.inbox().unwrap()[0].no;
    let environment = home.environment();
    home.store.take_mine(no, &BTreeMap::new(), &environment).unwrap();
    assert_eq!(home.description(id), Some(Value::Text("mine".into())));
    let mutation = home.store.outbox(1, 1).unwrap()[0].mutations[0].clone();
    assert_eq!((mutation.base, mutation.was["Description"].clone()), (7, crate::home::text("theirs")));
    assert_eq!(home.store.inbox_count().unwrap(), 0);
}

#[test]
fn a_third_value_can_be_sent_from_the_inbox_and_theirs_can_be_left() {
    let mut home = Home::new();
    let id = Uuid::from_u128(100);
    home.pull(page(vec![timesheet(&home, id, 5, "old")]));
    home.describe(id, "mine");
    home.settle(|_| clash());
    let instead = BTreeMap::from([((id, "Description".to_owned()), Value::Text("both".into()))]);
    let environment = home.environment();
    home.store.take_mine(1, &instead, &environment).unwrap();
    assert_eq!(home.description(id), Some(Value::Text("both".into())));
    home.settle(|_| clash());
    home.store.take_theirs(2, &environment).unwrap();
    assert_eq!(home.description(id), Some(Value::Text("old".into())));
    assert_eq!(home.store.inbox_count().unwrap(), 0);
    home.store.undo(&environment).unwrap();
    assert_eq!(home.store.inbox().unwrap()[0].refusals[0].mutation.set["Description"], crate::home::text("both"));
}

#[test]
fn a_restored_server_is_offered_again_what_it_had_taken_over() {
    let mut home = Home::new();
    let (kept, lost) = (Uuid::from_u128(100), Uuid::from_u128(101));
    home.pull(page(vec![timesheet(&home, kept, 5, "old")]));
    home.describe(kept, "new");
    home.book(101, 3, "lost");
    home.settle(|no| OutcomeKind::Applied { seq: 5 + no });
    let rows =
        vec![timesheet(&home, kept, 5, "old"), ("Project", home.project, 1, crate::home::project_cells("P1", None))];
    home.pull_as(page(rows), true, true);
    home.store.take_client(Uuid::from_u128(2)).unwrap();
    let groups = home.store.outbox(10, usize::MAX).unwrap();
    let numbers: Vec<u64> = groups.iter().flat_map(|group| &group.mutations).map(|mutation| mutation.no).collect();
    assert_eq!(numbers, [1, 2]);
    assert_eq!(home.description(kept), Some(Value::Text("new".into())));
    assert_eq!(home.description(lost), Some(Value::Text("lost".into())));
}

#[test]
fn another_client_numbers_what_waits_from_one() {
    let mut home = Home::new();
    home.book(100, 0, "a");
    home.settle(|_| OutcomeKind::Applied { seq: 9 });
    home.book(101, 2, "b");
    home.book(102, 4, "c");
    home.store.take_client(Uuid::from_u128(3)).unwrap();
    let groups = home.store.outbox(10, usize::MAX).unwrap();
    let numbers: Vec<u64> = groups.iter().flat_map(|group| &group.mutations).map(|mutation| mutation.no).collect();
    assert_eq!(numbers, [1, 2]);
    assert_eq!(home.store.standing().unwrap().unwrap().acknowledged, 0);
}

#[test]
fn a_success_that_comes_late_does_not_cover_what_was_pulled_since() {
    let mut home = Home::new();
    let id = Uuid::from_u128(100);
    home.pull(page(vec![timesheet(&home, id, 3, "old")]));
    home.describe(id, "mine");
    let mut newer = page(vec![timesheet(&home, id, 30, "theirs, on top of mine")]);
    newer.cursor = crate::home::cursor(30);
    home.store.begin_pull().unwrap();
    home.store.stage(&newer).unwrap();
    let cursor = crate::home::cursor(30);
    home.store.publish(&store::Publication { cursor, whole: false, restored: false, now: NOW }).unwrap();
    home.settle(|_| OutcomeKind::Applied { seq: 20 });
    assert_eq!(home.description(id), Some(Value::Text("theirs, on top of mine".into())));
}

#[test]
fn a_later_change_of_a_row_keeps_the_base_of_its_first_pending_one() {
    let mut home = Home::new();
    let id = Uuid::from_u128(100);
    home.pull(page(vec![timesheet(&home, id, 5, "old")]));
    home.update(id, "Location", Value::Text("Graz".into())).unwrap();
    home.pull(page(vec![timesheet(&home, id, 7, "theirs")]));
    home.describe(id, "mine");
    let groups = home.store.outbox(10, usize::MAX).unwrap();
    let bases: Vec<u64> = groups.iter().map(|group| group.mutations[0].base).collect();
    assert_eq!(bases, [5, 5]);
    assert_eq!(groups[1].mutations[0].was["Description"], crate::home::text("theirs"));
}

#[test]
fn mine_on_a_row_that_somebody_deleted_restores_it_with_the_persons_values() {
    let mut home = Home::new();
    let id = Uuid::from_u128(100);
    home.pull(page(vec![timesheet(&home, id, 5, "old")]));
    home.describe(id, "mine");
    home.settle(|_| OutcomeKind::Conflict { code: ConflictCode::Deleted, properties: Vec::new() });
    home.gone("Timesheet", vec![id]);
    let environment = home.environment();
    home.store.take_mine(1, &BTreeMap::new(), &environment).unwrap();
    let mutation = home.store.outbox(1, 1).unwrap()[0].mutations[0].clone();
    assert_eq!((mutation.op, mutation.base), (sync_protocol::Operation::Restore, 5));
    assert_eq!(mutation.set["Description"], crate::home::text("mine"));
    assert!(home.description(id).is_none());
    home.settle(|_| OutcomeKind::Applied { seq: 9 });
    home.pull(page(vec![timesheet(&home, id, 9, "mine")]));
    assert_eq!(home.description(id), Some(Value::Text("mine".into())));
}

#[test]
fn what_waits_for_a_restored_server_has_no_number_of_the_history_that_is_over() {
    let mut home = Home::new();
    let id = Uuid::from_u128(100);
    home.pull(page(vec![timesheet(&home, id, 5, "old")]));
    home.describe(id, "mine");
    home.pull_as(page(vec![timesheet(&home, id, 3, "as it was")]), true, true);
    let mutation = home.store.outbox(1, 1).unwrap()[0].mutations[0].clone();
    assert_eq!((mutation.base, mutation.was["Description"].clone()), (0, crate::home::text("old")));
    home.update(id, "Location", Value::Text("Graz".into())).unwrap();
    let groups = home.store.outbox(10, usize::MAX).unwrap();
    assert_eq!(groups.iter().map(|group| group.mutations[0].base).collect::<Vec<_>>(), [0, 0]);
}

#[test]
fn undo_of_an_answer_to_the_inbox_puts_the_entry_and_the_row_back_and_nothing_else() {
    let mut home = Home::new();
    let environment = home.environment();
    let id = Uuid::from_u128(100);
    home.pull(page(vec![timesheet(&home, id, 5, "old")]));
    let other = home.book(101, 4, "before it");
    home.describe(id, "mine");
    home.settle(|no| if no == 1 { OutcomeKind::Applied { seq: 6 } } else { clash() });
    let no = home.store.inbox().unwrap()[0].no;
    home.store.take_mine(no, &BTreeMap::new(), &environment).unwrap();
    assert_eq!(home.description(id), Some(Value::Text("mine".into())));
    assert_eq!(home.store.undo(&environment).unwrap().what, "values sent again from the inbox");
    assert_eq!(home.description(id), Some(Value::Text("old".into())));
    assert_eq!(home.store.inbox().unwrap()[0].refusals[0].mutation.set["Description"], crate::home::text("mine"));
    assert_eq!(home.description(other), Some(Value::Text("before it".into())));
}

#[test]
fn undo_of_an_answer_that_brought_a_row_back_takes_the_row_away_again() {
    let mut home = Home::new();
    let environment = home.environment();
    let id = Uuid::from_u128(100);
    home.pull(page(vec![timesheet(&home, id, 5, "old")]));
    home.describe(id, "mine");
    home.settle(|_| OutcomeKind::Conflict { code: ConflictCode::Deleted, properties: Vec::new() });
    home.gone("Timesheet", vec![id]);
    let no = home.store.inbox().unwrap()[0].no;
    home.store.take_mine(no, &BTreeMap::new(), &environment).unwrap();
    let early = home.store.undo(&environment).unwrap_err();
    assert!(early.to_string().contains("sync first"), "{early}");
    home.settle(|_| OutcomeKind::Applied { seq: 8 });
    home.pull(page(vec![timesheet(&home, id, 8, "mine")]));
    home.store.undo(&environment).unwrap();
    assert!(home.description(id).is_none());
    assert_eq!(home.store.inbox_count().unwrap(), 1);
    let last = home.store.outbox(1, 1).unwrap()[0].mutations[0].clone();
    assert_eq!((last.op, last.base), (sync_protocol::Operation::Delete, 8));
}
