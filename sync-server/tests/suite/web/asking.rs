//! Queries of people: how long one may go on working after nobody waits for it, and what a plan tells.

use crate::cluster::address;
use crate::company::Company;
use crate::web::Web;
use axum::http::StatusCode;
use serde_json::json;
use sqlx::{ConnectOptions, Row};
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;
use sync_protocol::{PROTOCOL, PROTOCOL_HEADER};
use sync_server::routes::router;
use sync_server::storage::setup::TENANT_DATABASE;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

const ENDLESS: &str = "From U In User From A In Dates(#2020-01-01#, #2028-01-01#) From B In Dates(#2020-01-01#, #2028-01-01#) \
    From C In Dates(#2020-01-01#, #2028-01-01#) Where A.Date > B.Date And B.Date > C.Date Select { N = Count() }";

/// Waits until a query of this company has been worked on for a while, and names the process that does. What the server
/// reads before it, and the text's own preparation, take no such time.
async fn works_on(company: &Company) -> i32 {
    let sql = "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND position($1 IN query) > 0 \
        AND clock_timestamp() - query_start > interval '300 ms' AND pid <> pg_backend_pid()";
    let schema = company.placement.schema.as_str().to_owned();
    asks_until(sql, |row| sqlx::query(row).bind(schema.clone())).await
}

/// Waits until this process of the database works on nothing.
async fn rests(process: i32) {
    let sql = "SELECT $1 WHERE NOT EXISTS (SELECT FROM pg_stat_activity WHERE state = 'active' AND pid = $1)";
    asks_until(sql, |row| sqlx::query(row).bind(process)).await;
}

type Asked = sqlx::query::Query<'static, sqlx::Postgres, sqlx::postgres::PgArguments>;

async fn asks_until(sql: &'static str, asked: impl Fn(&'static str) -> Asked) -> i32 {
    let mut connection = address().superuser(TENANT_DATABASE).connect().await.expect("the superuser may connect");
    for _ in 0..1_200 {
        if let Some(row) = asked(sql).fetch_optional(&mut connection).await.expect("the superuser sees who works") {
            return row.get(0);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("waited in vain for {sql}")
}

/// What Postgres wrote down so far.
fn log() -> String {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("replication/postgres/log");
    std::fs::read_to_string(file).expect("Postgres has a log")
}

#[tokio::test]
async fn a_query_whose_connection_is_closed_ends_in_the_database_too() {
    let (web, company) = (Web::new().await, Company::new().await);
    web.invited(&company, "employee", 1).await;
    let mut employee = web.visitor("192.0.2.41");
    assert_eq!(employee.signs_in(&company.name, "employee", 1).await.0, StatusCode::OK);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let server = listener.local_addr().expect("a bound port has an address");
    let service = router(web.state.clone()).into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });

    let body = json!({"text": ENDLESS, "zone": "Europe/Vienna"}).to_string();
    let token = employee.token.clone().expect("signed in");
    let mut connection = TcpStream::connect(server).await.expect("the server listens");
    let request = format!(
        "POST /v1/query HTTP/1.1\r\nhost: daybook.example\r\ncontent-type: application/json\r\n{PROTOCOL_HEADER}: {PROTOCOL}\r\n\
         authorization: Bearer {token}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    connection.write_all(request.as_bytes()).await.expect("the request is sent");
    let process = works_on(&company).await;
    drop(connection);
    rests(process).await;
    let ended = format!("[{process}] ERROR:  canceling statement due to user request");
    assert!(log().contains(&ended), "no line {ended}\n{}", log());
}

#[tokio::test]
async fn a_plan_names_the_steps_of_the_database_and_no_number_of_rows() {
    let (web, company) = (Web::new().await, Company::new().await);
    web.invited(&company, "employee", 1).await;
    let mut employee = web.visitor("192.0.2.42");
    assert_eq!(employee.signs_in(&company.name, "employee", 1).await.0, StatusCode::OK);
    let asks = |text: &str| json!({"text": text, "zone": "UTC", "parameters": {"day": "2026-03-02"}});
    let text = "From T In Timesheet Where T.Date = @day Order By T.Begin Select { T.Begin }";
    let (status, answer) = employee.posts("/v1/query/plan", &asks(text)).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    let lines: Vec<&str> = answer["lines"].as_array().expect("lines").iter().filter_map(|line| line.as_str()).collect();
    assert!(lines.iter().any(|line| line.contains("timesheet")), "{lines:?}");
    assert!(lines.iter().all(|line| !line.contains("rows=") && !line.contains("cost=")), "{lines:?}");
    let (status, answer) = employee.posts("/v1/query/plan", &asks("From T In Timeshet Select { T.Id }")).await;
    assert_eq!(
        (status, answer["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("query_refused")),
        "{answer}"
    );
}
