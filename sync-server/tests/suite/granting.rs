//! Nobody gives a right to themselves, and nobody gets around the day that their months are completed until.

use crate::company::Company;
use crate::device::{Device, row, text};
use crate::pushing::project;
use sync_protocol::{Cell, Operation};
use uuid::Uuid;

const COMPLETED: i64 = 20_000;

async fn find(device: &mut Device<'_>, entity: &str, property: &str, value: &str) -> Uuid {
    device.cursor = None;
    device.pull().await.find(entity, property, value).expect("the row is there")
}

#[tokio::test]
async fn who_keeps_departments_and_projects_gives_them_to_others_and_not_to_themselves() {
    let company = Company::new().await;
    let admin = company.person("admin", &["Admin"]).await;
    let mut keeper = company.person("keeper", &["BaseDataAdmin"]).await;
    let (own, other) = (row(keeper.user), row(admin.user));
    let department = keeper.new_row("Department", &[("Code", text("D")), ("Name", text("D")), ("Lead", own.clone())]);
    let led = keeper.new_row("Department", &[("Code", text("E")), ("Name", text("E")), ("Lead", other.clone())]);
    let project = keeper.new_row("Project", &[("Code", text("P")), ("Name", text("P")), ("Manager", own.clone())]);
    let managed = keeper.new_row("Project", &[("Code", text("Q")), ("Name", text("Q")), ("Manager", other)]);
    let id = managed.id;
    let outcomes = keeper.push(&[department, led, project, managed]).await;
    assert_eq!(outcomes, ["rejected rule: Lead", "applied", "rejected rule: Manager, Manager2", "applied"]);
    keeper.pull().await;
    let base = (id, keeper.seen());
    let take = keeper.mutation(Operation::Put, "Project", base, &[("Manager2", own)], &[("Manager2", Cell::Null)]);
    assert_eq!(keeper.push(&[take]).await, ["rejected rule: Manager, Manager2"]);
}

#[tokio::test]
async fn what_somebody_else_gave_does_not_keep_the_row_from_being_edited() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let mut keeper = company.person("keeper", &["BaseDataAdmin"]).await;
    let set = [("Code", text("P")), ("Name", text("P")), ("Manager", row(keeper.user))];
    let project = admin.new_row("Project", &set);
    assert_eq!(admin.push(std::slice::from_ref(&project)).await, ["applied"]);
    keeper.pull().await;
    let base = (project.id, keeper.seen());
    let rename = keeper.mutation(Operation::Put, "Project", base, &[("Name", text("N"))], &[("Name", text("P"))]);
    assert_eq!(keeper.push(&[rename]).await, ["applied"]);
}

#[tokio::test]
async fn an_account_administrator_gives_roles_to_others_and_makes_no_role_into_another() {
    let company = Company::new().await;
    let mut employee = company.person("employee", &[]).await;
    let mut accounts = company.person("accounts", &["AccountAdmin"]).await;
    let billing = find(&mut accounts, "Role", "Code", "BillingAdmin").await;
    let person = accounts.user;
    let mut give = |user: Uuid| accounts.new_row("RoleAssignment", &[("User", row(user)), ("Role", row(billing))]);
    let (own, others) = (give(person), give(employee.user));
    assert_eq!(
        accounts.push(&[own, others]).await,
        ["rejected rule: User, Role, ValidFrom, ValidTo, Active", "applied"]
    );
    accounts.pull().await;
    let base = (billing, accounts.seen());
    let rename =
        accounts.mutation(Operation::Put, "Role", base, &[("Code", text("B"))], &[("Code", text("BillingAdmin"))]);
    assert_eq!(accounts.push(&[rename]).await, ["rejected forbidden"]);
    let seen = employee.pull().await;
    assert!(seen.visible("Timesheet").is_some(), "a role that somebody else gave opens bookings");
}

#[tokio::test]
async fn nobody_changes_their_own_terms_or_puts_people_into_a_department_that_they_lead() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let employee = company.person("employee", &[]).await;
    let mut lead = company.person("lead", &["AccountAdmin"]).await;
    let department = admin.new_row("Department", &[("Code", text("D")), ("Name", text("D")), ("Lead", row(lead.user))]);
    assert_eq!(admin.push(std::slice::from_ref(&department)).await, ["applied"]);
    lead.pull().await;
    let (person, seen) = (lead.user, lead.seen());
    let mut set = |user: Uuid, name: &str, cell: Cell| {
        lead.mutation(Operation::Put, "User", (user, seen), &[(name, cell)], &[(name, Cell::Null)])
    };
    let own = set(person, "CompletedUntil", Cell::Int(0));
    let into = set(employee.user, "Department", row(department.id));
    let until = set(employee.user, "CompletedUntil", Cell::Int(COMPLETED));
    let outcomes = lead.push(&[own, into, until]).await;
    let terms = "rejected rule: Department, Active, HourlyCost, HiredOn, LeftOn, VacationDays, CompletedUntil";
    assert_eq!(outcomes, [terms, "rejected rule: Department", "merged"]);
}

#[tokio::test]
async fn nobody_approves_their_own_absence() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let mut lead = company.person("lead", &["HumanResourcesAdmin"]).await;
    let mut employee = company.person("employee", &[]).await;
    let department = admin.new_row("Department", &[("Code", text("D")), ("Name", text("D")), ("Lead", row(lead.user))]);
    let mut into = |user: Uuid| {
        let (set, was) = ([("Department", row(department.id))], [("Department", Cell::Null)]);
        admin.mutation(Operation::Put, "User", (user, 0), &set, &was)
    };
    let both = [into(lead.user), into(employee.user)];
    admin.push(std::slice::from_ref(&department)).await;
    assert_eq!(admin.push(&both).await, ["merged", "merged"]);
    let absence = |device: &mut Device<'_>, approved: bool| {
        let (from, to) = (("From", Cell::Int(COMPLETED)), ("To", Cell::Int(COMPLETED)));
        let kind = ("Kind", text("Vacation"));
        let (days, approved) = (("Days", Cell::Int(1_000_000)), ("Approved", Cell::Bool(approved)));
        device.new_row("Absence", &[("User", row(device.user)), from, to, kind, days, approved])
    };
    let (asked, taken) = (absence(&mut lead, false), absence(&mut lead, true));
    let own = asked.id;
    assert_eq!(lead.push(&[asked, taken]).await, ["applied", "rejected forbidden"]);
    let others = absence(&mut employee, false);
    assert_eq!(employee.push(std::slice::from_ref(&others)).await, ["applied"]);
    lead.pull().await;
    let seen = lead.seen();
    let mut approve = |id: Uuid| {
        let (set, was) = ([("Approved", Cell::Bool(true))], [("Approved", Cell::Bool(false))]);
        lead.mutation(Operation::Put, "Absence", (id, seen), &set, &was)
    };
    let both = [approve(own), approve(others.id)];
    assert_eq!(lead.push(&both).await, ["rejected forbidden", "applied"]);
}

#[tokio::test]
async fn a_booking_is_dated_on_the_local_day_of_its_begin_so_a_completed_day_stays_closed() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let project = project(&mut admin).await;
    let mut employee = company.person("employee", &[]).await;
    let dated = |device: &mut Device<'_>, hour: i64, date: i64| {
        let mut booking = device.booking(project, hour);
        booking.set.insert("Date".to_owned(), Cell::Int(date));
        booking
    };
    let today = dated(&mut employee, 8, COMPLETED);
    let (later, afternoon) = (dated(&mut employee, 9, COMPLETED + 1), dated(&mut employee, 15, COMPLETED - 1));
    let night = dated(&mut employee, 1, COMPLETED - 1);
    let outcomes = employee.push(&[today, later, afternoon, night]).await;
    let wrong = "rejected rule: Date, Begin, UtcOffset";
    assert_eq!(outcomes, ["applied", wrong, wrong, "applied"]);
}

#[tokio::test]
async fn a_tag_is_its_owners_so_the_owner_sees_it_and_deletes_it_with_the_booking() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let project = project(&mut admin).await;
    let tag = admin.new_row("Tag", &[("Name", text("travel"))]);
    admin.push(std::slice::from_ref(&tag)).await;
    let mut employee = company.person("employee", &[]).await;
    let booking = employee.booking(project, 8);
    let set = [("Timesheet", row(booking.id)), ("Tag", row(tag.id))];
    assert_eq!(employee.push(std::slice::from_ref(&booking)).await, ["applied"]);
    let foreign = admin.new_row("TimesheetTag", &set);
    assert_eq!(admin.push(&[foreign]).await, ["rejected rule: Timesheet"]);
    let own = employee.new_row("TimesheetTag", &set);
    assert_eq!(employee.push(std::slice::from_ref(&own)).await, ["applied"]);
    let told = employee.pull().await;
    assert_eq!(told.ids("TimesheetTag"), [own.id]);
    let (dated, tagged) = (told.seq("Timesheet", booking.id), told.seq("TimesheetTag", own.id));
    admin.pull().await;
    let users = ([("User", row(admin.user))], [("User", row(employee.user))]);
    let away = admin.mutation(Operation::Put, "Timesheet", (booking.id, admin.seen()), &users.0, &users.1);
    assert_eq!(admin.push(&[away]).await, ["rejected rule: User"]);
    let both = vec![employee.delete("Timesheet", booking.id, dated), employee.delete("TimesheetTag", own.id, tagged)];
    assert_eq!(employee.push_groups(vec![both]).await, ["applied", "applied"]);
}

#[tokio::test]
async fn a_company_allows_overlapping_bookings_warns_of_them_or_forbids_them() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let project = project(&mut admin).await;
    let mut employee = company.person("employee", &[]).await;
    let (first, second) = (employee.booking(project, 8), employee.booking(project, 8));
    assert_eq!(employee.push(&[first, second]).await, ["applied", "applied"]);
    let wrong = admin.new_row("Setting", &[("Key", text("OverlapPolicy")), ("Value", text("never"))]);
    let forbid = admin.new_row("Setting", &[("Key", text("OverlapPolicy")), ("Value", text("forbid"))]);
    let id = forbid.id;
    assert_eq!(admin.push(&[wrong, forbid]).await, ["rejected rule: Value", "applied"]);
    let (third, fourth, free) =
        (employee.booking(project, 8), employee.booking(project, 10), employee.booking(project, 11));
    let outcomes = employee.push(&[third, fourth.clone(), free]).await;
    assert_eq!(outcomes, ["rejected rule: Begin, End", "applied", "applied"]);
    let seq = admin.pull().await.seq("Setting", id);
    let (set, was) = ([("Value", text("allow"))], [("Value", text("forbid"))]);
    let allow = admin.mutation(Operation::Put, "Setting", (id, seq), &set, &was);
    assert_eq!(admin.push(&[allow]).await, ["applied"]);
    let fifth = employee.booking(project, 10);
    assert_eq!(employee.push(&[fifth]).await, ["applied"]);
}
