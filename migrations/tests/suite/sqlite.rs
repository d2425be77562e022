use crate::suite::company;
use migrations::model::ValueType;
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

#[test]
fn a_model_that_grew_leaves_the_same_tables_as_a_new_home() {
    let mut grown = Model::standard().clone();
    let tag = company::entity(&mut grown, "Tag");
    company::add(tag, "Rank", ValueType::Int);
    company::stored(tag, "Rank").required = true;
    company::set_default(tag, "Rank", "7");
    let old = home(Model::standard());
    old.execute_batch("INSERT INTO main.tag (id, seq, created, updated, name) VALUES (zeroblob(16), 1, 0, 0, 'a')")
        .expect("a tag is written");
    for step in plan(Some(Model::standard()), &grown).expect("a property can be added") {
        run(&old, &ddl(&step, &Engine::Sqlite));
    }
    assert_eq!(columns(&old, "tag"), columns(&home(&grown), "tag"));
    let rank: i64 = old.query_row("SELECT rank FROM main.tag", [], |row| row.get(0)).expect("the tag is there");
    assert_eq!(rank, 7);
}

fn columns(connection: &Connection, table: &str) -> Vec<String> {
    let mut statement =
        connection.prepare("SELECT name FROM pragma_table_info(?1) ORDER BY name").expect("SQLite tells");
    let names = statement.query_map([table], |row| row.get(0)).expect("SQLite tells");
    names.collect::<Result<_, _>>().expect("names are text")
}
