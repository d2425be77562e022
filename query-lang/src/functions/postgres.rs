//! The same functions in Postgres: immutable SQL that the planner inlines.

use super::POSTGRES_SCHEMA;
use super::letter_table::{FOLD_FROM, FOLD_LONG, FOLD_TO, LOWER_FROM, LOWER_TO, UPPER_FROM, UPPER_TO};
use super::letters::MARKS;
use crate::Identifier;

const DEFINITIONS: [&str; 5] = [
    include_str!("postgres/numbers.sql"),
    include_str!("postgres/dates.sql"),
    include_str!("postgres/instants.sql"),
    include_str!("postgres/text.sql"),
    include_str!("postgres/labels.sql"),
];

/// Statements that create the schema and its functions, or bring them up to date; for the owner of the database, in one
/// transaction. Everybody may call the functions: they read nothing.
pub fn postgres_sql(schema: &Identifier) -> String {
    let mut sql = format!("CREATE SCHEMA IF NOT EXISTS {schema};\nGRANT USAGE ON SCHEMA {schema} TO PUBLIC;\n");
    for definitions in DEFINITIONS {
        sql.push_str(definitions);
    }
    for (place, text) in places() {
        sql = sql.replace(place, &text);
    }
    sql.replace(&format!("{POSTGRES_SCHEMA}."), &format!("{schema}."))
}

fn places() -> Vec<(&'static str, String)> {
    let marks: String = MARKS.collect();
    let long: Vec<String> =
        FOLD_LONG.iter().map(|(letters, fold)| format!("ARRAY[{}, {}]", literal(letters), literal(fold))).collect();
    let long_letters: String = FOLD_LONG.iter().map(|(letters, _)| *letters).collect();
    let white_space: String = ('\u{1}'..=char::MAX).filter(|c| c.is_whitespace()).collect();
    vec![
        ("{lower_from}", literal(LOWER_FROM)),
        ("{lower_to}", literal(LOWER_TO)),
        ("{upper_from}", literal(UPPER_FROM)),
        ("{upper_to}", literal(UPPER_TO)),
        // Marks have no target: a place behind the last target is the empty text.
        ("{fold_from}", literal(&format!("{FOLD_FROM}{marks}"))),
        ("{fold_to}", literal(FOLD_TO)),
        ("{fold_long}", format!("ARRAY[{}]", long.join(", "))),
        ("{fold_long_letters}", literal(&format!("[{long_letters}]"))),
        ("{white_space}", escaped(&white_space)),
    ]
}

/// None of the letters is a quote or a backslash.
fn literal(letters: &str) -> String {
    format!("'{letters}'")
}

fn escaped(characters: &str) -> String {
    let codes: String = characters.chars().map(|c| format!("\\+{:06X}", u32::from(c))).collect();
    format!("U&'{codes}'")
}
