use crate::access::Person;
use crate::blobs::{Put, SegmentName};
use crate::failure::Failure;
use crate::http::Posted;
use crate::state::AppState;
use crate::storage::{read_transaction, segments};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};
use sync_protocol::limits::{SEGMENT_BYTES_MAX, SEGMENTS_PER_FETCH_MAX};
use sync_protocol::{ErrorCode, SegmentFetch, SegmentFetchAnswer, SegmentIndexRow, SegmentList};
use uuid::Uuid;

/// Carries the SHA-256 of a segment, so that a client can ask with HEAD whether its bytes are the ones that are there.
const SHA256_HEADER: HeaderName = HeaderName::from_static("segment-sha256");
/// Sealed bytes in one answer of `fetch`: with base64 they stay below the size of a body.
const FETCH_BYTES_MAX: usize = 5 * 1024 * 1024;

/// Stores a segment once: the blob first, the index row second, so that an index row never points at nothing.
pub(super) async fn store(
    State(state): State<AppState>,
    person: Person,
    Path((device, no)): Path<(Uuid, u64)>,
    bytes: Bytes,
) -> Result<Response, Failure> {
    check_segment(no, &bytes)?;
    let sha256: [u8; 32] = Sha256::digest(&bytes).into();
    let (name, size) = (name(&person, device, no), bytes.len());
    let put = state.blobs.create(name, bytes).await.map_err(store_is_away)?;
    if put == Put::Present {
        let there = state.blobs.read(name).await.map_err(store_is_away)?;
        if there.is_none_or(|there| <[u8; 32]>::from(Sha256::digest(&there)) != sha256) {
            return Err(other_bytes(no));
        }
    }
    let row = segments::NewSegment { user: person.user, device, no, size: size as u64, sha256 };
    let indexed = match indexed(&person, device, no).await? {
        Some(row) => row,
        None => segments::add(&person.placement, &row).await?,
    };
    if indexed.sha256 != hex::encode(sha256) {
        return Err(other_bytes(no));
    }
    let status = if put == Put::Created { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(indexed)).into_response())
}

/// The sealed bytes, to their owner; HEAD answers with size and hash alone.
pub(super) async fn load(
    State(state): State<AppState>,
    person: Person,
    method: axum::http::Method,
    Path((device, no)): Path<(Uuid, u64)>,
) -> Result<Response, Failure> {
    let row = indexed(&person, device, no).await?.ok_or_else(|| missing(no))?;
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(row.size));
    if let Ok(sha256) = HeaderValue::from_str(&row.sha256) {
        headers.insert(SHA256_HEADER, sha256);
    }
    if method == axum::http::Method::HEAD {
        return Ok(headers.into_response());
    }
    let bytes = state.blobs.read(name(&person, device, no)).await.map_err(store_is_away)?;
    Ok((headers, bytes.ok_or_else(|| missing(no))?).into_response())
}

/// Which numbers of a device are there, so that an upload can go on where it stopped.
pub(super) async fn list(person: Person, Path(device): Path<Uuid>) -> Result<Json<SegmentList>, Failure> {
    let mut transaction = read_transaction(&person.placement).await?;
    let segments = segments::of_device(&mut transaction, person.user, device).await?;
    Ok(Json(SegmentList { segments }))
}

/// Many segments in one answer. Those that are not there are left out; those beyond the answer's size, too: the client
/// asks again for what it misses.
pub(super) async fn fetch(
    State(state): State<AppState>,
    person: Person,
    Posted(request): Posted<SegmentFetch>,
) -> Result<Json<SegmentFetchAnswer>, Failure> {
    if request.segments.len() > SEGMENTS_PER_FETCH_MAX {
        return Err(Failure::too_large(format!("Ask for at most {SEGMENTS_PER_FETCH_MAX} segments at once.")));
    }
    let (mut found, mut size) = (Vec::new(), 0);
    for (device, no) in request.segments {
        let Some(bytes) = state.blobs.read(name(&person, device, no)).await.map_err(store_is_away)? else { continue };
        size += bytes.len();
        if size > FETCH_BYTES_MAX && !found.is_empty() {
            break;
        }
        found.push((device, no, BASE64.encode(&bytes)));
    }
    Ok(Json(SegmentFetchAnswer { segments: found }))
}

async fn indexed(person: &Person, device: Uuid, no: u64) -> Result<Option<SegmentIndexRow>, Failure> {
    let mut transaction = read_transaction(&person.placement).await?;
    Ok(segments::find(&mut transaction, person.user, device, no).await?)
}

/// The owner is part of the name, and it is the session's: nobody can name another person's segment.
fn name(person: &Person, device: Uuid, no: u64) -> SegmentName {
    SegmentName { tenant: person.placement.tenant, user: person.user, device, no }
}

fn check_segment(no: u64, bytes: &Bytes) -> Result<(), Failure> {
    if no == 0 || i64::try_from(no).is_err() {
        return Err(Failure::bad_request("Segments are numbered from 1. Update Daybook."));
    }
    if bytes.is_empty() || bytes.len() > SEGMENT_BYTES_MAX {
        let mib = SEGMENT_BYTES_MAX / (1024 * 1024);
        return Err(Failure::too_large(format!("Segment {no} has no bytes or more than {mib} MiB. Update Daybook.")));
    }
    Ok(())
}

fn other_bytes(no: u64) -> Failure {
    Failure::new(
        ErrorCode::SegmentExists,
        format!(
            "Segment {no} of this device is there with other bytes: this disk is a copy of another one, or was restored. Sign in \
             again on that computer; what it recorded is kept there and sent under a new device."
        ),
    )
}

fn missing(no: u64) -> Failure {
    Failure::not_found(format!(
        "Segment {no} of this device is not on the server. Send it from the device that recorded it."
    ))
}

fn store_is_away(error: object_store::Error) -> Failure {
    tracing::warn!(cause = %error, "blob store");
    Failure::unavailable("The server's store for sealed segments is away. The device tries again by itself.", 10)
}
