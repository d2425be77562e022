use serde_json::Value;
use tests::{Device, Display, Window, World};

const TITLE: &str = "offer.odt";

/// Minutes after midnight of the clock on the wall.
fn minutes(instant: &Value) -> f64 {
    let text = instant.as_str().expect("an instant");
    let part = |range| text.get(range).and_then(|digits: &str| digits.parse::<f64>().ok()).expect("a time of day");
    part(11..13) * 60.0 + part(14..16)
}

/// A laptop on which somebody worked for some minutes last Wednesday, really recorded, and the stretch.
fn recorded(laptop: &Device) -> (String, Value) {
    let day = laptop
        .finds("From D In Dates(AddDays(StartOfWeek(Today()), -5), AddDays(StartOfWeek(Today()), -5)) Select D.Date");
    let mut display = Display::new();
    display.opens(TITLE);
    let stretch = laptop.records_another_day(&display, &format!("{day}T09:00:10Z"), &day, 9);
    (day, stretch)
}

#[test]
fn the_lane_shows_what_was_recorded_and_a_drag_over_it_books_it_from_its_begin_to_its_end() {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User", "BaseDataAdmin"]);
    let laptop = employee.device("laptop");
    laptop.does(&["put", "Project", "Code=PORTAL", "Name=Portal"]);
    let (day, stretch) = recorded(&laptop);

    let window = Window::open(&laptop);
    window.clicks("button[title^='Previous week']");
    window.sees(".ec-bg-event.lane.open");
    window.sees(".ec-event.offer");
    let (begin, end) = (minutes(&stretch["Begin"]), minutes(&stretch["End"]));
    let (x, top) = window.place_of_time("ec-wed", (begin / 5.0).floor() / 12.0);
    let (_, bottom) = window.place_of_time("ec-wed", (end / 5.0).ceil() / 12.0);
    window.drags((x, top + 1.0), (x, bottom - 1.0));
    window.says(TITLE);
    window.picks("aside input[name=project]", "port", "Portal");
    window.clicks_text("Book");
    window.says("Booked: Portal");
    window.loses(".ec-event.offer");
    window.sees(".ec-bg-event.lane.booked");

    let booked = laptop.only_entry();
    assert_eq!((minutes(&booked["Begin"]), minutes(&booked["End"])), (begin, end));
    assert_eq!(booked["Date"], Value::from(day));
}

#[test]
fn an_exclusion_shows_what_it_would_have_hidden_before_it_is_kept() {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User"]);
    let laptop = employee.device("laptop");
    let window = Window::open(&laptop);
    // The recorder of the window itself sees this one.
    window.clicks("nav button[title^='Settings']");
    window.says("What this desktop lets be seen");
    window.types("textarea[name=exclusions]", "keepass");
    window.clicks("textarea[name=exclusions] + button");
    window.waits_until("document.querySelector('textarea[name=exclusions] + button').disabled");
    laptop.does(&["signals", "pause"]);
    window.says("recording is paused");
    window.clicks_text("Resume recording");
    window.waits_until("!document.querySelector('.recording .why')");
}
