use tests::{App, World};

#[test]
fn a_home_that_cannot_be_opened_is_said_in_a_window_and_ends_the_start() {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User"]);
    let laptop = employee.computer("laptop");
    std::fs::write(laptop.home(), "a file where the folder should be").expect("a file");
    let mut app = App::start(&laptop);
    app.display().activates("Daybook");
    app.display().presses("Return");
    assert_eq!(app.ends().code(), Some(1));
}
