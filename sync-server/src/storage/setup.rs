//! What a server needs before its first company: three logins, a database for control and one for companies.

use crate::random::fresh_id;
use crate::storage::executor::{run_script, statement};
use migrations::{control, tenant};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection, PgPool, Row};

/// Keeps what [`control`] holds, and the job queue.
pub const CONTROL_LOGIN: &str = "daybook_control";
/// Owns companies' tables and makes their roles: for jobs alone.
pub const DEFINITION_LOGIN: &str = "daybook_definition";
/// Has no right of its own: a transaction takes a company's role on.
pub const TRAFFIC_LOGIN: &str = "daybook_traffic";

pub const CONTROL_DATABASE: &str = "daybook_control";
/// The first database of companies.
pub const TENANT_DATABASE: &str = "daybook_companies";

/// Companies in one database as planned.
const TENANTS_MAX: i32 = 500;
/// Two nodes that start at once bring the control database up to date one after the other.
const MIGRATION_LOCK: i64 = 0x6461_7962_6f6f_6b01;

/// Makes logins and databases as a superuser; running it again changes nothing. `superuser` gives the login at a database.
///
/// # Errors
/// What the database says.
pub async fn prepare_cluster(superuser: impl Fn(&str) -> PgConnectOptions) -> Result<(), sqlx::Error> {
    let mut connection = superuser("postgres").connect().await?;
    let logins = [(CONTROL_LOGIN, ""), (DEFINITION_LOGIN, "CREATEROLE"), (TRAFFIC_LOGIN, "NOINHERIT")];
    for (login, rights) in logins {
        if !exists(&mut connection, "SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = $1", login).await? {
            run_script(&mut connection, format!("CREATE ROLE \"{login}\" LOGIN {rights}")).await?;
        }
    }
    for (database, owner) in [(CONTROL_DATABASE, CONTROL_LOGIN), (TENANT_DATABASE, DEFINITION_LOGIN)] {
        if !exists(&mut connection, "SELECT 1 FROM pg_catalog.pg_database WHERE datname = $1", database).await? {
            run_script(&mut connection, format!("CREATE DATABASE \"{database}\" OWNER \"{owner}\"")).await?;
        }
        run_script(&mut connection, format!("REVOKE ALL ON DATABASE \"{database}\" FROM PUBLIC")).await?;
    }
    let connect = format!("GRANT CONNECT ON DATABASE \"{TENANT_DATABASE}\" TO \"{TRAFFIC_LOGIN}\"");
    run_script(&mut connection, connect).await?;
    connection.close().await?;
    prepare_database(superuser(TENANT_DATABASE)).await
}

/// The functions of the language and the second wall, in a database of companies, as a superuser.
async fn prepare_database(superuser: PgConnectOptions) -> Result<(), sqlx::Error> {
    let mut connection = superuser.connect().await?;
    let mut transaction = connection.begin().await?;
    for sql in tenant::database_setup() {
        run_script(&mut transaction, sql).await?;
    }
    let functions = tenant::FUNCTION_SCHEMA;
    let grant = format!("GRANT USAGE ON SCHEMA \"{functions}\" TO \"{DEFINITION_LOGIN}\" WITH GRANT OPTION");
    run_script(&mut transaction, grant).await?;
    transaction.commit().await?;
    connection.close().await
}

/// Brings the control database up to date.
///
/// # Errors
/// A migration failed; those before it stay.
pub async fn migrate_control(control_pool: &PgPool) -> Result<(), sqlx::Error> {
    let mut connection = control_pool.acquire().await?;
    statement("SELECT pg_catalog.pg_advisory_lock($1)").bind(MIGRATION_LOCK).execute(&mut *connection).await?;
    let migrated = run_migrations(&mut connection).await;
    statement("SELECT pg_catalog.pg_advisory_unlock($1)").bind(MIGRATION_LOCK).execute(&mut *connection).await?;
    migrated?;
    let database = statement(
        "INSERT INTO control.database (id, name, tenants_max, created) VALUES ($1, 'first', $2, $3) \
         ON CONFLICT (name) DO NOTHING",
    );
    let database = database.bind(fresh_id()).bind(TENANTS_MAX).bind(crate::clock::now_us());
    database.execute(control_pool).await.map(|_| ())
}

async fn run_migrations(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    run_script(connection, control::BOOTSTRAP).await?;
    let last = statement("SELECT coalesce(max(number), 0) AS last FROM control.migration");
    let last: i32 = last.fetch_one(&mut *connection).await?.try_get("last")?;
    for migration in control::MIGRATIONS.iter().filter(|migration| migration.number > last.cast_unsigned()) {
        let mut transaction = connection.begin().await?;
        run_script(&mut transaction, migration.sql).await?;
        let done = statement("INSERT INTO control.migration (number) VALUES ($1)").bind(migration.number.cast_signed());
        done.execute(&mut *transaction).await?;
        transaction.commit().await?;
    }
    Ok(())
}

async fn exists(connection: &mut PgConnection, sql: &'static str, name: &str) -> Result<bool, sqlx::Error> {
    Ok(statement(sql).bind(name.to_owned()).fetch_optional(connection).await?.is_some())
}
