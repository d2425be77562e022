use crate::failure::Failure;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;
use sync_protocol::limits;

/// A JSON body of the protocol. What is not of the form of `T` is refused with a sentence that quotes nothing of it.
#[derive(Debug)]
pub struct Posted<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Posted<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let bytes = Bytes::from_request(request, state).await.map_err(|_| too_large())?;
        from_json(&bytes).map(Posted)
    }
}

/// # Errors
/// `bad_request` that names the place in the text.
pub fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(bytes).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        Failure::bad_request(format!("The request is not what this route takes (at {place}). Update Daybook."))
    })
}

pub(crate) fn too_large() -> Failure {
    let mib = limits::BODY_BYTES_MAX / (1024 * 1024);
    Failure::too_large(format!("The request is larger than {mib} MiB or stopped half-way. Send it in parts."))
}
