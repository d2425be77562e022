use crate::home::{Home, page, project_cells, text, timesheet};
use query_lang::Value;
use store::{Publication, StoreError};
use sync_protocol::Cell;
use uuid::Uuid;

#[test]
fn nothing_of_a_page_is_seen_before_it_is_published() {
    let mut home = Home::new();
    let id = Uuid::from_u128(100);
    let answer = page(vec![timesheet(&home, id, 5, "from the server")]);
    home.store.begin_pull().unwrap();
    home.store.stage(&answer).unwrap();
    assert!(home.description(id).is_none());
    let cursor = crate::home::cursor(5);
    home.store.publish(&Publication { cursor, whole: false, restored: false, now: 0 }).unwrap();
    assert_eq!(home.description(id), Some(Value::Text("from the server".into())));
    assert_eq!(home.store.standing().unwrap().unwrap().cursor, Some(cursor));
}

#[test]
fn a_staging_that_was_begun_anew_forgets_the_pages_before() {
    let mut home = Home::new();
    let first = home.store.begin_pull().unwrap();
    home.store.stage(&page(vec![timesheet(&home, Uuid::from_u128(100), 5, "old")])).unwrap();
    let second = home.store.begin_pull().unwrap();
    assert!(second > first);
    let publication = Publication { cursor: crate::home::cursor(5), whole: false, restored: false, now: 0 };
    home.store.publish(&publication).unwrap();
    assert!(home.description(Uuid::from_u128(100)).is_none());
}

#[test]
fn of_two_pages_with_one_row_the_higher_seq_wins_and_gone_and_row_take_each_other_back() {
    let mut home = Home::new();
    let (first, second) = (Uuid::from_u128(100), Uuid::from_u128(101));
    home.store.begin_pull().unwrap();
    home.store.stage(&page(vec![timesheet(&home, first, 7, "new")])).unwrap();
    home.store.stage(&page(vec![timesheet(&home, first, 6, "old")])).unwrap();
    let mut gone = page(Vec::new());
    gone.gone = vec![sync_protocol::Gone { entity: "Timesheet".into(), ids: vec![second] }];
    home.store.stage(&gone).unwrap();
    home.store.stage(&page(vec![timesheet(&home, second, 8, "back")])).unwrap();
    let publication = Publication { cursor: crate::home::cursor(8), whole: false, restored: false, now: 0 };
    home.store.publish(&publication).unwrap();
    assert_eq!(home.description(first), Some(Value::Text("new".into())));
    assert_eq!(home.description(second), Some(Value::Text("back".into())));
}

#[test]
fn a_row_that_is_gone_leaves() {
    let mut home = Home::new();
    let id = Uuid::from_u128(100);
    home.pull(page(vec![timesheet(&home, id, 5, "here")]));
    home.gone("Timesheet", vec![id]);
    assert!(home.description(id).is_none());
}

#[test]
fn a_list_of_visible_ids_takes_the_others_away_and_names_those_to_ask_for() {
    let mut home = Home::new();
    let (kept, revoked, granted) = (Uuid::from_u128(100), Uuid::from_u128(101), Uuid::from_u128(102));
    home.pull(page(vec![timesheet(&home, kept, 5, "kept"), timesheet(&home, revoked, 5, "revoked")]));
    home.store.begin_pull().unwrap();
    let mut answer = page(Vec::new());
    answer.visible = vec![sync_protocol::VisibleIds { entity: "Timesheet".into(), ids: vec![kept, granted] }];
    home.store.stage(&answer).unwrap();
    let missing = home.store.missing(false).unwrap();
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0].ids, vec![granted]);
    home.store.stage(&page(vec![timesheet(&home, granted, 3, "granted")])).unwrap();
    assert!(home.store.missing(false).unwrap().is_empty());
    let publication = Publication { cursor: crate::home::cursor(6), whole: false, restored: false, now: 0 };
    home.store.publish(&publication).unwrap();
    assert!(home.description(kept).is_some());
    assert!(home.description(revoked).is_none());
    assert_eq!(home.description(granted), Some(Value::Text("granted".into())));
}

#[test]
fn an_empty_list_of_visible_ids_takes_all_rows_of_the_entity_away() {
    let mut home = Home::new();
    let id = Uuid::from_u128(100);
    home.pull(page(vec![timesheet(&home, id, 5, "here")]));
    home.visible("Timesheet", Vec::new());
    assert!(home.description(id).is_none());
}

#[test]
fn a_whole_pull_takes_away_what_is_not_in_it_and_counts_that_before() {
    let mut home = Home::new();
    let ids: Vec<Uuid> = (100..160).map(Uuid::from_u128).collect();
    let rows = ids.iter().map(|id| timesheet(&home, *id, 5, "here")).collect();
    home.pull(page(rows));
    home.store.begin_pull().unwrap();
    home.store.stage(&page(vec![timesheet(&home, ids[0], 6, "still here")])).unwrap();
    let deletions = home.store.deletions(true).unwrap();
    assert_eq!((deletions.rows, deletions.held), (61, 62));
    assert_eq!(home.store.deletions(false).unwrap().rows, 0);
}

#[test]
fn a_page_that_does_not_fit_the_model_is_refused_whole() {
    let mut home = Home::new();
    home.store.begin_pull().unwrap();
    let mut cells = project_cells("P2", None);
    cells.push(("Colour", text("red")));
    let error = home.store.stage(&page(vec![("Project", Uuid::from_u128(21), 3, cells)])).unwrap_err();
    assert!(matches!(error, StoreError::Foreign(_)));
    let mut cells = project_cells("P2", None);
    cells.retain(|(property, _)| *property != "Name");
    cells.push(("Name", Cell::Int(4)));
    home.store.stage(&page(vec![("Project", Uuid::from_u128(21), 3, cells)])).unwrap();
    let publication = Publication { cursor: crate::home::cursor(9), whole: false, restored: false, now: 0 };
    assert!(matches!(home.store.publish(&publication), Err(StoreError::Foreign(_))));
    assert_ne!(home.store.standing().unwrap().unwrap().cursor, Some(crate::home::cursor(9)));
}

/// Sixty bookings that a publication takes away.
fn with_sixty(home: &mut Home) -> Vec<Uuid> {
    let ids: Vec<Uuid> = (100..160).map(Uuid::from_u128).collect();
    home.pull(page(ids.iter().map(|id| timesheet(home, *id, 5, "here")).collect()));
    ids
}

#[test]
fn what_a_sync_took_away_after_the_person_agreed_is_offered_again_by_undo() {
    let mut home = Home::new();
    let ids = with_sixty(&mut home);
    home.gone("Timesheet", ids.clone());
    assert!(ids.iter().all(|id| home.description(*id).is_none()));
    let environment = home.environment();
    assert_eq!(home.store.undo(&environment).unwrap().what, "removal of 60 rows by a sync");
    let groups = home.store.outbox(100, usize::MAX).unwrap();
    assert_eq!(groups.len(), 60, "each row for itself");
    let first = &groups[0].mutations[0];
    assert_eq!((first.op, first.set["Description"].clone()), (sync_protocol::Operation::Restore, text("here")));
    assert!(ids.iter().all(|id| home.description(*id) == Some(Value::Text("here".into()))), "they are shown at once");
    assert!(matches!(home.store.undo(&environment), Err(StoreError::NothingToUndo)));
}

#[test]
fn rows_that_shall_stay_are_here_when_the_publication_is_and_wait_for_the_server() {
    let mut home = Home::new();
    let ids = with_sixty(&mut home);
    home.store.begin_pull().unwrap();
    let gone = vec![sync_protocol::Gone { entity: "Timesheet".into(), ids: ids.clone() }];
    home.store.stage(&sync_protocol::PullAnswer { gone, ..page(Vec::new()) }).unwrap();
    let publication = Publication { cursor: crate::home::cursor(9), whole: false, restored: false, now: 0 };
    assert!(home.store.publish_keeping_rows(&publication).unwrap());
    let here = |home: &Home| ids.iter().filter(|id| home.description(**id).is_some()).count();
    assert_eq!((here(&home), home.store.waiting().unwrap()), (60, 60));
    let environment = home.environment();
    assert!(matches!(home.store.undo(&environment), Err(StoreError::NothingToUndo)), "there is nothing to take back");

    // A pull of everything that comes before they could be sent does not have them either.
    home.pull_as(page(vec![("Project", home.project, 1, project_cells("P1", None))]), true, false);
    assert_eq!((here(&home), home.store.waiting().unwrap()), (60, 60));
    home.settle(|no| sync_protocol::OutcomeKind::Applied { seq: 100 + no });
    assert_eq!((here(&home), home.store.waiting().unwrap()), (60, 0));
    assert_eq!(home.description(ids[7]), Some(Value::Text("here".into())));
}

#[test]
fn what_a_restored_server_does_not_know_is_offered_as_new_rows_and_shown_at_once() {
    let mut home = Home::new();
    let ids = with_sixty(&mut home);
    let rest = vec![("Project", home.project, 1, project_cells("P1", None))];
    home.pull_as(page(rest), true, true);
    assert!(home.description(ids[0]).is_none());
    let environment = home.environment();
    home.store.undo(&environment).unwrap();
    assert_eq!(home.description(ids[0]), Some(Value::Text("here".into())));
    let groups = home.store.outbox(100, usize::MAX).unwrap();
    let of_bookings = groups.iter().filter(|group| group.mutations[0].entity == "Timesheet");
    assert!(of_bookings.clone().all(|group| group.mutations[0].op == sync_protocol::Operation::Put));
    assert_eq!(of_bookings.count(), 60);
}

#[test]
fn a_few_rows_that_leave_are_no_restore_point_and_stand_in_the_way_of_no_undo() {
    let mut home = Home::new();
    let ids = with_sixty(&mut home);
    let mine = home.book(1, 2, "mine");
    home.gone("Timesheet", ids[..50].to_vec());
    let environment = home.environment();
    assert_eq!(home.store.undo(&environment).unwrap().what, "a change");
    assert!(home.description(mine).is_none());
}
