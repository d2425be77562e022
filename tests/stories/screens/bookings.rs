use super::{WORDS, books, with_window};
use tests::{Device, Window};

// Keys by their WebDriver characters.
const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";

#[test]
fn a_drag_over_an_empty_place_and_enter_make_a_booking() {
    with_window(|laptop, window| {
        let (x, y) = window.place_of_time("ec-tue", 10.0);
        window.drags((x, y + 2.0), (x, y + 62.0));
        window.picks("aside input[name=project]", "portal", "ACME · Portal");
        window.types("input[name=description]", "from the window");
        window.presses(ENTER);
        window.sees(".ec-event.booking");

        assert_eq!(laptop.asks(WORDS), [["from the window", "PORTAL"]]);
        assert_eq!(clocks(laptop), ["10:00", "11:00"]);
    });
}

#[test]
fn a_booking_is_made_with_the_keyboard_alone() {
    with_window(|laptop, window| {
        window.waits_until("performance.getEntriesByName('week-painted').length > 0");
        window.presses("n");
        window.waits_until("document.activeElement.name === 'project'");
        window.presses("portal");
        window.waits_until("document.querySelector('aside li.active')?.textContent.trim() === 'ACME · Portal'");
        window.presses(TAB);
        window.waits_until("document.activeElement.name === 'task'");
        window.presses(TAB);
        window.waits_until("document.activeElement.name === 'description'");
        window.presses("without a mouse");
        window.presses(ENTER);
        window.says("Booked: ACME · Portal: without a mouse");
        assert_eq!(laptop.asks(WORDS), [["without a mouse", "PORTAL"]]);
        assert_eq!(clocks(laptop), ["09:00", "10:00"]);
    });
}

#[test]
fn the_button_for_a_new_booking_is_reached_by_tab() {
    with_window(|_, window| {
        let focused = "return document.activeElement.textContent.trim()";
        window.sees("button[title^='New booking']");
        window.computes("document.querySelector('button[title^=\"Next week\"]').focus()");
        window.presses(TAB);
        assert_eq!(window.computes(focused), "New booking");
        window.presses(ENTER);
        window.waits_until("document.activeElement.name === 'project'");
    });
}

#[test]
fn a_booking_is_edited_deleted_and_brought_back() {
    with_window(|laptop, window| {
        books(laptop, "09:00", "10:00", "first");
        reads_again(window);
        window.clicks(".ec-event.booking");
        window.types("input[name=description]", "second");
        window.clicks_text("Save");
        window.says("Changed: ACME · Portal: second");
        assert_eq!(laptop.asks(WORDS), [["second", "PORTAL"]]);

        window.clicks(".ec-event.booking");
        window.clicks_text("Delete");
        window.says("Deleted: ACME · Portal: second");
        assert!(laptop.asks(WORDS).is_empty());
        window.clicks_text("Undo");
        window.sees(".ec-event.booking");
        assert_eq!(laptop.asks(WORDS), [["second", "PORTAL"]]);
    });
}

#[test]
fn a_booking_is_moved_and_resized_by_drag_and_undo_takes_it_back() {
    with_window(|laptop, window| {
        books(laptop, "09:00", "10:00", "to move");
        reads_again(window);
        window.sees(".ec-event.booking");
        let (x, y) = window.place_of_time("ec-wed", 9.5);
        let (friday, _) = window.place_of_time("ec-fri", 9.5);
        let (_, later) = window.place_of_time("ec-wed", 9.5);
        let hour = 64.0;
        window.drags((x, later), (friday, y + 2.0 * hour));
        window.says("Moved");
        assert_eq!(clocks(laptop), ["11:00", "12:00"]);
        assert_eq!(laptop.finds("From T In Timesheet Select { Day = DayOfWeek(T.Begin) }"), "5");

        let (x, bottom) = window.place_of_time("ec-fri", 12.0);
        window.drags((x, bottom - 3.0), (x, bottom - 3.0 + hour / 2.0));
        window.waits_until("document.querySelector('.ec-event.booking').textContent.includes('12:30')");
        assert_eq!(clocks(laptop), ["11:00", "12:30"]);

        window.clicks_text("Undo");
        window.says("Taken back");
        assert_eq!(clocks(laptop), ["11:00", "12:00"]);
    });
}

#[test]
fn an_entry_of_a_journey_keeps_its_zone_when_it_is_moved() {
    with_window(|laptop, window| {
        let day = laptop.finds(
            "From D In Dates(AddDays(StartOfWeek(Today()), -5), AddDays(StartOfWeek(Today()), -5)) Select D.Date",
        );
        let (begin, end) = (format!("{day} 09:00"), format!("{day} 10:00"));
        let abroad = ["add", "--project", "PORTAL", "--begin", &begin, "--end", &end, "abroad"];
        let done = laptop.command(&abroad).env("TZ", "America/New_York").status().expect("daybook runs");
        assert!(done.success());
        let zone = "From T In Timesheet Select { T.TimeZone, T.UtcOffset, T.Date }";
        let before = laptop.asks(zone);
        assert_eq!(before[0][0], "America/New_York");
        window.clicks("button[title^='Previous week']");
        window.sees(".ec-event.booking");
        let (x, y) = window.place_of_time("ec-wed", 9.5);
        window.drags((x, y), (x, y + 64.0));
        window.says("now 10:00 – 11:00");
        assert_eq!(laptop.asks(zone), before);
        let shown = "document.querySelector('.ec-event.booking').textContent.includes('10:00 – 11:00')";
        window.waits_until(shown);
    });
}

#[test]
fn a_new_booking_may_be_said_to_be_free_of_charge() {
    with_window(|laptop, window| {
        let (x, y) = window.place_of_time("ec-mon", 14.0);
        window.drags((x, y + 2.0), (x, y + 30.0));
        window.picks("aside input[name=project]", "acme portal", "ACME · Portal");
        window.chooses("select[name=billable]", "No");
        window.clicks_text("Book");
        window.sees(".ec-event.booking");
        assert_eq!(laptop.finds("From T In Timesheet Select { T.Billable }"), "false");
    });
}

#[test]
fn an_error_stays_beside_the_next_notice_until_it_is_closed() {
    with_window(|laptop, window| {
        books(laptop, "09:00", "10:00", "kept");
        reads_again(window);
        window.clicks(".ec-event.booking");
        window.fills("input[name=end]", "09:00");
        window.clicks_text("Save");
        window.sees(".notice.error");
        window.clicks(".ec-event.booking");
        window.clicks_text("Delete");
        window.says("Deleted");
        window.sees(".notice.error");
        window.clicks(".notice.error button[aria-label=Close]");
        window.loses(".notice.error");
    });
}

#[test]
fn saturday_and_sunday_are_shown_when_they_are_wanted() {
    with_window(|_, window| {
        let days = "return document.querySelectorAll('.days .day').length";
        window.clicks("button[title^='Previous week']");
        window.waits_until("document.querySelectorAll('.days .day').length === 5");
        window.clicks_text("Weekend");
        window.sees(".ec-grid .ec-day.ec-sun");
        assert_eq!(window.computes(days), 7);
        with_window(|_, another| {
            another.clicks("button[title^='Previous week']");
            another.waits_until("document.querySelectorAll('.days .day').length === 5");
        });
        window.clicks_text("Weekend");
        window.loses(".ec-grid .ec-day.ec-sun");
        assert_eq!(window.computes(days), 5);
    });
}

/// Reads the week again after the command line changed something.
fn reads_again(window: &Window) {
    window.clicks("button[title^='Previous week']");
    window.clicks("button[title^='Today']");
}

/// Wall times of begin and end of the only entry.
fn clocks(laptop: &Device) -> [String; 2] {
    let entry = laptop.only_entry();
    ["Begin", "End"].map(|name| entry[name].as_str().and_then(|time| time.get(11..16)).unwrap_or_default().to_owned())
}
