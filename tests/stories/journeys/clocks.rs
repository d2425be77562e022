//! A computer whose clock is years off: the order is the server's, so everything syncs, and a sentence says what to set.

use device::{Clock, NewEntry, Outside};
use std::collections::BTreeMap;
use std::sync::Arc;
use tests::World;

/// The time of this computer, moved.
struct Off {
    computer: Arc<dyn Clock>,
    by: i64,
}

impl Clock for Off {
    fn now(&self) -> i64 {
        self.computer.now() + self.by
    }
}

const HOUR_US: i64 = 3_600_000_000;
const DAY_US: i64 = 24 * HOUR_US;
const BOOKINGS: &str = "From T In Timesheet Order By T.Begin Select { T.Description }";

fn check(days: i64, side: &str) {
    let employee = World::new().employee();
    let laptop = employee.laptop();
    let desktop = employee.device("desktop");
    laptop.syncs();
    laptop.books("2026-03-02 08:00", "2026-03-02 09:00", "first");
    laptop.syncs();
    desktop.syncs();

    let computer = Outside::of_this_computer();
    let clock = Arc::new(Off { computer: computer.clock.clone(), by: days * DAY_US + days.signum() * HOUR_US });
    let outside = Outside { clock, use_keystore: false, ..computer };
    let off = device::Device::open(desktop.home(), outside).expect("the home opens");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let syncs = || runtime.block_on(off.sync()).expect("everything syncs");
    let entry = |begin: &str, end: &str, text: &str| NewEntry {
        project: Some("PORTAL".to_owned()),
        text: Some(text.to_owned()),
        begin: begin.to_owned(),
        end: end.to_owned(),
        ..NewEntry::default()
    };
    off.add(&entry("2026-03-03 08:00", "2026-03-03 09:00", "of the wrong clock")).expect("a booking");
    assert_eq!((syncs().pushed, off.status().expect("a status").sync.waiting), (1, 0));
    let notices = off.notices();
    assert!(
        notices.len() == 1 && notices[0].contains(&format!("{} days {side} the server's", days.abs())),
        "{notices:?}"
    );
    assert!(notices[0].contains("everything syncs"), "{notices:?}");

    // Who edits later wins over what they have seen, whatever the clocks say.
    let id = laptop.finds("From T In Timesheet Select { T.Id }");
    off.edit(&id, &BTreeMap::from([("Description".to_owned(), "edited there".to_owned())])).expect("an edit");
    syncs();
    laptop.syncs();
    assert_eq!(laptop.asks(BOOKINGS), [["edited there"], ["of the wrong clock"]]);
    laptop.does(&["edit", &id, "--set", "Description=edited here"]);
    laptop.syncs();
    syncs();
    assert_eq!(desktop.asks(BOOKINGS), [["edited here"], ["of the wrong clock"]]);
    assert!(off.notices().is_empty() && laptop.inbox().is_empty() && desktop.inbox().is_empty(), "it is said once");
}

#[test]
fn a_computer_whose_clock_is_years_ahead_syncs_everything_and_says_so_once() {
    check(3_653, "ahead of");
}

#[test]
fn a_computer_whose_clock_is_years_behind_syncs_everything_and_says_so_once() {
    check(-3_653, "behind");
}
