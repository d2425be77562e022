//! How SQLite goes about a compiled query: the plan that it names, with tables in the place of the text's short names.

use super::{Reader, authorizer, signals};
use crate::StoreError;
use query_lang::Compiled;
use std::collections::HashMap;

/// One step of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLine {
    /// Steps that it is a part of.
    pub depth: u32,
    /// `SEARCH t1 USING INDEX timesheet_date_index (date>?)`, as SQLite says it.
    pub detail: String,
    /// The table that the step reads; None: what another step made, or nothing.
    pub table: Option<String>,
}

impl Reader {
    /// The steps of a compiled query in the order in which SQLite names them. Nothing is run and no signal is opened.
    pub fn plan(&self, compiled: &Compiled) -> Result<Vec<PlanLine>, StoreError> {
        let connection = self.connection()?;
        if !compiled.reads.signals.is_empty() {
            signals::attach(&connection, &self.model, &[])?;
        }
        connection.pragma_update(None, "query_only", true)?;
        connection.authorizer(Some(authorizer::allow_list(&compiled.reads)))?;
        let tables = tables(&compiled.sql);
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {}", compiled.sql))?;
        let mut depths = HashMap::from([(0_i64, 0_u32)]);
        let mut found = statement.raw_query();
        let mut lines = Vec::new();
        while let Some(row) = found.next()? {
            let (id, parent, detail): (i64, i64, String) = (row.get(0)?, row.get(1)?, row.get(3)?);
            let depth = depths.get(&parent).copied().unwrap_or(0);
            depths.insert(id, depth + 1);
            let table = detail.split(' ').nth(1).and_then(|alias| tables.get(alias)).cloned();
            lines.push(PlanLine { depth, detail, table });
        }
        Ok(lines)
    }
}

/// `FROM "main"."timesheet" AS t1`: the table by its short name.
fn tables(sql: &str) -> HashMap<String, String> {
    let pieces = sql.split("\" AS ").collect::<Vec<_>>();
    let pairs = pieces.windows(2).filter_map(|pair| {
        let (schema, table) = pair[0].rsplit_once("\".\"")?;
        let known = schema.ends_with("\"main") || schema.ends_with("\"sig");
        let end = pair[1].find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(pair[1].len());
        known.then(|| (pair[1][..end].to_owned(), table.to_owned()))
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::tables;

    #[test]
    fn a_short_name_is_known_by_its_table_and_a_column_is_none() {
        let sql = r#"SELECT t0.c0 AS c0 FROM (SELECT t1."end" AS c0 FROM "main"."timesheet" AS t1 WHERE x) AS t0
            JOIN "sig"."activity" AS t2"#;
        let found = tables(sql);
        assert_eq!(found.get("t1").map(String::as_str), Some("timesheet"));
        assert_eq!(found.get("t2").map(String::as_str), Some("activity"));
        assert_eq!(found.len(), 2);
    }
}
