//! What Postgres itself refuses, whatever the server's code asks of it: rights of the logins and roles, and triggers.

use crate::cluster::{address, installation};
use crate::company::Company;
use crate::device::{Device, text};
use sqlx::{ConnectOptions, Connection, Row};
use std::collections::BTreeSet;
use sync_protocol::Operation;
use sync_server::storage::setup::{CONTROL_DATABASE, CONTROL_LOGIN, TENANT_DATABASE, TRAFFIC_LOGIN};
use uuid::Uuid;

const NO_RIGHT: &str = "42501";
const PAST_THE_GATE: &str = "DB001";

/// SQLSTATE of the first statement that the database refuses, as the login of requests under `role`; None: it took all.
/// `{schema}` is the company's. Nothing stays.
async fn refused(company: &Company, role: Option<&str>, statements: &[&str]) -> Option<String> {
    let mut transaction = company.placement.pool.begin().await.expect("the login of requests may connect");
    let role = role.map(|role| format!("SET LOCAL ROLE \"{role}\""));
    for sql in role.iter().map(String::as_str).chain(statements.iter().copied()) {
        let sql = sql.replace("{schema}", company.placement.schema.as_str());
        if let Err(error) = sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut *transaction).await {
            let error = error.into_database_error().expect("the database itself says no");
            return error.code().map(|code| code.into_owned());
        }
    }
    None
}

async fn check(company: &Company, role: Option<&str>, statement: &str, expected: Option<&str>) {
    let answer = refused(company, role, &[statement]).await;
    assert_eq!(answer.as_deref(), expected, "{role:?}: {statement}");
}

fn write_role(company: &Company) -> Option<&str> {
    Some(company.placement.write_role.as_str())
}

fn read_role(company: &Company) -> Option<&str> {
    Some(company.placement.read_role.as_str())
}

#[tokio::test]
async fn the_login_of_requests_sees_and_makes_nothing_by_itself() {
    let company = Company::new().await;
    for sql in [
        "SELECT 1 FROM \"{schema}\".timesheet",
        "SELECT 1 FROM \"{schema}\".sync_head",
        "INSERT INTO \"{schema}\".sync_log (seq, mark, at) VALUES (99, gen_random_uuid(), 0)",
        "CREATE TABLE \"{schema}\".mine (id integer)",
        "CREATE TABLE public.mine (id integer)",
        "CREATE SCHEMA mine",
    ] {
        check(&company, None, sql, Some(NO_RIGHT)).await;
    }
}

#[tokio::test]
async fn a_companys_roles_reach_no_table_of_another_company() {
    let (company, other) = (Company::new().await, Company::new().await);
    let foreign = other.placement.schema.as_str();
    for role in [write_role(&company), read_role(&company)] {
        check(&company, role, "SELECT 1 FROM \"{schema}\".timesheet", None).await;
        for table in ["timesheet", "timesheet_history", "sync_head", "sync_log", "sync_model", "sync_segment"] {
            check(&company, role, &format!("SELECT 1 FROM \"{foreign}\".{table}"), Some(NO_RIGHT)).await;
        }
        check(&company, role, &format!("UPDATE \"{foreign}\".sync_head SET seq = seq + 1"), Some(NO_RIGHT)).await;
    }
}

#[tokio::test]
async fn the_role_that_reads_writes_nothing() {
    let company = Company::new().await;
    for sql in [
        "UPDATE \"{schema}\".sync_head SET seq = seq + 1",
        "UPDATE \"{schema}\".\"user\" SET active = true",
        "DELETE FROM \"{schema}\".customer",
        "INSERT INTO \"{schema}\".sync_client (client, \"user\", last_no, acknowledged, seen) \
         VALUES (gen_random_uuid(), gen_random_uuid(), 0, 0, 0)",
    ] {
        check(&company, read_role(&company), sql, Some(NO_RIGHT)).await;
    }
}

#[tokio::test]
async fn the_role_that_writes_deletes_no_row_rewrites_no_history_and_changes_no_shape() {
    let company = Company::new().await;
    for sql in [
        "DELETE FROM \"{schema}\".customer",
        "TRUNCATE \"{schema}\".customer",
        "UPDATE \"{schema}\".customer_history SET code = ''",
        "DELETE FROM \"{schema}\".customer_history",
        "UPDATE \"{schema}\".sync_head SET state = 'fenced'",
        "UPDATE \"{schema}\".sync_head SET placement_epoch = 9",
        "UPDATE \"{schema}\".sync_log SET mark = gen_random_uuid()",
        "UPDATE \"{schema}\".sync_model SET text = ''",
        "ALTER TABLE \"{schema}\".customer DISABLE TRIGGER ALL",
        "DROP TABLE \"{schema}\".customer",
        "CREATE TABLE \"{schema}\".mine (id integer)",
    ] {
        check(&company, write_role(&company), sql, Some(NO_RIGHT)).await;
    }
}

#[tokio::test]
async fn no_statement_takes_another_companys_role_on_by_a_setting() {
    let (company, other) = (Company::new().await, Company::new().await);
    let foreign = other.placement.read_role.as_str();
    let switch = format!("SELECT pg_catalog.set_config('role', '{foreign}', true)");
    check(&company, read_role(&company), &switch, Some(NO_RIGHT)).await;
}

#[tokio::test]
async fn a_role_ends_with_its_transaction() {
    let company = Company::new().await;
    let mut connection = company.placement.pool.acquire().await.expect("a connection");
    let mut transaction = connection.begin().await.expect("a transaction");
    let role = format!("SET LOCAL ROLE \"{}\"", company.placement.write_role);
    sqlx::raw_sql(sqlx::AssertSqlSafe(role)).execute(&mut *transaction).await.expect("the role is taken on");
    transaction.commit().await.expect("it ends");
    let user = sqlx::query("SELECT current_user::text").fetch_one(&mut *connection).await.expect("an answer");
    assert_eq!(user.get::<String, _>(0), TRAFFIC_LOGIN);
}

#[tokio::test]
async fn a_row_that_did_not_pass_the_gate_is_refused() {
    let company = Company::new().await;
    let insert = |seq: &str| {
        format!(
            "INSERT INTO \"{{schema}}\".customer (id, seq, created, updated, code, name, closed) \
             VALUES (gen_random_uuid(), {seq}, 0, 0, 'C', 'C', false)"
        )
    };
    let head = "(SELECT seq FROM \"{schema}\".sync_head)";
    let (gate, now) = ("UPDATE \"{schema}\".sync_head SET seq = seq + 1", "SET CONSTRAINTS ALL IMMEDIATE");
    let role = write_role(&company);
    for (statements, expected) in [
        (vec![insert(head)], Some(PAST_THE_GATE)),
        (vec![gate.to_owned(), insert("1")], Some(PAST_THE_GATE)),
        (vec![gate.to_owned(), insert("999")], Some(PAST_THE_GATE)),
        (vec![gate.to_owned(), insert(head)], None),
    ] {
        let mut statements: Vec<&str> = statements.iter().map(String::as_str).collect();
        statements.push(now);
        assert_eq!(refused(&company, role, &statements).await.as_deref(), expected, "{statements:?}");
    }
}

/// Names and deleted flags of a customer's versions with the seqs from and to which each held.
async fn versions(company: &Company, id: Uuid) -> Vec<(String, bool, i64, i64)> {
    let mut connection = company.installation.definition.connect().await.expect("the owner may connect");
    let sql = format!(
        "SELECT name, deleted, seq, seq_to FROM \"{}\".customer_history WHERE id = $1 ORDER BY seq",
        company.placement.schema.as_str()
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_all(&mut connection).await.expect("an answer");
    rows.iter().map(|row| (row.get(0), row.get(1), row.get(2), row.get(3))).collect()
}

#[tokio::test]
async fn every_former_version_of_a_row_is_kept_by_the_database_itself() {
    let company = Company::new().await;
    let mut admin = company.person("admin", &["Admin"]).await;
    let customer = admin.new_row("Customer", &[("Code", text("C")), ("Name", text("first"))]);
    let rename = |admin: &mut Device<'_>, was: &str, new: &str| {
        let (set, was) = ([("Name", text(new))], [("Name", text(was))]);
        admin.mutation(Operation::Put, "Customer", (customer.id, 0), &set, &was)
    };
    assert_eq!(admin.push(std::slice::from_ref(&customer)).await, ["applied"]);
    let made = admin.pull().await.seq("Customer", customer.id) as i64;
    let twice = [rename(&mut admin, "first", "second"), rename(&mut admin, "second", "third")];
    admin.push(&twice).await;
    let renamed = admin.pull().await.seq("Customer", customer.id);
    let delete = admin.delete("Customer", customer.id, renamed);
    assert_eq!(admin.push(&[delete]).await, ["applied"]);
    let renamed = renamed as i64;
    assert_eq!(
        versions(&company, customer.id).await,
        [("first".to_owned(), false, made, renamed), ("third".to_owned(), false, renamed, renamed + 1)]
    );
}

#[tokio::test]
async fn every_table_of_a_company_keeps_history_and_stands_behind_the_gate() {
    let company = Company::new().await;
    let mut connection = company.installation.definition.connect().await.expect("the owner may connect");
    let triggers = sqlx::query(
        "SELECT c.relname, t.tgname FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid \
         WHERE c.relnamespace = $1::regnamespace AND t.tgenabled = 'O'",
    );
    let schema = format!("\"{}\"", company.placement.schema.as_str());
    let rows = triggers.bind(schema).fetch_all(&mut connection).await.expect("an answer");
    let triggers: BTreeSet<(String, String)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    for entity in migrations::Model::standard().tenant_entities() {
        for trigger in ["sync_gate", "sync_history"] {
            assert!(triggers.contains(&(entity.table.clone(), trigger.to_owned())), "{}: {trigger}", entity.table);
        }
    }
}

#[tokio::test]
async fn each_login_reaches_its_own_database_alone() {
    installation().await;
    for (login, database, may) in [
        (CONTROL_LOGIN, CONTROL_DATABASE, true),
        (CONTROL_LOGIN, TENANT_DATABASE, false),
        (TRAFFIC_LOGIN, TENANT_DATABASE, true),
        (TRAFFIC_LOGIN, CONTROL_DATABASE, false),
    ] {
        let connected = address().login(login, database).connect().await;
        assert_eq!(connected.is_ok(), may, "{login} at {database}");
    }
}
