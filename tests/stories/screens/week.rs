use super::answers::keeps_picture;
use tests::{Device, Display, Network, Server, Window, World};

const WEDNESDAY: &str = "AddDays(StartOfWeek(Today()), 2)";

/// The picture of the README is made here: `DAYBOOK_PICTURES=DIR`, `week.png`.
#[test]
fn the_week_of_the_demo_shows_its_bookings_and_beside_them_the_lane_of_signals() {
    let server = Server::start(&["--demo"]);
    let folder = tempfile::tempdir().expect("a folder for the device");
    let laptop = Device::new(folder.path().join("home"), Network::to(server.address()));
    laptop.sign_in("demo", "employee", None, "demo").succeeds();
    laptop.syncs();
    let day = laptop.finds(&format!("From D In Dates({WEDNESDAY}, {WEDNESDAY}) Select D.Date"));
    let mut display = Display::new();
    display.opens("offer.odt");
    laptop.records_another_day(&display, &format!("{day}T07:30:10Z"), &day, 20);

    let window = Window::open(&laptop);
    window.sees(".ec-event.booking");
    window.sees(".ec-bg-event.lane");
    window.waits_until("performance.getEntriesByName('week-painted').length > 0");
    window.waits_until("getComputedStyle(document.querySelector('.begin span')).display === 'flex'");
    keeps_picture(&window, "week");
    let places = "return ['.days .day', '.ec-body .ec-day'].map((css) => [...document.querySelectorAll(css)].map((one) => \
                  Math.round(one.getBoundingClientRect().right)))";
    let titles = "return [...document.querySelectorAll('.ec-event.booking strong')].map((title) => title.offsetHeight)";
    let titles = window.computes(titles);
    let shown =
        titles.as_array().expect("heights").iter().all(|height| height.as_f64().is_some_and(|height| height >= 14.0));
    assert!(shown, "each booking shows its title, however short it is: {titles}");
    let places = window.computes(places);
    assert_eq!(places[0], places[1], "a day's head stands over its column");
    window.fills("input[name=timer-begin]", "07:15");
    window.waits_until("getComputedStyle(document.querySelector('.begin span')).display === 'none'");
}

#[test]
fn the_calendar_begins_on_the_day_that_the_company_says() {
    let acme = World::new().tenant("acme");
    let laptop = acme.person("admin", &["User", "Admin"]).device("laptop");
    laptop.does(&["put", "Setting", "Key=FirstDayOfWeek", "Value=Sunday"]);
    let sunday = laptop.finds("From D In Dates(StartOfWeek(Today()), StartOfWeek(Today())) Select D.Date");
    let window = Window::open(&laptop);
    window.sees(".days .day");
    if window.computes("return document.querySelectorAll('.days .day').length") == 5 {
        window.clicks_text("Weekend");
    }
    window.waits_until(&format!("document.querySelector('.days .day').dataset.date === '{sunday}'"));
    window.waits_until("document.querySelector('.ec-body .ec-day').classList.contains('ec-sun')");
    window.clicks_text("Weekend");
    window.waits_until("document.querySelectorAll('.days .day').length === 5");
    window.loses(".ec-grid .ec-day.ec-sun");
    let shown =
        "return [...document.querySelectorAll('.days .day')].map((day) => new Date(day.dataset.date).getUTCDay())";
    assert_eq!(window.computes(shown), serde_json::json!([1, 2, 3, 4, 5]));
}
