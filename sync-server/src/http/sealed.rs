use crate::access::{Person, bearer, signed_by};
use crate::failure::Failure;
use crate::http::body::too_large;
use crate::state::AppState;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use sync_protocol::{DEVICE_SIGNATURE_HEADER, ErrorCode, device_message, limits};

/// Lets a request for sealed things through that the session's own device signed. What the session's token alone could
/// have sent is refused.
pub async fn require_device(State(state): State<AppState>, request: Request, next: Next) -> Result<Response, Failure> {
    let (mut parts, body) = request.into_parts();
    let person = Person::from_request_parts(&mut parts, &state).await?;
    let bytes = to_bytes(body, limits::BODY_BYTES_MAX).await.map_err(|_| too_large())?;
    let signature =
        parts.headers.get(DEVICE_SIGNATURE_HEADER).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let token = bearer(&parts).unwrap_or_default();
    let message = device_message(token, parts.method.as_str(), parts.uri.path(), &bytes);
    if !signed_by(&person.session_key, &message, signature) {
        return Err(Failure::new(
            ErrorCode::Forbidden,
            "This request for sealed data is not signed by the device that signed in. Update Daybook, or sign in again.",
        ));
    }
    parts.extensions.insert(person);
    Ok(next.run(Request::from_parts(parts, Body::from(bytes))).await)
}
