//! A home whose disk was damaged, copied or restored becomes a new device: nothing that it recorded is lost or closed.

use super::recorder::{record, titles};
use std::path::Path;
use tests::{Device, Display, Person, Run, World};

const WAY_ON: &str = "sign in again on this computer";

fn employee(world: &World) -> Person {
    world.tenant("acme").person("employee", &["User"])
}

fn records(device: &Device, display: &mut Display, title: &str) {
    display.opens(title);
    record(device, display);
}

/// The last pages of the database are gone.
fn cut_off(home: &Path) {
    let file = home.join("daybook.sqlite");
    let length = file.metadata().expect("the database is there").len();
    let opened = std::fs::OpenOptions::new().write(true).open(&file).expect("the database can be written");
    opened.set_len(length - 4096).expect("the database can be cut off");
}

fn nothing_is_closed(run: &Run) {
    for words in ["cannot be opened", "set aside", "in a form that no device"] {
        assert!(!run.err.contains(words), "{run:?}");
    }
}

/// Syncs and shows every title; none is closed and nothing waits for the person.
fn shows(device: &Device, titles_there: &[&str]) {
    let synced = device.run(&["sync"]).succeeds();
    assert_eq!(synced.err, "");
    let asked = device.run(&["query", super::recorder::TITLES]).succeeds();
    nothing_is_closed(&asked);
    for title in titles_there {
        assert!(asked.out.contains(title), "{title}: {asked:?}");
    }
}

#[test]
fn what_is_recorded_after_a_file_was_damaged_opens_everywhere_once_the_person_has_signed_in_again() {
    let world = World::new();
    let employee = employee(&world);
    let laptop = employee.device("laptop");
    let mut display = Display::new();
    records(&laptop, &mut display, "before the damage");
    laptop.syncs();
    cut_off(laptop.home());

    let opened = laptop.run(&["status"]).succeeds();
    assert!(opened.err.contains("is damaged") && opened.err.contains(WAY_ON), "{opened:?}");
    records(&laptop, &mut display, "after the damage");
    let synced = laptop.run(&["sync"]).succeeds();
    assert!(synced.err.contains(WAY_ON), "{synced:?}");
    assert!(laptop.does(&["status"]).contains(WAY_ON));
    nothing_is_closed(&laptop.run(&["query", super::recorder::TITLES]).succeeds());
    nothing_is_closed(&employee.signs_in(&laptop).succeeds());
    records(&laptop, &mut display, "after the sign-in");
    let all = ["before the damage", "after the damage", "after the sign-in"];
    shows(&laptop, &all);
    shows(&employee.device("desktop"), &all);
}

#[test]
fn a_home_that_lost_its_signing_key_is_a_new_device_and_records_nothing_that_cannot_be_opened() {
    let world = World::new();
    let employee = employee(&world);
    let laptop = employee.device("laptop");
    let mut display = Display::new();
    records(&laptop, &mut display, "with the first key");
    laptop.syncs();
    let database = rusqlite::Connection::open(laptop.home().join("daybook.sqlite")).expect("the database opens");
    let lost = "DELETE FROM home_setting WHERE name IN ('app.recorder_key', 'app.vault_pin')";
    assert_eq!(database.execute(lost, []).expect("the rows go"), 2);
    drop(database);

    records(&laptop, &mut display, "with the second key");
    let synced = laptop.run(&["sync"]).succeeds();
    assert!(synced.err.contains(WAY_ON), "{synced:?}");
    let signed_in = employee.signs_in(&laptop).succeeds();
    assert!(signed_in.err.contains("your devices are"), "without its pin it shows the devices: {signed_in:?}");
    let all = ["with the first key", "with the second key"];
    shows(&laptop, &all);
    shows(&employee.device("desktop"), &all);
}

#[test]
fn signals_of_a_copied_home_and_of_its_original_are_both_kept() {
    let world = World::new();
    let employee = employee(&world);
    let laptop = employee.device("laptop");
    let mut display = Display::new();
    records(&laptop, &mut display, "made before the copy");
    laptop.syncs();
    let copy = laptop.copied_to(&world.folder().join("copy"));
    records(&laptop, &mut display, "of the original");
    records(&copy, &mut display, "of the copy");
    laptop.syncs();
    let told = copy.run(&["sync"]).succeeds();
    assert!(told.err.contains(WAY_ON) && told.err.lines().count() == 1, "{told:?}");
    records(&copy, &mut display, "of the copy, later");
    records(&laptop, &mut display, "of the original, later");
    laptop.syncs();
    nothing_is_closed(&copy.run(&["sync"]).succeeds());
    assert!(titles(&copy).contains("of the copy"), "{}", titles(&copy));

    nothing_is_closed(&employee.signs_in(&copy).succeeds());
    let all =
        ["made before the copy", "of the original", "of the copy", "of the original, later", "of the copy, later"];
    shows(&copy, &all);
    shows(&laptop, &all);
    shows(&employee.device("desktop"), &all);
}

#[test]
fn after_a_new_invitation_bookings_go_on_and_a_computer_that_opens_the_signals_opens_them_for_the_others() {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User"]);
    let laptop = employee.device("laptop");
    let mut display = Display::new();
    records(&laptop, &mut display, "under the first password");
    laptop.syncs();
    let code = acme.invites("employee", &[]);
    let desktop = employee.computer("desktop");
    let signs_in =
        |device: &Device, code: Option<&str>| device.sign_in(&acme.name, "employee", code, "second").succeeds();

    let closed = signs_in(&desktop, Some(&code));
    assert!(closed.err.contains("stay closed on this computer") && closed.err.lines().count() == 1, "{closed:?}");
    desktop.syncs();
    desktop.run(&["signals", "list"]).fails(1, &["stay closed", "sign in with the new one"]);
    desktop.run(&["signals", "record"]).fails(1, &["nothing is recorded", "stay closed"]);

    laptop.run(&["sync"]).fails(1, &["session is over"]);
    assert_eq!(signs_in(&laptop, None).err.lines().filter(|line| line.contains("closed")).count(), 0);
    let opened = signs_in(&desktop, None);
    assert!(opened.err.contains("your devices are") && !opened.err.contains("stay closed"), "{opened:?}");
    shows(&desktop, &["under the first password"]);
    records(&desktop, &mut display, "under the second password");
    desktop.syncs();
    shows(&laptop, &["under the first password", "under the second password"]);
    laptop.sign_in(&acme.name, "employee", None, "secret").fails(1, &["password"]);
}
