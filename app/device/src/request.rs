//! What a person asks of the device, as text where they typed text: times, dates and names are read here, in one way
//! for the command line and the screens.

use serde::Deserialize;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

#[derive(Debug, Deserialize)]
pub struct SignIn {
    /// `http://127.0.0.1:7000`
    pub server: String,
    pub tenant: String,
    pub user: String,
    pub password: Zeroizing<String>,
    /// The code of an invitation: the password is the person's first.
    pub invite: Option<String>,
}

/// Starts a timer. A running one ends at the same moment.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct StartTimer {
    /// Code, customer's code dot code, name or id.
    pub project: Option<String>,
    pub task: Option<String>,
    pub text: Option<String>,
    /// None: now.
    pub begin: Option<String>,
}

/// A finished entry. Times are `08:30` (of `date`, else of today), `2026-01-31 08:30` or RFC 3339.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct NewEntry {
    pub project: Option<String>,
    pub task: Option<String>,
    pub text: Option<String>,
    pub date: Option<String>,
    pub begin: String,
    pub end: String,
    /// Further properties of the model by name, `HomeOffice=true`.
    pub set: BTreeMap<String, String>,
}

/// A query with its parameters in the language's literal form without the marks.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Question {
    pub text: String,
    pub parameters: BTreeMap<String, String>,
}
