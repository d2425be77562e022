use migrations::{Engine, Model, Step, ddl, plan, tenant};
use query_lang::{Identifier, TenantSchema};

fn schema() -> TenantSchema {
    TenantSchema::new("t_acme").expect("it is a tenant's schema")
}

/// The statements of a new database for some of the tables, one blank line between two.
fn statements(engine: &Engine, tables: &[&str]) -> String {
    let steps = plan(None, Model::standard()).expect("a new database has a plan");
    let chosen = steps.iter().filter(|step| tables.contains(&table_of(step)));
    chosen.flat_map(|step| ddl(step, engine)).collect::<Vec<_>>().join(";\n\n")
}

fn table_of(step: &Step) -> &str {
    match step {
        Step::CreateTable(table) => table.name.as_str(),
        Step::AddColumn { table, .. }
        | Step::AllowNull { table, .. }
        | Step::AddReference { table, .. }
        | Step::CreateIndex { table, .. }
        | Step::KeepHistory { table, .. } => table.as_str(),
        Step::DropIndex { .. } => "",
    }
}

#[test]
fn tables_of_a_company_on_postgres() {
    insta::assert_snapshot!(statements(&Engine::Postgres(schema()), &["timesheet", "setting"]));
}

#[test]
fn tables_of_a_company_on_sqlite() {
    insta::assert_snapshot!(statements(&Engine::Sqlite, &["timesheet", "setting"]));
}

#[test]
fn signals_on_sqlite() {
    let (tables, indexes) = migrations::ddl::signals(Model::standard()).expect("signals have tables");
    insta::assert_snapshot!([tables, indexes].concat().join(";\n\n"));
}

#[test]
fn system_tables_of_a_tenant() {
    let traffic = Identifier::new("daybook_traffic").expect("it is a physical name");
    insta::assert_snapshot!(tenant::create(&schema(), &traffic).join(";\n\n"));
}

#[test]
fn a_database_takes_set_config_away_and_gets_the_functions() {
    let setup = tenant::database_setup();
    assert!(setup[0].starts_with("REVOKE EXECUTE ON FUNCTION pg_catalog.set_config"));
    assert!(setup.iter().any(|sql| sql.contains(&format!("CREATE OR REPLACE FUNCTION {}.", tenant::FUNCTION_SCHEMA))));
}

#[test]
fn every_statement_of_a_tenant_names_its_schema() {
    let steps = plan(None, Model::standard()).expect("a new database has a plan");
    for statement in steps.iter().flat_map(|step| ddl(step, &Engine::Postgres(schema()))) {
        assert!(statement.contains("\"t_acme\".\""), "{statement}");
    }
}

#[test]
fn a_text_default_cannot_end_its_literal() {
    let mut model = Model::standard().clone();
    let user = crate::suite::company::entity(&mut model, "User");
    crate::suite::company::set_default(user, "TimeZone", "\"o'clock'); DROP TABLE x; --\"");
    let steps = plan(None, &model).expect("a default is any text");
    let create = steps.iter().find(|step| table_of(step) == "user").expect("the table of users is made");
    for engine in [Engine::Sqlite, Engine::Postgres(schema())] {
        assert!(ddl(create, &engine)[0].contains("DEFAULT 'o''clock''); DROP TABLE x; --'"));
    }
}
