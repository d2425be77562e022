//! An answer of columns and rows, written as a table for people, as JSON or as CSV for programs.

use crate::arguments::Format;
use crate::failure::Failure;
use device::view::QueryResult;
use serde_json::Value;
use std::io::Write;

pub(crate) fn write(out: &mut dyn Write, format: Format, answer: &QueryResult) -> Result<(), Failure> {
    match format {
        Format::Table => out.write_all(table(answer).as_bytes())?,
        Format::Csv => out.write_all(answer.to_csv().as_bytes())?,
        Format::Json => {
            let text = serde_json::to_string(answer).map_err(|error| Failure::System(error.to_string()))?;
            writeln!(out, "{text}")?;
        }
    }
    Ok(())
}

const GAP: &str = "  ";
/// Characters of one cell; longer ones are cut in a table, never in JSON or CSV.
const CELL_CHARACTERS_MAX: usize = 80;

/// A header, a line under it, rows; numbers stand at the right of their column.
fn table(answer: &QueryResult) -> String {
    let header: Vec<String> = answer.columns.iter().map(|column| plain(&column.name)).collect();
    let rows: Vec<Vec<String>> = answer.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    let width = |index: usize| {
        let cells = rows.iter().filter_map(|row| row.get(index)).chain(header.get(index));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..header.len()).map(width).collect();
    let right: Vec<bool> =
        answer.columns.iter().map(|column| matches!(column.kind.as_str(), "Int" | "Decimal" | "Duration")).collect();
    let line = |cells: &[String]| {
        let padded: Vec<String> = cells
            .iter()
            .zip(&widths)
            .zip(&right)
            .map(|((cell, width), right)| if *right { format!("{cell:>width$}") } else { format!("{cell:<width$}") })
            .collect();
        format!("{}\n", padded.join(GAP).trim_end())
    };
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    let mut text = line(&header) + &line(&rule);
    rows.iter().for_each(|row| text.push_str(&line(row)));
    if rows.is_empty() {
        text.push_str("(nothing)\n");
    }
    text
}

fn cell(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) => plain(text),
        other => other.to_string(),
    };
    if text.chars().count() <= CELL_CHARACTERS_MAX {
        return text;
    }
    text.chars().take(CELL_CHARACTERS_MAX - 1).chain(['…']).collect()
}

/// A value cannot steer the terminal or break its line.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use device::view::QueryColumn;
    use serde_json::json;

    fn answer() -> QueryResult {
        let column = |name: &str, kind: &str| QueryColumn { name: name.to_owned(), kind: kind.to_owned() };
        QueryResult {
            columns: vec![column("Name", "Text"), column("Hours", "Decimal"), column("Open", "Bool")],
            rows: vec![
                vec![json!("Größe, \"A\""), json!("12.5"), json!(true)],
                vec![json!(null), json!("2"), json!(false)],
            ],
        }
    }

    fn check(format: Format, answer: &QueryResult, expected: &str) {
        let mut out = Vec::new();
        write(&mut out, format, answer).expect("memory takes everything");
        assert_eq!(String::from_utf8(out).expect("text"), expected);
    }

    #[test]
    fn a_table_stands_in_columns() {
        let expected =
            "Name        Hours  Open\n----------  -----  ----\nGröße, \"A\"   12.5  yes\n                2  no\n";
        check(Format::Table, &answer(), expected);
    }

    #[test]
    fn json_has_columns_and_rows() {
        let expected = r#"{"columns":[{"name":"Name","type":"Text"},{"name":"Hours","type":"Decimal"},{"name":"Open","type":"Bool"}],"rows":[["Größe, \"A\"","12.5",true],[null,"2",false]]}"#;
        check(Format::Json, &answer(), &format!("{expected}\n"));
    }

    #[test]
    fn csv_quotes_what_must_be_quoted() {
        check(Format::Csv, &answer(), "Name,Hours,Open\n\"Größe, \"\"A\"\"\",12.5,true\n,2,false\n");
    }

    #[test]
    fn no_value_can_steer_the_terminal() {
        let mut answer = answer();
        answer.rows = vec![vec![json!("a\u{1b}[2Jb\nc"), json!("1"), json!(true)]];
        assert!(!table(&answer).contains('\u{1b}'));
        assert_eq!(table(&answer).lines().count(), 3);
    }

    #[test]
    fn an_answer_without_rows_says_so() {
        let mut answer = answer();
        answer.rows.clear();
        assert!(table(&answer).ends_with("(nothing)\n"));
    }
}
