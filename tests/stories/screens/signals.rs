use super::answers::keeps_picture;
use serde_json::Value;
use tests::{Device, Display, Window, World};

const TITLE: &str = "offer.odt";
const LAST_WEDNESDAY: &str = "AddDays(StartOfWeek(Today()), -5)";
const YESTERDAY: &str = "AddDays(Today(), -1)";

/// Minutes after midnight of the clock on the wall.
fn minutes(instant: &Value) -> f64 {
    let text = instant.as_str().expect("an instant");
    let part = |range| text.get(range).and_then(|digits: &str| digits.parse::<f64>().ok()).expect("a time of day");
    part(11..13) * 60.0 + part(14..16)
}

/// A laptop on which somebody worked for some minutes on a day, really recorded; the day and the stretch.
fn recorded(laptop: &Device, day: &str) -> (String, Value) {
    let day = laptop.finds(&format!("From D In Dates({day}, {day}) Select D.Date"));
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
    let (day, stretch) = recorded(&laptop, LAST_WEDNESDAY);

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

/// What the preview says of the program with this title: its time and its fate; null as long as it is not shown.
const PREVIEW: &str = "(() => {
    const row = [...document.querySelectorAll('.part tr')].find((one) => one.querySelector('td')?.title.includes('offer.odt'));
    return row ? [...row.querySelectorAll('td')].map((cell) => cell.textContent) : null;
})()";

#[test]
fn an_exclusion_shows_what_it_would_have_hidden_before_it_is_kept() {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User"]);
    let laptop = employee.device("laptop");
    recorded(&laptop, YESTERDAY);
    let window = Window::open(&laptop);
    window.clicks("nav button[title^='Settings']");
    window.waits_until(&format!("{PREVIEW}?.[2] === 'kept'"));
    let shown = window.computes(&format!("return {PREVIEW}"));
    let program = shown[0].as_str().expect("a program").to_owned();
    assert!(minutes_of(&shown[1]) >= 9, "{shown}");

    window.types("textarea[name=exclusions]", "keepass");
    window.waits_until("!document.querySelector('textarea[name=exclusions] + button').disabled");
    window.waits_until(&format!("{PREVIEW}?.[2] === 'kept'"));
    window.fills("textarea[name=exclusions]", &format!("keepass\\n{program}"));
    window.waits_until(&format!("{PREVIEW}?.[2] === 'hidden by “{program}”'"));
    assert_eq!(window.computes(&format!("return {PREVIEW}"))[1], shown[1], "the time that it would have hidden");
    assert!(!laptop.does(&["signals", "excluded"]).contains(&program), "nothing is kept yet");
    keeps_picture(&window, "exclusions");
    window.clicks("textarea[name=exclusions] + button");
    window.waits_until("document.querySelector('textarea[name=exclusions] + button').disabled");
    assert!(laptop.does(&["signals", "excluded"]).contains(&program));
}

#[test]
fn a_pause_is_said_in_the_settings_and_ended_there() {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User"]);
    let laptop = employee.device("laptop");
    let window = Window::open(&laptop);
    window.clicks("nav button[title^='Settings']");
    window.says("What this desktop lets be seen");
    laptop.does(&["signals", "pause"]);
    window.says("recording is paused");
    window.clicks_text("Resume recording");
    window.waits_until("!document.querySelector('.recording .why')");
    assert!(!laptop.does(&["status"]).contains("paused"));
    window.clicks_text("Pause recording");
    window.says("Recording paused");
    assert!(laptop.does(&["status"]).contains("paused"));
}

/// `0:09`
fn minutes_of(shown: &Value) -> u64 {
    let (hours, minutes) = shown.as_str().and_then(|text| text.split_once(':')).expect("a length");
    hours.parse::<u64>().expect("hours") * 60 + minutes.parse::<u64>().expect("minutes")
}
