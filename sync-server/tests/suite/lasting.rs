//! Errors of the database that say something of a row, and errors that say something of the moment.

use crate::company::Company;
use crate::device::text;
use sync_protocol::{ErrorCode, Mutation, OutcomeKind, RejectionCode};

/// From now on the database refuses a customer with the code `POISON`, with this SQLSTATE.
async fn poisoned(company: &Company, state: &str) {
    let trigger = format!(
        "CREATE FUNCTION \"{{schema}}\".poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
         IF NEW.code = 'POISON' THEN RAISE EXCEPTION 'poison' USING ERRCODE = '{state}'; END IF; RETURN NEW; END $$; \
         CREATE TRIGGER poison BEFORE INSERT ON \"{{schema}}\".customer \
         FOR EACH ROW EXECUTE FUNCTION \"{{schema}}\".poison()"
    );
    company.as_owner(&trigger).await;
}

fn customers(admin: &mut crate::device::Device<'_>) -> Vec<Mutation> {
    let mut customer = |code| admin.new_row("Customer", &[("Code", text(code)), ("Name", text(code))]);
    ["C1", "POISON", "C2"].map(&mut customer).to_vec()
}

#[tokio::test]
async fn an_error_that_the_database_would_repeat_is_final_for_its_group_and_names_the_item() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    poisoned(&company, "P0001").await;
    let mutations = customers(&mut admin);
    let groups: Vec<Vec<Mutation>> = mutations.iter().map(|mutation| vec![mutation.clone()]).collect();
    let outcomes = admin.try_push(groups).await.expect("the push is taken");
    assert!(outcomes[0].is_success() && outcomes[2].is_success(), "{outcomes:?}");
    let OutcomeKind::Rejected { code: RejectionCode::BadValue, params, .. } = &outcomes[1] else {
        panic!("the poisoned customer is refused for good: {outcomes:?}")
    };
    assert_eq!(params["entity"], "Customer");
    let told = admin.pull().await;
    assert_eq!(told.ids("Customer"), [mutations[0].id, mutations[2].id]);
}

#[tokio::test]
async fn a_trouble_of_the_moment_takes_nothing_and_the_same_push_goes_through_later() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    poisoned(&company, "40P01").await;
    let mutations = customers(&mut admin);
    let groups = vec![mutations];
    assert_eq!(admin.try_push(groups.clone()).await, Err(ErrorCode::Unavailable));
    assert!(admin.pull().await.ids("Customer").is_empty());
    company.as_owner("DROP TRIGGER poison ON \"{schema}\".customer").await;
    assert_eq!(admin.push_groups(groups).await, ["applied"; 3]);
}
