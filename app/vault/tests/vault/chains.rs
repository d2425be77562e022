use crate::fixture::{id, person};
use crate::segments::sealed;
use proptest::prelude::*;
use vault::{ChainAlarm, ChainHead, Link};

fn link(number: u64, previous: u8, hash: u8) -> Link {
    Link { device: id(1), number, previous: [previous; 32], hash: [hash; 32] }
}

fn head(number: u64, hash: u8) -> ChainHead {
    ChainHead { number, hash: [hash; 32] }
}

#[test]
fn sealed_segments_form_a_chain() {
    let employee = person(2);
    let mut known = ChainHead::START;
    let mut own = ChainHead::START;
    for contents in [b"a", b"b", b"c"] {
        let segment = sealed(&employee, contents, own);
        own = segment.link().head();
        known = known.follow(&segment.link()).unwrap();
        assert_eq!(known, own);
    }
    assert_eq!(known.number, 3);
}

#[test]
fn each_way_to_break_the_chain_has_its_own_alarm() {
    let device = id(1);
    let known = head(5, 50);
    assert_eq!(known.follow(&link(6, 50, 60)), Ok(head(6, 60)));
    assert_eq!(known.follow(&link(5, 40, 50)), Ok(known));
    assert_eq!(known.follow(&link(7, 60, 70)), Err(ChainAlarm::Gap { device, expected: 6, found: 7 }));
    assert_eq!(known.follow(&link(6, 51, 60)), Err(ChainAlarm::WrongHash { device, number: 6 }));
    assert_eq!(known.follow(&link(4, 30, 40)), Err(ChainAlarm::Lower { device, known: 5, found: 4 }));
    assert_eq!(known.follow(&link(5, 40, 51)), Err(ChainAlarm::Fork { device, number: 5 }));
    assert_eq!(ChainHead::START.follow(&link(0, 0, 0)), Err(ChainAlarm::Lower { device, known: 0, found: 0 }));
    assert_eq!(link(3, 20, 30).same_as(&[31; 32]), Err(ChainAlarm::Fork { device, number: 3 }));
}

proptest! {
    #[test]
    fn only_the_whole_chain_in_its_order_is_followed(order in Just((1..=6_u64).collect::<Vec<_>>()).prop_shuffle()) {
        let result = order.iter().try_fold(ChainHead::START, |known, number| {
            known.follow(&link(*number, *number as u8 - 1, *number as u8))
        });
        prop_assert_eq!(result.is_ok(), order.is_sorted());
    }

    #[test]
    fn following_never_goes_back_and_never_panics(known: u64, number: u64, hash: u8) {
        if let Ok(next) = head(known, 1).follow(&link(number, 1, hash)) {
            prop_assert!(next.number >= known);
        }
    }
}
