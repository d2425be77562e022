use tests::World;

const DAY: &str = "From T In Timesheet Order By T.Begin Select { T.Begin, T.End, T.Project.Code, T.Description }";

#[test]
fn two_devices_agree() {
    let employee = World::new().employee();
    let laptop = employee.laptop();
    let desktop = employee.device("desktop");

    laptop.books("2026-03-02 08:30", "2026-03-02 10:00", "sign-in page");
    laptop.syncs();
    desktop.syncs();
    assert_eq!(desktop.asks(DAY), laptop.asks(DAY));
    assert_eq!(desktop.asks(DAY).len(), 1);

    let id = desktop.finds("From T In Timesheet Select { T.Id }");
    desktop.does(&["edit", &id, "--set", "Description=sign-in and sign-out"]);
    desktop.books("2026-03-02 10:15", "2026-03-02 11:00", "tests");
    desktop.syncs();
    laptop.syncs();
    assert_eq!(laptop.asks(DAY), desktop.asks(DAY));
    assert_eq!(laptop.asks_the_server(DAY), laptop.asks(DAY));
    assert_eq!(laptop.asks(DAY)[0][3], "sign-in and sign-out");
}

#[test]
fn an_edit_of_nothing_shows_the_booking_and_the_status_tells_the_day_as_a_duration() {
    let laptop = World::new().employee().laptop();
    laptop.books("2026-03-02 08:30", "2026-03-02 10:00", "sign-in page");
    let id = laptop.finds("From T In Timesheet Select { T.Id }");

    let shown = laptop.does(&["edit", &id]);
    let listed = laptop.does(&["list", "--from", "2026-03-02", "--to", "2026-03-02"]);
    assert_eq!(shown, listed);
    assert!(shown.contains("08:30") && shown.contains("1:30") && shown.contains("sign-in page"), "{shown}");
    laptop.run(&["edit", "ffffffff"]).fails(1, &["ffffffff"]);

    let status = laptop.does(&["status", "--format", "json"]);
    assert!(status.contains(r#"{"name":"Today","type":"Duration"}"#) && status.contains("\"PT0S\""), "{status}");
}

#[test]
fn a_week_offline_arrives_whole() {
    let employee = World::new().employee();
    let laptop = employee.laptop();
    let desktop = employee.device("desktop");
    laptop.syncs();

    laptop.network().cut();
    for day in 2..=6 {
        let (begin, end) = (format!("2026-03-0{day} 08:30"), format!("2026-03-0{day} 17:00"));
        laptop.books(&begin, &end, &format!("day {day}"));
    }
    laptop.run(&["sync"]).fails(3, &["server"]);
    assert_eq!(laptop.asks(DAY).len(), 5, "offline, everything is there");

    laptop.network().restore();
    laptop.syncs();
    desktop.syncs();
    assert_eq!(desktop.asks(DAY), laptop.asks(DAY));
    assert_eq!(desktop.asks(DAY).len(), 5);
}

#[test]
fn a_deleted_booking_leaves_the_other_device_and_undo_brings_it_back() {
    let employee = World::new().employee();
    let laptop = employee.laptop();
    let desktop = employee.device("desktop");
    laptop.books("2026-03-02 08:30", "2026-03-02 10:00", "mistake");
    laptop.syncs();
    desktop.syncs();

    let id = desktop.finds("From T In Timesheet Select { T.Id }");
    desktop.does(&["delete", &id]);
    desktop.syncs();
    laptop.syncs();
    assert!(laptop.asks(DAY).is_empty());

    desktop.does(&["undo"]);
    desktop.syncs();
    laptop.syncs();
    assert_eq!(laptop.asks(DAY).len(), 1);
    assert_eq!(laptop.asks(DAY), desktop.asks(DAY));
}

#[test]
fn a_timer_that_runs_is_seen_on_the_other_device_and_stopped_there() {
    let employee = World::new().employee();
    let laptop = employee.laptop();
    let desktop = employee.device("desktop");
    laptop.does(&["start", "--project", "PORTAL", "review"]);
    laptop.syncs();
    desktop.syncs();
    assert!(desktop.does(&["status"]).contains("review"));
    desktop.does(&["stop"]);
    desktop.syncs();
    laptop.syncs();
    assert_eq!(laptop.asks("From T In Timesheet Where T.End = Null Select { T.Id }").len(), 0);
}

#[test]
fn one_process_of_a_home_syncs_at_a_time_and_another_says_so_and_goes_on_booking() {
    let laptop = World::new().employee().laptop();
    let lock = std::fs::File::options().write(true).open(laptop.home().join("pusher.lock")).expect("a sync locks it");
    lock.lock().expect("nobody syncs");
    laptop.books("2026-03-02 08:30", "2026-03-02 10:00", "meanwhile");
    let run = laptop.run(&["sync"]).fails(1, &["another process of this home", "is syncing", "wait"]);
    assert_eq!(run.err.lines().count(), 1, "{run:?}");
    drop(lock);
    let at_once: Vec<_> = (0..4).map(|_| laptop.command(&["sync"]).spawn().expect("daybook starts")).collect();
    for mut sync in at_once {
        let code = sync.wait().expect("daybook ends").code();
        assert!(matches!(code, Some(0 | 1)), "{code:?}");
    }
    laptop.syncs();
    assert_eq!(laptop.asks_the_server(DAY).len(), 1);
    assert!(laptop.inbox().is_empty());
}

#[test]
fn a_week_begins_on_the_day_that_the_company_says_on_every_device_and_on_the_server() {
    let employee = World::new().employee();
    let acme = employee.tenant();
    let office = acme.person("admin", &["Admin"]).device("office");
    let laptop = employee.laptop();
    let question =
        "From D In Dates(#2026-03-04#, #2026-03-04#) Select { A = StartOfWeek(D.Date), B = EndOfWeek(D.Date) }";
    assert_eq!(laptop.asks(question), [["2026-03-02", "2026-03-08"]]);

    office.run(&["put", "Setting", "Key=FirstDayOfWeek", "Value=Sonntag"]).fails(1, &["weekday", "Sunday"]);
    office.does(&["put", "Setting", "Key=FirstDayOfWeek", "Value=Sunday"]);
    office.syncs();
    laptop.syncs();
    for answer in [office.asks(question), laptop.asks(question), laptop.asks_the_server(question)] {
        assert_eq!(answer, [["2026-03-01", "2026-03-07"]]);
    }
}

#[test]
fn a_question_comes_from_a_file_takes_values_for_its_parameters_and_shows_its_sql() {
    let laptop = World::new().employee().laptop();
    laptop.books("2026-03-02 08:30", "2026-03-02 10:00", "early");
    laptop.books("2026-03-05 08:30", "2026-03-05 10:00", "late");
    laptop.syncs();
    let file = laptop.home().join("question.tql");
    let text = "Parameters @from As Date, @project As Project From T In Timesheet \
                Where T.Date >= @from And T.Project = @project Select { T.Description }";
    std::fs::write(&file, text).expect("a file");
    let file = file.to_str().expect("a path");
    let given = ["--param", "from=2026-03-04", "--param", "project=PORTAL", "--format", "csv"];
    for place in ["device", "server"] {
        let mut command = vec!["query", "--on", place, "--file", file];
        command.extend(given);
        assert_eq!(laptop.does(&command).lines().collect::<Vec<_>>(), ["Description", "late"], "{place}");
    }
    laptop.run(&["query", "--file", file, "--param", "project=PORTAL"]).fails(1, &["@from"]);
    laptop.run(&["query", "--file", "nowhere.tql"]).fails(1, &["nowhere.tql"]);
    let sql = laptop.does(&["query", "--sql", "--file", file]);
    assert!(sql.starts_with("SELECT ") && sql.contains("\"main\".\"timesheet\""), "{sql}");
}
