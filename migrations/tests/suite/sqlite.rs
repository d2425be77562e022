use migrations::{Engine, Model, ddl, device, plan};
use rusqlite::Connection;

/// A home with the system tables and the tables of the model.
fn home(model: &Model) -> Connection {
    let connection = Connection::open_in_memory().expect("SQLite opens in memory");
    for migration in device::MIGRATIONS {
        connection.execute_batch(migration.sql).expect("a migration of the device runs");
    }
    for step in plan(None, model).expect("a new home has a plan") {
        run(&connection, &ddl(&step, &Engine::Sqlite));
    }
    connection
}

fn run(connection: &Connection, statements: &[String]) {
    for statement in statements {
        connection.execute_batch(statement).unwrap_or_else(|error| panic!("{error}: {statement}"));
    }
}

#[test]
fn a_home_has_a_table_for_each_entity_of_the_company() {
    let connection = home(Model::standard());
    for entity in Model::standard().tenant_entities() {
        let columns: Vec<&str> = entity.columns().filter_map(|property| property.column()).collect();
        let query = format!("SELECT \"{}\" FROM main.\"{}\"", columns.join("\", \""), entity.table);
        connection.prepare(&query).unwrap_or_else(|error| panic!("{error}: {query}"));
    }
}

#[test]
fn the_numbers_of_the_devices_migrations_are_dense() {
    for (index, migration) in device::MIGRATIONS.iter().enumerate() {
        assert_eq!(migration.number as usize, index + 1);
    }
}

#[test]
fn signals_have_tables_in_the_attached_database() {
    let connection = home(Model::standard());
    connection.execute_batch("ATTACH ':memory:' AS sig").expect("a second database is attached");
    let (tables, indexes) = migrations::ddl::signals(Model::standard()).expect("signals have tables");
    run(&connection, &tables);
    run(&connection, &indexes);
    connection
        .prepare("SELECT id, begin, \"end\", date, program, title, document FROM sig.active_window")
        .expect("windows");
    connection.prepare("SELECT id, begin, \"end\", date, state FROM sig.activity").expect("activity");
}
