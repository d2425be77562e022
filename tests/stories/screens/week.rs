use super::answers::keeps_picture;
use tests::{Device, Display, Network, Server, Window};

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
    window.fills("input[name=timer-begin]", "07:15");
    window.waits_until("getComputedStyle(document.querySelector('.begin span')).display === 'none'");
}
