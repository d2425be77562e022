use super::{books, eventually};
use tests::{Device, Tenant, Window, World};

fn description(device: &Device) -> String {
    device.finds("From T In Timesheet Select { T.Description }")
}

/// A booking that two computers of a person changed to different words; the second one's are in its inbox.
fn clash(acme: &Tenant) -> (Device, Device) {
    let employee = acme.person("employee", &["User", "BaseDataAdmin"]);
    let laptop = employee.device("laptop");
    laptop.does(&["put", "Customer", "Code=ACME", "Name=Acme"]);
    laptop.does(&["put", "Project", "Code=PORTAL", "Name=Portal", "Customer=ACME"]);
    books(&laptop, "09:00", "10:00", "first words");
    laptop.syncs();
    let desktop = employee.device("desktop");
    desktop.syncs();
    let id = laptop.finds("From T In Timesheet Select { T.Id }");
    laptop.does(&["edit", &id, "--set", "Description=from the laptop"]);
    desktop.does(&["edit", &id, "--set", "Description=from the desktop"]);
    laptop.syncs();
    desktop.syncs();
    (laptop, desktop)
}

#[test]
fn a_clash_is_shown_side_by_side_and_settled_by_a_click() {
    let world = World::new();
    let acme = world.tenant("acme");
    let (laptop, desktop) = clash(&acme);
    let window = Window::open(&desktop);
    window.clicks("nav button[title^='Inbox']");
    window.waits_until("document.querySelector('form.entry')?.textContent.includes('from the desktop')");
    window.waits_until("document.querySelector('form.entry').textContent.includes('from the laptop')");
    window.clicks_text("Take mine");
    window.says("Nothing waits for you");
    assert_eq!(description(&desktop), "from the desktop");
    eventually("the value is sent", || {
        laptop.syncs();
        description(&laptop) == "from the desktop"
    });
}

#[test]
fn a_third_value_is_written_in_the_inbox_and_sent() {
    let world = World::new();
    let acme = world.tenant("acme");
    let (_, desktop) = clash(&acme);
    let window = Window::open(&desktop);
    window.clicks("nav button[title^='Inbox']");
    window.clicks_text("Edit my values");
    window.types("input[name=edit-Description]", "what both meant");
    window.clicks_text("Send these values");
    window.says("Nothing waits for you");
    assert_eq!(description(&desktop), "what both meant");
    assert!(desktop.inbox().is_empty());
}

#[test]
fn a_change_that_was_refused_goes_back_by_one_click_from_its_booking() {
    let world = World::new();
    let acme = world.tenant("acme");
    let (_, desktop) = clash(&acme);
    let window = Window::open(&desktop);
    window.clicks(".ec-event.booking");
    window.says("see the inbox");
    window.clicks("aside button[title^='Inbox'], aside form button:last-of-type");
    window.clicks_text("Take theirs");
    window.says("Went back");
    assert!(desktop.inbox().is_empty());
    assert_eq!(description(&desktop), "from the laptop");
}
