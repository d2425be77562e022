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
    /// On a new device: show the vault that was found, and neither record nor open anything before the person confirmed it.
    #[serde(default)]
    pub review: bool,
}

/// Starts a timer. The one that runs ends at the same moment; of several none does, because nobody said which.
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

/// Another value for a row of an inbox entry, typed by the person.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct SettledValue {
    /// [`crate::view::InboxChange::row`]
    pub row: String,
    pub property: String,
    /// Empty text clears the property.
    pub text: String,
}

/// A query with its parameters in the language's literal form without the marks.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Question {
    pub text: String,
    pub parameters: BTreeMap<String, String>,
}

/// A query to be kept.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct KeptQuery {
    /// Of the one that is written over; None: a new one.
    pub id: Option<String>,
    pub name: String,
    /// `query`, `view`, `set` or `report`.
    pub kind: String,
    pub text: String,
    /// Everybody of the company can open it.
    pub shared: bool,
}
