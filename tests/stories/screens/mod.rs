//! The real window, driven as a person does, over the same home as the command line.

use tests::{Device, Window, World};

const WORDS: &str = "From T In Timesheet Order By T.Begin Select { T.Description, T.Project.Code }";

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

#[test]
fn a_drag_over_an_empty_place_and_enter_make_a_booking() {
    with_window(|laptop, window| {
        window.sees(".ec-body, .ec-main");
        let from = window.computes(PLACE_OF_TEN_OCLOCK);
        let (x, y) = (from[0].as_f64().expect("x"), from[1].as_f64().expect("y"));
        window.drags((x, y + 2.0), (x, y + 62.0));
        window.chooses("form select[name=project]", "ACME · Portal");
        window.types("input[name=description]", "from the window");
        window.clicks_text("Book");
        window.sees(".ec-event.booking");

        assert_eq!(laptop.asks(WORDS), [["from the window", "PORTAL"]]);
        assert_eq!(laptop.asks("From T In Timesheet Select { T.Hours }").len(), 1);
    });
}

#[test]
fn a_booking_is_edited_deleted_and_brought_back() {
    with_window(|laptop, window| {
        let today = laptop.finds("From D In Dates(Today(), Today()) Select D.Date");
        laptop.does(&[
            "add",
            "--project",
            "PORTAL",
            "--begin",
            &format!("{today} 09:00"),
            "--end",
            &format!("{today} 10:00"),
            "first",
        ]);
        window.clicks("button[title^='Today']");
        window.clicks(".ec-event.booking");
        window.types("input[name=description]", "second");
        window.clicks_text("Save");
        window.says("second");
        assert_eq!(laptop.asks(WORDS), [["second", "PORTAL"]]);

        window.clicks(".ec-event.booking");
        window.clicks_text("Delete");
        window.says("Deleted");
        assert!(laptop.asks(WORDS).is_empty());
        window.clicks_text("Undo");
        window.sees(".ec-event.booking");
        assert_eq!(laptop.asks(WORDS), [["second", "PORTAL"]]);
    });
}

#[test]
fn the_timer_of_the_header_starts_and_stops() {
    with_window(|laptop, window| {
        window.types("input[name=what]", "review");
        window.clicks_text("Start");
        window.sees(".timer .clock");
        assert_eq!(laptop.asks("From T In Timesheet Where T.End = Null Select { T.Description }"), [["review"]]);
        window.clicks_text("Stop");
        window.sees("input[name=what]");
        assert!(laptop.asks("From T In Timesheet Where T.End = Null Select { T.Id }").is_empty());
    });
}

#[test]
fn an_error_in_a_query_stands_under_its_word() {
    with_window(|_, window| {
        window.clicks("nav button[title^='Query']");
        window.clicks_text("Run");
        window.waits_until("!document.querySelector('[role=alert]')");
        window.computes("const view = document.querySelector('.cm-content'); view.focus(); document.execCommand('selectAll'); document.execCommand('insertText', false, 'From T In Timesheet Select { T.Descripton }');");
        window.clicks_text("Run");
        window.says("Description");
        window.sees(".cm-lintRange-error");
    });
}

#[test]
fn a_customer_is_made_in_the_list() {
    with_window(|laptop, window| {
        window.clicks("nav button[title^='Master data']");
        window.clicks_text("New");
        window.types("form input[name=Code]", "GLOBEX");
        window.types("form input[name=Name]", "Globex");
        window.clicks_text("Save");
        window.says("GLOBEX");
        assert_eq!(laptop.asks("From C In Customer Where C.Code = 'GLOBEX' Select { C.Name }"), [["Globex"]]);
    });
}

/// The middle of the first day's column and the height of ten o'clock, scrolled into sight.
const PLACE_OF_TEN_OCLOCK: &str = "
    const day = document.querySelector('.ec-time-grid .ec-body .ec-day, .ec-time-grid .ec-day');
    const box = day.getBoundingClientRect();
    const hour = 64;
    const scroller = document.querySelector('.ec-main');
    const top = box.top + 10 * hour;
    return [box.left + box.width / 2, top];
";

#[test]
fn a_person_signs_out_and_in_again_and_the_bookings_stay() {
    with_window(|laptop, window| {
        window.clicks("nav button[title^='Settings']");
        window.clicks_text("Sign out");
        window.says("Signed out");
        assert_eq!(laptop.asks("From C In Customer Select { C.Code }"), [["ACME"]]);
        window.clicks("header button.quiet");
        window.types("input[name=password]", "secret");
        window.clicks("form .primary");
        window.says("Synced");
    });
}
