//! The server's routes as a client meets them, without a socket.

mod asking;

use crate::cluster::installation;
use crate::company::Company;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use ed25519_dalek::{Signer, SigningKey};
use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::{Value, json};
use std::net::SocketAddr;
use sync_protocol::{DEVICE_SIGNATURE_HEADER, LoginPurpose, PROTOCOL, PROTOCOL_HEADER, device_message, login_message};
use sync_server::routes::router;
use sync_server::state::{AppState, Origins};
use tower::ServiceExt;

const HOST: &str = "daybook.example";
const ORIGIN: &str = "http://daybook.example";

pub(crate) struct Web {
    pub(crate) state: AppState,
    routes: Router,
}

/// Who asks: the address that they come from, and the token of their session.
#[derive(Clone)]
pub(crate) struct Visitor<'w> {
    web: &'w Web,
    address: &'static str,
    pub(crate) token: Option<String>,
    pub(crate) device: SigningKey,
}

/// Status and JSON.
pub(crate) type Answer = (StatusCode, Value);

impl Web {
    pub(crate) async fn new() -> Self {
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        let state = installation().await.into_state([7; 32], Origins::FromHost, metrics);
        Web { routes: router(state.clone()), state }
    }

    pub(crate) fn visitor(&self, address: &'static str) -> Visitor<'_> {
        Visitor { web: self, address, token: None, device: SigningKey::from_bytes(&[5; 32]) }
    }

    /// Takes up an invitation of this person with this password.
    pub(crate) async fn invited(&self, company: &Company, user: &str, password: u8) {
        let code = company.invite(user, &[]).await;
        let answer = self.takes_up(&code, company, user, (password, 131_072)).await;
        assert_eq!(answer.0, StatusCode::NO_CONTENT, "{answer:?}");
    }

    /// The password with the memory in KiB that it is derived with.
    pub(crate) async fn takes_up(&self, code: &str, company: &Company, user: &str, password: (u8, u32)) -> Answer {
        let kdf = json!({"memory_kib": password.1, "passes": 3, "lanes": 1});
        let key = hex::encode(SigningKey::from_bytes(&[password.0; 32]).verifying_key().to_bytes());
        let body = json!({"tenant": company.name, "user": user, "kdf": kdf, "salt": "00".repeat(16), "login_key": key});
        self.visitor("192.0.2.1").posts(&format!("/v1/invitations/{code}"), &body).await
    }
}

impl Visitor<'_> {
    pub(crate) async fn gets(&self, path: &str) -> Answer {
        answered(self.asks("GET", path, Vec::new()).await).await
    }

    pub(crate) async fn posts(&self, path: &str, body: &Value) -> Answer {
        answered(self.asks("POST", path, body.to_string().into_bytes()).await).await
    }

    pub(crate) async fn asks(&self, method: &str, path: &str, body: Vec<u8>) -> Response {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, HOST)
            .header(header::CONTENT_TYPE, "application/json")
            .header(PROTOCOL_HEADER, PROTOCOL.to_string());
        if let Some(token) = &self.token {
            let signature = self.device.sign(&device_message(token, method, path, &body)).to_bytes();
            request = request
                .header(header::AUTHORIZATION, format!("Bearer {token}"))
                .header(DEVICE_SIGNATURE_HEADER, hex::encode(signature));
        }
        let mut request = request.body(Body::from(body)).expect("a request");
        let address: SocketAddr = format!("{}:4000", self.address).parse().expect("an address");
        request.extensions_mut().insert(ConnectInfo(address));
        self.web.routes.clone().oneshot(request).await.expect("every request is answered")
    }

    /// Answers a challenge with this password; the token is kept when it was right.
    pub(crate) async fn signs_in(&mut self, tenant: &str, user: &str, password: u8) -> Answer {
        let (_, challenge) = self.posts("/v1/login/challenge", &json!({"tenant": tenant, "user": user})).await;
        let nonce = challenge["nonce"].as_str().unwrap_or_default().to_owned();
        let expires = challenge["expires"].as_i64().unwrap_or_default();
        self.answers((tenant, user), password, &nonce, expires).await
    }

    pub(crate) async fn answers(
        &mut self,
        (tenant, user): (&str, &str),
        password: u8,
        nonce: &str,
        expires: i64,
    ) -> Answer {
        let session_key = hex::encode(self.device.verifying_key().to_bytes());
        let message = login_message(ORIGIN, tenant, user, LoginPurpose::SignIn, nonce, expires, &session_key);
        let signature = hex::encode(SigningKey::from_bytes(&[password; 32]).sign(&message).to_bytes());
        let body = json!({
            "tenant": tenant, "user": user, "nonce": nonce, "expires": expires, "signature": signature, "origin": ORIGIN,
            "device": uuid::Uuid::from_bytes(self.device.verifying_key().to_bytes()[..16].try_into().expect("16 bytes")),
            "device_name": "laptop", "session_key": session_key,
        });
        let answer = self.posts("/v1/login/answer", &body).await;
        if let Some(token) = answer.1["token"].as_str() {
            self.token = Some(token.to_owned());
        }
        answer
    }
}

async fn answered(response: Response) -> Answer {
    let status = response.status();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}
