use crate::company::Company;
use crate::device::{fresh, row, text};
use crate::pushing::project;
use sync_protocol::{Cell, Operation};

#[tokio::test]
async fn a_poisoned_group_is_undone_whole_and_the_others_go_through() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let project = project(&mut admin).await;
    let mut employee = company.person("employee", &[]).await;
    let mut broken = employee.booking(project, 8);
    broken.set.insert("End".to_owned(), Cell::Int(0));
    let beside = employee.booking(project, 9);
    let edit = employee.describe((broken.id, 0), "work", "more");
    let good = employee.booking(project, 10);
    let id = good.id;
    let outcomes = employee.push_groups(vec![vec![broken, beside], vec![edit], vec![good]]).await;
    assert_eq!(outcomes, ["rejected rule: Begin, End", "skipped", "skipped", "applied"]);
    assert_eq!(employee.pull().await.ids("Timesheet"), [id]);
}

#[tokio::test]
async fn a_later_edit_of_a_row_that_a_wrong_value_kept_from_being_made_is_skipped_and_not_missing() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let project = project(&mut admin).await;
    let mut employee = company.person("employee", &[]).await;
    let mut broken = employee.booking(project, 8);
    broken.set.insert("Begin".to_owned(), text("soon"));
    let edit = employee.describe((broken.id, 0), "work", "more");
    let good = employee.booking(project, 9);
    assert_eq!(employee.push(&[broken, edit, good]).await, ["rejected bad_value: Begin", "skipped", "applied"]);
}

#[tokio::test]
async fn a_deleted_row_comes_back_only_with_its_parents() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let customer = admin.new_row("Customer", &[("Code", text("C")), ("Name", text("C"))]);
    let set = [("Code", text("P")), ("Name", text("P")), ("Customer", row(customer.id))];
    let project = admin.new_row("Project", &set);
    admin.push_groups(vec![vec![customer.clone(), project.clone()]]).await;
    admin.pull().await;
    let seen = admin.seen();
    let both = vec![admin.delete("Project", project.id, seen), admin.delete("Customer", customer.id, seen)];
    assert_eq!(admin.push_groups(vec![both]).await, ["applied", "applied"]);
    admin.pull().await;
    let seen = admin.seen();
    let mut restore = |entity: &str, id| admin.mutation(Operation::Restore, entity, (id, seen), &[], &[]);
    let (alone, child, parent) =
        (restore("Project", project.id), restore("Project", project.id), restore("Customer", customer.id));
    let outcomes = admin.push_groups(vec![vec![alone], vec![child, parent]]).await;
    assert_eq!(outcomes, ["rejected missing_parent: Customer", "applied", "applied"]);
}

#[tokio::test]
async fn a_person_who_may_not_write_learns_nothing_of_what_is_there() {
    let company = Company::new().await;
    let mut billing = company.person("billing", &["BillingAdmin"]).await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let customer = admin.new_row("Customer", &[("Code", text("C")), ("Name", text("C"))]);
    admin.push(std::slice::from_ref(&customer)).await;
    let invoice = |number: &str| {
        let (number, day) = (text(number), Cell::Int(20_000));
        [("Number", number), ("Customer", row(customer.id)), ("Date", day), ("Amount", Cell::Int(1))]
    };
    let known = billing.new_row("Invoice", &invoice("R1"));
    assert_eq!(billing.push(std::slice::from_ref(&known)).await, ["applied"]);
    let mut employee = company.person("employee", &[]).await;
    let (taken, free) = (employee.new_row("Invoice", &invoice("R1")), employee.new_row("Invoice", &invoice("R2")));
    assert_eq!(employee.push(&[taken, free]).await, ["rejected forbidden"; 2]);
    let (there, not_there) = (employee.delete("Invoice", known.id, 1), employee.delete("Invoice", fresh(), 1));
    assert_eq!(employee.push(&[there, not_there]).await, ["rejected missing"; 2]);
}

#[tokio::test]
async fn two_rows_with_one_code_cannot_be() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let set = [("Code", text("C")), ("Name", text("C"))];
    let (first, second) = (admin.new_row("Customer", &set), admin.new_row("Customer", &set));
    assert_eq!(admin.push(&[first, second]).await, ["applied", "rejected not_unique: Code"]);
}

#[tokio::test]
async fn a_row_that_others_refer_to_is_not_deleted_and_a_deleted_one_is_no_parent() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let customer = admin.new_row("Customer", &[("Code", text("C")), ("Name", text("C"))]);
    let project = |code: &str| [("Code", text(code)), ("Name", text("P")), ("Customer", row(customer.id))];
    let child = admin.new_row("Project", &project("P1"));
    admin.push_groups(vec![vec![customer.clone(), child.clone()]]).await;
    admin.pull().await;
    let seen = admin.seen();
    let parent = admin.delete("Customer", customer.id, seen);
    assert_eq!(admin.push(&[parent]).await, ["rejected still_referenced"]);
    let both = vec![admin.delete("Customer", customer.id, seen), admin.delete("Project", child.id, seen)];
    assert_eq!(admin.push_groups(vec![both]).await, ["applied", "applied"]);
    let orphan = admin.new_row("Project", &project("P2"));
    assert_eq!(admin.push(&[orphan]).await, ["rejected missing_parent: Customer"]);
}

#[tokio::test]
async fn what_no_model_knows_is_rejected_and_what_an_older_model_knew_is_told_apart() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let unknown = admin.new_row("Customer", &[("Colour", text("red"))]);
    assert_eq!(admin.push(&[unknown]).await, ["rejected unknown_property: Colour"]);
    admin.model_version = 0;
    let unknown = admin.new_row("Customer", &[("Colour", text("red"))]);
    let plain = admin.new_row("Customer", &[("Code", text("C")), ("Name", text("C"))]);
    assert_eq!(admin.push(&[unknown, plain]).await, ["model changed", "applied"]);
}

#[tokio::test]
async fn a_person_cannot_give_themselves_what_only_others_may_give() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let role = admin.new_row("Role", &[("Code", text("Special")), ("Name", text("Special"))]);
    admin.push(std::slice::from_ref(&role)).await;
    let mut employee = company.person("employee", &[]).await;
    let own = employee.new_row("RoleAssignment", &[("User", row(employee.user)), ("Role", row(role.id))]);
    let user = (employee.user, employee.seen());
    let raise = employee.mutation(Operation::Put, "User", user, &[("HourlyCost", Cell::Int(1))], &[]);
    assert_eq!(employee.push(&[own, raise]).await, ["rejected forbidden"; 2]);
}

#[tokio::test]
async fn what_is_on_an_invoice_keeps_its_time_until_it_is_taken_off() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let project = project(&mut admin).await;
    let customer = admin.new_row("Customer", &[("Code", text("C")), ("Name", text("C"))]);
    let mut invoice = |number: &str| {
        let set = [("Number", text(number)), ("Customer", row(customer.id)), ("Date", Cell::Int(20_000))];
        admin.new_row("Invoice", &[&set[..], &[("Amount", Cell::Int(1))]].concat())
    };
    let (invoice, other) = (invoice("R1"), invoice("R2"));
    let booking = admin.booking(project, 8);
    let (id, end) = (booking.id, booking.set["End"].clone());
    assert_eq!(admin.push(&[customer, invoice.clone(), other.clone(), booking]).await, ["applied"; 4]);
    admin.pull().await;
    let mut billing = company.person("billing", &["BillingAdmin"]).await;
    let seen = billing.seen();
    let change = |billing: &mut crate::device::Device<'_>, base, property: &str, was: Cell, new: Cell| {
        billing.mutation(Operation::Put, "Timesheet", (id, base), &[(property, new)], &[(property, was)])
    };
    let later = Cell::Int(20_000 * 24 * 3_600_000_000 + 10 * 3_600_000_000);
    let billed = change(&mut billing, seen, "Invoice", Cell::Null, row(invoice.id));
    taken(&billing.push(&[billed]).await[0]);
    billing.pull().await;
    let seen = billing.seen();
    let longer = change(&mut billing, seen, "End", end.clone(), later.clone());
    let words = change(&mut billing, seen, "Description", text("work"), text("still open to words"));
    let moved = change(&mut billing, seen, "Invoice", row(invoice.id), row(other.id));
    let outcomes = billing.push(&[longer, words, moved]).await;
    taken(&outcomes[1]);
    for refused in [0, 2] {
        assert!(outcomes[refused].starts_with("rejected rule: Invoice, "), "{outcomes:?}");
    }
    billing.pull().await;
    let seen = billing.seen();
    let off = change(&mut billing, seen, "Invoice", row(invoice.id), Cell::Null);
    taken(&billing.push(&[off]).await[0]);
    billing.pull().await;
    let seen = billing.seen();
    let longer = change(&mut billing, seen, "End", end, later);
    taken(&billing.push(&[longer]).await[0]);
}

fn taken(outcome: &str) {
    assert!(["applied", "merged"].contains(&outcome), "{outcome}");
}
