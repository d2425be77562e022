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

/// Whatever the person decides, the conflict's row says so everywhere, and an undo takes it back.
#[test]
fn a_clash_that_its_author_has_decided_about_is_resolved() {
    const RESOLVED: &str = "From C In Conflict Order By C.Created Select { C.Resolved }";
    let employee = World::new().employee();
    let (laptop, desktop) = (employee.device("laptop"), employee.device("desktop"));
    let id = one_booking_on_both(&laptop, &desktop);
    let decisions: [(&[&str], &str); 3] = [
        (&["--take-mine"], "desktop 1"),
        (&["--take-theirs"], "laptop 2"),
        (&["--set", "Description=both of us", "--take-mine"], "both of us"),
    ];
    for (number, (decision, description_after)) in (1..).zip(decisions) {
        laptop.does(&["edit", &id, "--set", &format!("Description=laptop {number}")]);
        desktop.does(&["edit", &id, "--set", &format!("Description=desktop {number}")]);
        laptop.syncs();
        desktop.syncs();
        let entry = desktop.inbox()[0][0].as_str().expect("an entry has a number").to_owned();
        assert_eq!(desktop.asks(RESOLVED).pop(), Some(vec![false.into()]), "nobody has decided yet");

        let decision = [&["inbox"], decision, &[&entry]].concat();
        desktop.does(&decision);
        desktop.does(&["undo"]);
        assert_eq!(desktop.asks(RESOLVED).pop(), Some(vec![false.into()]), "the decision is taken back");
        let entry = desktop.inbox()[0][0].as_str().expect("it is in the inbox again").to_owned();
        desktop.does(&[&decision[..decision.len() - 1], &[entry.as_str()]].concat());
        desktop.syncs();
        laptop.syncs();

        assert_eq!(description(&desktop), description_after);
        let all_resolved = vec![[true]; number];
        assert_eq!(desktop.asks(RESOLVED), all_resolved);
        assert_eq!(desktop.asks_the_server(RESOLVED), all_resolved);
        assert_eq!(laptop.asks(RESOLVED), all_resolved);
        assert!(desktop.inbox().is_empty() && laptop.inbox().is_empty());
    }
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

#[test]
fn what_names_a_deleted_row_is_told_by_names_and_not_by_ids() {
    let employee = World::new().employee();
    let (laptop, desktop) = (employee.device("laptop"), employee.device("desktop"));
    let id = one_booking_on_both(&laptop, &desktop);
    laptop.does(&["put", "Tag", "Name=urgent"]);
    laptop.syncs();
    desktop.syncs();
    let tag = laptop.finds("From T In Tag Select { T.Id }");

    laptop.does(&["delete", &tag]);
    laptop.syncs();
    desktop.does(&["put", "TimesheetTag", &format!("Timesheet={id}"), "Tag=urgent"]);
    desktop.syncs();

    let inbox = desktop.does(&["inbox"]);
    assert!(inbox.contains("put TimesheetTag first words, Tag (deleted):"), "{inbox}");
    assert!(inbox.contains("Tag: mine Tag (deleted)") && !inbox.contains(&tag) && !inbox.contains(&id), "{inbox}");
}

fn one_booking_on_both(laptop: &Device, desktop: &Device) -> String {
    laptop.has_master_data();
    laptop.books("2026-03-02 08:30", "2026-03-02 10:00", "first words");
    laptop.syncs();
    desktop.syncs();
    laptop.finds("From T In Timesheet Select { T.Id }")
}
