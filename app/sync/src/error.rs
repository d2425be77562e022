use std::collections::BTreeMap;
use sync_protocol::{ErrorBody, ErrorCode};
use thiserror::Error;

/// Why a call to the server gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CallError {
    #[error("`{text}` is no server address: write it like https://daybook.example.com or http://127.0.0.1:7000")]
    BadAddress { text: String },
    #[error("the server {origin} cannot be reached ({reason}); your work is kept here, try again when it is back")]
    Unreachable { origin: String, reason: String },
    /// The server's own answer, with its code.
    #[error("{message}")]
    Refused {
        code: ErrorCode,
        message: String,
        params: BTreeMap<String, String>,
        /// Milliseconds after which the server wants to be asked again.
        retry_after_ms: Option<u64>,
    },
    #[error("{origin} gave an answer that Daybook does not understand ({reason}); check the address and the versions")]
    Malformed { origin: String, reason: String },
    #[error("this request is larger than the server accepts ({bytes} bytes); nothing was sent")]
    TooLarge { bytes: usize },
}

impl CallError {
    /// None: the failure has no code of the server.
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            CallError::Refused { code, .. } => Some(*code),
            _ => None,
        }
    }

    pub(crate) fn refused(body: ErrorBody, retry_after_ms: Option<u64>) -> Self {
        CallError::Refused { code: body.code, message: body.message, params: body.params, retry_after_ms }
    }
}
