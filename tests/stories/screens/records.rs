use super::answers::keeps_picture;
use super::{eventually, with_window};
use tests::{Window, World};

#[test]
fn a_customer_and_its_project_are_made_changed_and_deleted_in_the_lists() {
    with_window(|laptop, window| {
        window.clicks("nav button[title^='Master data']");
        window.clicks_text("New");
        window.types("main form input[name=Code]", "GLOBEX");
        window.types("main form input[name=Name]", "Globex");
        window.clicks_text("Save");
        window.says("Added: Customer Globex");
        assert_eq!(laptop.asks("From C In Customer Where C.Code = 'GLOBEX' Select { C.Name }"), [["Globex"]]);

        window.clicks_text("Project");
        window.clicks_text("New");
        window.types("main form input[name=Code]", "MOVE");
        window.types("main form input[name=Name]", "Migration");
        window.picks("main form input[name=Customer]", "glob", "Globex");
        window.clicks_text("Save");
        window.says("Added: Project Migration");
        let projects = "From P In Project Where P.Code = 'MOVE' Select { P.Name, P.Customer.Code }";
        assert_eq!(laptop.asks(projects), [["Migration", "GLOBEX"]]);
        window.waits_until("[...document.querySelectorAll('td')].some((cell) => cell.textContent.trim() === 'Globex')");

        window.clicks_text("MOVE");
        window.types("main form input[name=Name]", "Great migration");
        window.clicks_text("Save");
        window.says("Changed: Project");
        assert_eq!(laptop.asks(projects), [["Great migration", "GLOBEX"]]);
        window.clicks_text("MOVE");
        window.clicks_text("Delete");
        window.says("Deleted: Project");
        assert!(laptop.asks(projects).is_empty());
    });
}

#[test]
fn an_admin_makes_a_task_of_a_project_in_the_list_and_a_booking_takes_it() {
    let world = World::new();
    let acme = world.tenant("acme");
    let admin = acme.person("admin", &["User", "Admin"]);
    let laptop = admin.device("laptop");
    laptop.does(&["put", "Project", "Code=PORTAL", "Name=Portal"]);
    let window = Window::open(&laptop);
    window.clicks("nav button[title^='Master data']");
    window.clicks_text("Task");
    window.says("Nothing here yet.");
    window.clicks_text("New");
    window.types("main form input[name=Code]", "REVIEW");
    window.types("main form input[name=Name]", "Review");
    window.picks("main form input[name=Project]", "port", "Portal");
    window.clicks_text("Save");
    window.says("Added: Task Review");
    window
        .waits_until("[...document.querySelectorAll('main td')].some((cell) => cell.textContent.trim() === 'Portal')");
    keeps_picture(&window, "tasks");
    let tasks = "From K In Task Select { K.Code, K.Name, K.Project.Code }";
    assert_eq!(laptop.asks(tasks), [["REVIEW", "Review", "PORTAL"]]);
    eventually("the server has it", || laptop.asks_the_server(tasks) == [["REVIEW", "Review", "PORTAL"]]);
    let add = ["add", "--project", "PORTAL", "--task", "REVIEW", "--begin", "08:00", "--end", "09:00", "read"];
    laptop.does(&add);
    assert_eq!(laptop.finds("From T In Timesheet Select { T.Task.Name }"), "Review");
}

#[test]
fn a_person_without_the_right_reads_why_and_loses_nothing_that_was_typed() {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User"]);
    let laptop = employee.device("laptop");
    let window = Window::open(&laptop);
    window.clicks("nav button[title^='Master data']");
    window.clicks_text("New");
    window.types("main form input[name=Code]", "MINE");
    window.types("main form input[name=Name]", "My own");
    window.clicks_text("Save");
    window.sees(".notice.error");
    assert_eq!(window.computes("return document.querySelector('main form input[name=Name]').value"), "My own");
    assert!(laptop.asks("From C In Customer Select { C.Code }").is_empty());
}
