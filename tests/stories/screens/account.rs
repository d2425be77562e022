use super::with_window;
use tests::{Window, World};

#[test]
fn a_person_signs_out_and_in_again_and_the_bookings_stay() {
    with_window(|laptop, window| {
        window.clicks("nav button[title^='Settings']");
        window.clicks_text("Sign out");
        window.says("Signed out");
        assert_eq!(laptop.asks("From C In Customer Select { C.Code }"), [["ACME"]]);
        window.clicks_text("Signed out");
        window.types("input[name=password]", "secret");
        window.clicks("form .primary");
        window.says("Synced");
    });
}

#[test]
fn a_locked_computer_reads_no_signals_and_the_password_opens_it() {
    with_window(|laptop, window| {
        window.clicks("header .lock");
        window.waits_until("document.querySelector('header .lock').textContent.includes('Unlock')");
        laptop.run(&["signals", "list"]).fails(1, &["locked"]);
        laptop.does(&["add", "--project", "PORTAL", "--begin", "08:00", "--end", "08:30", "locked, and booked"]);
        window.clicks("header .lock");
        window.types("input[name=password]", "secret");
        window.clicks("form .primary");
        window.waits_until("document.querySelector('header .lock')?.textContent.trim() === 'Lock'");
        laptop.does(&["signals", "list"]);
    });
}

#[test]
fn a_locked_computer_is_opened_by_its_password_without_a_network_and_by_no_other() {
    with_window(|laptop, window| {
        laptop.network().cut();
        window.clicks("header .lock");
        window.waits_until("document.querySelector('header .lock').textContent.includes('Unlock')");
        window.clicks("header .lock");
        window.types("input[name=password]", "another");
        window.clicks("form .primary");
        window.says("does not open your signals");
        laptop.run(&["signals", "list"]).fails(1, &["locked"]);
        window.types("input[name=password]", "secret");
        window.clicks("form .primary");
        window.waits_until("document.querySelector('header .lock')?.textContent.trim() === 'Lock'");
        laptop.does(&["signals", "list"]);
    });
}

#[test]
fn a_new_computer_reads_signals_only_after_its_person_knew_the_others() {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User"]);
    let laptop = employee.device("laptop");
    laptop.syncs();
    let desktop = employee.computer("desktop");
    let window = Window::open(&desktop);
    window.types("input[name=server]", &desktop.network().url());
    window.types("input[name=tenant]", &acme.name);
    window.types("input[name=user]", "employee");
    window.types("input[name=password]", "secret");
    window.clicks("form .primary");
    window.says("Are these your computers?");
    desktop.run(&["signals", "list"]).fails(1, &["locked"]);
    assert_eq!(window.computes("return document.querySelector('form .primary').disabled"), true);
    window.clicks("input[name=recognized]");
    window.clicks_text("Add this computer");
    window.sees("header .lock");
    desktop.does(&["signals", "list"]);
}
