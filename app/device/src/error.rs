use serde::Serialize;
use std::fmt;

/// Why something was not done: a code for programs, one sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DeviceError {
    pub code: ErrorCode,
    /// What happened, to what, what to do now.
    pub message: String,
    /// Places in a query's text; empty for every other error.
    pub problems: Vec<Problem>,
    /// Too early to be told to somebody who did not ask: the server wants a moment's patience.
    #[serde(skip)]
    #[cfg_attr(test, ts(skip))]
    pub quiet: bool,
}

/// Stable: programs branch on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// A value, a name or a range that cannot be.
    BadInput,
    /// A project, an entry, an entity that is not there (or may not be seen).
    Unknown,
    /// A rule or a permission of the company says no.
    Refused,
    /// A query with an error; `problems` say where.
    QueryRefused,
    /// The home is not signed in, or its session is over.
    NotSignedIn,
    /// The company's rows were not fetched yet, or a broken file was replaced: a sync brings them.
    NoData,
    /// Wrong name or password.
    SignInFailed,
    /// Another process holds what only one may hold.
    Busy,
    /// The signals' key is not on this device: sign in to open them.
    Locked,
    /// This computer shows nothing that could be recorded.
    NoDesktop,
    /// The server cannot be reached or has no time now.
    Unreachable,
    /// The disk, the file, the server or this program is at fault.
    Ours,
}

/// Whose fault an error is; the exit code of the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Input = 1,
    Ours = 2,
    Unreachable = 3,
}

/// A place in a query's text, in bytes, and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Problem {
    /// Stable: `syntax`, `unknown_name`, `wrong_type` ...
    #[cfg_attr(test, ts(type = "string"))]
    pub code: query_lang::Code,
    pub message: String,
    pub begin: usize,
    pub end: usize,
    /// A way on, if there is one.
    pub help: Option<String>,
    /// A warning does not stop the query.
    pub warning: bool,
    /// Other places that have to do with it.
    pub labels: Vec<ProblemLabel>,
    /// Edits of the text, each of which would repair it.
    pub fixes: Vec<ProblemFix>,
}

/// A place in a query's text, in bytes, and what it has to do with a problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ProblemLabel {
    pub begin: usize,
    pub end: usize,
    pub text: String,
}

/// What to write in the place of a stretch of a query's text, in bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ProblemFix {
    pub begin: usize,
    pub end: usize,
    pub replacement: String,
}

impl ErrorCode {
    pub fn fault(self) -> Fault {
        match self {
            ErrorCode::Unreachable => Fault::Unreachable,
            ErrorCode::Ours => Fault::Ours,
            _ => Fault::Input,
        }
    }
}

impl DeviceError {
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        DeviceError { code, message: message.into(), problems: Vec::new(), quiet: false }
    }

    pub(crate) fn input(message: impl Into<String>) -> Self {
        DeviceError::new(ErrorCode::BadInput, message)
    }

    pub(crate) fn unknown(message: impl Into<String>) -> Self {
        DeviceError::new(ErrorCode::Unknown, message)
    }

    pub fn fault(&self) -> Fault {
        self.code.fault()
    }
}

impl fmt::Display for DeviceError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for DeviceError {}

impl From<store::StoreError> for DeviceError {
    fn from(error: store::StoreError) -> Self {
        use store::StoreError::*;
        let code = match &error {
            DiskFull
            | Damaged(_)
            | Disk(_)
            | Folder { .. }
            | Newer
            | Model(_)
            | NotAllowed
            | Foreign(_)
            | SegmentTaken(_) => ErrorCode::Ours,
            NoData => ErrorCode::NoData,
            Busy => ErrorCode::Busy,
            UnknownEntity(_) | UnknownProperty { .. } | MissingRow(_) | MissingParent { .. } | NotInInbox => {
                ErrorCode::Unknown
            }
            Forbidden { .. } | Rule { .. } | NotUnique { .. } | StillReferenced { .. } => ErrorCode::Refused,
            BadValue { .. }
            | Required { .. }
            | TooManyChanges
            | ChangeTooLarge
            | RowTwice(_)
            | NothingToUndo
            | ChangedSince(_)
            | NotBackYet(_)
            | TooSlow { .. }
            | TooManyRows { .. }
            | Cancelled => ErrorCode::BadInput,
        };
        DeviceError::new(code, error.to_string())
    }
}

impl From<sync::CallError> for DeviceError {
    fn from(error: sync::CallError) -> Self {
        use sync_protocol::ErrorCode as Server;
        let code = match (&error, error.code()) {
            (sync::CallError::Unreachable { .. }, _) => ErrorCode::Unreachable,
            (sync::CallError::BadAddress { .. } | sync::CallError::TooLarge { .. }, _) => ErrorCode::BadInput,
            (_, Some(Server::SignInFailed | Server::TooManyAttempts)) => ErrorCode::SignInFailed,
            (_, Some(Server::SessionOver)) => ErrorCode::NotSignedIn,
            (_, Some(Server::Forbidden)) => ErrorCode::Refused,
            (_, Some(Server::NotFound)) => ErrorCode::Unknown,
            (_, Some(Server::QueryRefused)) => ErrorCode::QueryRefused,
            (_, Some(Server::Unavailable)) => ErrorCode::Unreachable,
            (_, Some(Server::BadRequest)) => ErrorCode::BadInput,
            _ => ErrorCode::Ours,
        };
        let mut refused = DeviceError::new(code, error.to_string());
        if let sync::CallError::Refused { params, .. } = &error
            && let Some(text) = params.get("diagnostics")
            && let Ok(diagnostics) = serde_json::from_str::<Vec<query_lang::Diagnostic>>(text)
        {
            refused.problems = diagnostics.iter().map(Problem::of).collect();
        }
        refused
    }
}

impl Problem {
    pub(crate) fn of(diagnostic: &query_lang::Diagnostic) -> Problem {
        let place = |span: query_lang::Span| (span.start as usize, span.end as usize);
        let labels = diagnostic.labels.iter().map(|label| {
            let (begin, end) = place(label.span);
            ProblemLabel { begin, end, text: label.text.clone() }
        });
        let fixes = diagnostic.fixes.iter().map(|fix| {
            let (begin, end) = place(fix.span);
            ProblemFix { begin, end, replacement: fix.replacement.clone() }
        });
        Problem {
            code: diagnostic.code,
            labels: labels.collect(),
            fixes: fixes.collect(),
            message: diagnostic.message.clone(),
            begin: diagnostic.span.start as usize,
            end: diagnostic.span.end as usize,
            help: diagnostic.help.clone(),
            warning: diagnostic.severity == query_lang::Severity::Warning,
        }
    }
}

impl DeviceError {
    /// A text of the language with errors; their first sentence is the error's.
    pub(crate) fn query(diagnostics: &[query_lang::Diagnostic]) -> DeviceError {
        let message = diagnostics.first().map_or_else(|| "the query is empty".to_owned(), ToString::to_string);
        let problems = diagnostics.iter().map(Problem::of).collect();
        DeviceError { code: ErrorCode::QueryRefused, message, problems, quiet: false }
    }
}
