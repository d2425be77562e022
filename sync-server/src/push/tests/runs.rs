use crate::placement::ModelSnapshot;
use crate::push::group::{CheckedGroup, ModelAge};
use crate::push::runs::runs;
use crate::storage::rows::{Policies, RowTables};
use query_lang::TenantSchema;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use sync_protocol::{Cell, Group, Mutation, Operation};
use uuid::Uuid;

static STANDARD: LazyLock<ModelSnapshot> = LazyLock::new(|| {
    let model = migrations::Model::standard();
    let catalogue = migrations::catalogue(model).unwrap();
    let schema = TenantSchema::new("t_test").unwrap();
    let rows = RowTables::compile(&schema, model, &catalogue).unwrap();
    ModelSnapshot { version: model.version, text: String::new(), catalogue: catalogue.into(), rows }
});

fn change(entity: &str, id: u128, base: u64) -> Mutation {
    let (set, was) = (BTreeMap::<String, Cell>::new(), BTreeMap::new());
    Mutation { no: 1, entity: entity.to_owned(), id: Uuid::from_u128(id), op: Operation::Put, base, set, was, at: 0 }
}

/// How many groups each run has.
fn check(groups: &[&[Mutation]], expected: &[usize]) {
    let groups: Vec<Group> = groups.iter().map(|mutations| Group { mutations: mutations.to_vec() }).collect();
    let checked: Vec<_> = groups.iter().map(|group| CheckedGroup::new(group, &STANDARD, ModelAge::Same)).collect();
    let lengths: Vec<usize> =
        runs(&checked, &STANDARD.rows, &Policies::default()).into_iter().map(|run| run.len()).collect();
    assert_eq!(lengths, expected);
}

#[test]
fn new_bookings_go_together() {
    check(&[&[change("Timesheet", 1, 0)], &[change("Timesheet", 2, 0)], &[change("Timesheet", 3, 0)]], &[3]);
}

#[test]
fn an_edit_goes_alone_and_parts_the_new_ones() {
    check(&[&[change("Timesheet", 1, 0)], &[change("Timesheet", 2, 7)], &[change("Timesheet", 3, 0)]], &[1, 1, 1]);
    let new = |id| [change("Timesheet", id, 0)];
    check(&[&new(1), &new(2), &[change("Timesheet", 2, 7)], &new(3), &new(4)], &[2, 1, 2]);
}

#[test]
fn one_row_in_two_groups_is_not_written_together() {
    check(&[&[change("Timesheet", 1, 0)], &[change("Timesheet", 1, 0)]], &[1, 1]);
}

#[test]
fn a_group_that_could_see_another_goes_alone() {
    // A task's code is compared with those of other tasks, and a tag of a booking asks whose booking it is.
    check(&[&[change("Task", 1, 0)], &[change("Task", 2, 0)]], &[1, 1]);
    check(&[&[change("Timesheet", 1, 0)], &[change("TimesheetTag", 2, 0)]], &[1, 1]);
    check(&[&[change("Customer", 1, 0)], &[change("Project", 2, 0)]], &[1, 1]);
}

#[test]
fn a_group_that_the_model_refuses_goes_alone() {
    check(&[&[change("Timesheet", 1, 0)], &[change("Colour", 2, 0)], &[change("Timesheet", 3, 0)]], &[1, 1, 1]);
}
