//! Roles that are given for a time.

use crate::company::Company;
use crate::device::{Device, row};
use crate::pushing::project;
use sync_protocol::{Cell, Mutation, VisibleIds};
use sync_server::clock::now_us;
use sync_server::roles::keep;
use uuid::Uuid;

const DAY_US: i64 = 24 * 3_600 * 1_000_000;

fn day(from_now: i64) -> Cell {
    Cell::Int(now_us() / DAY_US + from_now)
}

/// Somebody's booking, which the controller does not see without the role.
async fn booked(company: &Company) -> (Device<'_>, Device<'_>, Uuid, Uuid) {
    let mut admin = company.person("admin", &["Admin"]).await;
    let project = project(&mut admin).await;
    let mut controller = company.person("controller", &[]).await;
    let booking = admin.booking(project, 8);
    admin.push(std::slice::from_ref(&booking)).await;
    assert!(controller.pull().await.ids("Timesheet").is_empty());
    admin.cursor = None;
    let role = admin.pull().await.find("Role", "Code", "ProjectController").expect("a standard role");
    (admin, controller, role, booking.id)
}

fn given(admin: &mut Device<'_>, (user, role): (Uuid, Uuid), dates: &[(&str, Cell)]) -> Mutation {
    let set = [("User", row(user)), ("Role", row(role)), ("Active", Cell::Bool(true))];
    admin.new_row("RoleAssignment", &[&set, dates].concat())
}

async fn kept(company: &Company, days: i64) -> usize {
    let now = now_us() + days * DAY_US;
    keep(&company.installation.tenancy, &company.placement, now).await.expect("the roles are looked at")
}

#[tokio::test]
async fn a_role_ends_after_its_last_day_and_its_rows_leave_the_device() {
    let company = Company::new().await;
    let (mut admin, mut controller, role, booking) = booked(&company).await;
    let given = given(&mut admin, (controller.user, role), &[("ValidTo", day(2))]);
    assert_eq!(admin.push(std::slice::from_ref(&given)).await, ["applied"]);
    assert_eq!(controller.pull().await.visible("Timesheet"), Some(vec![booking]));
    assert_eq!(kept(&company, 0).await, 0, "nothing is written before its day");
    assert_eq!(kept(&company, 4).await, 1);
    assert_eq!(kept(&company, 4).await, 0, "nothing is written twice");
    let told = controller.pull().await;
    assert_eq!(told.visible("Timesheet"), Some(Vec::new()));
    assert_eq!(told.value("RoleAssignment", given.id, "Active"), Some(Cell::Bool(false)));
}

#[tokio::test]
async fn a_role_begins_on_its_first_day_and_not_when_it_is_entered() {
    let company = Company::new().await;
    let (mut admin, mut controller, role, booking) = booked(&company).await;
    let given = given(&mut admin, (controller.user, role), &[("ValidFrom", day(2)), ("ValidTo", day(9))]);
    assert_eq!(admin.push(&[given]).await, ["applied"]);
    assert_eq!(controller.pull().await.visible("Timesheet"), Some(Vec::new()));
    assert_eq!(kept(&company, 4).await, 1);
    assert_eq!(controller.pull().await.visible("Timesheet"), Some(vec![booking]));
    let want = vec![VisibleIds { entity: "Timesheet".to_owned(), ids: vec![booking] }];
    assert_eq!(controller.try_pull(want).await.expect("a page").ids("Timesheet"), [booking]);
}

#[tokio::test]
async fn a_role_without_dates_stays_as_it_was_given() {
    let company = Company::new().await;
    let (mut admin, mut controller, role, _) = booked(&company).await;
    let mut given = given(&mut admin, (controller.user, role), &[]);
    given.set.insert("Active".to_owned(), Cell::Bool(false));
    assert_eq!(admin.push(&[given]).await, ["applied"]);
    assert_eq!(kept(&company, 400).await, 0);
    assert_eq!(controller.pull().await.visible("Timesheet"), Some(Vec::new()));
}
