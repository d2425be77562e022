//! The real window, driven as a person does, over the same home as the command line.

mod account;
mod answers;
mod bookings;
mod damaged;
mod deletion;
mod editor;
mod inbox;
mod query;
mod records;
mod saved_queries;
mod signals;
mod start;
mod timers;
mod tray;
mod week;

use std::time::{Duration, Instant};
use tests::{Device, Window, World};

const WORDS: &str = "From T In Timesheet Order By T.Begin Select { T.Description, T.Project.Code }";

/// A window over the home of an employee who may also write customers and projects.
fn with_window(story: impl FnOnce(&Device, &Window)) {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User", "BaseDataAdmin"]);
    let laptop = employee.device("laptop");
    laptop.does(&["put", "Customer", "Code=ACME", "Name=Acme"]);
    laptop.does(&["put", "Project", "Code=PORTAL", "Name=Portal", "Customer=ACME"]);
    let window = Window::open(&laptop);
    story(&laptop, &window);
}

/// A booking on the Wednesday of this week, whatever day it is; its date.
fn books(laptop: &Device, begin: &str, end: &str, text: &str) -> String {
    let wednesday = "From D In Dates(AddDays(StartOfWeek(Today()), 2), AddDays(StartOfWeek(Today()), 2)) Select D.Date";
    let day = laptop.finds(wednesday);
    let (begin, end) = (format!("{day} {begin}"), format!("{day} {end}"));
    laptop.does(&["add", "--project", "PORTAL", "--begin", &begin, "--end", &end, text]);
    day
}

/// Waits for what the window does beside the person.
fn eventually(what: &str, happened: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(60);
    while !happened() {
        assert!(Instant::now() < until, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}
