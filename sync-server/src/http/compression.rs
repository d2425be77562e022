//! zstd in both directions. A small body that unpacks to a huge one is refused while it is being unpacked.

use crate::failure::Failure;
use crate::http::body::too_large;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use std::io::Read;
use sync_protocol::limits;

/// Answers below this size are sent as they are.
const WORTH_COMPRESSING: u64 = 1024;
/// zstd's level: about what a network of 1 Gbit/s carries.
const LEVEL: i32 = 3;

/// Unpacks a body that says it is zstd; any body is at most [`limits::BODY_BYTES_MAX`], before and after.
pub async fn decompress_request(request: Request, next: Next) -> Result<Response, Failure> {
    let packed = match request.headers().get(header::CONTENT_ENCODING).map(HeaderValue::as_bytes) {
        None | Some(b"identity") => false,
        Some(b"zstd") => true,
        Some(_) => return Err(Failure::bad_request("Bodies may be compressed with zstd only. Send it without.")),
    };
    let (mut parts, body) = request.into_parts();
    let mut bytes = to_bytes(body, limits::BODY_BYTES_MAX).await.map_err(|_| too_large())?;
    if packed {
        bytes = unpack(&bytes)?.into();
        parts.headers.remove(header::CONTENT_ENCODING);
        parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    }
    Ok(next.run(Request::from_parts(parts, Body::from(bytes))).await)
}

/// Packs a JSON answer when the client takes zstd. Streams of events and sealed bytes pass as they are.
pub async fn compress_answer(request: Request, next: Next) -> Response {
    let wanted = accepts_zstd(request.headers());
    let response = next.run(request).await;
    let size = response.body().size_hint().exact().unwrap_or(0);
    if !wanted || size < WORTH_COMPRESSING || !is_json(response.headers()) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Response::from_parts(parts, Body::empty());
    };
    match zstd::bulk::compress(&bytes, LEVEL) {
        Ok(packed) => {
            parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("zstd"));
            parts.headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
            parts.headers.remove(header::CONTENT_LENGTH);
            Response::from_parts(parts, Body::from(packed))
        }
        Err(_) => Response::from_parts(parts, Body::from(bytes)),
    }
}

fn accepts_zstd(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|coding| coding.trim() == "zstd")
}

fn is_json(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
}

fn unpack(packed: &Bytes) -> Result<Vec<u8>, Failure> {
    let allowed = allowed_bytes(packed.len());
    let broken = |_| Failure::bad_request("The compressed request is damaged. Send it again.");
    let decoder = zstd::stream::read::Decoder::with_buffer(&packed[..]).map_err(broken)?;
    let mut bytes = Vec::with_capacity(allowed.min(packed.len() * 4));
    decoder.take(allowed as u64 + 1).read_to_end(&mut bytes).map_err(broken)?;
    if bytes.len() > allowed { Err(too_large()) } else { Ok(bytes) }
}

/// What a body of `packed` bytes may unpack to.
fn allowed_bytes(packed: usize) -> usize {
    packed.saturating_mul(limits::RATIO_MAX).clamp(limits::RATIO_FREE_BYTES, limits::BODY_BYTES_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(bytes: &[u8]) -> Bytes {
        zstd::bulk::compress(bytes, LEVEL).unwrap().into()
    }

    #[test]
    fn a_body_comes_back_as_it_was_packed() {
        let text = br#"{"groups":[]}"#.repeat(100);
        assert_eq!(unpack(&packed(&text)).unwrap(), text);
    }

    #[test]
    fn a_bomb_is_refused_before_it_has_unpacked() {
        let bomb = packed(&vec![0; 512 * 1024 * 1024]);
        assert_eq!(unpack(&bomb).unwrap_err().code(), sync_protocol::ErrorCode::TooLarge);
    }

    #[test]
    fn a_body_that_is_cut_off_is_named_as_damaged() {
        let mut text = vec![0u8; 10_000];
        text.iter_mut().enumerate().for_each(|(index, byte)| *byte = (index * 31 % 251) as u8);
        let whole = packed(&text);
        let cut = whole.slice(..whole.len() / 2);
        assert_eq!(unpack(&cut).unwrap_err().code(), sync_protocol::ErrorCode::BadRequest);
    }
}
