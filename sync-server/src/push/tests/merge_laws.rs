//! Laws of the merge over every combination of few values: no value is lost in silence, none is made up.

use super::*;
use crate::push::decide::{Decision, decide};
use proptest::prelude::*;
use sync_protocol::{ConflictCode, Operation, OutcomeKind};

const MERGED: [usize; 5] = [BEGIN, END, DESCRIPTION, PROJECT, TASK];

fn value(property: usize, number: u8) -> Value {
    match property {
        BEGIN | END => Value::DateTime(i64::from(number)),
        DESCRIPTION => text(&number.to_string()),
        _ => Value::Guid(Uuid::from_u128(u128::from(number))),
    }
}

fn values() -> impl Strategy<Value = [u8; 5]> {
    [0u8..3, 0u8..3, 0u8..3, 0u8..3, 0u8..3]
}

fn row_of(numbers: [u8; 5]) -> Row {
    let mut row = row();
    for (property, number) in MERGED.into_iter().zip(numbers) {
        row.values[property] = value(property, number);
    }
    row
}

/// A change of whole field groups, as a client sends them.
fn change_of(base: u64, new: [u8; 5], was: [u8; 5], touched: [bool; 3]) -> Change {
    let touched = [touched[0], touched[0], touched[1], touched[2], touched[2]];
    let pick = |numbers: [u8; 5]| -> Vec<(usize, Value)> {
        let of = MERGED.into_iter().zip(numbers).zip(touched).filter(|(_, touched)| *touched);
        of.map(|((property, number), _)| (property, value(property, number))).collect()
    };
    change(Operation::Put, base, &pick(new), &pick(was))
}

fn after(row: &Row, change: &Change, decision: &Decision) -> Option<Vec<Value>> {
    let mut values = row.values.clone();
    match decision {
        Decision::Write { properties, .. } => {
            properties.iter().for_each(|property| values[*property] = change.set[property].clone());
            Some(values)
        }
        Decision::Keep => Some(values),
        _ => None,
    }
}

fn is_equal(left: &[Value], right: &[Value], properties: &[usize]) -> bool {
    properties.iter().all(|property| left[*property] == right[*property])
}

proptest! {
    #[test]
    fn what_the_change_wants_is_there_after_a_success(
        current in values(), new in values(), was in values(), touched in any::<[bool; 3]>(), base in 4u64..6,
    ) {
        let (row, change) = (row_of(current), change_of(base, new, was, touched));
        if let Some(values) = after(&row, &change, &decide(Some(&row), &change, &booking(), &writable())) {
            prop_assert!(change.set.iter().all(|(property, value)| values[*property] == *value));
            let untouched = (0..8).filter(|property| !change.set.contains_key(property));
            prop_assert!(untouched.into_iter().all(|property| values[property] == row.values[property]));
        }
    }

    #[test]
    fn each_field_group_was_written_by_one_mutation(
        current in values(), new in values(), was in values(), touched in any::<[bool; 3]>(),
    ) {
        let (row, change) = (row_of(current), change_of(3, new, was, touched));
        let mine = row_of(new).values;
        if let Some(values) = after(&row, &change, &decide(Some(&row), &change, &booking(), &writable())) {
            for group in [vec![BEGIN, END], vec![DESCRIPTION], vec![PROJECT, TASK]] {
                prop_assert!(is_equal(&values, &mine, &group) || is_equal(&values, &row.values, &group));
            }
        }
    }

    #[test]
    fn a_value_of_others_that_the_person_did_not_see_is_never_overwritten(
        current in values(), new in values(), was in values(), touched in any::<[bool; 3]>(),
    ) {
        let (row, change) = (row_of(current), change_of(3, new, was, touched));
        let decision = decide(Some(&row), &change, &booking(), &writable());
        let lost = [vec![BEGIN, END], vec![DESCRIPTION], vec![PROJECT, TASK]].into_iter().enumerate().any(|(index, group)| {
            let unseen = !is_equal(&row.values, &row_of(was).values, &group);
            touched[index] && unseen && !is_equal(&row.values, &row_of(new).values, &group)
        });
        let clash = matches!(decision, Decision::Refuse(OutcomeKind::Conflict { code: ConflictCode::Clash, .. }));
        prop_assert_eq!(lost, clash);
    }

    #[test]
    fn a_change_that_was_applied_is_a_duplicate_the_second_time(
        current in values(), new in values(), was in values(), touched in any::<[bool; 3]>(), base in 4u64..6,
    ) {
        let (row, change) = (row_of(current), change_of(base, new, was, touched));
        if let Some(values) = after(&row, &change, &decide(Some(&row), &change, &booking(), &writable())) {
            let applied = Row { values, seq: 9, ..row };
            prop_assert_eq!(decide(Some(&applied), &change, &booking(), &writable()), Decision::Keep);
        }
    }
}
