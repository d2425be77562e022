use std::time::{Duration, Instant};
use tests::{App, Device, World};

const TITLES: &str = "From W In Signal.ActiveWindow Where W.Date >= AddDays(Today(), -1) Select Distinct { W.Title }";
const RUNNING: &str = "From T In Timesheet Where T.End = Null Select { T.Id }";

fn with_app(story: impl FnOnce(&Device, App)) {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User"]);
    let laptop = employee.device("laptop");
    let app = App::start(&laptop);
    story(&laptop, app);
}

/// Works in a new window until the next one comes: what was seen in it is certain then, and sealed.
fn works_in(laptop: &Device, app: &mut App, title: &str) {
    app.display().opens(title);
    let until = Instant::now() + Duration::from_secs(120);
    for count in 0.. {
        app.display().presses("a");
        app.display().opens(&format!("after {title} {count}"));
        if laptop.asks(TITLES).iter().any(|row| row[0] == title) {
            return;
        }
        assert!(Instant::now() < until, "'{title}' was not recorded: {:?}", laptop.asks(TITLES));
        app.display().activates(title);
    }
}

#[test]
fn closing_the_window_leaves_tray_and_recorder_and_frees_the_page() {
    with_app(|laptop, mut app| {
        app.waits_for("a page", |app| !app.web_processes().is_empty());
        works_in(laptop, &mut app, "with the window");
        app.closes_window();
        app.waits_for("the end of the page", |app| app.web_processes().is_empty());
        works_in(laptop, &mut app, "without the window");
        assert!(app.tray().labels().contains(&"Open Daybook".to_owned()));

        app.tray().chooses("Open Daybook");
        app.waits_for("the window again", |app| app.has_window() && !app.web_processes().is_empty());
    });
}

#[test]
fn the_window_is_drawn_without_a_graphics_card() {
    with_app(|_, app| {
        app.waits_for("a page", |app| !app.web_processes().is_empty());
        let environment = std::fs::read(format!("/proc/{}/environ", app.web_processes()[0])).expect("it runs");
        let mut variables = environment.split(|byte| *byte == 0);
        assert!(variables.any(|one| one == b"WEBKIT_DISABLE_DMABUF_RENDERER=1"));
    });
}

#[test]
fn the_tray_starts_and_stops_a_timer() {
    with_app(|laptop, app| {
        app.closes_window();
        app.tray().chooses("Start a timer");
        app.waits_for("a running timer", |_| laptop.asks(RUNNING).len() == 1);
        app.tray().chooses("Stop the timer");
        app.waits_for("its end", |_| laptop.asks(RUNNING).is_empty());
        assert!(!app.has_window(), "nothing went wrong that the window would have to say");
    });
}

#[test]
fn the_tray_speaks_the_language_of_the_desktop() {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User"]);
    let laptop = employee.device("laptop");
    let app = App::start_in(&laptop, "de_DE.UTF-8");
    app.tray().chooses("Stoppuhr starten");
    app.waits_for("a running timer", |_| laptop.asks(RUNNING).len() == 1);
}

#[test]
fn asked_to_end_by_the_system_it_seals_what_it_saw_last() {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User"]);
    let laptop = employee.device("laptop");
    // How often the recorder looked meanwhile cannot be seen from outside, so a busy machine gets more time.
    for patience in 1..6 {
        let mut app = App::start(&laptop);
        let title = format!("last window {patience}");
        app.display().opens(&title);
        let until = Instant::now() + Duration::from_secs(4 * patience);
        while Instant::now() < until {
            app.display().presses("a");
        }
        let status = app.terminates();
        assert!(status.success(), "it did not end by itself: {status}");
        if laptop.asks(TITLES).iter().any(|row| row[0] == title.as_str()) {
            return;
        }
    }
    panic!("nothing of the last window was sealed: {:?}", laptop.asks(TITLES));
}
