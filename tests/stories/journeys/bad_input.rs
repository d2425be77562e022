use tests::{Device, World};

fn signed_in(world: &World, story: impl FnOnce(&Device)) {
    let employee = world.employee();
    let laptop = employee.laptop();
    story(&laptop);
    assert!(laptop.asks("From T In Timesheet Select { T.Id }").is_empty(), "nothing is half-written");
}

#[test]
fn a_wrong_password_says_so_and_leaves_nothing_behind() {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User"]);
    employee.device("laptop");
    let desktop = employee.computer("desktop");
    desktop.sign_in(&acme.name, "employee", None, "guess").fails(1, &["password"]);
    desktop.run(&["list"]).fails(1, &["sign in"]);
    desktop.sign_in(&acme.name, "employee", None, "secret").succeeds();
}

#[test]
fn an_unknown_user_hears_the_same_as_a_wrong_password() {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User"]);
    employee.device("laptop");
    let wrong = employee.computer("a").sign_in(&acme.name, "employee", None, "guess");
    let unknown = employee.computer("b").sign_in(&acme.name, "nobody", None, "guess");
    assert_eq!((wrong.code, wrong.err), (unknown.code, unknown.err.replace("nobody", "employee")));
}

#[test]
fn an_unknown_project_is_named_with_the_nearest_one() {
    signed_in(&World::new(), |laptop| {
        laptop
            .run(&["add", "--project", "PROTAL", "--begin", "2026-03-02 08:30", "--end", "2026-03-02 10:00"])
            .fails(1, &["PROTAL", "PORTAL"]);
    });
}

#[test]
fn an_end_before_the_begin_is_refused() {
    signed_in(&World::new(), |laptop| {
        laptop
            .run(&["add", "--project", "PORTAL", "--begin", "2026-03-02 10:00", "--end", "2026-03-02 08:30"])
            .fails(1, &["end", "begin"]);
    });
}

#[test]
fn overlapping_bookings_are_allowed_with_a_warning() {
    let employee = World::new().employee();
    let laptop = employee.laptop();
    laptop.books("2026-03-02 08:30", "2026-03-02 10:00", "one");
    let second =
        laptop.run(&["add", "--project", "PORTAL", "--begin", "2026-03-02 09:30", "--end", "2026-03-02 11:00", "two"]);
    let second = second.succeeds();
    assert!(second.err.contains("overlap"), "{second:?}");
    laptop.syncs();
    assert!(laptop.inbox().is_empty());
}

#[test]
fn a_query_with_an_error_shows_the_place_and_the_way_on() {
    signed_in(&World::new(), |laptop| {
        laptop.run(&["query", "From T In Timesheet Select { T.Descripton }"]).fails(1, &["Descripton", "Description"]);
        laptop.run(&["query", "From T In Timesheet Wher T.Billable Select T"]).fails(1, &["Where"]);
        laptop
            .run(&["query", "--on", "server", "From T In Timesheet Select { T.Descripton }"])
            .fails(1, &["Description"]);
    });
}

#[test]
fn a_server_that_is_away_is_said_and_costs_nothing() {
    let laptop = World::new().tenant("acme").person("employee", &["User"]).device("laptop");
    laptop.network().cut();
    laptop.run(&["sync"]).fails(3, &["server"]);
    laptop.run(&["query", "--on", "server", "From T In Timesheet"]).fails(3, &["server"]);
    laptop.does(&["list"]);
}

#[test]
fn a_database_file_that_is_cut_off_is_set_aside_and_a_sync_brings_everything_back() {
    let laptop = World::new().employee().laptop();
    laptop.books("2026-03-02 08:00", "2026-03-02 09:00", "sent");
    laptop.syncs();
    laptop.books("2026-03-03 08:00", "2026-03-03 09:00", "not sent");
    let file = laptop.home().join("daybook.sqlite");
    let length = file.metadata().expect("the database is there").len();
    let opened = std::fs::OpenOptions::new().write(true).open(&file).expect("the database can be written");
    opened.set_len(length - 4096).expect("the database can be cut off");
    drop(opened);

    let first = laptop
        .run(&["list"])
        .fails(1, &["is damaged", "it was set aside as", "nothing of it is deleted", "were brought over"]);
    let way_on = "sync to fetch your company's data";
    assert_eq!(
        first.err.lines().last(),
        Some(format!("daybook: there is nothing of your company in this home (any more): {way_on}").as_str())
    );
    let status = laptop.run(&["status"]).succeeds();
    assert!(status.out.contains(way_on) && status.out.contains("1 change waiting"), "{status:?}");
    let bookings = "From T In Timesheet Order By T.Begin Select { T.Description }";
    for command in [
        vec!["list"],
        vec!["query", bookings],
        vec!["start", "--project", "PORTAL"],
        vec!["stop"],
        vec!["put", "Customer", "Code=NEW", "Name=New"],
    ] {
        let run = laptop.run(&command).fails(1, &[way_on]);
        assert_eq!(run.err.lines().count(), 1, "{command:?}: {run:?}");
    }
    laptop.syncs();
    assert_eq!(laptop.asks(bookings), [["sent"], ["not sent"]]);
    assert!(laptop.does(&["undo"]).contains("booking"), "what was done before the damage can be undone");
    assert_eq!(laptop.asks(bookings), [["sent"]]);
    laptop.books("2026-03-03 08:00", "2026-03-03 09:00", "not sent");
    laptop.syncs();
    assert_eq!(laptop.asks_the_server(bookings), laptop.asks(bookings));
    let status = laptop.run(&["status"]).succeeds();
    assert!(!status.out.contains(way_on) && status.out.contains("0 changes waiting"), "{status:?}");
    laptop.does(&["start", "--project", "PORTAL"]);
    laptop.does(&["stop"]);
    assert!(laptop.inbox().is_empty());
}

#[test]
fn a_port_that_is_taken_is_named() {
    let world = World::new();
    let address = world.server().address().to_string();
    let data = world.folder().join("second");
    let output = std::process::Command::new(tests::world::program("sync-server"))
        .args(["dev", "--listen", &address, "--data"])
        .arg(&data)
        .output()
        .expect("sync-server runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(&address.rsplit(':').next().unwrap_or_default().to_owned()), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn a_database_file_that_was_emptied_is_no_new_home_and_the_person_hears_what_to_do() {
    let employee = World::new().employee();
    let laptop = employee.laptop();
    laptop.books("2026-03-02 08:00", "2026-03-02 09:00", "sent");
    laptop.syncs();
    let file = laptop.home().join("daybook.sqlite");
    std::fs::write(&file, b"").expect("the database can be emptied");

    let first = laptop.run(&["list"]).fails(1, &["it is empty", "device.key", "set aside", "sign in again"]);
    assert_eq!(first.err.lines().count(), 2, "one sentence for the file, one for the command: {first:?}");
    assert_eq!(laptop.run(&["list"]).fails(1, &["sign in"]).err.lines().count(), 1);
    employee.signs_in(&laptop).succeeds();
    assert_eq!(laptop.asks("From T In Timesheet Select { T.Description }"), [["sent"]]);
}

#[test]
fn in_a_home_that_was_never_signed_in_every_command_says_to_sign_in_first() {
    let world = World::new();
    let laptop = world.tenant("acme").person("employee", &["User"]).computer("laptop");
    let add = ["add", "--project", "PORTAL", "--begin", "2026-03-02 08:30", "--end", "2026-03-02 10:00"];
    let query = ["query", "From T In Timesheet Select { T.Id }"];
    let commands: [&[&str]; 8] = [
        &["list"],
        &add,
        &["start", "--project", "PORTAL"],
        &["stop"],
        &["put", "Customer", "Code=NEW", "Name=New"],
        &query,
        &["sync"],
        &["signals", "list"],
    ];
    for command in commands {
        let said = laptop.run(command).fails(1, &["sign in"]).err;
        assert!(!said.contains("sync to fetch") && said.lines().count() == 1, "{command:?}: {said}");
    }
}
