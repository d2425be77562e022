use crate::company::Company;
use crate::device::{Device, row, text};
use crate::pushing::project;
use sync_protocol::{Cell, Operation, VisibleIds};
use uuid::Uuid;

/// A booking of the employee, which the colleague does not see.
async fn booked<'c>(company: &'c Company) -> (Device<'c>, Device<'c>, Device<'c>, Uuid) {
    let mut admin = company.person("admin", &["Admin"]).await;
    let project = project(&mut admin).await;
    let mut employee = company.person("employee", &[]).await;
    let mut colleague = company.person("colleague", &[]).await;
    let booking = employee.booking(project, 8);
    employee.push(std::slice::from_ref(&booking)).await;
    for device in [&mut admin, &mut employee] {
        assert_eq!(device.pull().await.ids("Timesheet"), [booking.id]);
    }
    assert!(colleague.pull().await.ids("Timesheet").is_empty());
    (admin, employee, colleague, booking.id)
}

#[tokio::test]
async fn changes_of_rows_that_a_person_may_not_see_change_no_byte_of_what_they_are_told() {
    let company = Company::new().await;
    let (mut admin, _, mut colleague, id) = booked(&company).await;
    let edit = admin.describe((id, admin.seen()), "work", "other");
    admin.push(&[edit]).await;
    let delete = admin.delete("Timesheet", id, 0);
    admin.push(&[delete]).await;
    let mut told = colleague.pull().await;
    let page = told.0.remove(0);
    assert!(page.tables.is_empty() && page.gone.is_empty() && page.visible.is_empty());
}

#[tokio::test]
async fn a_row_that_is_given_to_another_leaves_here_and_arrives_there() {
    let company = Company::new().await;
    let (mut admin, mut employee, mut colleague, id) = booked(&company).await;
    let (base, users) = (admin.seen(), (row(employee.user), row(colleague.user)));
    let give = admin.mutation(Operation::Put, "Timesheet", (id, base), &[("User", users.1)], &[("User", users.0)]);
    assert_eq!(admin.push(&[give]).await, ["applied"]);
    assert_eq!(employee.pull().await.gone("Timesheet"), [id]);
    assert!(employee.pull().await.gone("Timesheet").is_empty());
    assert_eq!(colleague.pull().await.ids("Timesheet"), [id]);
}

#[tokio::test]
async fn a_role_that_is_given_opens_rows_and_one_that_is_taken_away_closes_them() {
    let company = Company::new().await;
    let (mut admin, _, mut colleague, id) = booked(&company).await;
    company.person("colleague", &["ProjectController"]).await;
    let told = colleague.pull().await;
    assert_eq!(told.visible("Timesheet"), Some(vec![id]));
    let want = vec![VisibleIds { entity: "Timesheet".to_owned(), ids: vec![id] }];
    assert_eq!(colleague.try_pull(want).await.unwrap().ids("Timesheet"), [id]);

    let told = admin.pull().await;
    let given = told.ids("RoleAssignment")[0];
    let take = admin.delete("RoleAssignment", given, admin.seen());
    assert_eq!(admin.push(&[take]).await, ["applied"]);
    assert_eq!(colleague.pull().await.visible("Timesheet"), Some(Vec::new()));
}

#[tokio::test]
async fn a_row_that_may_not_be_read_is_not_had_by_asking_for_its_id() {
    let company = Company::new().await;
    let (_, _, mut colleague, id) = booked(&company).await;
    let want = vec![VisibleIds { entity: "Timesheet".to_owned(), ids: vec![id] }];
    assert!(colleague.try_pull(want).await.unwrap().ids("Timesheet").is_empty());
}

#[tokio::test]
async fn a_property_with_a_permission_of_its_own_is_null_to_others_until_they_have_it() {
    let company = Company::new().await;
    let (mut admin, mut employee, mut colleague, _) = booked(&company).await;
    let cost = [("HourlyCost", Cell::Int(50_000_000))];
    let user = employee.user;
    let set = admin.mutation(Operation::Put, "User", (user, admin.seen()), &cost, &[("HourlyCost", Cell::Null)]);
    assert_eq!(admin.push(&[set]).await, ["merged"]);
    let seen = |told: crate::device::Told| told.value("User", user, "HourlyCost");
    assert_eq!(seen(employee.pull().await), Some(Cell::Int(50_000_000)));
    assert_eq!(seen(colleague.pull().await), Some(Cell::Null));
    company.person("colleague", &["HumanResourcesAdmin"]).await;
    assert_eq!(seen(colleague.pull().await), Some(Cell::Int(50_000_000)));
}

#[tokio::test]
async fn a_long_pull_comes_in_pages_that_together_are_everything_once() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    for _ in 0..9 {
        let rows = (0..500).map(|index| {
            let code = text(&format!("{}-{index}", admin.no));
            admin.new_row("Customer", &[("Code", code), ("Name", text("Customer"))])
        });
        let rows = rows.collect();
        assert!(admin.push_groups(vec![rows]).await.iter().all(|outcome| outcome == "applied"));
    }
    let told = Device::new(&company, admin.user).pull().await;
    assert!(told.0.len() > 2);
    let mut ids = told.ids("Customer");
    assert_eq!(ids.len(), 4_500);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 4_500);
}
