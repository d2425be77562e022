//! A query's plan and its problems, one a line.

use super::answer;
use device::Problem;
use device::view::{PlanStep, PlanWork, QueryPlan, QueryResult};
use serde_json::json;

/// Two blanks a level.
const INDENT: &str = "  ";

/// A step stands below the one that it is a part of.
pub(crate) fn plan(plan: &QueryPlan) -> QueryResult {
    let columns = [("Depth", "Int"), ("Step", "Text"), ("InTheEnginesWords", "Text")];
    let row = |step: &PlanStep| {
        let said = format!("{}{}", INDENT.repeat(step.depth as usize), words(step));
        vec![json!(step.depth), json!(said), json!(step.detail)]
    };
    answer(&columns, plan.steps.iter().map(row).collect())
}

pub(crate) fn problems(problems: &[Problem]) -> QueryResult {
    let columns = [
        ("Code", "Text"),
        ("Warning", "Bool"),
        ("Message", "Text"),
        ("Help", "Text"),
        ("Begin", "Int"),
        ("End", "Int"),
        ("Replacement", "Text"),
    ];
    let row = |problem: &Problem| {
        vec![
            json!(problem.code),
            json!(problem.warning),
            json!(problem.message),
            json!(problem.help),
            json!(problem.begin),
            json!(problem.end),
            json!(problem.fixes.first().map(|fix| fix.replacement.as_str())),
        ]
    };
    answer(&columns, problems.iter().map(row).collect())
}

fn words(step: &PlanStep) -> String {
    let of = step.of.as_deref().unwrap_or("rows");
    match (step.work, &step.by) {
        (PlanWork::Read, _) => format!("reads all of {of}"),
        (PlanWork::Search, Some(by)) => format!("finds {of} by {by}"),
        (PlanWork::Search, None) => format!("finds {of} by an index"),
        (PlanWork::Walk, _) => "goes through what was found".to_owned(),
        (PlanWork::Sort, _) => "sorts".to_owned(),
        (PlanWork::Group, _) => "groups".to_owned(),
        (PlanWork::Distinct, _) => "keeps each row once".to_owned(),
        (PlanWork::Index, _) => format!("makes an index of {of} for this query"),
        (PlanWork::Join, _) => "joins".to_owned(),
        (PlanWork::Once, _) => "once:".to_owned(),
        (PlanWork::EachRow, _) => "for each row:".to_owned(),
        (PlanWork::Other, _) => step.detail.lines().next().unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_read_from_above_and_tells_what_reads_everything() {
        let step = |depth, work, of: Option<&str>, by: Option<&str>| {
            let (of, by) = (of.map(str::to_owned), by.map(str::to_owned));
            PlanStep { depth, work, of, by, detail: "x".to_owned() }
        };
        let shown = plan(&QueryPlan {
            steps: vec![
                step(0, PlanWork::Search, Some("Timesheet"), Some("user_id, date")),
                step(0, PlanWork::EachRow, None, None),
                step(1, PlanWork::Read, Some("Project"), None),
            ],
        });
        let steps: Vec<&str> = shown.rows.iter().filter_map(|row| row[1].as_str()).collect();
        assert_eq!(steps, ["finds Timesheet by user_id, date", "for each row:", "  reads all of Project"]);
    }
}
