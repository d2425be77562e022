use crate::failure::Failure;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use sync_protocol::{ErrorCode, PROTOCOL, PROTOCOL_HEADER};

/// The oldest protocol that is still understood: this one and the two before it.
pub const PROTOCOL_MIN: u32 = if PROTOCOL > 2 { PROTOCOL - 2 } else { 1 };

/// Refuses a client that is too old (or too new) before anything else is read of its request.
pub async fn require_protocol(request: Request, next: Next) -> Result<Response, Failure> {
    let header = request.headers().get(PROTOCOL_HEADER).and_then(|value| value.to_str().ok());
    check(header)?;
    Ok(next.run(request).await)
}

fn check(header: Option<&str>) -> Result<(), Failure> {
    let Some(number) = header.and_then(|value| value.parse::<u32>().ok()) else {
        return Err(Failure::bad_request(format!(
            "The request does not say which protocol it speaks. Send the header `{PROTOCOL_HEADER}: {PROTOCOL}`."
        )));
    };
    if (PROTOCOL_MIN..=PROTOCOL).contains(&number) {
        return Ok(());
    }
    let advice =
        if number < PROTOCOL_MIN { "Update Daybook on this device" } else { "Ask for an update of the server" };
    let message = format!(
        "This server speaks the protocols {PROTOCOL_MIN} to {PROTOCOL}, and this device {number}. {advice}; until then it \
         goes on recording."
    );
    Err(Failure::new(ErrorCode::ProtocolTooOld, message)
        .with_param("min", PROTOCOL_MIN.to_string())
        .with_param("max", PROTOCOL.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_present_protocol_passes_and_any_other_is_told_what_to_do() {
        assert!(check(Some(&PROTOCOL.to_string())).is_ok());
        assert_eq!(check(Some("0")).unwrap_err().code(), ErrorCode::ProtocolTooOld);
        assert_eq!(check(Some("99")).unwrap_err().code(), ErrorCode::ProtocolTooOld);
        assert_eq!(check(Some("new")).unwrap_err().code(), ErrorCode::BadRequest);
        assert_eq!(check(None).unwrap_err().code(), ErrorCode::BadRequest);
    }
}
