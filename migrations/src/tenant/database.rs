/// The schema of the language's functions. A new version of any function is a new schema.
pub const FUNCTION_SCHEMA: &str = "tq_v1";

/// What a Postgres database needs before its first tenant, as a superuser, once; running it again changes nothing.
/// `set_config` is taken from everybody because it could switch roles inside a statement; `SET LOCAL ROLE` still works.
pub fn database_setup() -> Vec<String> {
    vec![
        "REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC".to_owned(),
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC".to_owned(),
        format!("CREATE SCHEMA IF NOT EXISTS \"{FUNCTION_SCHEMA}\""),
    ]
}
