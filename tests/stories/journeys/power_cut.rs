use tests::World;

#[test]
fn what_the_server_answered_is_there_after_a_power_cut() {
    let world = World::with_own_server();
    let employee = world.employee();
    let laptop = employee.laptop();
    laptop.books("2026-03-02 08:30", "2026-03-02 10:00", "kept");
    laptop.syncs();

    world.server().kill();
    laptop.books("2026-03-02 10:00", "2026-03-02 11:00", "meanwhile");
    laptop.run(&["sync"]).fails(3, &["server"]);
    world.server().restart();

    let desktop = employee.device("desktop");
    desktop.syncs();
    let words = "From T In Timesheet Order By T.Begin Select { T.Description }";
    assert_eq!(desktop.asks(words), [["kept"]]);
    laptop.syncs();
    desktop.syncs();
    assert_eq!(desktop.asks(words), [["kept"], ["meanwhile"]]);
}

#[test]
fn a_device_that_dies_after_its_answer_has_the_booking() {
    let employee = World::new().employee();
    let laptop = employee.laptop();

    let mut command = laptop.command(&[
        "add",
        "--project",
        "PORTAL",
        "--begin",
        "2026-03-02 08:30",
        "--end",
        "2026-03-02 10:00",
        "kept",
    ]);
    command.stdout(std::process::Stdio::piped());
    let mut child = command.spawn().expect("daybook starts");
    let mut first = [0];
    std::io::Read::read_exact(&mut child.stdout.take().expect("stdout is piped"), &mut first)
        .expect("the command answers");
    // It may have ended by itself already; what counts is that nothing after the answer was needed.
    drop(child.kill());
    child.wait().expect("daybook ended");

    assert_eq!(laptop.asks("From T In Timesheet Select { T.Description }"), [["kept"]]);
}
