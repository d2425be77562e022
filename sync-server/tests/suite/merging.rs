use crate::company::Company;
use crate::device::{Device, text};
use crate::pushing::project;
use sync_protocol::{Cell, Operation};
use uuid::Uuid;

/// A booking of the employee that an admin described anew since, and the seq that the employee knows.
async fn edited<'c>(company: &'c Company) -> (Device<'c>, Device<'c>, Uuid, u64) {
    let mut admin = company.person("admin", &["Admin"]).await;
    let project = project(&mut admin).await;
    let mut employee = company.person("employee", &[]).await;
    let booking = employee.booking(project, 8);
    let id = booking.id;
    employee.push(&[booking]).await;
    let seq = employee.pull().await.seq("Timesheet", id);
    let edit = admin.describe((id, seq), "work", "by the admin");
    assert_eq!(admin.push(&[edit]).await, ["applied"]);
    (admin, employee, id, seq)
}

#[tokio::test]
async fn edits_of_different_fields_are_both_there() {
    let company = Company::new().await;
    let (_, mut employee, id, seq) = edited(&company).await;
    let place = employee.mutation(
        Operation::Put,
        "Timesheet",
        (id, seq),
        &[("Location", text("Linz"))],
        &[("Location", Cell::Null)],
    );
    assert_eq!(employee.push(&[place]).await, ["merged"]);
    let told = employee.pull().await;
    assert_eq!(told.value("Timesheet", id, "Location"), Some(text("Linz")));
    assert_eq!(told.value("Timesheet", id, "Description"), Some(text("by the admin")));
}

#[tokio::test]
async fn a_clash_writes_nothing_and_keeps_the_authors_value_where_the_author_finds_it() {
    let company = Company::new().await;
    let (mut admin, mut employee, id, seq) = edited(&company).await;
    let mut stranger = company.person("stranger", &[]).await;
    let mine = employee.describe((id, seq), "work", "mine");
    assert_eq!(employee.push(&[mine]).await, ["conflict clash: Description"]);
    let told = employee.pull().await;
    assert_eq!(told.value("Timesheet", id, "Description"), Some(text("by the admin")));
    let conflict = told.find("Conflict", "Mine", r#"{"Description":"mine"}"#).expect("the author sees the conflict");
    assert_eq!(told.value("Conflict", conflict, "Row"), Some(text(&id.to_string())));
    assert!(stranger.pull().await.ids("Conflict").is_empty());
    assert_eq!(admin.pull().await.ids("Conflict"), [conflict]);
}

#[tokio::test]
async fn the_same_edit_on_both_sides_is_a_duplicate() {
    let company = Company::new().await;
    let (_, mut employee, id, seq) = edited(&company).await;
    let same = employee.describe((id, seq), "work", "by the admin");
    assert_eq!(employee.push(&[same]).await, ["duplicate"]);
}

#[tokio::test]
async fn an_edit_beats_a_delete_and_a_tombstone_can_be_restored() {
    let company = Company::new().await;
    let (mut admin, mut employee, id, seq) = edited(&company).await;
    let delete = employee.delete("Timesheet", id, seq);
    assert_eq!(employee.push(&[delete]).await, ["conflict edited_since"]);
    let seen = employee.pull().await.seq("Timesheet", id);
    admin.pull().await;
    let delete = employee.delete("Timesheet", id, seen);
    assert_eq!(employee.push(&[delete]).await, ["applied"]);
    assert_eq!(admin.pull().await.gone("Timesheet"), [id]);
    let late = admin.describe((id, seen), "by the admin", "late");
    assert_eq!(admin.push(&[late]).await, ["conflict deleted"]);
    let restore = admin.mutation(Operation::Restore, "Timesheet", (id, 0), &[("Description", text("late"))], &[]);
    assert_eq!(admin.push(&[restore]).await, ["applied"]);
    assert_eq!(employee.pull().await.value("Timesheet", id, "Description"), Some(text("late")));
}

#[tokio::test]
async fn a_conflict_keeps_the_authors_value_under_the_present_name_whatever_name_the_device_used() {
    let company = Company::new().await;
    let (mut admin, mut author) =
        (company.person("admin", &["Admin"]).await, company.person("author", &["BaseDataAdmin"]).await);
    let customer = admin.new_row("Customer", &[("Code", text("C")), ("Name", text("old"))]);
    admin.push(std::slice::from_ref(&customer)).await;
    let seq = author.pull().await.seq("Customer", customer.id);
    let edit = |device: &mut Device<'_>, name: &str, new: &str| {
        device.mutation(Operation::Put, "Customer", (customer.id, seq), &[(name, text(new))], &[(name, text("old"))])
    };
    let (theirs, mine) = (edit(&mut admin, "Name", "theirs"), edit(&mut author, "CompanyName", "mine"));
    assert_eq!(admin.push(&[theirs]).await, ["applied"]);
    assert_eq!(author.push(&[mine]).await, ["conflict clash: Name"]);
    assert!(author.pull().await.find("Conflict", "Mine", r#"{"Name":"mine"}"#).is_some());
}
