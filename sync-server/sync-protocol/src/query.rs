use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Body of `POST /v1/query` and `POST /v1/query/plan`. Parameters come as text in the language's literal form without the marks:
/// `2026-01-31`, `2026-01-31 08:30`, `8h`, `12.5`, `True`, an id, or plain text; the declared type says which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueryRequest {
    pub text: String,
    #[serde(default)]
    pub parameters: BTreeMap<String, String>,
    /// IANA name of the person's zone, for `Today()` and for literals of DateTime.
    pub zone: String,
}

/// `{"columns":[{"name","type"}],"rows":[[...]]}`: instants as RFC 3339, dates as 2026-01-31, durations as ISO 8601,
/// decimals as text, ints as numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QueryAnswer<V> {
    pub columns: Vec<QueryColumn>,
    pub rows: Vec<Vec<V>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueryColumn {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
}

/// How the server's database would answer a query: its own words, one line a step, deeper steps indented.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanAnswer {
    pub lines: Vec<String>,
}
