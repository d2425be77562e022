//! What went wrong elsewhere, lived through here with real processes.

use super::recorder::{Recorder, titles, waits_for_looks};
use tests::{Device, Display, World};

const BOOKINGS: &str = "From T In Timesheet Order By T.Begin Select { T.Description }";

fn books(device: &Device, day: &str, text: &str) {
    let (begin, end) = (format!("{day} 08:00"), format!("{day} 09:00"));
    device.books(&begin, &end, text);
}

#[test]
fn a_device_with_older_bookings_joins_late_and_nothing_is_missing() {
    let employee = World::new().employee();
    let laptop = employee.laptop();
    let desktop = employee.device("desktop");
    laptop.syncs();
    desktop.syncs();
    laptop.network().cut();
    books(&laptop, "2026-01-05", "the oldest, sent last");
    books(&desktop, "2026-03-05", "the newest, sent first");
    desktop.syncs();
    laptop.network().restore();
    laptop.syncs();
    desktop.syncs();
    assert_eq!(desktop.asks(BOOKINGS), [["the oldest, sent last"], ["the newest, sent first"]]);
    assert_eq!(laptop.asks(BOOKINGS), desktop.asks(BOOKINGS));
}

#[test]
fn a_copied_home_is_noticed_and_nothing_is_there_twice_or_lost() {
    let world = World::new();
    let employee = world.employee();
    let laptop = employee.laptop();
    books(&laptop, "2026-03-02", "made before the copy");
    let copy = laptop.copied_to(&world.folder().join("copy"));
    books(&laptop, "2026-03-03", "of the original");
    books(&copy, "2026-03-04", "of the copy");
    for device in [&laptop, &copy, &laptop, &copy] {
        device.syncs();
    }
    let all = [["made before the copy"], ["of the original"], ["of the copy"]];
    assert_eq!(laptop.asks(BOOKINGS), all);
    assert_eq!(copy.asks(BOOKINGS), all);
    assert!(laptop.inbox().is_empty() && copy.inbox().is_empty());
}

#[test]
fn two_timers_of_two_computers_both_stay_until_the_person_ends_one() {
    let employee = World::new().employee();
    let laptop = employee.laptop();
    let desktop = employee.device("desktop");
    laptop.syncs();
    desktop.syncs();
    laptop.does(&["start", "--project", "PORTAL", "on the laptop"]);
    desktop.does(&["start", "--project", "PORTAL", "on the desktop"]);
    for device in [&laptop, &desktop, &laptop] {
        device.syncs();
    }
    let running = "From T In Timesheet Where T.End = Null Order By T.Description Select { T.Description }";
    assert_eq!(laptop.asks(running), [["on the desktop"], ["on the laptop"]]);
    laptop.run(&["stop"]).fails(1, &["2 timers run", "on the laptop", "on the desktop"]);
    let id = laptop.finds("From T In Timesheet Where T.Description = \"on the desktop\" Select { T.Id }");
    laptop.does(&["stop", &id]);
    laptop.syncs();
    desktop.syncs();
    assert_eq!(desktop.asks(running), [["on the laptop"]]);
}

#[test]
fn a_timer_that_was_forgotten_for_days_is_named_and_the_person_says_when_it_ended() {
    let employee = World::new().employee();
    let laptop = employee.laptop();
    laptop.does(&["start", "--project", "PORTAL", "forgotten"]);
    let id = laptop.finds("From T In Timesheet Select { T.Id }");
    laptop.does(&["edit", &id, "--set", "Begin=2026-03-02 08:00"]);
    let way_on = format!("`daybook edit {id} --set End=\"2026-03-02 HH:MM\"`");
    let stop = laptop.run(&["stop"]).fails(1, &["2026-03-02 08:00 forgotten", &way_on]);
    assert_eq!(stop.err.lines().count(), 1, "{stop:?}");
    let start = laptop.run(&["start", "--project", "PORTAL", "the next one"]).succeeds();
    assert!(start.err.contains(&way_on), "{start:?}");
    laptop.does(&["edit", &id, "--set", "End=17:30"]);
    laptop.does(&["stop"]);
    laptop.syncs();
    let done = "From T In Timesheet Where T.End <> Null Order By T.Begin Select { T.Description }";
    assert_eq!(laptop.asks_the_server(done), [["forgotten"], ["the next one"]]);
}

#[test]
fn taking_theirs_and_taking_mine_can_both_be_taken_back() {
    let employee = World::new().employee();
    let laptop = employee.laptop();
    let desktop = employee.device("desktop");
    books(&laptop, "2026-03-02", "first words");
    laptop.syncs();
    desktop.syncs();
    let id = laptop.finds("From T In Timesheet Select { T.Id }");
    laptop.does(&["edit", &id, "--set", "Description=theirs"]);
    desktop.does(&["edit", &id, "--set", "Description=mine"]);
    laptop.syncs();
    desktop.syncs();
    let entry = || desktop.inbox()[0][0].as_str().expect("an entry has an id").to_owned();

    desktop.does(&["inbox", "--take-theirs", &entry()]);
    assert!(desktop.inbox().is_empty());
    assert!(desktop.does(&["undo"]).contains("inbox"));
    desktop.does(&["inbox", "--take-mine", &entry(), "--set", "Description=both"]);
    assert_eq!(desktop.asks(BOOKINGS), [["both"]]);
    assert!(desktop.does(&["undo"]).contains("inbox"));
    assert_eq!((desktop.asks(BOOKINGS), desktop.inbox().len()), (vec![vec!["theirs".into()]], 1));
}

#[test]
fn an_excluded_program_leaves_no_trace_and_the_preview_says_so_before() {
    let laptop = World::new().tenant("acme").person("employee", &["User"]).device("laptop");
    let mut display = Display::new();
    display.opens("kept before the rule");
    let mut recorder = Recorder::start(&laptop, &display);
    waits_for_looks();
    assert!(recorder.stops().0);
    let preview = laptop.does(&["signals", "exclude", "--preview", "--format", "csv", "TERM"]);
    assert!(preview.contains("XTerm") && preview.contains("false,TERM"), "{preview}");
    assert!(laptop.does(&["signals", "excluded", "--format", "csv"]).lines().count() == 1, "a preview changes nothing");

    laptop.does(&["signals", "exclude", "TERM"]);
    let mut recorder = Recorder::start(&laptop, &display);
    waits_for_looks();
    display.opens("hidden by the rule");
    waits_for_looks();
    assert!(recorder.stops().0);
    let seen = titles(&laptop);
    assert!(seen.contains("kept before the rule") && !seen.contains("hidden by the rule"), "{seen}");
    laptop.does(&["signals", "include", "term"]);
    laptop.run(&["signals", "include", "term"]).fails(1, &["not excluded"]);
}

#[test]
fn without_a_desktop_the_recorder_says_in_one_sentence_what_cannot_be_recorded_and_why() {
    let laptop = World::new().tenant("acme").person("employee", &["User"]).device("laptop");
    for (variable, words) in [("NOTHING", "neither DISPLAY nor WAYLAND_DISPLAY"), ("WAYLAND_DISPLAY", "Wayland")] {
        let mut command = laptop.command(&["signals", "record"]);
        command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env(variable, "wayland-none");
        let output = command.output().expect("daybook runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert!(said.lines().count() == 1 && said.contains(words) && said.contains("nothing is recorded"), "{said}");
        assert!(output.stdout.is_empty(), "it does not say that it records: {output:?}");
    }
    assert!(laptop.does(&["status"]).contains("nothing is recorded"), "the status says it too");
}

#[test]
fn much_that_a_sync_would_take_away_waits_for_the_person_and_can_be_kept_or_taken_back() {
    let employee = World::new().employee();
    let laptop = employee.laptop();
    let desktop = employee.device("desktop");
    for number in 0..60 {
        books(&laptop, &format!("2026-{:02}-{:02}", 1 + number / 28, 1 + number % 28), "work");
    }
    laptop.syncs();
    desktop.syncs();
    let count = |device: &Device| device.asks("From T In Timesheet Select { T.Id }").len();
    let ids = laptop.asks("From T In Timesheet Select { T.Id }");
    let deletes = |device: &Device| ids.iter().for_each(|id| drop(device.does(&["delete", id[0].as_str().unwrap()])));
    assert_eq!(count(&desktop), 60);

    deletes(&laptop);
    laptop.syncs();
    desktop.run(&["sync"]).fails(1, &["60 of the", "--accept-deletions", "--keep-rows"]);
    assert_eq!(count(&desktop), 60, "nothing was changed");
    desktop.does(&["sync", "--keep-rows"]);
    assert_eq!(count(&desktop), 60);
    laptop.syncs();
    assert_eq!(count(&laptop), 60, "what was kept is everywhere again");

    deletes(&laptop);
    laptop.syncs();
    desktop.does(&["sync", "--accept-deletions"]);
    desktop.network().cut();
    assert!(desktop.does(&["undo"]).contains("removal of 60 rows"));
    assert_eq!(count(&desktop), 60, "they are here at once");
    desktop.network().restore();
    desktop.syncs();
    laptop.syncs();
    assert_eq!((count(&desktop), count(&laptop)), (60, 60));
}

#[test]
fn a_sign_out_ends_the_session_everywhere() {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User"]);
    let laptop = employee.device("laptop");
    let thief = laptop.copied_to(&world.folder().join("taken"));
    thief.syncs();
    laptop.does(&["sign-out"]);
    thief.run(&["sync"]).fails(1, &["session is over"]);
    laptop.run(&["signals", "list"]).fails(1, &["sign in"]);
}

#[test]
fn a_booking_whose_project_was_deleted_meanwhile_names_the_project_and_takes_another() {
    let employee = World::new().employee();
    let laptop = employee.laptop();
    let desktop = employee.device("desktop");
    laptop.does(&["put", "Project", "Code=OTHER", "Name=Other", "Customer=ACME", "Billable=True"]);
    laptop.does(&["put", "Project", "Code=SHORT", "Name=Short-lived", "Customer=ACME", "Billable=True"]);
    laptop.syncs();
    desktop.syncs();
    desktop.does(&["add", "--project", "SHORT", "--begin", "2026-03-02 08:00", "--end", "2026-03-02 09:00", "kept"]);
    let id = laptop.finds("From P In Project Where P.Code = \"SHORT\" Select { P.Id }");
    laptop.does(&["delete", &id]);
    laptop.syncs();
    desktop.syncs();
    let inbox = desktop.inbox();
    assert_eq!(inbox.len(), 1, "{inbox:?}");
    let said = inbox[0][7].as_str().expect("an entry has a sentence");
    assert!(said.contains("Project") && said.contains("choose another"), "{said}");
    let entry = inbox[0][0].as_str().expect("an entry has an id");
    desktop.does(&["inbox", "--take-mine", entry, "--set", "Project=OTHER"]);
    desktop.syncs();
    assert_eq!(desktop.asks("From T In Timesheet Select { T.Project.Code, T.Description }"), [["OTHER", "kept"]]);
    assert!(desktop.inbox().is_empty());
}
