use crate::Problem;
use serde::Serialize;

/// `{"columns":[{"name","type"}],"rows":[[...]]}`: instants as RFC 3339, dates as 2026-01-31, times as 08:30:00,
/// durations as ISO 8601, decimals as text, ints as numbers, ids as hyphenated text. The server answers in the same form.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct QueryResult {
    pub columns: Vec<QueryColumn>,
    #[cfg_attr(test, ts(type = "JsonValue[][]"))]
    pub rows: Vec<Vec<serde_json::Value>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct QueryColumn {
    pub name: String,
    #[serde(rename = "type")]
    pub kind: String,
}

/// What the editor shows of a query that was not run.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct QueryCheck {
    pub problems: Vec<Problem>,
    /// None as long as the text does not compile.
    pub parameters: Option<Vec<AskedParameter>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AskedParameter {
    /// Without the `@`.
    pub name: String,
    /// Name of its type in the language; `Guid` for a row.
    pub kind: String,
    /// The entity whose row it names.
    pub entity: Option<String>,
    /// Takes several values: its text is a JSON array of texts.
    pub list: bool,
    pub required: bool,
}

/// What could stand at a place of a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Suggestion {
    pub label: String,
    /// Type, signature or what it is.
    pub detail: String,
    /// The begun word that it replaces, in bytes.
    pub begin: usize,
    pub end: usize,
}

/// What a word of a query means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Meaning {
    /// The word, in bytes.
    pub begin: usize,
    pub end: usize,
    /// One line or several.
    pub text: String,
}

/// A stretch of a query's text, for its colour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Word {
    /// In bytes.
    pub begin: usize,
    pub end: usize,
    /// `keyword`, `name`, `parameter`, `number`, `text`, `comment`, `operator`, `bracket` or `unclosed`.
    #[cfg_attr(test, ts(type = "string"))]
    pub kind: query_lang::TokenKind,
}

impl QueryResult {
    /// As the command line and the server write it, one row a line.
    pub fn to_json(&self) -> String {
        let columns = serde_json::json!(self.columns);
        let rows: Vec<String> = self.rows.iter().map(|row| serde_json::json!(row).to_string()).collect();
        format!("{{\"columns\":{columns},\"rows\":[\n{}\n]}}\n", rows.join(",\n"))
    }

    /// Comma-separated values with a header line (RFC 4180); null is an empty field.
    pub fn to_csv(&self) -> String {
        let mut lines = csv::Writer::from_writer(Vec::new());
        let header = self.columns.iter().map(|column| column.name.clone()).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(field).collect());
        for line in std::iter::once::<Vec<String>>(header).chain(rows) {
            lines.write_record(&line).expect("memory takes every line, and all lines are as long as the header");
        }
        String::from_utf8(lines.into_inner().expect("memory has nothing to flush")).expect("fields are text")
    }
}

fn field(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
