//! The store of sealed segments is away, or the network goes when segments travel: everything else goes on.

use tests::{Device, Display, Person, World};

const COUNT: &str = "From T In Timesheet Select { T.Id }";

/// With an hour of signals that was never sent.
fn with_unsent_signals(employee: &Person) -> Device {
    let desktop = employee.device("desktop");
    let mut display = Display::new();
    display.opens("report.odt");
    desktop.records_another_day(&display, "2026-03-02T09:00:10Z", "2026-03-02", 1);
    desktop
}

fn books(device: &Device, number: usize) {
    let day = format!("2026-{:02}-{:02}", 1 + number / 28, 1 + number % 28);
    let (begin, end) = (format!("{day} 08:00"), format!("{day} 09:00"));
    device.books(&begin, &end, "work");
}

#[test]
fn while_the_blob_store_is_away_bookings_are_synced_and_only_the_signals_are_said_to_wait() {
    let world = World::with_own_server();
    let employee = world.employee();
    let laptop = employee.laptop();
    laptop.syncs();
    let desktop = with_unsent_signals(&employee);
    books(&desktop, 1);

    let (blobs, away) = (world.server().data().join("blobs"), world.server().data().join("blobs-away"));
    std::fs::rename(&blobs, &away).expect("the blob store goes");
    std::fs::write(&blobs, "").expect("nothing can be put there");
    let sync = desktop.run(&["sync"]).succeeds();
    assert!(sync.out.starts_with("synced: sent 1,"), "{sync:?}");
    let waits = "your bookings are synced, your signals wait";
    assert!(sync.err.contains(waits) && sync.err.lines().count() == 1, "{sync:?}");
    let status = desktop.does(&["status"]);
    assert!(status.contains(waits) && status.contains("0 changes waiting"), "{status}");
    laptop.syncs();
    assert_eq!(laptop.asks(COUNT).len(), 1);

    std::fs::remove_file(&blobs).and_then(|()| std::fs::rename(&away, &blobs)).expect("the blob store comes back");
    assert!(desktop.does(&["sync"]).contains("1 segments sent"));
    assert!(!desktop.does(&["status"]).contains(waits));
}

#[test]
fn rows_that_shall_stay_are_kept_also_when_the_network_goes_before_the_signals_travelled() {
    let employee = World::new().employee();
    let laptop = employee.laptop();
    (0..60).for_each(|number| books(&laptop, number));
    laptop.syncs();
    let desktop = with_unsent_signals(&employee);
    assert_eq!(desktop.asks(COUNT).len(), 60);
    for id in laptop.asks(COUNT) {
        laptop.does(&["delete", id[0].as_str().expect("an id")]);
    }
    laptop.syncs();

    desktop.run(&["sync"]).fails(1, &["60 of the", "--keep-rows"]);
    desktop.network().cut_at("/v1/segments/");
    desktop.run(&["sync", "--keep-rows"]).fails(3, &["cannot be reached"]);
    assert_eq!(desktop.asks(COUNT).len(), 60, "they are kept, although the sync failed");
    desktop.network().restore();
    assert!(desktop.does(&["sync"]).contains("sent 60"));
    laptop.syncs();
    assert_eq!((desktop.asks(COUNT).len(), laptop.asks(COUNT).len()), (60, 60));
}
