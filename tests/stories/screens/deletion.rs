use super::eventually;
use tests::{Device, Window, World};

const IDS: &str = "From T In Timesheet Select { T.Id }";

/// A desktop for which a deletion of 60 bookings waits, which the laptop made.
fn with_deletion_that_waits(story: impl FnOnce(&Device, &Device, &Window)) {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User", "BaseDataAdmin"]);
    let laptop = employee.device("laptop");
    laptop.does(&["put", "Project", "Code=PORTAL", "Name=Portal"]);
    for number in 0..60 {
        let day = format!("2026-{:02}-{:02}", 1 + number / 28, 1 + number % 28);
        let (begin, end) = (format!("{day} 09:00"), format!("{day} 10:00"));
        laptop.does(&["add", "--project", "PORTAL", "--begin", &begin, "--end", &end, "work"]);
    }
    laptop.syncs();
    let desktop = employee.device("desktop");
    assert_eq!(desktop.asks(IDS).len(), 60);
    laptop.asks(IDS).iter().for_each(|id| drop(laptop.does(&["delete", id[0].as_str().expect("an id")])));
    laptop.syncs();
    let window = Window::open(&desktop);
    window.clicks_text("A deletion waits for you");
    window.says("The server would delete 60 of");
    assert_eq!(desktop.asks(IDS).len(), 60, "nothing was deleted yet");
    story(&laptop, &desktop, &window);
}

#[test]
fn a_deletion_that_waits_is_answered_by_keeping_the_rows_and_everybody_has_them_again() {
    with_deletion_that_waits(|laptop, desktop, window| {
        window.clicks_text("Decide later");
        window.loses("[role=alertdialog]");
        window.clicks_text("A deletion waits for you");
        window.clicks_text("Keep my rows");
        window.loses("[role=alertdialog]");
        window.says("Synced");
        assert_eq!(desktop.asks(IDS).len(), 60);
        eventually("the laptop has them again", || {
            laptop.syncs();
            laptop.asks(IDS).len() == 60
        });
    });
}

#[test]
fn a_deletion_that_is_accepted_takes_the_rows_and_leaves_a_way_back() {
    with_deletion_that_waits(|_, desktop, window| {
        window.clicks_text("Accept the deletion");
        window.loses("[role=alertdialog]");
        eventually("the rows are gone", || desktop.asks(IDS).is_empty());
        assert!(desktop.does(&["undo"]).contains("removal of 60 rows"));
    });
}
