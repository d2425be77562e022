//! Names that mean something to an engine, to the language or to the server are names of a company's model like any other, or
//! the model is refused before anything is made from it.

use super::engines::rows::Size;
use super::engines::{Answer, Engines};
use migrations::{Model, check};
use query_lang::{Parameters, Target, compile};
use serde_json::{Value, json};

const SIZE: Size = Size { bookings: 10, signals: 0, others: 6, extremes: false };
/// What no table and no column may be called: `_history` and `_fold` still have to fit behind the longest one.
const NO_TABLE: [&str; 15] = [
    "a\"b",
    "a; DROP TABLE timesheet",
    "größe",
    "\u{FF21}",
    "1a",
    "",
    "Timesheet",
    "timesheet",
    "sqlite_master",
    "pg_class",
    "sync_log",
    "home_state",
    "json_each",
    "timesheet_history",
    "t.timesheet",
];
const NO_NAME: [&str; 8] = ["a\"b", "a b", "a--", "", "$1", "a.b", "T`", "\u{200B}a"];

fn standard() -> Value {
    serde_json::from_str(migrations::model::STANDARD_TEXT).expect("JSON")
}

/// The standard model with one more entity, which looks at itself.
fn with(mut model: Value, name: &str, table: &str, readers: &str) -> Value {
    let stored =
        |name: &str, kind: &str, column: &str| json!({"name": name, "kind": "stored", "type": kind, "column": column});
    let mut words = stored("Order", "Text", "order");
    words["fold"] = json!(true);
    let entity = json!({
        "name": name, "table": table, "display": "Current.`Order`",
        "properties": [
            words, stored("From", "Int", "from"), stored("Null", "Date", "null"), stored("Größe", "Decimal", "c0"),
            {"name": "Where", "kind": "relation", "to": name, "back": "Selects", "column": "t0_id"},
        ],
        "permissions": {"read": [readers], "insert": ["True"], "update": ["True"], "delete": ["True"]},
    });
    model["entities"].as_array_mut().expect("a list").push(entity);
    model
}

fn read(model: &Value) -> Model {
    Model::read(&model.to_string()).expect("it has the form of a model")
}

#[test]
fn what_could_be_taken_for_something_else_is_refused_as_a_name() {
    assert!(check(&read(&with(standard(), "More", "more", "True"))).is_empty());
    let long = "a".repeat(64);
    for table in NO_TABLE.into_iter().chain([long.as_str()]) {
        assert!(!check(&read(&with(standard(), "More", table, "True"))).is_empty(), "{table}");
    }
    let endless = "a".repeat(101);
    for name in NO_NAME.into_iter().chain(["timesheet", "Customer", endless.as_str()]) {
        assert!(!check(&read(&with(standard(), name, "more", "True"))).is_empty(), "{name}");
    }
}

#[test]
fn names_that_mean_something_elsewhere_are_names_like_any_other() {
    let neighbour = Engines::new();
    let Target::Postgres(schema) = neighbour.server() else { panic!("the server has Postgres") };
    let twin = |last: char| format!("{}{last}", "a".repeat(47));
    let (one, other) = (twin('x'), twin('y'));
    let names = [
        ("Select", "select", "True"),
        ("Main", "main", "True"),
        ("Sig", "sig", "HasRole(\"Admin\")"),
        ("Json_each", "json", "True"),
        ("Unnest", "unnest", "True"),
        ("Tq_v1", "tq_v1", "True"),
        ("Now", "t0", "True"),
        ("CurrentUser2", "public", "True"),
        ("Set", "view", "True"),
        (schema.as_str(), schema.as_str(), "True"),
        (one.as_str(), one.as_str(), "True"),
        (other.as_str(), other.as_str(), "True"),
    ];
    let model = names.into_iter().fold(standard(), |model, (name, table, readers)| with(model, name, table, readers));
    let model = read(&model);
    assert_eq!(check(&model), Vec::new());
    let mut engines = Engines::of(&model);
    engines.fill(3, SIZE);
    for (name, table, readers) in names {
        let text = format!(
            "From X In `{name}` Left Join D In Dates(#2026-01-01#, #2026-01-02#) On X.`From` > 0 \
             Where X.`Order` <> Null Or X.`Where` In (From Y In `{name}` Where Y.`Größe` > 0 Select Y) \
             Order By X.`Order` Select {{ X.`Order`, X.`From`, N = X.`Null`, X.`Where`.`Größe`, D.Date, Y = Count(X.Selects) }}"
        );
        for (person, sees) in [(1, true), (2, readers == "True")] {
            match engines.ask(&text, person, &Parameters::new()) {
                Answer::Same(rows) => assert_eq!(!rows.is_empty(), sees, "{name}"),
                other => panic!("{other:#?}"),
            }
        }
        for (target, qualified) in [(Target::Sqlite, "\"main\"".to_owned()), (engines.server(), engines.schema())] {
            let sql = compile(&text, &engines.catalogue, &target).expect("it compiles").sql;
            assert!(sql.contains(&format!("{qualified}.\"{table}\"")), "{sql}");
        }
    }
}
