//! A disk that takes nothing: nothing that was there is lost, nothing is half there, and work goes on when there is room.

use super::recorder::{Recorder, titles, waits_for_looks};
use std::sync::Arc;
use tests::{Device, Display, Run, SmallDisk, World};

const BOOKINGS: &str = "From T In Timesheet Order By T.Begin Select { T.Description }";

fn adds(device: &Device, begin: &str, end: &str, text: &str) -> Run {
    let (begin, end) = (format!("2026-03-02 {begin}"), format!("2026-03-02 {end}"));
    device.run(&["add", "--project", "PORTAL", "--begin", &begin, "--end", &end, text])
}

/// One sentence that speaks of the disk, as our fault and nobody's input.
fn says_so(run: Run) {
    assert_eq!(run.code, 2, "{run:?}");
    assert_eq!(run.err.lines().count(), 1, "{run:?}");
    assert!(run.err.contains("disk") && !run.err.contains("panicked"), "{run:?}");
}

#[test]
fn a_full_disk_loses_nothing_and_leaves_nothing_half_written() {
    let world = World::new();
    let employee = world.employee();
    let disk = Arc::new(SmallDisk::new(world.folder().join("disk")));
    let laptop = employee.computer("laptop").on_disk(disk.clone());
    employee.signs_in(&laptop).succeeds();
    laptop.has_master_data();
    adds(&laptop, "08:00", "09:00", "before").succeeds();

    disk.fills_up(&[]);
    says_so(adds(&laptop, "09:00", "10:00", "meanwhile"));
    says_so(laptop.run(&["sync"]));
    let day = ["list", "--from", "2026-03-02", "--to", "2026-03-02"];
    assert!(laptop.does(&day).contains("before"), "what is there can be read");
    assert_eq!(laptop.asks(BOOKINGS), [["before"]]);
    assert!(laptop.does(&["status"]).contains("waiting"));
    assert!(laptop.inbox().is_empty());
    disk.has_room_again(&[]);

    let listed = laptop.run(&["list", "--from", "2026-03-02", "--to", "2026-03-02"]).succeeds();
    assert_eq!(listed.err, "", "no file was damaged");
    assert_eq!(laptop.asks(BOOKINGS), [["before"]]);
    adds(&laptop, "09:00", "10:00", "afterwards").succeeds();
    laptop.syncs();
    let desktop = employee.device("desktop");
    assert_eq!(desktop.asks(BOOKINGS), [["before"], ["afterwards"]]);
}

#[test]
fn a_recorder_goes_on_through_a_full_disk_and_seals_what_it_saw_when_there_is_room() {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User"]);
    let disk = Arc::new(SmallDisk::new(world.folder().join("disk")));
    let laptop = employee.computer("laptop").on_disk(disk.clone());
    employee.signs_in(&laptop).succeeds();

    let mut display = Display::new();
    display.opens("before it was full");
    let mut recorder = Recorder::start(&laptop, &display);
    recorder.until(|said| said.contains("recording"));
    waits_for_looks();
    disk.fills_up(&[recorder.process()]);
    display.opens("while it was full");
    recorder.until(|said| {
        display.presses("a");
        said.contains("waits in memory")
    });
    display.opens("still full");
    waits_for_looks();
    disk.has_room_again(&[recorder.process()]);
    recorder.until(|said| said.contains("recording goes on as before"));
    display.presses("b");
    let (ended, said) = recorder.stops();
    assert!(ended, "{said}");
    assert_eq!(said.lines().filter(|line| line.contains("disk")).count(), 1, "one sentence: {said}");

    let seen = titles(&laptop);
    for title in ["before it was full", "while it was full", "still full"] {
        assert!(seen.contains(title), "{title}: {seen}");
    }
    laptop.syncs();
    let desktop = employee.device("desktop");
    desktop.syncs();
    assert!(titles(&desktop).contains("while it was full"));
}
