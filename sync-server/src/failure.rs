//! The one error type of the routes: a code for programs, a sentence for people, a status for the wire.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use std::fmt;
use sync_protocol::{ErrorBody, ErrorCode};

/// A request that was not answered with success. Its message never holds a value of a row.
#[derive(Debug, Clone)]
pub struct Failure {
    body: ErrorBody,
    retry_after_s: Option<u32>,
    /// Where it says more than the code's own.
    status: Option<StatusCode>,
}

impl Failure {
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Failure {
            body: ErrorBody { code, message: message.into(), params: BTreeMap::new() },
            retry_after_s: None,
            status: None,
        }
    }

    pub fn bad_request(message: impl Into<String>) -> Self {
        Failure::new(ErrorCode::BadRequest, message)
    }

    pub fn too_large(message: impl Into<String>) -> Self {
        Failure::new(ErrorCode::TooLarge, message)
    }

    pub fn not_found(message: impl Into<String>) -> Self {
        Failure::new(ErrorCode::NotFound, message)
    }

    /// The tenant is being moved or a database is away; the client comes again by itself.
    pub fn unavailable(message: impl Into<String>, retry_after_s: u32) -> Self {
        Failure { retry_after_s: Some(retry_after_s), ..Failure::new(ErrorCode::Unavailable, message) }
    }

    pub fn too_many_attempts(retry_after_s: u32) -> Self {
        let message = format!("Too many attempts to sign in. Try again in {retry_after_s} seconds.");
        Failure { retry_after_s: Some(retry_after_s), ..Failure::new(ErrorCode::TooManyAttempts, message) }
    }

    /// `message`: whose share of the server is used up. For programs it is a server that is busy for a moment.
    pub fn too_many_queries(message: String) -> Self {
        Failure { status: Some(StatusCode::TOO_MANY_REQUESTS), ..Failure::unavailable(message, 1) }
    }

    /// Our fault: `what` and the cause go to the log, the client learns only that it happened.
    pub fn internal(what: &str, cause: impl fmt::Display) -> Self {
        tracing::error!(what, cause = %cause, "request failed");
        Failure::new(
            ErrorCode::Internal,
            "The server could not do this because of a fault of its own. Try again later.",
        )
    }

    pub fn with_param(mut self, name: &str, value: impl Into<String>) -> Self {
        self.body.params.insert(name.to_owned(), value.into());
        self
    }

    pub fn code(&self) -> ErrorCode {
        self.body.code
    }

    /// Whether the same request may succeed later without anybody changing it.
    pub fn passes(&self) -> bool {
        self.body.code != ErrorCode::Internal
    }

    pub fn message(&self) -> &str {
        &self.body.message
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.body.message)
    }
}

impl std::error::Error for Failure {}

impl From<sqlx::Error> for Failure {
    /// A database's message may quote a row, so only its code and the names of table and constraint are logged.
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(database) => {
                let code = database.code().unwrap_or_default();
                let cause = format!(
                    "SQLSTATE {code}, table {}, constraint {}",
                    database.table().unwrap_or("-"),
                    database.constraint().unwrap_or("-")
                );
                match code.get(..2) {
                    Some(FULL) => full(&cause),
                    _ if passes(&code) => busy(&cause),
                    _ => Failure::internal("database statement", cause),
                }
            }
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) => busy(&error.to_string()),
            _ => Failure::internal("database", error),
        }
    }
}

/// Class of the errors of a database without room.
const FULL: &str = "53";

/// Whether a database's error says something of the moment and not of the statement: a lost connection, a deadlock, a
/// full disk, a lock that was not had in time, a statement that a busy database did not finish in time, a right that the
/// operator has yet to give.
fn passes(code: &str) -> bool {
    let class = code.get(..2).unwrap_or_default();
    ["08", "40", "53", "57", "58", "XX"].contains(&class) || matches!(code, "55P03" | "25P03" | "42501")
}

fn full(cause: &str) -> Failure {
    tracing::error!(cause, "the database has no room: make some on its disk or in its memory");
    let say = "The server's disk or memory is full; who runs it must make room. Your changes are kept on the device, which tries again by itself.";
    Failure::unavailable(say, 60)
}

fn busy(cause: &str) -> Failure {
    tracing::warn!(cause, "database is away or busy");
    Failure::unavailable("The server's database is busy or away. The device tries again by itself.", 5)
}

/// The status line of a code.
pub fn status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::BadRequest => StatusCode::BAD_REQUEST,
        ErrorCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::SignInFailed | ErrorCode::SessionOver => StatusCode::UNAUTHORIZED,
        ErrorCode::Forbidden => StatusCode::FORBIDDEN,
        ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::ClientForked
        | ErrorCode::HistoryChanged
        | ErrorCode::ResyncRequired
        | ErrorCode::VaultChanged
        | ErrorCode::SegmentExists => StatusCode::CONFLICT,
        ErrorCode::QueryRefused => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::ProtocolTooOld => StatusCode::UPGRADE_REQUIRED,
        ErrorCode::TooManyAttempts => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = (self.status.unwrap_or_else(|| status(self.body.code)), Json(self.body)).into_response();
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
