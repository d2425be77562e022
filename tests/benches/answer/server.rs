//! A company with the same rows on a private Postgres, asked as the server asks: in its read role, in a transaction of its own.

use super::{Engine, rows};
use crate::company::Server;
use query_lang::catalogue::{Catalogue, Source};
use query_lang::{Compiled, Target, Value};
use sqlx::{ConnectOptions, PgConnection};
use std::fmt::Write;
use std::path::Path;
use sync_server::storage::setup::TENANT_DATABASE;
use sync_server::storage::{read_transaction, select};
use tokio::runtime::{Builder, Runtime};

/// Rows of one INSERT.
const AT_ONCE: usize = 500;

pub(super) struct Company {
    runtime: Runtime,
    server: Server,
}

impl Company {
    pub(super) fn new(folder: &Path, catalogue: &Catalogue, bookings: usize) -> Company {
        let runtime = Builder::new_multi_thread().enable_all().build().expect("a runtime");
        let server = runtime.block_on(async {
            let server = Server::start(folder, "acme").await;
            let address = server.cluster.address().clone();
            let mut superuser = address.superuser(TENANT_DATABASE).connect().await.expect("the superuser");
            fill(&mut superuser, server.placement.schema.as_str(), catalogue, bookings).await;
            server
        });
        Company { runtime, server }
    }
}

impl Company {
    pub(super) fn stop(self) {
        self.runtime.block_on(self.server.cluster.stop()).expect("Postgres stops");
    }
}

impl Engine for Company {
    fn target(&self) -> Target {
        Target::Postgres(self.server.placement.schema.clone())
    }

    fn answer(&self, compiled: &Compiled, binds: &[Value]) -> Result<Vec<Vec<Value>>, String> {
        self.runtime.block_on(async {
            let mut transaction =
                read_transaction(&self.server.placement).await.map_err(|failure| format!("{failure:?}"))?;
            let found = select::select(&mut transaction, compiled, binds).await;
            found.map_err(|error| format!("{error:?}\n{}", compiled.sql))
        })
    }
}

async fn fill(superuser: &mut PgConnection, schema: &str, catalogue: &Catalogue, bookings: usize) {
    run(superuser, "SET session_replication_role = replica".to_owned()).await;
    for (_, entity) in catalogue.entities().filter(|(_, entity)| entity.source == Source::Tenant) {
        let numbers: Vec<usize> = (1..=rows::count(entity, bookings)).collect();
        let columns = rows::columns(entity).join("\", \"");
        run(superuser, format!("DELETE FROM \"{schema}\".\"{}\"", entity.table)).await;
        for numbers in numbers.chunks(AT_ONCE) {
            let mut script = format!("INSERT INTO \"{schema}\".\"{}\" (\"{columns}\") VALUES ", entity.table);
            for (index, number) in numbers.iter().enumerate() {
                let cells: Vec<String> = rows::row(catalogue, entity, *number).iter().map(literal).collect();
                let comma = if index == 0 { "" } else { ", " };
                write!(script, "{comma}({})", cells.join(", ")).expect("a text");
            }
            run(superuser, script).await;
        }
    }
    run(superuser, "VACUUM ANALYZE".to_owned()).await;
}

async fn run(superuser: &mut PgConnection, script: String) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(script)).execute(superuser).await.expect("the rows are written");
}

fn literal(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Value::Guid(id) => format!("'{id}'"),
        Value::Date(days) => days.to_string(),
        Value::Int(number) | Value::Decimal(number) | Value::Time(number) => number.to_string(),
        Value::DateTime(number) | Value::Duration(number) => number.to_string(),
    }
}
