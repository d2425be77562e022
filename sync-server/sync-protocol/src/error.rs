use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Every answer that is not a success carries this body. Programs branch on `code`; `message` is for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    pub code: ErrorCode,
    /// What happened, to what, what to do now. Never a value of a row.
    pub message: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// 400: the request is not of the form of this protocol, or breaks a limit.
    BadRequest,
    TooLarge,
    /// 401: wrong name or password (which of them is not told), or the session is over.
    SignInFailed,
    SessionOver,
    /// 403
    Forbidden,
    /// 404
    NotFound,
    /// 409
    ClientForked,
    HistoryChanged,
    ResyncRequired,
    VaultChanged,
    SegmentExists,
    /// 422: a query with an error; `params.diagnostics` is JSON of the language's diagnostics.
    QueryRefused,
    /// 426: the client is too old.
    ProtocolTooOld,
    /// 429
    TooManyAttempts,
    /// 503: the tenant is being moved, or the database is away; 429: more queries at once than a person, a company or the
    /// server may run. `Retry-After` says when to come again.
    Unavailable,
    /// 500
    Internal,
}
