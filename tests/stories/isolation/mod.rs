//! Companies do not see each other: one plants a mark everywhere, the other must never hold it.

use tests::{Device, World};

const MARK: &str = "CANARY-7f3a";

#[test]
fn nothing_of_another_company_reaches_a_device_or_an_answer() {
    let world = World::new();
    let canary = world.tenant("canary");
    let acme = world.tenant("acme");
    let planter = canary.person("employee", &["Admin"]);
    let reader = acme.person("employee", &["Admin"]);
    plant(&planter.device("laptop"));

    let laptop = reader.device("laptop");
    laptop.syncs();
    for entity in ["Customer", "Project", "Task", "Timesheet", "User", "Tag", "Setting"] {
        let query = format!("From X In {entity} Select X");
        assert!(!format!("{:?}", laptop.asks_the_server(&query)).contains(MARK), "{entity} on the server");
        assert!(!format!("{:?}", laptop.asks(&query)).contains(MARK), "{entity} on the device");
    }
    assert_eq!(laptop.asks_the_server("From C In Customer Select { C.Code }").len(), 0);
    for file in std::fs::read_dir(laptop.home()).expect("the home can be read").flatten().filter(|f| f.path().is_file())
    {
        let bytes = std::fs::read(file.path()).expect("a file of the home can be read");
        assert!(!bytes.windows(MARK.len()).any(|window| window == MARK.as_bytes()), "{:?}", file.path());
    }
}

fn plant(device: &Device) {
    device.does(&["put", "Customer", &format!("Code={MARK}"), &format!("Name={MARK} customer")]);
    device.does(&[
        "put",
        "Project",
        &format!("Code={MARK}"),
        &format!("Name={MARK} project"),
        &format!("Customer={MARK}"),
    ]);
    device.does(&["put", "Task", &format!("Code={MARK}"), &format!("Name={MARK} task"), &format!("Project={MARK}")]);
    device.does(&["put", "Tag", &format!("Name={MARK}")]);
    device.does(&["add", "--project", MARK, "--begin", "2026-03-02 08:30", "--end", "2026-03-02 10:00", MARK]);
    device.syncs();
    assert!(device.inbox().is_empty());
}
