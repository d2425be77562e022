use super::with_window;
use tests::{Window, World};

const RUNNING: &str = "From T In Timesheet Where T.End = Null Order By T.Description Select { T.Description }";

#[test]
fn the_timer_of_the_header_starts_and_stops() {
    with_window(|laptop, window| {
        window.types("input[name=what]", "review");
        window.clicks_text("Start");
        window.sees(".timer .clock");
        assert_eq!(laptop.asks(RUNNING), [["review"]]);
        window.clicks_text("Stop");
        window.sees("input[name=what]");
        assert!(laptop.asks(RUNNING).is_empty());
    });
}

#[test]
fn a_timer_starts_with_project_and_task_and_at_an_earlier_begin() {
    with_window(|laptop, window| {
        laptop.does(&["put", "Task", "Code=DEV", "Name=Development", "Project=PORTAL"]);
        window.types("input[name=what]", "since midnight");
        window.picks("input[name=timer-project]", "port", "ACME · Portal");
        window.picks("input[name=timer-task]", "dev", "Development");
        window.fills("input[name=timer-begin]", "00:00");
        window.clicks_text("Start");
        window.sees(".timer .clock");
        let entry = laptop.only_entry();
        let names = |column: &str, code: &str| entry[column].as_str().is_some_and(|label| label.contains(code));
        assert!(names("Project", "PORTAL") && names("Task", "DEV"), "{entry}");
        assert!(entry["Begin"].as_str().is_some_and(|begin| begin.contains("T00:00:00")), "{entry}");
    });
}

#[test]
fn two_running_timers_are_both_shown_and_each_ends_by_its_own_click() {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User"]);
    let laptop = employee.device("laptop");
    let desktop = employee.device("desktop");
    laptop.network().cut();
    laptop.does(&["start", "on the laptop"]);
    desktop.does(&["start", "on the desktop"]);
    desktop.syncs();
    laptop.network().restore();
    laptop.syncs();

    let window = Window::open(&laptop);
    window.waits_until("document.querySelectorAll('.timer').length === 2");
    window.sees(".day small.runs");
    window.computes("[...document.querySelectorAll('.timer')].find((one) => one.textContent.includes('on the laptop')).querySelector('button').click()");
    window.waits_until("document.querySelectorAll('.timer').length === 1");
    assert_eq!(laptop.asks(RUNNING), [["on the desktop"]]);
    window.clicks(".timer button.danger");
    window.sees("input[name=what]");
    assert!(laptop.asks(RUNNING).is_empty());
}
