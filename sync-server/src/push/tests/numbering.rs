use super::*;
use crate::push::numbering::{Misnumbered, Placed, check_shape, content_hash, place};
use crate::storage::rows::{ClientState, StoredOutcome};
use sync_protocol::{Group, Mutation, Operation, OutcomeKind, limits};

fn mutation(no: u64) -> Mutation {
    let (set, was) = (BTreeMap::new(), BTreeMap::new());
    Mutation { no, entity: "Booking".to_owned(), id: ROW, op: Operation::Put, base: 0, set, was, at: 0 }
}

fn group(numbers: &[u64]) -> Group {
    Group { mutations: numbers.iter().map(|no| mutation(*no)).collect() }
}

/// A client that pushed up to `last_no`, of which outcomes above `acknowledged` are kept.
fn client(last_no: u64, acknowledged: u64) -> ClientState {
    let stored =
        |no| StoredOutcome { content_hash: content_hash(&mutation(no)), kind: OutcomeKind::Applied { seq: no } };
    let outcomes = (acknowledged + 1..=last_no).map(|no| (no, stored(no))).collect();
    ClientState { user: PERSON, last_no, acknowledged, outcomes }
}

fn check(groups: &[Group], state: Option<&ClientState>, expected: Result<(usize, usize), Misnumbered>) {
    let placed = place(groups, 0, PERSON, state).map(|Placed { known, first_new }| (known.len(), first_new));
    assert_eq!(placed, expected);
}

#[test]
fn a_new_client_begins_with_one() {
    check(&[group(&[1, 2]), group(&[3])], None, Ok((0, 0)));
    check(&[group(&[2])], None, Err(Misnumbered::Behind));
}

#[test]
fn what_was_pushed_before_is_known_and_the_rest_is_new() {
    check(&[group(&[1, 2]), group(&[3]), group(&[4])], Some(&client(3, 0)), Ok((3, 2)));
    check(&[group(&[1, 2])], Some(&client(3, 0)), Ok((2, 1)));
}

#[test]
fn a_hole_in_the_numbers_tells_of_a_restored_server() {
    check(&[group(&[6])], Some(&client(3, 0)), Err(Misnumbered::Behind));
    assert_eq!(place(&[group(&[4])], 9, PERSON, Some(&client(3, 0))), Err(Misnumbered::Behind));
}

#[test]
fn one_number_with_two_contents_tells_of_a_copied_disk() {
    let mut other = group(&[3]);
    other.mutations[0].at = 1;
    check(&[other], Some(&client(3, 0)), Err(Misnumbered::Forked));
}

#[test]
fn an_old_number_whose_outcome_is_forgotten_tells_of_a_copied_disk() {
    check(&[group(&[2])], Some(&client(3, 2)), Err(Misnumbered::Forked));
}

#[test]
fn a_group_that_was_cut_elsewhere_the_first_time_tells_of_a_copied_disk() {
    check(&[group(&[3, 4])], Some(&client(3, 0)), Err(Misnumbered::Forked));
}

#[test]
fn a_client_belongs_to_one_person() {
    let stranger = ClientState { user: ROW, ..client(3, 0) };
    check(&[group(&[4])], Some(&stranger), Err(Misnumbered::Forked));
}

#[test]
fn numbers_ascend_one_by_one_over_all_groups() {
    assert_eq!(check_shape(&[group(&[4, 5]), group(&[6])]), Ok(()));
    for wrong in [vec![group(&[0])], vec![group(&[4, 6])], vec![group(&[4]), group(&[4])], vec![group(&[])]] {
        assert!(matches!(check_shape(&wrong), Err(Misnumbered::Malformed(_))), "{wrong:?}");
    }
}

#[test]
fn a_push_beyond_the_limits_is_refused_before_anything_is_read() {
    let numbers: Vec<u64> = (1..=limits::GROUP_MUTATIONS_MAX as u64 + 1).collect();
    assert!(matches!(check_shape(&[group(&numbers)]), Err(Misnumbered::TooLarge(_))));
    let groups: Vec<Group> = (1..=limits::PUSH_GROUPS_MAX as u64 + 1).map(|no| group(&[no])).collect();
    assert!(matches!(check_shape(&groups), Err(Misnumbered::TooLarge(_))));
}
