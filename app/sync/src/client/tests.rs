//! Against a socket that records what it is sent and answers what the test says.

use super::*;
use sync_protocol::ErrorCode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Answers one request with these bytes; gives the request's bytes back.
async fn serve_once(answer: Vec<u8>) -> (Client, tokio::task::JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("the port's address");
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a caller");
        let mut request = Vec::new();
        while !is_whole(&request) {
            let mut part = [0; 4096];
            match stream.read(&mut part).await {
                Ok(0) | Err(_) => break,
                Ok(length) => request.extend_from_slice(&part[..length]),
            }
        }
        // A caller that has enough hangs up.
        let _ = stream.write_all(&answer).await;
        let _ = stream.shutdown().await;
        request
    });
    (Client::new(&format!("http://{address}")).expect("an address"), served)
}

fn is_whole(request: &[u8]) -> bool {
    let Some(end) = request.windows(4).position(|window| window == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&request[..end]).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    request.len() >= end + 4 + length.and_then(|length| length.trim().parse().ok()).unwrap_or(0)
}

fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n", body.len());
    [head.as_bytes(), body].concat()
}

#[tokio::test]
async fn a_request_carries_protocol_token_and_the_code_as_one_segment_of_the_path() {
    let (client, served) = serve_once(answer("200 OK", "", b"{}")).await;
    let kdf = sync_protocol::KdfParameters { memory_kib: 1, passes: 1, lanes: 1 };
    let texts = [(); 4].map(|()| String::new());
    let [tenant, user, salt, login_key] = texts;
    let request = InvitationRequest { tenant, user, kdf, salt, login_key };
    client.with_token("t0ken").accept_invitation("../a b", &request).await.expect("an answer");
    let request = String::from_utf8_lossy(&served.await.expect("a request")).to_lowercase();
    assert!(request.starts_with("post /v1/invitations/..%2fa%20b http/1.1"), "{request}");
    assert!(request.contains("sync-protocol: 1") && request.contains("authorization: bearer t0ken"), "{request}");
}

#[tokio::test]
async fn a_packed_answer_is_opened_and_a_bomb_is_not() {
    let text = serde_json::to_vec(&ModelAnswer { model_version: 3, model: "x".repeat(5_000) }).expect("JSON");
    let packed = zstd::bulk::compress(&text, 3).expect("zstd packs");
    let (client, _served) = serve_once(answer("200 OK", "content-encoding: zstd\r\n", &packed)).await;
    assert_eq!(client.model().await.map(|model| model.model_version), Ok(3));
    let bomb = zstd::bulk::compress(&vec![b' '; limits::BODY_BYTES_MAX], 19).expect("zstd packs");
    let (client, _served) = serve_once(answer("200 OK", "content-encoding: zstd\r\n", &bomb)).await;
    assert!(matches!(client.model().await, Err(CallError::Malformed { .. })));
}

#[tokio::test]
async fn a_refusal_keeps_its_code_and_when_to_come_again() {
    let body = br#"{"code":"unavailable","message":"The company is being moved."}"#;
    let (client, _served) = serve_once(answer("503 Service Unavailable", "retry-after: 7\r\n", body)).await;
    let error = client.model().await.expect_err("a refusal");
    assert_eq!(
        (error.code(), error.to_string().as_str()),
        (Some(ErrorCode::Unavailable), "The company is being moved.")
    );
    assert!(matches!(error, CallError::Refused { retry_after_ms: Some(7_000), .. }));
}

#[tokio::test]
async fn what_is_no_server_of_ours_is_said() {
    let (client, _served) = serve_once(answer("200 OK", "", b"<html>hello</html>")).await;
    assert!(matches!(client.hello().await, Err(CallError::Malformed { .. })));
    let (client, _served) = serve_once(answer("502 Bad Gateway", "", b"<html>gateway</html>")).await;
    assert!(matches!(client.hello().await, Err(CallError::Unreachable { .. })));
    let (client, _served) = serve_once(answer("302 Found", "location: http://elsewhere.test/\r\n", b"")).await;
    assert!(matches!(client.hello().await, Err(CallError::Malformed { .. })), "a redirect is not followed");
}

#[tokio::test]
async fn a_server_that_is_away_is_said_with_its_address() {
    let free = TcpListener::bind("127.0.0.1:0").await.and_then(|listener| listener.local_addr()).expect("a free port");
    let error = Client::new(&format!("http://{free}")).expect("an address").hello().await.expect_err("nobody is there");
    assert!(matches!(error, CallError::Unreachable { .. }));
    assert!(error.to_string().contains(&free.to_string()), "{error}");
}

#[tokio::test]
async fn heads_come_as_they_are_told() {
    let stream = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n: hello\n\ndata: {\"seq\":4}\n\n";
    let (client, _served) = serve_once(stream.to_vec()).await;
    let mut heads = client.events().await.expect("a stream");
    assert_eq!(heads.next().await.map(|event| event.map(|event| event.seq)), Ok(Some(4)));
    assert_eq!(heads.next().await, Ok(None));
}

#[tokio::test]
async fn a_segment_that_is_too_large_never_leaves() {
    let client = Client::new("http://127.0.0.1:1").expect("an address");
    let error = client.put_segment(Uuid::nil(), 1, vec![0; limits::SEGMENT_BYTES_MAX + 1]).await;
    assert!(matches!(error, Err(CallError::TooLarge { .. })));
}

#[test]
fn a_token_is_never_shown() {
    let client = Client::new("https://daybook.example.com").expect("an address").with_token("t0ken");
    assert!(!format!("{client:?}").contains("t0ken"));
}
