//! The list of a person's keys, which several of their devices change.

use crate::company::Company;
use crate::web::{Answer, Visitor, Web};
use axum::body::to_bytes;
use axum::http::StatusCode;
use ed25519_dalek::{Signer, SigningKey};
use serde_json::json;
use sync_protocol::{Slot, VaultUpdate};

const PASSWORD: u8 = 9;

/// A list whose only slot holds `body`, signed by the password's key.
fn list(company: &Company, expected: u64, body: &str) -> VaultUpdate {
    let key = SigningKey::from_bytes(&[PASSWORD; 32]);
    let mut update = VaultUpdate {
        expected,
        slots: vec![Slot { kind: "password".into(), body: body.into() }],
        directory: "AAAA".into(),
        devices: Vec::new(),
        signature: String::new(),
        signer: hex::encode(key.verifying_key().to_bytes()),
    };
    update.signature = hex::encode(key.sign(&update.message(&company.name, "employee")).to_bytes());
    update
}

async fn puts(visitor: &Visitor<'_>, update: &VaultUpdate) -> Answer {
    let answer = visitor.asks("PUT", "/v1/vault", serde_json::to_vec(update).expect("an update is JSON")).await;
    let status = answer.status();
    let body = to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
    (status, serde_json::from_slice(&body).expect("JSON"))
}

#[tokio::test]
async fn a_device_with_an_older_list_of_keys_overwrites_nothing_and_is_told_to_read_the_new_one() {
    let (web, company) = (Web::new().await, Company::new().await);
    web.invited(&company, "employee", PASSWORD).await;
    let mut visitor = web.visitor("192.0.2.1");
    visitor.signs_in(&company.name, "employee", PASSWORD).await;
    assert_eq!(puts(&visitor, &list(&company, 0, "AAAA")).await.0, StatusCode::OK);
    assert_eq!(puts(&visitor, &list(&company, 1, "BBBB")).await.0, StatusCode::OK);

    let (status, said) = puts(&visitor, &list(&company, 1, "CCCC")).await;
    assert_eq!((status, &said["code"]), (StatusCode::CONFLICT, &json!("vault_changed")), "{said}");
    assert!(said["message"].as_str().is_some_and(|words| words.contains("reads it again")), "{said}");
    let (_, kept) = visitor.gets("/v1/vault").await;
    assert_eq!((&kept["number"], &kept["slots"][0]["body"]), (&json!(2), &json!("BBBB")));
}

#[tokio::test]
async fn a_list_of_keys_that_no_key_of_the_person_signed_is_refused() {
    let (web, company) = (Web::new().await, Company::new().await);
    web.invited(&company, "employee", PASSWORD).await;
    let mut visitor = web.visitor("192.0.2.1");
    visitor.signs_in(&company.name, "employee", PASSWORD).await;
    let signed = list(&company, 0, "AAAA");
    let other_words =
        VaultUpdate { slots: vec![Slot { kind: "password".into(), body: "BBBB".into() }], ..signed.clone() };
    let other_key = VaultUpdate { signer: hex::encode(SigningKey::from_bytes(&[7; 32]).verifying_key()), ..signed };
    for forged in [other_words, other_key] {
        assert_eq!(puts(&visitor, &forged).await.0, StatusCode::FORBIDDEN);
    }
    assert_eq!(visitor.gets("/v1/vault").await.1["number"], json!(0));
}
