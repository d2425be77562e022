//! One query text gives the same rows in the same order on SQLite and on Postgres.

mod acceptance;
mod budget;
mod dice;
mod engines;
mod expected;
mod functions;
mod hostile;
mod isolation;
mod laws;
mod limits;
mod mutation;
mod programs;
mod snapshots;

use tests::{Device, World};

/// Questions of different kinds over the same bookings; each must have the same answer on both engines.
const QUESTIONS: [&str; 12] = [
    "From T In Timesheet Order By T.Begin Desc Select { T.Begin, T.End, T.Hours, T.Description, T.Location }",
    "From T In Timesheet Group By Project = T.Project.Code Into Hours = Sum(T.Hours), N = Count() Order By Hours Desc Select { Project, Hours, N }",
    "From T In Timesheet Group By T.Date Into Start = Min(T.Begin), Finish = Max(T.End), Worked = Sum(T.Duration) Order By Date Select { Date, Start, Finish, Worked, Break = Finish - Start - Worked }",
    "From C In Customer Let Hours = Sum(From T In C.Projects.Timesheets Select T.Hours) Order By C.Name Select { C.Name, Hours }",
    "From P In Project Where Not P.Timesheets.Any() Order By P.Name Select { P.Name, P.Customer.Name }",
    "From T In Timesheet Where T.Task = Null Or T.Task.Name <> 'Development' Order By T.Begin Select { T.Begin, T.Task.Name }",
    "From T In Timesheet Order By T.Begin Skip 1 Take 2 Select { T.Description }",
    "From T In Timesheet Aggregate Hours = Sum(T.Hours), Bookings = Count(), Longest = Max(T.Duration) Select { Hours, Bookings, Longest }",
    "From T In Timesheet Where T.Project In (From P In Project Where P.Customer.Code = 'ACME' Select P) Order By T.Begin Select { T.Project.FullName }",
    "From C In Customer Order By C.Name Select { C.Name, Fold(C.Name), Upper(C.Name), Len(C.Name) }",
    "From T In Timesheet Where T.Description Like '%a%' Order By T.Begin Select { T.Description }",
    "Parameters @from As Date = #2026-03-03# From T In Timesheet Where T.Date >= @from Order By T.Begin Select { T.Date, Weekday(T.Date), T.Hours * 1.5 }",
];

#[test]
fn device_and_server_give_the_same_answer() {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User", "BaseDataAdmin"]);
    let laptop = employee.device("laptop");
    fill(&laptop);
    for question in QUESTIONS {
        let here = laptop.asks(question);
        assert!(!here.is_empty(), "no rows: {question}");
        assert_eq!(here, laptop.asks_the_server(question), "{question}");
    }
}

/// Nulls, ties, accents, a night over midnight, a day of 25 hours, a task for every project.
fn fill(device: &Device) {
    for (code, name) in [("ACME", "Ärzte & Söhne"), ("GLOBEX", "Zebra"), ("INI", "äpfel"), ("NIL", "Straße")] {
        device.does(&["put", "Customer", &format!("Code={code}"), &format!("Name={name}")]);
    }
    device.does(&["put", "Project", "Code=PORTAL", "Name=Portal", "Customer=ACME", "Billable=True"]);
    device.does(&["put", "Project", "Code=MOVE", "Name=Migration", "Customer=GLOBEX"]);
    device.does(&["put", "Project", "Code=INTERNAL", "Name=Internal"]);
    device.does(&["put", "Task", "Code=DEV", "Name=Development"]);
    device.does(&["put", "Task", "Code=TEST", "Name=Tests", "Project=PORTAL"]);
    let bookings = [
        ("PORTAL", Some("DEV"), "2026-03-02 08:30", "2026-03-02 10:00", "sign-in page"),
        ("PORTAL", Some("TEST"), "2026-03-02 10:00", "2026-03-02 10:20", "réunion à Vienne"),
        ("MOVE", None, "2026-03-02 22:30", "2026-03-03 01:15", "night"),
        ("MOVE", Some("DEV"), "2026-03-03 09:00", "2026-03-03 10:30", ""),
        ("PORTAL", None, "2026-10-25 01:30", "2026-10-25 04:00", "the hour that comes twice"),
    ];
    for (project, task, begin, end, text) in bookings {
        let mut arguments = vec!["add", "--project", project, "--begin", begin, "--end", end];
        if let Some(code) = task {
            arguments.extend(["--task", code]);
        }
        if !text.is_empty() {
            arguments.push(text);
        }
        device.does(&arguments);
    }
    device.syncs();
    assert!(device.inbox().is_empty());
}
