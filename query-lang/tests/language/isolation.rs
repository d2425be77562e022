use crate::{documents, postgres, sqlite};
use sqlparser::ast::{ObjectName, Statement, visit_relations};
use sqlparser::dialect::{Dialect, PostgreSqlDialect, SQLiteDialect};
use sqlparser::parser::Parser;
use std::ops::ControlFlow;

const NESTING_MAX: usize = 400;
/// Rows that a text makes itself.
const MADE: &str = "\"$made\"";

fn relations(sql: &str, dialect: &dyn Dialect) -> Vec<String> {
    // The parser knows the word for Postgres only.
    let sql = &sql.replace(" AS MATERIALIZED (", " AS (");
    let mut parser = Parser::new(dialect).with_recursion_limit(NESTING_MAX).try_with_sql(sql).expect("tokens");
    let statements: Vec<Statement> = parser.parse_statements().unwrap_or_else(|wrong| panic!("{wrong}\n{sql}"));
    assert_eq!(statements.len(), 1, "{sql}");
    let mut found = Vec::new();
    let _ = visit_relations(&statements, |name: &ObjectName| {
        found.push(name.to_string());
        ControlFlow::<()>::Continue(())
    });
    found
}

#[test]
fn every_table_of_a_text_is_the_tenants() {
    for query in documents::queries("tests/features") {
        if let Ok(compiled) = postgres(&query) {
            for relation in relations(&compiled.sql, &PostgreSqlDialect {}) {
                assert!(relation.starts_with("\"t_acme\".\""), "{relation} in {}", compiled.sql);
            }
        }
        let compiled = sqlite(&query).expect("compiles");
        for relation in relations(&compiled.sql, &SQLiteDialect {}) {
            let ours =
                ["\"main\".\"", "\"sig\".\"", "json_each", MADE].iter().any(|schema| relation.starts_with(schema));
            assert!(ours, "{relation} in {}", compiled.sql);
        }
    }
}

#[test]
fn a_text_names_the_tables_that_it_reads() {
    for query in documents::queries("tests/features") {
        let compiled = sqlite(&query).expect("compiles");
        for relation in relations(&compiled.sql, &SQLiteDialect {}).into_iter().filter(|relation| relation != MADE) {
            let name = relation.rsplit('.').next().expect("a name").trim_matches('"').to_owned();
            let listed = compiled.reads.tables.iter().chain(&compiled.reads.signals).any(|(table, _)| *table == name);
            assert!(listed, "{name} is not in {:?}", compiled.reads);
        }
    }
}

#[test]
fn a_persons_words_never_reach_the_text() {
    let hostile = "x'); DROP TABLE timesheet; --";
    let text = format!(
        "From C In Customer Let `Bobby` = \"{hostile}\" Where C.Name = \"{hostile}\" Or C.Name Like '%{}%' Select {{ `Bobby`, C.Name }}",
        hostile.replace('\'', "''")
    );
    for compiled in [sqlite(&text).expect("compiles"), postgres(&text).expect("compiles")] {
        assert!(!compiled.sql.contains("DROP") && !compiled.sql.contains("Bobby"), "{}", compiled.sql);
    }
}

#[test]
fn the_same_query_is_the_same_text() {
    for query in documents::queries("tests/features") {
        assert_eq!(sqlite(&query).expect("compiles").sql, sqlite(&query).expect("compiles").sql);
    }
}

#[test]
fn each_reference_to_a_guarded_table_carries_its_permission() {
    let text = "From T In Timesheet Join U In Timesheet On U.Project = T.Project Where Exists(From V In Timesheet Where V.User = T.User) Select { N = T.Project.Timesheets.Count() }";
    let sql = sqlite(text).expect("compiles").sql;
    let tables = sql.matches("FROM \"main\".\"timesheet\" AS ").count();
    let permissions = sql.matches("\"user_id\" = ?1) OR").count();
    assert_eq!((tables, permissions), (4, 4), "{sql}");
}

#[test]
fn a_hidden_property_reads_as_null_wherever_it_is_used() {
    let sql = sqlite("From U In User Where U.HourlyCost > 10 Order By U.HourlyCost Select U.HourlyCost")
        .expect("compiles")
        .sql;
    assert_eq!(sql.matches("\"hourly_cost\"").count(), 1, "{sql}");
    assert!(sql.contains("THEN t1.\"hourly_cost\" END"), "{sql}");
}
