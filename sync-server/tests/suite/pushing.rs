use crate::company::Company;
use crate::device::{Device, fresh, row, text};
use sync_protocol::{ErrorCode, Operation};
use uuid::Uuid;

/// A project that anybody may book on.
pub(crate) async fn project(admin: &mut Device<'_>) -> Uuid {
    let code = format!("P{}", admin.no);
    let project = admin.new_row("Project", &[("Code", text(&code)), ("Name", text("Project"))]);
    assert_eq!(admin.push(std::slice::from_ref(&project)).await, ["applied"]);
    project.id
}

#[tokio::test]
async fn a_push_that_is_sent_again_gets_its_outcomes_to_the_letter_and_changes_nothing() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let project = project(&mut admin).await;
    let mut employee = company.person("employee", &[]).await;
    let good = employee.booking(project, 8);
    let mut broken = employee.booking(project, 9);
    broken.set.insert("Project".to_owned(), row(fresh()));
    let groups = vec![vec![good], vec![broken]];
    let first = employee.try_push(groups.clone()).await.unwrap();
    employee.pull().await;
    let cursor = employee.cursor;
    assert_eq!(employee.try_push(groups).await.unwrap(), first);
    employee.pull().await;
    assert_eq!(employee.cursor, cursor);
}

#[tokio::test]
async fn a_copied_disk_is_noticed_before_its_first_change_is_taken() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let project = project(&mut admin).await;
    let mut employee = company.person("employee", &[]).await;
    let mut copy = Device::new(&company, employee.user);
    copy.client = employee.client;
    let (mine, other) = (employee.booking(project, 8), copy.booking(project, 8));
    assert_eq!(employee.push(&[mine]).await, ["applied"]);
    assert_eq!(copy.try_push(vec![vec![other]]).await, Err(ErrorCode::ClientForked));
}

#[tokio::test]
async fn a_cursor_of_another_history_is_told_so_before_anything_is_taken() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    admin.cursor.as_mut().unwrap().mark = fresh();
    let customer = admin.new_row("Customer", &[("Code", text("C")), ("Name", text("C"))]);
    assert_eq!(admin.try_push(vec![vec![customer]]).await, Err(ErrorCode::HistoryChanged));
    assert_eq!(admin.try_pull(Vec::new()).await.err(), Some(ErrorCode::HistoryChanged));
}

#[tokio::test]
async fn what_was_made_edited_and_deleted_offline_is_done_in_turn_although_every_base_is_old() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let project = project(&mut admin).await;
    let mut employee = company.person("employee", &[]).await;
    let booking = employee.booking(project, 8);
    let id = booking.id;
    let edit = employee.describe((id, 0), "work", "first");
    let again = employee.describe((id, 0), "first", "second");
    let delete = employee.delete("Timesheet", id, 0);
    assert_eq!(employee.push(&[booking, edit, again, delete]).await, ["applied"; 4]);
    assert!(employee.pull().await.ids("Timesheet").is_empty());
}

#[tokio::test]
async fn rows_of_one_group_may_refer_to_each_other_in_any_order() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let customer = fresh();
    let project = admin.new_row("Project", &[("Code", text("P")), ("Name", text("P")), ("Customer", row(customer))]);
    let set = [("Code", text("C")), ("Name", text("C"))];
    let customer = admin.mutation(Operation::Put, "Customer", (customer, 0), &set, &[]);
    assert_eq!(admin.push_groups(vec![vec![project, customer]]).await, ["applied", "applied"]);
}

#[tokio::test]
async fn a_new_row_gets_the_defaults_of_the_model_and_who_made_it() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let project = project(&mut admin).await;
    let told = admin.pull().await;
    assert_eq!(told.value("Project", project, "Billable"), Some(sync_protocol::Cell::Bool(true)));
    assert_eq!(told.value("Project", project, "CreatedBy"), Some(row(admin.user)));
}
