//! Why a query is slow: what the engine does for it, step by step, in the words of its rows.

use crate::view::{PlanStep, PlanWork, QueryPlan};
use crate::{Device, DeviceError, Question};
use query_lang::Catalogue;
use store::PlanLine;

impl Device {
    /// How this device would answer; nothing is run, and parameters need no values.
    pub fn query_plan(&self, question: &Question) -> Result<QueryPlan, DeviceError> {
        let (reader, compiled) = self.compiled(question)?;
        let lines = reader.plan(&compiled)?.into_iter().filter(|line| !is_frame(&line.detail));
        Ok(QueryPlan { steps: lines.map(|line| of_sqlite(line, &reader.catalogue)).collect() })
    }

    /// How the server would answer; nothing is run there.
    pub async fn query_plan_on_server(&self, question: &Question) -> Result<QueryPlan, DeviceError> {
        let (client, request) = self.for_server(question)?;
        let answer = client.query_plan(&request).await?;
        let catalogue = self.store().catalogue();
        Ok(QueryPlan { steps: of_postgres(&answer.lines, &catalogue) })
    }
}

/// A Bloom filter is a part of the search that it stands beside; what several indexes find together are searches that follow.
fn is_frame(detail: &str) -> bool {
    ["CREATE BLOOM", "MULTI-INDEX OR", "INDEX "].iter().any(|words| detail.starts_with(words))
}

fn of_sqlite(line: PlanLine, catalogue: &Catalogue) -> PlanStep {
    let detail = line.detail;
    let has = |words: &str| detail.contains(words);
    let work = match detail.split(' ').next().unwrap_or_default() {
        _ if has("AUTOMATIC") => PlanWork::Index,
        "SEARCH" => PlanWork::Search,
        "SCAN" if line.table.is_some() => PlanWork::Read,
        "SCAN" => PlanWork::Walk,
        "USE" if has("ORDER BY") => PlanWork::Sort,
        "USE" if has("GROUP BY") => PlanWork::Group,
        "USE" if has("DISTINCT") => PlanWork::Distinct,
        "CORRELATED" => PlanWork::EachRow,
        "CO-ROUTINE" | "MATERIALIZE" | "SCALAR" | "LIST" => PlanWork::Once,
        _ => PlanWork::Other,
    };
    let by = detail.split_once(" (").and_then(|(_, rest)| rest.split_once(')')).map(|(columns, _)| conditions(columns));
    let of = line.table.map(|table| entity(catalogue, &table));
    PlanStep { depth: line.depth, work, of, by: by.filter(|_| work == PlanWork::Search), detail }
}

/// `user_id=? AND date>?`: the columns.
fn conditions(text: &str) -> String {
    let column = |one: &str| one.trim_matches(|letter: char| "=<>?() ".contains(letter)).to_owned();
    let mut columns: Vec<String> = text.split(" AND ").map(column).collect();
    columns.dedup();
    columns.join(", ")
}

/// A node begins with an arrow (the first has none); what stands below it belongs to it.
fn of_postgres(lines: &[String], catalogue: &Catalogue) -> Vec<PlanStep> {
    let mut steps: Vec<PlanStep> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let text = line.trim_start();
        match text.strip_prefix("->").map(str::trim_start).or((number == 0).then_some(text)) {
            Some(node) => {
                open.retain(|above| *above < indent);
                steps.push(node_of_postgres(open.len() as u32, node, catalogue));
                open.push(indent);
            }
            None => {
                if let Some(step) = steps.last_mut() {
                    found_by(step, text);
                }
            }
        }
    }
    steps
}

fn node_of_postgres(depth: u32, node: &str, catalogue: &Catalogue) -> PlanStep {
    let has = |words: &str| node.contains(words);
    let work = match () {
        () if has("Bitmap Heap Scan") || (has("Index") && has("Scan")) => PlanWork::Search,
        () if has("Seq Scan") => PlanWork::Read,
        () if has("Scan") => PlanWork::Walk,
        () if has("Sort") => PlanWork::Sort,
        () if has("Aggregate") || has("Group") => PlanWork::Group,
        () if has("Unique") => PlanWork::Distinct,
        () if has("Join") || has("Nested Loop") => PlanWork::Join,
        () if has("Materialize") || has("Memoize") || node.starts_with("Hash") => PlanWork::Once,
        () => PlanWork::Other,
    };
    let table = node.split_once(" on ").map(|(_, rest)| rest.split(' ').next().unwrap_or_default());
    let table = table.filter(|_| matches!(work, PlanWork::Search | PlanWork::Read));
    let of = table.map(|table| entity(catalogue, table.rsplit('.').next().unwrap_or(table).trim_matches('"')));
    PlanStep { depth, work, of, by: None, detail: node.to_owned() }
}

/// `Index Cond: ((user_id = '..'::uuid) AND (date > 3))`: the columns, and the words as they are.
fn found_by(step: &mut PlanStep, text: &str) {
    if let Some(condition) = text.strip_prefix("Index Cond: ").or_else(|| text.strip_prefix("Recheck Cond: ")) {
        let column = |one: &str| one.trim_start_matches('(').split(' ').next().unwrap_or_default().to_owned();
        let mut columns: Vec<String> = condition.split(" AND ").map(column).collect();
        columns.dedup();
        step.by = Some(columns.join(", "));
    }
    step.detail = format!("{}\n{text}", step.detail);
}

fn entity(catalogue: &Catalogue, table: &str) -> String {
    let found = catalogue.entities().find(|(_, entity)| entity.table.as_str() == table);
    found.map_or_else(|| table.to_owned(), |(_, entity)| entity.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_of_the_server_keep_their_order_and_their_depth() {
        let lines = [
            "Sort",
            "  Sort Key: t1.begin",
            "  ->  Index Scan using timesheet_date_index on t_a.timesheet t1",
            "        Index Cond: ((date >= 3) AND (date < 9))",
            "        Filter: (NOT deleted)",
            "        SubPlan 1",
            "          ->  Seq Scan on role_assignment t11",
        ];
        let steps = of_postgres(&lines.map(str::to_owned), &Catalogue::default());
        let told: Vec<_> = steps.iter().map(|step| (step.depth, step.work, step.of.as_deref())).collect();
        assert_eq!(
            told,
            [
                (0, PlanWork::Sort, None),
                (1, PlanWork::Search, Some("timesheet")),
                (2, PlanWork::Read, Some("role_assignment"))
            ]
        );
        assert_eq!(steps[1].by.as_deref(), Some("date"));
        assert!(steps[1].detail.contains("Filter"), "{steps:?}");
    }
}
