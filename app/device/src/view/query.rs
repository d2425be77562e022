use serde::Serialize;

/// `{"columns":[{"name","type"}],"rows":[[...]]}`: instants as RFC 3339, dates as 2026-01-31, times as 08:30:00,
/// durations as ISO 8601, decimals as text, ints as numbers, ids as hyphenated text. The server answers in the same form.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QueryResult {
    pub columns: Vec<QueryColumn>,
    pub rows: Vec<Vec<serde_json::Value>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QueryColumn {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
}
