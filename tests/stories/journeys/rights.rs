use tests::World;

const ALL: &str = "From T In Timesheet Order By T.Begin Select { T.Description }";

#[test]
fn nobody_sees_a_colleagues_bookings_without_a_role() {
    let employee = World::new().employee();
    let acme = employee.tenant();
    let colleague = acme.person("colleague", &["User"]);
    let laptop = employee.laptop();
    let other = colleague.device("laptop");
    laptop.books("2026-03-02 08:30", "2026-03-02 10:00", "mine");
    laptop.syncs();
    other.syncs();

    assert!(other.asks(ALL).is_empty());
    assert!(other.asks_the_server(ALL).is_empty());
    assert_eq!(other.asks("From P In Project Select { P.Code }"), [["PORTAL"]], "master data is everybody's");
}

#[test]
fn a_role_taken_away_takes_its_rows_away() {
    let employee = World::new().employee();
    let acme = employee.tenant();
    let admin = acme.person("admin", &["Admin"]);
    let controller = acme.person("controller", &["User", "ProjectController"]);
    let office = admin.device("office");
    let laptop = employee.laptop();
    let reports = controller.device("reports");
    laptop.books("2026-03-02 08:30", "2026-03-02 10:00", "work");
    laptop.syncs();
    reports.syncs();
    assert_eq!(reports.asks(ALL), [["work"]]);

    office.syncs();
    let assignment = office.finds(
        "From A In RoleAssignment Where A.User.Username = 'controller' And A.Role.Code = 'ProjectController' Select { A.Id }",
    );
    office.does(&["delete", &assignment]);
    office.syncs();
    reports.syncs();
    assert!(reports.asks(ALL).is_empty(), "the rows left the device");
    assert!(reports.asks_the_server(ALL).is_empty());
}

#[test]
fn a_role_that_is_given_brings_complete_rows() {
    let employee = World::new().employee();
    let acme = employee.tenant();
    let admin = acme.person("admin", &["Admin"]);
    let controller = acme.person("controller", &["User"]);
    let office = admin.device("office");
    let laptop = employee.laptop();
    let reports = controller.device("reports");
    laptop.books("2026-03-02 08:30", "2026-03-02 10:00", "work");
    laptop.syncs();
    reports.syncs();
    assert!(reports.asks(ALL).is_empty());

    office.syncs();
    let user = office.finds("From U In User Where U.Username = 'controller' Select { U.Id }");
    let role = office.finds("From R In Role Where R.Code = 'ProjectController' Select { R.Id }");
    office.does(&["put", "RoleAssignment", &format!("User={user}"), &format!("Role={role}"), "Active=True"]);
    office.syncs();
    reports.syncs();
    assert_eq!(reports.asks(ALL), [["work"]]);
    assert_eq!(reports.asks("From T In Timesheet Select { T.Project.Code }"), [["PORTAL"]]);
}

#[test]
fn what_the_server_refuses_is_in_the_inbox_and_the_next_booking_goes_through() {
    let employee = World::new().employee();
    let acme = employee.tenant();
    let admin = acme.person("admin", &["Admin"]);
    let office = admin.device("office");
    let laptop = employee.laptop();
    laptop.syncs();
    office.syncs();

    // Offline, the laptop still believes that it may edit customers.
    laptop.does(&["put", "Customer", "Code=GLOBEX", "Name=Globex"]);
    laptop.books("2026-03-02 08:30", "2026-03-02 10:00", "work");
    let assignment = office.finds(
        "From A In RoleAssignment Where A.User.Username = 'employee' And A.Role.Code = 'BaseDataAdmin' Select { A.Id }",
    );
    office.does(&["delete", &assignment]);
    office.syncs();
    laptop.syncs();

    assert_eq!(laptop.inbox().len(), 1);
    assert!(laptop.inbox()[0].to_string().contains("Globex"), "the person's values are kept");
    assert_eq!(laptop.asks_the_server(ALL), [["work"]], "the refused group did not block the next one");
    assert!(laptop.asks("From C In Customer Where C.Code = 'GLOBEX' Select { C.Name }").is_empty());
}

#[test]
fn the_owner_of_a_booking_does_not_set_what_is_billed_for_it() {
    let employee = World::new().employee();
    let laptop = employee.laptop();
    laptop.books("2026-03-02 08:30", "2026-03-02 10:00", "work");
    let id = laptop.finds("From T In Timesheet Select { T.Id }");
    laptop.run(&["edit", &id, "--set", "HourlyRateBilled=999"]).fails(1, &[]);
    laptop.syncs();
    assert_eq!(laptop.finds("From T In Timesheet Select { T.HourlyRateBilled }"), "null");
}

#[test]
fn somebody_who_is_locked_out_is_told_so_and_keeps_their_work_until_they_are_let_in_again() {
    let world = World::new();
    let employee = world.employee();
    let acme = employee.tenant();
    let laptop = employee.laptop();
    laptop.syncs();
    laptop.books("2026-03-02 08:30", "2026-03-02 10:00", "work");

    let account = ["--tenant", &acme.name, "--user", "employee"];
    world.server().administer(&[&["user", "disable"], &account[..]].concat());
    laptop.run(&["sync"]).fails(1, &["locked", "Nothing on this device is lost"]);
    laptop.run(&["query", "--on", "server", ALL]).fails(1, &["locked"]);
    employee.computer("desktop").sign_in(&acme.name, "employee", None, "secret").fails(1, &["locked"]);
    assert_eq!(laptop.asks(ALL), [["work"]]);

    world.server().administer(&[&["user", "enable"], &account[..]].concat());
    laptop.syncs();
    assert_eq!(laptop.asks_the_server(ALL), [["work"]]);
}

#[test]
fn somebody_who_left_the_company_is_shut_out_by_its_own_administrator() {
    let world = World::new();
    let acme = world.tenant("acme");
    let admin = acme.person("admin", &["Admin"]);
    let employee = acme.person("employee", &["User"]);
    let office = admin.device("office");
    let laptop = employee.device("laptop");
    laptop.syncs();
    office.syncs();
    let user = office.finds("From U In User Where U.Username = 'employee' Select { U.Id }");
    let role = office.finds("From A In RoleAssignment Where A.User.Username = 'employee' Select { A.Id }");
    office.does(&["delete", &role]);
    office.does(&["delete", &user]);
    office.syncs();
    laptop.run(&["sync"]).fails(1, &["ended your account", "administrator"]);
}

#[test]
fn a_role_counts_on_its_days_only() {
    let employee = World::new().employee();
    let acme = employee.tenant();
    let admin = acme.person("admin", &["Admin"]);
    let controller = acme.person("controller", &["User"]);
    let office = admin.device("office");
    let laptop = employee.laptop();
    let reports = controller.device("reports");
    laptop.books("2026-03-02 08:30", "2026-03-02 10:00", "work");
    laptop.syncs();
    office.syncs();
    let user = office.finds("From U In User Where U.Username = 'controller' Select { U.Id }");
    let role = office.finds("From R In Role Where R.Code = 'ProjectController' Select { R.Id }");
    let (user, role) = (format!("User={user}"), format!("Role={role}"));
    office.does(&["put", "RoleAssignment", &user, &role, "Active=True", "ValidFrom=2000-01-01", "ValidTo=2000-01-31"]);
    office.syncs();
    reports.syncs();
    assert!(reports.asks(ALL).is_empty() && reports.asks_the_server(ALL).is_empty(), "its days are over");

    office.does(&["put", "RoleAssignment", &user, &role, "Active=True", "ValidFrom=2000-01-01", "ValidTo=2999-12-31"]);
    office.syncs();
    reports.syncs();
    assert_eq!(reports.asks(ALL), [["work"]]);
}
