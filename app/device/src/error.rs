use serde::Serialize;
use std::fmt;

/// Why something was not done: a code for programs, one sentence for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeviceError {
    pub code: ErrorCode,
    /// What happened, to what, what to do now.
    pub message: String,
    /// Places in a query's text; empty for every other error.
    pub problems: Vec<Problem>,
}

/// Stable: programs branch on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
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
    /// Wrong name or password.
    SignInFailed,
    /// Another process holds what only one may hold.
    Busy,
    /// The signals' key is not on this device: sign in to open them.
    Locked,
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
pub struct Problem {
    pub message: String,
    pub begin: usize,
    pub end: usize,
    /// A way on, if there is one.
    pub help: Option<String>,
    /// A warning does not stop the query.
    pub warning: bool,
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
        DeviceError { code, message: message.into(), problems: Vec::new() }
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
