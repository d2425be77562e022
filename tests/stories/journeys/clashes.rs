use tests::{Device, World};

fn description(device: &Device) -> String {
    device.finds("From T In Timesheet Select { T.Description }")
}

#[test]
fn a_real_clash_is_in_the_inbox_with_the_persons_words() {
    let employee = World::new().employee();
    let laptop = employee.device("laptop");
    let desktop = employee.device("desktop");
    let id = one_booking_on_both(&laptop, &desktop);

    laptop.does(&["edit", &id, "--set", "Description=from the laptop"]);
    desktop.does(&["edit", &id, "--set", "Description=from the desktop"]);
    laptop.syncs();
    desktop.syncs();

    assert_eq!(description(&laptop), "from the laptop");
    assert_eq!(description(&desktop), "from the laptop", "the row shows what the server has");
    let inbox = desktop.inbox();
    assert_eq!(inbox.len(), 1, "{inbox:?}");
    assert!(inbox[0].to_string().contains("from the desktop"), "the person's words are kept: {inbox:?}");
    assert!(laptop.inbox().is_empty());
}

#[test]
fn edits_of_different_fields_both_survive() {
    let employee = World::new().employee();
    let laptop = employee.device("laptop");
    let desktop = employee.device("desktop");
    let id = one_booking_on_both(&laptop, &desktop);

    laptop.does(&["edit", &id, "--set", "Description=better words"]);
    desktop.does(&["edit", &id, "--set", "Location=Linz"]);
    laptop.syncs();
    desktop.syncs();
    laptop.syncs();

    let both = "From T In Timesheet Select { T.Description, T.Location }";
    assert_eq!(laptop.asks(both), desktop.asks(both));
    assert_eq!(laptop.asks(both)[0], ["better words", "Linz"]);
    assert!(laptop.inbox().is_empty() && desktop.inbox().is_empty());
}

#[test]
fn an_edit_beats_a_delete_and_never_silently() {
    let employee = World::new().employee();
    let laptop = employee.device("laptop");
    let desktop = employee.device("desktop");
    let id = one_booking_on_both(&laptop, &desktop);

    laptop.does(&["edit", &id, "--set", "Description=still needed"]);
    desktop.does(&["delete", &id]);
    laptop.syncs();
    desktop.syncs();

    assert_eq!(description(&desktop), "still needed");
    assert_eq!(desktop.inbox().len(), 1);
}

fn one_booking_on_both(laptop: &Device, desktop: &Device) -> String {
    laptop.has_master_data();
    laptop.books("2026-03-02 08:30", "2026-03-02 10:00", "first words");
    laptop.syncs();
    desktop.syncs();
    laptop.finds("From T In Timesheet Select { T.Id }")
}
