//! A code becomes a password once, for the person that it was made for; an answer and a session are good for a time.

use crate::company::Company;
use crate::web::Web;
use axum::http::StatusCode;
use serde_json::json;

const PASSWORD: (u8, u32) = (9, 131_072);

#[tokio::test]
async fn a_code_becomes_a_password_once_and_only_the_newest_one_of_the_person_does() {
    let (web, company) = (Web::new().await, Company::new().await);
    let older = company.invite("employee", &[]).await;
    let code = company.invite("employee", &[]).await;
    let taken = async |code: &str, user: &str, password| web.takes_up(code, &company, user, password).await;
    company.invite("colleague", &[]).await;
    for (code, user) in [(&older, "employee"), (&code, "colleague"), (&"x".repeat(24), "employee")] {
        let (status, body) = taken(code, user, PASSWORD).await;
        assert_eq!((status, &body["code"]), (StatusCode::NOT_FOUND, &json!("not_found")), "{body}");
        assert!(body["message"].as_str().is_some_and(|said| said.contains("ask for a new one")), "{body}");
    }
    assert_eq!(taken(&code, "employee", (9, 1_024)).await.0, StatusCode::BAD_REQUEST, "it could be guessed");
    assert_eq!(taken(&code, "employee", PASSWORD).await.0, StatusCode::NO_CONTENT);
    assert_eq!(taken(&code, "employee", (8, 131_072)).await.0, StatusCode::NOT_FOUND, "it was used");
    let mut employee = web.visitor("192.0.2.1");
    assert_eq!(employee.signs_in(&company.name, "employee", 9).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_code_and_a_session_end_with_their_time() {
    let (web, company) = (Web::new().await, Company::new().await);
    let code = company.invite("employee", &[]).await;
    let tenant = company.placement.tenant;
    let passes = async |table: &str| {
        let sql = format!("UPDATE control.{table} SET expires = 1 WHERE tenant = $1");
        let done = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(tenant).execute(&company.installation.control).await;
        assert!(done.expect("the control database is there").rows_affected() > 0);
    };
    passes("invitation").await;
    assert_eq!(web.takes_up(&code, &company, "employee", PASSWORD).await.0, StatusCode::NOT_FOUND);
    web.invited(&company, "employee", 9).await;
    let mut employee = web.visitor("192.0.2.1");
    assert_eq!(employee.signs_in(&company.name, "employee", 9).await.0, StatusCode::OK);
    assert_eq!(employee.gets("/v1/model").await.0, StatusCode::OK);
    passes("session").await;
    let (status, body) = employee.gets("/v1/model").await;
    assert_eq!((status, &body["code"]), (StatusCode::UNAUTHORIZED, &json!("session_over")), "{body}");
}

#[tokio::test]
async fn an_answer_to_a_challenge_is_good_once() {
    let (web, company) = (Web::new().await, Company::new().await);
    web.invited(&company, "employee", 9).await;
    let mut employee = web.visitor("192.0.2.1");
    let asked = json!({"tenant": company.name, "user": "employee"});
    let (_, challenge) = employee.posts("/v1/login/challenge", &asked).await;
    let nonce = challenge["nonce"].as_str().expect("a nonce").to_owned();
    let expires = challenge["expires"].as_i64().expect("a time");
    let names = (company.name.as_str(), "employee");
    assert_eq!(employee.answers(names, 9, &nonce, expires).await.0, StatusCode::OK);
    assert_eq!(employee.answers(names, 9, &nonce, expires).await.0, StatusCode::UNAUTHORIZED);
}
