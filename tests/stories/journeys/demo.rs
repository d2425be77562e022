use tests::{Device, Network, Server};

const PEOPLE: &str = "From T In Timesheet Select Distinct { T.User.Username }";

/// Everybody of the demo company signs in and sees and may do what the role in their name says.
#[test]
fn the_people_of_the_demo_company_see_and_do_what_their_names_say() {
    let server = Server::start(&["--demo", "--demo-timesheets", "600"]);
    let folder = tempfile::tempdir().expect("a folder for the devices");
    let device = |user: &str| {
        let device = Device::new(folder.path().join(user), Network::to(server.address()));
        device.sign_in("demo", user, None, "demo").succeeds();
        device.syncs();
        device
    };
    let seen_by = |device: &Device| device.asks(PEOPLE).len();

    for user in ["employee", "colleague"] {
        let device = device(user);
        assert_eq!(device.asks(PEOPLE), [[user]], "{user} sees what is their own");
        device.run(&["put", "Customer", "Code=NEW", "Name=New"]).fails(1, &["Customer"]);
    }
    let (lead, billing, admin) = (device("lead"), device("billing"), device("admin"));
    assert!(seen_by(&lead) > 1, "a lead sees the department");
    assert!(seen_by(&billing) >= seen_by(&lead) && seen_by(&admin) >= seen_by(&billing), "they see the company");
    assert_eq!(admin.asks_the_server("From T In Timesheet Aggregate N = Count() Select { N }")[0][0], 600);
    admin.does(&["put", "Customer", "Code=NEW", "Name=New"]);
    admin.syncs();
    assert!(admin.inbox().is_empty());
}
