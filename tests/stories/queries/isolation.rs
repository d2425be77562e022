//! What a text may reach and what it may tell, asked of random programs: two readers of SQL besides our own, the walls of both
//! engines, and rows that must leave no trace.

use super::dice::Dice;
use super::engines::rows::{Data, Row, Size};
use super::engines::{Answer, Engines};
use super::programs;
use query_lang::catalogue::{Entity, PropertyKind, Source};
use query_lang::{Compiled, Identifier, Parameters, Target, TenantSchema, Value, compile};
use sqlparser::ast::{ObjectName, visit_relations};
use sqlparser::dialect::{Dialect, PostgreSqlDialect, SQLiteDialect};
use sqlparser::parser::Parser;
use std::ops::ControlFlow;

const SIZE: Size = Size { bookings: 30, signals: 0, others: 6, extremes: false };
const PROGRAMS: u64 = 120;
const NESTING_MAX: usize = 500;
const MARK: &str = "CANARY";
/// Not the person who administers: that one sees everything.
const READER: usize = 2;
const HOSTILE: [&str; 12] = [
    "'; DROP TABLE timesheet; --",
    "\\'; DELETE FROM timesheet; --",
    "\" OR \"\"=\"",
    "/* */ UNION SELECT 1 --",
    "\u{2019}; SELECT 1",
    "$1::text",
    "?1",
    "$$; SELECT 1; $$",
    "U&'\\0027'",
    "E'\\x27'",
    "pg_sleep(10)",
    "t_acme.timesheet",
];

/// Programs that compile, with values for their binds.
fn compiled(engines: &Engines, target: &Target) -> Vec<(String, Compiled, Vec<Value>)> {
    let environment = engines.environment(READER);
    let programs = (1..=PROGRAMS).map(|seed| programs::random(&engines.catalogue, 900_000 + seed));
    let compiled = programs.filter_map(|program| {
        let compiled = compile(&program.text(), &engines.catalogue, target).ok()?;
        let binds = compiled.bind(&environment, &program.parameters).ok()?;
        Some((program.text(), compiled, binds))
    });
    let compiled: Vec<_> = compiled.collect();
    assert!(compiled.len() > PROGRAMS as usize / 2);
    compiled
}

/// None: the other parser does not know all of this engine's words.
fn relations(sql: &str, dialect: &dyn Dialect) -> Option<Vec<String>> {
    let sql = &sql.replace(" AS MATERIALIZED (", " AS (");
    let mut parser = Parser::new(dialect).with_recursion_limit(NESTING_MAX).try_with_sql(sql).expect("tokens");
    let statements = parser.parse_statements().ok()?;
    assert_eq!(statements.len(), 1, "{sql}");
    let mut found = Vec::new();
    let _ = visit_relations(&statements, |name: &ObjectName| {
        found.push(name.to_string());
        ControlFlow::<()>::Continue(())
    });
    Some(found)
}

#[test]
fn every_table_of_a_random_program_is_the_companys_whoever_reads_its_sql() {
    let mut engines = Engines::new();
    engines.fill(1, SIZE);
    let server = engines.server();
    let Target::Postgres(schema) = &server else { panic!("the server has Postgres") };
    let of_company = |prefix: &str| -> Vec<String> {
        let tables = engines.catalogue.entities().filter(|(_, entity)| entity.source == Source::Tenant);
        tables.map(|(_, entity)| format!("{prefix}.\"{}\"", entity.table)).collect()
    };
    let (here, there) = (of_company("\"main\""), of_company(&format!("\"{}\"", schema.as_str())));
    let (mut asked, mut read) = (0, 0);
    for (text, compiled, _) in compiled(&engines, &Target::Sqlite) {
        let named = relations(&compiled.sql, &SQLiteDialect {});
        (asked, read) = (asked + 1, read + usize::from(named.is_some()));
        for relation in named.into_iter().flatten() {
            assert!(
                here.contains(&relation) || ["\"main\".\"json_each\"", "\"$made\""].contains(&relation.as_str()),
                "{relation}\n{text}"
            );
        }
    }
    for (text, compiled, binds) in compiled(&engines, &server) {
        let named = relations(&compiled.sql, &PostgreSqlDialect {});
        (asked, read) = (asked + 1, read + usize::from(named.is_some()));
        for relation in named.into_iter().flatten() {
            assert!(there.contains(&relation), "{relation}\n{text}");
        }
        let account = engines.explained(&compiled, &binds);
        let account: serde_json::Value = serde_json::from_str(&account).expect("JSON");
        let mut schemas = Vec::new();
        schemas_of(&account, &mut schemas);
        assert!(schemas.iter().all(|found| found == schema.as_str()), "{schemas:?}\n{text}");
    }
    assert!(read * 10 >= asked * 8, "the other parser read only {read} of {asked} texts");
}

/// The schema of each relation that is read; functions that make rows have one too.
fn schemas_of(account: &serde_json::Value, found: &mut Vec<String>) {
    match account {
        serde_json::Value::Object(node) => {
            if let (Some(schema), None) =
                (node.get("Schema").and_then(|schema| schema.as_str()), node.get("Function Name"))
            {
                found.push(schema.to_owned());
            }
            node.values().for_each(|value| schemas_of(value, found));
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| schemas_of(value, found)),
        _ => {}
    }
}

#[test]
fn the_authorizer_refuses_a_text_as_soon_as_one_table_or_column_is_not_on_its_list() {
    let mut engines = Engines::new();
    engines.fill(1, SIZE);
    let mut refused = 0;
    for (text, compiled, binds) in compiled(&engines, &Target::Sqlite).into_iter().take(40) {
        assert!(engines.asked_on_device(&compiled, &binds).is_ok(), "{text}");
        for table in 0..compiled.reads.tables.len() {
            let mut less = compiled.clone();
            less.reads.tables.remove(table);
            assert!(engines.asked_on_device(&less, &binds).is_err(), "{text}\n{:?}", compiled.reads.tables[table]);
            let mut less = compiled.clone();
            if less.reads.tables[table].1.pop().is_some() {
                assert!(engines.asked_on_device(&less, &binds).is_err(), "{text}\n{:?}", compiled.reads.tables[table]);
            }
            refused += 1;
        }
    }
    assert!(refused > 60, "only {refused} tables were taken off");
}

#[test]
fn the_login_alone_may_read_nothing_of_what_it_may_read_in_a_companys_role() {
    let engines = Engines::new();
    let mut refused = 0;
    for (text, compiled, binds) in compiled(&engines, &engines.server()).into_iter().take(40) {
        // What reads no table needs no right on one.
        if compiled.reads.tables.is_empty() {
            continue;
        }
        let answer = engines.asked_without_role(&compiled, &binds);
        assert!(answer.as_ref().is_err_and(|wrong| wrong.contains("permission denied")), "{text}\n{answer:?}");
        refused += 1;
    }
    assert!(refused > 20);
}

#[test]
fn rows_that_a_person_may_not_see_and_rows_of_another_company_change_no_answer() {
    let mut other = Engines::new();
    other.fill(9, SIZE);
    let everything = marked(&other, |_, _| true, |_, _, _| true);
    other.fill_with(everything);
    let mut engines = Engines::new();
    engines.fill(7, SIZE);
    let before = answers(&engines);
    let hidden = hide(&engines);
    engines.fill_with(hidden);
    let after = answers(&engines);
    assert_eq!(before.len(), after.len());
    for ((text, before), (_, after)) in before.iter().zip(&after) {
        assert_eq!(before, after, "{text}");
        assert!(!format!("{after:?}").contains(MARK), "{text}");
    }
}

fn answers(engines: &Engines) -> Vec<(String, Option<Vec<Vec<Value>>>)> {
    let programs = (1..=PROGRAMS).map(|seed| programs::random(&engines.catalogue, 900_000 + seed));
    let answered = programs.map(|program| {
        let text = program.text();
        match engines.ask(&text, READER, &program.parameters) {
            Answer::Same(rows) => (text, Some(rows)),
            Answer::Refused(_) => (text, None),
            Answer::Different(how) => panic!("{text}\n{how}"),
        }
    });
    answered.collect()
}

/// The same rows, but what the reader may not see has other values.
fn hide(engines: &Engines) -> Data {
    let mut seen = std::collections::BTreeMap::new();
    for (id, entity) in engines.catalogue.entities().filter(|(_, entity)| entity.source == Source::Tenant) {
        let stored: Vec<_> = entity.properties.iter().filter(|property| is_stored(property)).collect();
        let names: Vec<String> = stored.iter().map(|property| format!("X.{}", property.name)).collect();
        let text = format!("From X In {} Select {{ X.Id, {} }}", entity.name, names.join(", "));
        for mut row in engines.evaluated(&text, READER, &Parameters::new()) {
            let Value::Guid(key) = row.remove(0) else { panic!("an id") };
            let values = stored.iter().map(|property| property.name.clone()).zip(row);
            seen.insert((id.0, key), values.collect::<std::collections::BTreeMap<String, Value>>());
        }
    }
    let known = |entity: u32, row: &Row| seen.get(&(entity, row.id));
    marked(
        engines,
        |entity, row| known(entity, row).is_none(),
        |entity, row, name| known(entity, row).is_some_and(|values| values[name].is_null()),
    )
}

fn is_stored(property: &query_lang::catalogue::Property) -> bool {
    matches!(property.kind, PropertyKind::Stored { .. }) && property.name != "Id"
}

/// All rows, with a mark in each value that is hidden: in hidden rows, and in hidden properties of others. Relations stay, so
/// that the same people may see the same.
fn marked(
    engines: &Engines,
    row_hidden: impl Fn(u32, &Row) -> bool,
    value_hidden: impl Fn(u32, &Row, &str) -> bool,
) -> Data {
    let mark = |entity: &Entity, id: u32, row: &Row| {
        let values = entity.properties.iter().zip(row.values.iter()).map(|(property, value)| {
            let hidden = is_stored(property) && (row_hidden(id, row) || value_hidden(id, row, &property.name));
            match value {
                Value::Text(text) if hidden => Value::Text(format!("{MARK} {text}")),
                Value::Decimal(number) if hidden => Value::Decimal(number ^ 7_777_777),
                Value::Date(day) if hidden => Value::Date(day + 3),
                Value::DateTime(instant) if hidden => Value::DateTime(instant + 777_000_000),
                other => other.clone(),
            }
        });
        Row { values: values.collect(), ..row.clone() }
    };
    let rows = engines.data.rows.iter().map(|(id, rows)| {
        let entity = engines.catalogue.entity(query_lang::EntityId(*id));
        (*id, rows.iter().map(|row| mark(entity, *id, row)).collect())
    });
    Data::of(rows.collect())
}

#[test]
fn a_hostile_text_is_a_text_and_nothing_else() {
    let mut engines = Engines::new();
    engines.fill(4, SIZE);
    let mut dice = Dice::new(6);
    let twin = format!("{}{}", "a".repeat(63), "'; --");
    for payload in HOSTILE.into_iter().chain([twin.as_str()]) {
        let double = payload.replace('"', "\"\"");
        let text = format!(
            "Parameters @p As Text, @list As Text[] From C In Customer Let Name = \"{double}\" \
             Where C.Name <> \"{double}\" And C.Code <> @p And C.Code Not In @list And Not C.Name Like @p \
             Order By Name, C.Code Take {} Select {{ Name, B = @p, C = Upper(\"{double}\") + C.Code, D = Contains(@p, \"{double}\") }}",
            2 + dice.below(2)
        );
        let listed = serde_json::Value::from(vec![payload]).to_string();
        let given = [("p", Value::Text(payload.to_owned())), ("list", Value::Text(listed))];
        let parameters: Parameters = given.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let Answer::Same(rows) = engines.ask(&text, 1, &parameters) else {
            panic!("{payload}: {:?}", engines.ask(&text, 1, &parameters))
        };
        assert!(!rows.is_empty());
        assert!(
            rows.iter().all(|row| row[0] == Value::Text(payload.to_owned())
                && row[1] == row[0]
                && row[3] == Value::Bool(true))
        );
        // Places of binds are ours.
        let ours = payload.starts_with(['$', '?']);
        for target in [Target::Sqlite, engines.server()] {
            let sql = compile(&text, &engines.catalogue, &target).expect("it compiles").sql;
            assert!(ours || !sql.contains(payload), "{sql}");
        }
        assert!(TenantSchema::new(payload).is_none() && Identifier::new(payload).is_none(), "{payload}");
    }
    assert!(Identifier::new(&"a".repeat(63)).is_some() && Identifier::new(&"a".repeat(64)).is_none());
    assert!(TenantSchema::new(&format!("t_{}", "a".repeat(41))).is_none());
}
