use query_lang::Identifier;
use query_lang::functions::{POSTGRES_SCHEMA, postgres_sql};

/// The schema of the language's functions. Once a version of them was released, a new version of any is a new schema.
pub const FUNCTION_SCHEMA: &str = POSTGRES_SCHEMA;

/// What a Postgres database needs before its first tenant, as a superuser, in one transaction; running it again changes
/// nothing. The last text is many statements, which the simple protocol runs. `set_config` is taken from everybody
/// because it could switch roles inside a statement; `SET LOCAL ROLE` still works.
pub fn database_setup() -> Vec<String> {
    let functions = Identifier::new(FUNCTION_SCHEMA).expect("the schema's name is a constant and valid");
    vec![
        "REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC".to_owned(),
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC".to_owned(),
        postgres_sql(&functions),
    ]
}
