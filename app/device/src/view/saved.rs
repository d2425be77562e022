use serde::Serialize;

/// A query that somebody keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SavedQuery {
    pub id: String,
    pub name: String,
    /// `query`, `view`, `set` or `report`.
    pub kind: String,
    pub text: String,
    /// Everybody of the company can open it.
    pub shared: bool,
    /// It can be changed and deleted here; another person's can be opened only.
    pub mine: bool,
    /// Name of the user whose it is.
    pub owner: String,
    /// The server has not got all of it yet.
    pub waiting: bool,
}
