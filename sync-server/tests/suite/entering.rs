//! Who comes in, and who does not any more.

use crate::company::Company;
use crate::device::text;
use crate::web::{Answer, Visitor, Web};
use axum::http::StatusCode;
use ed25519_dalek::SigningKey;
use futures::StreamExt;
use serde_json::json;
use std::time::Duration;
use sync_protocol::limits::QUERIES_PER_PERSON_MAX;
use sync_protocol::{Cell, Operation};
use sync_server::people::set_disabled;

const PASSWORD: u8 = 9;
const WRONG: u8 = 8;
/// Far longer than any machine needs.
const PATIENCE: Duration = Duration::from_secs(120);

async fn signed_in<'w>(web: &'w Web, company: &Company) -> Visitor<'w> {
    web.invited(company, "employee", PASSWORD).await;
    let mut employee = web.visitor("192.0.2.1");
    let answer = employee.signs_in(&company.name, "employee", PASSWORD).await;
    assert_eq!(answer.0, StatusCode::OK, "{answer:?}");
    employee
}

fn check_refused((status, body): &Answer, word: &str) {
    assert_eq!((*status, &body["code"]), (StatusCode::FORBIDDEN, &json!("forbidden")), "{body}");
    assert!(body["message"].as_str().is_some_and(|message| message.contains(word)), "{body}");
}

async fn check_shut_out(company: &Company, employee: &Visitor<'_>, word: &str) {
    for path in ["/v1/model", "/v1/sync/events", "/v1/vault"] {
        check_refused(&employee.gets(path).await, word);
    }
    let pull = json!({"cursor": null, "after": null, "model_version": 1});
    check_refused(&employee.posts("/v1/sync/pull", &pull).await, word);
    let query = json!({"text": "From U In User", "zone": "UTC"});
    check_refused(&employee.posts("/v1/query", &query).await, word);
    check_refused(&employee.clone().signs_in(&company.name, "employee", PASSWORD).await, word);
    let stranger = employee.clone().signs_in(&company.name, "employee", WRONG).await;
    assert_eq!(stranger.0, StatusCode::UNAUTHORIZED, "who has not the password learns nothing of it");
}

#[tokio::test]
async fn somebody_who_is_locked_out_neither_signs_in_nor_uses_an_open_session_until_they_are_let_in_again() {
    let (web, company) = (Web::new().await, Company::new().await);
    let employee = signed_in(&web, &company).await;
    assert_eq!(employee.gets("/v1/model").await.0, StatusCode::OK);
    let control = &company.installation.control;
    set_disabled(control, &company.name, "Employee", true).await.expect("there is such an account");
    check_shut_out(&company, &employee, "locked").await;
    set_disabled(control, &company.name, "employee", false).await.expect("there is such an account");
    assert_eq!(employee.gets("/v1/model").await.0, StatusCode::OK);
    assert!(set_disabled(control, &company.name, "nobody", true).await.is_err());
}

#[tokio::test]
async fn somebody_whom_the_company_made_inactive_or_deleted_is_shut_out() {
    let (web, company) = (Web::new().await, Company::new().await);
    let mut admin = company.person("admin", &["Admin"]).await;
    let employee = signed_in(&web, &company).await;
    let told = admin.pull().await;
    let id = told.find("User", "Username", "employee").expect("the employee is there");
    let mut active = |base: u64, was: bool| {
        let (set, was) = ([("Active", Cell::Bool(!was))], [("Active", Cell::Bool(was))]);
        admin.mutation(Operation::Put, "User", (id, base), &set, &was)
    };
    let (end, again) = (active(told.seq("User", id), true), active(0, false));
    assert_eq!(admin.push(&[end]).await, ["applied"]);
    check_shut_out(&company, &employee, "ended your account").await;
    assert_eq!(admin.push(&[again]).await, ["merged"]);
    assert_eq!(employee.gets("/v1/model").await.0, StatusCode::OK);
}

#[tokio::test]
async fn the_stream_of_somebody_who_is_locked_out_ends() {
    let (web, company) = (Web::new().await, Company::new().await);
    let employee = signed_in(&web, &company).await;
    let stream = employee.asks("GET", "/v1/sync/events", Vec::new()).await;
    assert_eq!(stream.status(), StatusCode::OK);
    let mut events = stream.into_body().into_data_stream();
    assert!(events.next().await.is_some(), "the head is told at once");
    set_disabled(&company.installation.control, &company.name, "employee", true).await.expect("an account");
    let rest = tokio::time::timeout(PATIENCE, events.count()).await;
    assert!(rest.is_ok(), "the stream ended");
}

#[tokio::test]
async fn who_listens_is_told_of_a_commit() {
    let (web, company) = (Web::new().await, Company::new().await);
    let employee = signed_in(&web, &company).await;
    let stream = employee.asks("GET", "/v1/sync/events", Vec::new()).await;
    let mut events = stream.into_body().into_data_stream();
    let mut told = async || {
        let event = tokio::time::timeout(PATIENCE, events.next()).await.expect("in time");
        String::from_utf8_lossy(&event.expect("the stream goes on").expect("it is read")).into_owned()
    };
    let first = told().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let customer = admin.new_row("Customer", &[("Code", text("NEW")), ("Name", text("New"))]);
    assert_eq!(admin.push(&[customer]).await, ["applied"]);
    admin.pull().await;
    let head = admin.seen();
    let mut last = first;
    while !last.contains(&format!("\"seq\":{head}")) {
        last = told().await;
    }
}

#[tokio::test]
async fn wrong_answers_make_the_network_that_they_came_from_wait_and_nobody_else() {
    let (web, company) = (Web::new().await, Company::new().await);
    signed_in(&web, &company).await;
    let mut stranger = web.visitor("198.51.100.7");
    let mut statuses = Vec::new();
    for _ in 0..8 {
        statuses.push(stranger.signs_in(&company.name, "employee", WRONG).await.0);
    }
    assert_eq!(statuses[..5], [StatusCode::UNAUTHORIZED; 5]);
    assert!(statuses.contains(&StatusCode::TOO_MANY_REQUESTS), "{statuses:?}");
    let mut employee = web.visitor("198.51.100.8");
    assert_eq!(employee.signs_in(&company.name, "employee", PASSWORD).await.0, StatusCode::OK);
}

#[tokio::test]
async fn an_answer_to_a_challenge_that_the_server_never_gave_counts_against_nobody() {
    let (web, company) = (Web::new().await, Company::new().await);
    signed_in(&web, &company).await;
    let mut employee = web.visitor("198.51.100.9");
    let expires = sync_server::clock::now_us() + 60_000_000;
    for _ in 0..20 {
        let forged = employee.answers((&company.name, "employee"), WRONG, &"00".repeat(32), expires).await;
        assert_eq!(forged.0, StatusCode::UNAUTHORIZED);
    }
    assert_eq!(employee.signs_in(&company.name, "employee", PASSWORD).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_token_without_the_key_of_its_device_opens_neither_vault_nor_segments() {
    let (web, company) = (Web::new().await, Company::new().await);
    let employee = signed_in(&web, &company).await;
    let segments = format!("/v1/segments/{}", uuid::Uuid::nil());
    let fetch = json!({"segments": []});
    for path in ["/v1/vault", &segments] {
        assert_eq!(employee.gets(path).await.0, StatusCode::OK, "{path}");
    }
    assert_eq!(employee.posts("/v1/segments/fetch", &fetch).await.0, StatusCode::OK);
    let mut thief = employee.clone();
    thief.device = SigningKey::from_bytes(&[6; 32]);
    for path in ["/v1/vault", &segments] {
        check_refused(&thief.gets(path).await, "not signed by the device");
    }
    check_refused(&thief.posts("/v1/segments/fetch", &fetch).await, "not signed by the device");
    let put = thief.asks("PUT", &format!("{segments}/1"), b"sealed".to_vec()).await;
    assert_eq!(put.status(), StatusCode::FORBIDDEN);
    assert_eq!(thief.gets("/v1/model").await.0, StatusCode::OK, "what is not sealed needs the token alone");
}

#[tokio::test]
async fn a_person_who_asks_too_much_at_once_is_told_to_wait_and_asks_again_later() {
    let (web, company) = (Web::new().await, Company::new().await);
    let employee = signed_in(&web, &company).await;
    let tenant = company.placement.tenant;
    let user = company.person("employee", &[]).await.user;
    let begin = || web.state.running_queries.begin(tenant, user).expect("a query may begin");
    let running: Vec<_> = (0..QUERIES_PER_PERSON_MAX).map(|_| begin()).collect();
    let query = json!({"text": "From U In User", "zone": "UTC"});
    let (status, body) = employee.posts("/v1/query", &query).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    assert!(body["message"].as_str().is_some_and(|message| message.contains("Wait until one has ended")), "{body}");
    drop(running);
    assert_eq!(employee.posts("/v1/query", &query).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_name_that_no_database_can_hold_is_refused_and_is_no_fault_of_ours() {
    let web = Web::new().await;
    let challenge = json!({"tenant": "demo\u{0}", "user": "employee"});
    let (status, said) = web.visitor("198.51.100.10").posts("/v1/login/challenge", &challenge).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{said}");
}
