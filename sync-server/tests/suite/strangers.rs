//! Somebody of another company, or a colleague, who knows the ids of what is not theirs.

use crate::company::Company;
use crate::device::{Device, fresh, text};
use crate::pushing::project;
use crate::web::{Visitor, Web};
use axum::http::StatusCode;
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use sync_protocol::{ErrorCode, Operation, VisibleIds};
use uuid::Uuid;

const MARK: &str = "CANARY-7f3a";
const PASSWORD: u8 = 9;
const SEGMENT: &[u8] = b"sealed by its owner";

async fn signed_in<'w>(web: &'w Web, company: &Company, user: &str) -> Visitor<'w> {
    web.invited(company, user, PASSWORD).await;
    let mut visitor = web.visitor("192.0.2.1");
    visitor.device = SigningKey::from_bytes(&[user.len() as u8; 32]);
    assert_eq!(visitor.signs_in(&company.name, user, PASSWORD).await.0, StatusCode::OK);
    visitor
}

/// What a stranger hears who names this device's segments; it must be what they hear of a device that never was.
async fn heard_of(stranger: &Visitor<'_>, device: Uuid) -> Vec<(StatusCode, Value)> {
    let path = format!("/v1/segments/{device}");
    let fetch = json!({"segments": [[device, 1]]});
    vec![
        stranger.gets(&path).await,
        stranger.gets(&format!("{path}/1")).await,
        stranger.posts("/v1/segments/fetch", &fetch).await,
    ]
}

#[tokio::test]
async fn sealed_segments_and_keys_are_nothing_to_a_colleague_or_another_company_that_knows_their_device() {
    let (web, company, other) = (Web::new().await, Company::new().await, Company::new().await);
    let owner = signed_in(&web, &company, "employee").await;
    let device = Uuid::from_u128(0x0190_7f3a);
    let stored = owner.asks("PUT", &format!("/v1/segments/{device}/1"), SEGMENT.to_vec()).await;
    assert_eq!(stored.status(), StatusCode::CREATED);
    let mine = heard_of(&owner, device).await;
    assert_eq!((&mine[0].1["segments"][0]["no"], &mine[2].1["segments"][0][1]), (&json!(1), &json!(1)));

    let strangers = [signed_in(&web, &company, "colleague").await, signed_in(&web, &other, "employee").await];
    for stranger in &strangers {
        assert_eq!(heard_of(stranger, device).await, heard_of(stranger, fresh()).await);
        assert_eq!(stranger.gets("/v1/vault").await.1["number"], json!(0), "a vault of their own, still empty");
        // The number is theirs to use: it names another blob.
        let put = stranger.asks("PUT", &format!("/v1/segments/{device}/1"), b"of a stranger".to_vec()).await;
        assert_eq!(put.status(), StatusCode::CREATED);
    }
    assert_eq!(heard_of(&owner, device).await, mine, "what the owner has is as it was");
}

#[tokio::test]
async fn ids_of_another_companys_rows_are_ids_of_nothing() {
    let (company, other) = (Company::new().await, Company::new().await);
    let mut planter = company.person("admin", &["Admin"]).await;
    let mut reader = other.person("admin", &["Admin"]).await;
    let planted = project(&mut planter).await;
    let mut booking = planter.booking(planted, 8);
    booking.set.insert("Description".to_owned(), text(MARK));
    assert_eq!(planter.push(std::slice::from_ref(&booking)).await, ["applied"]);
    planter.pull().await;

    let want = |entity: &str, id| VisibleIds { entity: entity.to_owned(), ids: vec![id] };
    let told = reader.try_pull(vec![want("Timesheet", booking.id), want("Project", planted)]).await.expect("a pull");
    assert!(told.ids("Timesheet").is_empty() && told.ids("Project").is_empty());
    assert!(!format!("{:?}", told.0).contains(MARK));

    let seen = reader.seen();
    let steal = |reader: &mut Device<'_>, id| {
        let own = reader.booking(planted, 9);
        let edit = reader.describe((id, seen), MARK, "taken");
        let delete = reader.delete("Timesheet", id, seen);
        vec![own, edit, delete, reader.mutation(Operation::Restore, "Timesheet", (id, seen), &[], &[])]
    };
    let (theirs, nobodys) = (steal(&mut reader, booking.id), steal(&mut reader, fresh()));
    let (theirs, nobodys) = (reader.push(&theirs).await, reader.push(&nobodys).await);
    assert_eq!(theirs[0], "rejected missing_parent: Project");
    assert_eq!(theirs, nobodys, "an id of another company is an id of nothing");
    assert!(planter.pull().await.ids("Timesheet").is_empty(), "nothing changed");
}

#[tokio::test]
async fn a_cursor_of_another_company_is_none() {
    let (company, other) = (Company::new().await, Company::new().await);
    let planter = company.person("admin", &["Admin"]).await;
    let mut reader = other.person("admin", &["Admin"]).await;
    reader.cursor = planter.cursor;
    assert_eq!(reader.try_pull(Vec::new()).await.err(), Some(ErrorCode::HistoryChanged));
}

#[tokio::test]
async fn a_query_of_another_company_finds_no_row_by_its_id_or_its_words() {
    let (web, company, other) = (Web::new().await, Company::new().await, Company::new().await);
    let mut planter = company.person("admin", &["Admin"]).await;
    let planted = planter.new_row("Customer", &[("Code", text(MARK)), ("Name", text(MARK))]);
    assert_eq!(planter.push(std::slice::from_ref(&planted)).await, ["applied"]);
    let reader = signed_in(&web, &other, "admin").await;
    for text in [
        format!("From C In Customer Where C = {{{}}} Select {{ C.Name }}", planted.id),
        format!("From C In Customer Where C.Name = \"{MARK}\" Select {{ C.Name }}"),
        "From C In Customer Select { C.Name }".to_owned(),
    ] {
        let (status, answer) = reader.posts("/v1/query", &json!({"text": text, "zone": "UTC"})).await;
        assert_eq!((status, &answer["rows"]), (StatusCode::OK, &json!([])), "{answer}");
    }
    let own = reader.posts("/v1/query", &json!({"text": "From U In User Select { U.Username }", "zone": "UTC"})).await;
    assert_eq!(own.1["rows"].as_array().map(Vec::len), Some(1), "the reader does reach a company: {own:?}");
}

#[tokio::test]
async fn a_saved_view_is_named_by_its_owner_and_by_others_only_when_it_is_shared() {
    let (web, company, other) = (Web::new().await, Company::new().await, Company::new().await);
    let mut owner = company.person("owner", &["User"]).await;
    let view = |owner: &mut crate::device::Device<'_>, name: &str, shared: bool| {
        let body = format!(
            "Parameters @from As Text From U In User Where U.Username >= @from Select {{ {name} = U.Username }}"
        );
        let set = [
            ("Name", text(name)),
            ("Kind", text("view")),
            ("Text", text(&body)),
            ("Owner", crate::device::row(owner.user)),
            ("Shared", sync_protocol::Cell::Bool(shared)),
        ];
        owner.new_row("SavedQuery", &set)
    };
    let (mine, ours) = (view(&mut owner, "Mine", false), view(&mut owner, "Ours", true));
    assert_eq!(owner.push(&[mine, ours]).await, ["applied", "applied"]);
    let people = [
        (signed_in(&web, &company, "owner").await, [StatusCode::OK, StatusCode::OK]),
        (signed_in(&web, &company, "colleague").await, [StatusCode::UNPROCESSABLE_ENTITY, StatusCode::OK]),
        (signed_in(&web, &other, "owner").await, [StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY]),
    ];
    for _ in 0..2 {
        for (person, expected) in &people {
            for (name, expected) in ["Mine", "Ours"].iter().zip(expected) {
                let question = format!("From X In View.{name}(\"a\") Order By X.{name} Take 1 Select X.{name}");
                let (status, answer) = person.posts("/v1/query", &json!({"text": question, "zone": "UTC"})).await;
                assert_eq!(status, *expected, "{name}: {answer}");
            }
        }
    }
}
