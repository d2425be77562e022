//! Every route of the wire as one method. A call returns the answer's type or one [`CallError`].

mod body;
mod heads;
mod origin;

pub use heads::Heads;

use crate::CallError;
use body::{Content, MAX_ERROR_BYTES};
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{Method, RequestBuilder, Response, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Duration;
use sync_protocol::{
    ChallengeAnswer, ChallengeRequest, DEVICE_SIGNATURE_HEADER, ErrorBody, Hello, InvitationRequest, LoginAnswer,
    LoginRequest, ModelAnswer, PROTOCOL, PROTOCOL_HEADER, PlanAnswer, PullAnswer, PullRequest, PushAnswer, PushRequest,
    QueryAnswer, QueryRequest, SegmentFetch, SegmentFetchAnswer, SegmentList, VaultState, VaultUpdate, device_message,
    limits,
};
use uuid::Uuid;

const CONNECT_TIME: Duration = Duration::from_secs(5);
const CALL_TIME: Duration = Duration::from_secs(60);
/// A 503 without `Retry-After`.
const RETRY_AFTER_DEFAULT_MS: u64 = 5_000;
const RETRY_AFTER_MAX_MS: u64 = 10 * 60 * 1000;

/// A connection to one server, with or without a session.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base: Url,
    origin: String,
    token: Option<Token>,
    signer: Option<Signer>,
}

/// Signs with the key that the session is bound to, in hexadecimal.
#[derive(Clone)]
struct Signer(Arc<Sign>);

type Sign = dyn Fn(&[u8]) -> String + Send + Sync;

impl std::fmt::Debug for Signer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Signer")
    }
}

/// The bearer token; it is never shown.
#[derive(Clone)]
struct Token(String);

impl std::fmt::Debug for Token {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Token")
    }
}

impl Client {
    /// `address`: scheme, host and port, nothing else.
    pub fn new(address: &str) -> Result<Self, CallError> {
        let base = origin::parse(address)?;
        let origin = base.origin().ascii_serialization();
        let mut builder = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIME)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("daybook/", env!("CARGO_PKG_VERSION")));
        if origin::is_loopback(&base) {
            builder = builder.no_proxy();
        }
        let http = builder
            .build()
            .map_err(|error| CallError::Unreachable { origin: origin.clone(), reason: deepest(&error) })?;
        Ok(Client { http, base, origin, token: None, signer: None })
    }

    /// The same connection with a session's bearer token.
    pub fn with_token(&self, token: &str) -> Self {
        Client { token: Some(Token(token.to_owned())), ..self.clone() }
    }

    /// The same connection for a session whose device signs requests for sealed things: vault and segments. `sign` gives
    /// hexadecimal.
    pub fn with_signer(&self, sign: impl Fn(&[u8]) -> String + Send + Sync + 'static) -> Self {
        Client { signer: Some(Signer(Arc::new(sign))), ..self.clone() }
    }

    /// The origin as dialled; it is part of what a login signs.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    pub async fn hello(&self) -> Result<Hello, CallError> {
        self.json(self.request(Method::GET, &["hello"])).await
    }

    pub async fn challenge(&self, request: &ChallengeRequest) -> Result<ChallengeAnswer, CallError> {
        self.post(&["login", "challenge"], request).await
    }

    pub async fn login(&self, request: &LoginRequest) -> Result<LoginAnswer, CallError> {
        self.post(&["login", "answer"], request).await
    }

    /// Ends the session of the token.
    pub async fn logout(&self) -> Result<(), CallError> {
        self.done(self.request(Method::POST, &["logout"])).await
    }

    /// Sets the first login key of an invited person; the sign-in comes after it.
    pub async fn accept_invitation(&self, code: &str, request: &InvitationRequest) -> Result<(), CallError> {
        let request = self.with_json(self.request(Method::POST, &["invitations", code]), request)?;
        self.done(request).await
    }

    pub async fn model(&self) -> Result<ModelAnswer, CallError> {
        self.json(self.request(Method::GET, &["model"])).await
    }

    pub async fn push(&self, request: &PushRequest) -> Result<PushAnswer, CallError> {
        self.post(&["sync", "push"], request).await
    }

    pub async fn pull(&self, request: &PullRequest) -> Result<PullAnswer, CallError> {
        self.post(&["sync", "pull"], request).await
    }

    /// The stream of heads; it stays open until it is dropped or the connection breaks.
    pub async fn events(&self) -> Result<Heads, CallError> {
        let request = self.request(Method::GET, &["sync", "events"]).header(ACCEPT, "text/event-stream");
        let response = self.send(request, None).await?;
        Ok(Heads::new(self.origin.clone(), response))
    }

    pub async fn query(&self, request: &QueryRequest) -> Result<QueryAnswer<serde_json::Value>, CallError> {
        self.post(&["query"], request).await
    }

    /// How the server would answer it; nothing is run.
    pub async fn query_plan(&self, request: &QueryRequest) -> Result<PlanAnswer, CallError> {
        self.post(&["query", "plan"], request).await
    }

    /// Which segments of a device the server has.
    pub async fn segments(&self, device: Uuid) -> Result<SegmentList, CallError> {
        self.json(self.sealed(Method::GET, &["segments", &device.to_string()], &[])).await
    }

    /// Create-only. Sending the same bytes again is fine; others under a known number give `segment_exists`.
    pub async fn put_segment(&self, device: Uuid, no: u64, bytes: Vec<u8>) -> Result<(), CallError> {
        if bytes.len() > limits::SEGMENT_BYTES_MAX {
            return Err(CallError::TooLarge { bytes: bytes.len() });
        }
        let path = ["segments", &device.to_string(), &no.to_string()];
        let request = self.sealed(Method::PUT, &path, &bytes);
        let request = request.header(CONTENT_TYPE, "application/octet-stream").body(bytes);
        self.done(request).await
    }

    /// Many segments in one answer; those that the server does not have are left out.
    pub async fn fetch_segments(&self, request: &SegmentFetch) -> Result<SegmentFetchAnswer, CallError> {
        let text = self.text(request)?;
        self.json(self.with_text(self.sealed(Method::POST, &["segments", "fetch"], &text), text)?).await
    }

    pub async fn vault(&self) -> Result<VaultState, CallError> {
        self.json(self.sealed(Method::GET, &["vault"], &[])).await
    }

    /// Compare-and-set: `vault_changed` when another device was quicker.
    pub async fn put_vault(&self, update: &VaultUpdate) -> Result<(), CallError> {
        let text = self.text(update)?;
        let request = self.with_text(self.sealed(Method::PUT, &["vault"], &text), text)?;
        self.done(request).await
    }
}

impl Client {
    fn request(&self, method: Method, path: &[&str]) -> RequestBuilder {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.clear().push("v1").extend(path);
        }
        let request = self
            .http
            .request(method, url)
            .header(PROTOCOL_HEADER, PROTOCOL.to_string())
            .header(ACCEPT_ENCODING, "zstd");
        match &self.token {
            Some(Token(token)) => request.bearer_auth(token),
            None => request,
        }
    }

    async fn post<Q: Serialize, A: DeserializeOwned>(&self, path: &[&str], body: &Q) -> Result<A, CallError> {
        self.json(self.with_json(self.request(Method::POST, path), body)?).await
    }

    /// A request that the session's device signs; `body` as it is before compression.
    fn sealed(&self, method: Method, path: &[&str], body: &[u8]) -> RequestBuilder {
        let request = self.request(method.clone(), path);
        let (Some(Token(token)), Some(Signer(sign))) = (&self.token, &self.signer) else { return request };
        let message = device_message(token, method.as_str(), &format!("/v1/{}", path.join("/")), body);
        request.header(DEVICE_SIGNATURE_HEADER, sign(&message))
    }

    fn with_json<Q: Serialize>(&self, request: RequestBuilder, body: &Q) -> Result<RequestBuilder, CallError> {
        self.with_text(request, self.text(body)?)
    }

    fn text<Q: Serialize>(&self, body: &Q) -> Result<Vec<u8>, CallError> {
        serde_json::to_vec(body).map_err(|error| self.malformed(error.to_string()))
    }

    fn with_text(&self, request: RequestBuilder, text: Vec<u8>) -> Result<RequestBuilder, CallError> {
        let request = request.header(CONTENT_TYPE, "application/json");
        Ok(match body::pack(text)? {
            Content::Plain(bytes) => request.body(bytes),
            Content::Zstd(bytes) => request.header(CONTENT_ENCODING, "zstd").body(bytes),
        })
    }

    async fn json<A: DeserializeOwned>(&self, request: RequestBuilder) -> Result<A, CallError> {
        let response = self.send(request, Some(CALL_TIME)).await?;
        let text = self.read(response, limits::BODY_BYTES_MAX).await?;
        serde_json::from_slice(&text).map_err(|error| self.malformed(error.to_string()))
    }

    /// For answers whose body says nothing.
    async fn done(&self, request: RequestBuilder) -> Result<(), CallError> {
        self.send(request, Some(CALL_TIME)).await.map(drop)
    }

    async fn send(&self, request: RequestBuilder, time: Option<Duration>) -> Result<Response, CallError> {
        let request = match time {
            Some(time) => request.timeout(time),
            None => request,
        };
        let response = request.send().await.map_err(|error| self.unreachable(&error))?;
        if response.status().is_success() { Ok(response) } else { Err(self.refusal(response).await) }
    }

    async fn refusal(&self, response: Response) -> CallError {
        let status = response.status();
        let retry_after_ms = retry_after_ms(response.headers()).or((status == 503).then_some(RETRY_AFTER_DEFAULT_MS));
        let text = match self.read(response, MAX_ERROR_BYTES).await {
            Ok(text) => text,
            Err(error) => return error,
        };
        match serde_json::from_slice::<ErrorBody>(&text) {
            Ok(body) => CallError::refused(body, retry_after_ms),
            Err(_) if matches!(status.as_u16(), 502..=504) => {
                CallError::Unreachable { origin: self.origin.clone(), reason: format!("HTTP {}", status.as_u16()) }
            }
            Err(_) => self.malformed(format!("HTTP {}", status.as_u16())),
        }
    }

    async fn read(&self, mut response: Response, limit: usize) -> Result<Vec<u8>, CallError> {
        let packed = response.headers().get(CONTENT_ENCODING).is_some_and(|value| value == "zstd");
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.unreachable(&error))? {
            if bytes.len() + chunk.len() > limit {
                return Err(self.malformed(format!("more than {limit} bytes")));
            }
            bytes.extend_from_slice(&chunk);
        }
        if packed { body::unpack(&bytes, limit).map_err(|reason| self.malformed(reason)) } else { Ok(bytes) }
    }

    fn unreachable(&self, error: &reqwest::Error) -> CallError {
        let reason = if error.is_timeout() { "no answer in time".to_owned() } else { deepest(error) };
        CallError::Unreachable { origin: self.origin.clone(), reason }
    }

    fn malformed(&self, reason: String) -> CallError {
        CallError::Malformed { origin: self.origin.clone(), reason }
    }
}

/// Seconds only: the other form of the header is a date, and clocks decide nothing here.
fn retry_after_ms(headers: &HeaderMap) -> Option<u64> {
    let seconds: u64 = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(seconds.saturating_mul(1000).min(RETRY_AFTER_MAX_MS))
}

/// The innermost cause is the one that names what happened ("connection refused").
fn deepest(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests;
