//! A test that cannot fail proves nothing: the guard is taken off a text at one place, and the comparison of engines must see it.

use super::engines::Engines;
use super::engines::rows::Size;
use query_lang::{Parameters, Target, compile};

const SIZE: Size = Size { bookings: 60, signals: 0, others: 7, extremes: false };

/// Each names tables whose rows not everybody may read, once or several times.
const QUESTIONS: [&str; 6] = [
    "From T In Timesheet Select { T.Id, T.Description }",
    "From P In Project Order By P.Code Select { P.Code, N = P.Timesheets.Count() }",
    "From P In Project Left Join T In Timesheet On T.Project = P Select { P.Code, T.Begin }",
    "From T In TimesheetTag Select { T.Tag.Name, T.Timesheet.Begin }",
    "From I In Invoice Select { I.Number }",
    "From P In Project Where P In (From T In Timesheet Select T.Project) Select P.Code",
];

#[test]
fn a_guard_that_is_missing_at_one_place_turns_the_comparison_red() {
    let mut engines = Engines::new();
    engines.fill(3, SIZE);
    let mut taken = 0;
    for question in QUESTIONS {
        let compiled = compile(question, &engines.catalogue, &Target::Sqlite).expect("compiles");
        let honest = engines.asked_as(&compiled, 4, &Parameters::new());
        let wanted = engines.evaluated(question, 4, &Parameters::new());
        assert_eq!(honest, wanted, "{question}");
        for at in guards(&compiled.sql) {
            let mut open = compiled.clone();
            let permission = compiled.sql[at.clone()].trim_start_matches(" AND ");
            open.sql.replace_range(at, &format!(" AND (1 OR ({permission}))"));
            assert_ne!(engines.asked_as(&open, 4, &Parameters::new()), wanted, "{question}\n{}", open.sql);
            taken += 1;
        }
    }
    assert!(taken >= QUESTIONS.len(), "only {taken} guards were taken off");
}

/// Where permissions stand: what follows `NOT deleted` in the WHERE of a scan, up to its closing bracket.
fn guards(sql: &str) -> Vec<std::ops::Range<usize>> {
    const ALIVE: &str = ".\"deleted\") AND ";
    let mut found = Vec::new();
    for (at, _) in sql.match_indices(ALIVE) {
        let start = at + ALIVE.len() - " AND ".len();
        let mut depth = 0usize;
        let end = sql[start..].char_indices().find_map(|(index, character)| match character {
            '(' => {
                depth += 1;
                None
            }
            ')' if depth == 0 => Some(start + index),
            ')' => {
                depth -= 1;
                None
            }
            _ => None,
        });
        found.extend(end.map(|end| start..end));
    }
    found
}
