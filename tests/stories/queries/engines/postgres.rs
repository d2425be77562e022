//! A company on a real Postgres, asked as the server asks: by the traffic login in the company's read role.

use super::rows::Data;
use migrations::{Engine, Model, ddl, plan};
use query_lang::catalogue::{Catalogue, Source};
use query_lang::{Compiled, Target, Value};
use sqlx::{ConnectOptions, PgConnection, Row, ValueRef};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, mpsc};
use std::thread;
use std::time::Duration;
use sync_server::dev::{Cluster, ClusterAddress, DataFolder};
use sync_server::installation::Installation;
use sync_server::jobs::{create_tenant, worker};
use sync_server::placement::Placement;
use sync_server::storage::setup::{TENANT_DATABASE, TRAFFIC_LOGIN};
use sync_server::storage::{read_transaction, select};
use tokio::runtime::Runtime;
use uuid::Uuid;

static ADDRESS: OnceLock<ClusterAddress> = OnceLock::new();
static COMPANIES: AtomicU64 = AtomicU64::new(1);

pub(crate) struct Company {
    runtime: Runtime,
    placement: Arc<Placement>,
    superuser: PgConnection,
}

impl Company {
    /// A company of its own with this model and no rows.
    pub(crate) fn new(model: &Model) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let address = ADDRESS.get_or_init(start);
        let (placement, superuser) = runtime.block_on(async {
            let installation = open(address).await;
            let number = COMPANIES.fetch_add(1, Ordering::Relaxed);
            let name = format!("questions-{number}");
            let tenant = create_tenant(&installation, Uuid::from_u128(u128::from(number)), &name)
                .await
                .expect("a company is written down");
            let placement = loop {
                match installation.tenancy.placement(tenant).await {
                    Ok(placement) => break placement,
                    Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
                }
            };
            let mut superuser = address.superuser(TENANT_DATABASE).connect().await.expect("the superuser");
            let engine = Engine::Postgres(placement.schema.clone());
            let steps = plan(Some(Model::standard()), model).expect("nothing is lost");
            let script: Vec<String> = steps.iter().flat_map(|step| ddl(step, &engine)).collect();
            let run = sqlx::raw_sql(sqlx::AssertSqlSafe(script.join(";\n"))).execute(&mut superuser).await;
            run.expect("the model's tables are made");
            (placement, superuser)
        });
        Company { runtime, placement, superuser }
    }

    pub(crate) fn target(&self) -> Target {
        Target::Postgres(self.placement.schema.clone())
    }

    /// Puts these rows in the place of all others; checks and triggers are off, so that rows may be as odd as they like.
    pub(crate) fn fill(&mut self, catalogue: &Catalogue, data: &Data) {
        let schema = self.placement.schema.as_str().to_owned();
        let mut script = String::from("BEGIN; SET LOCAL session_replication_role = replica;\n");
        for (id, entity) in catalogue.entities().filter(|(_, entity)| entity.source == Source::Tenant) {
            script += &format!("DELETE FROM \"{schema}\".\"{}\";\n", entity.table);
            for row in data.rows.get(&id.0).into_iter().flatten() {
                let (columns, values) = super::columns(entity, row);
                let values: Vec<String> = values.iter().map(literal).collect();
                script += &format!(
                    "INSERT INTO \"{schema}\".\"{}\" ({}) VALUES ({});\n",
                    entity.table,
                    columns.join(", "),
                    values.join(", ")
                );
            }
        }
        script += "COMMIT";
        let run = sqlx::raw_sql(sqlx::AssertSqlSafe(script)).execute(&mut self.superuser);
        self.runtime.block_on(run).expect("the rows are written");
    }

    pub(crate) fn ask(&self, compiled: &Compiled, binds: &[Value]) -> Result<Vec<Vec<Value>>, String> {
        self.runtime.block_on(async {
            let mut transaction = read_transaction(&self.placement).await.map_err(|failure| format!("{failure:?}"))?;
            select::select(&mut transaction, compiled, binds).await.map_err(|error| format!("{error:?}"))
        })
    }

    /// What the traffic login is answered that has taken no role.
    pub(crate) fn without_role(&self, sql: &str) -> Result<u64, String> {
        let address = ADDRESS.get().expect("Postgres has started");
        self.runtime.block_on(async {
            let login = address.login(TRAFFIC_LOGIN, TENANT_DATABASE);
            let mut connection = login.connect().await.map_err(|wrong| wrong.to_string())?;
            let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut connection).await;
            done.map(|done| done.rows_affected()).map_err(|wrong| wrong.to_string())
        })
    }

    pub(crate) fn written_by_hand(&mut self, sql: &str) -> Vec<Vec<Option<String>>> {
        let schema = self.placement.schema.as_str();
        let sql = sql.replace("{tables}", schema).replace("{here}", &format!("{schema}_expected"));
        let rows = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.clone())).fetch_all(&mut self.superuser);
        let rows = self.runtime.block_on(rows).unwrap_or_else(|wrong| panic!("{wrong}\n{sql}"));
        let cell = |row: &sqlx::postgres::PgRow, index: usize| {
            let value = row.try_get_raw(index).expect("a column");
            (!value.is_null()).then(|| value.as_str().expect("the simple protocol gives texts").to_owned())
        };
        rows.iter().map(|row| (0..row.len()).map(|index| cell(row, index)).collect()).collect()
    }
}

/// The text with its binds' values in their places, for a protocol that has no binds.
pub(super) fn with_values(compiled: &Compiled, binds: &[Value]) -> String {
    let mut sql = compiled.sql.clone();
    for (index, value) in binds.iter().enumerate().rev() {
        sql = sql.replace(&format!("${}::", index + 1), &format!("({})::", literal(value)));
    }
    sql
}

fn literal(value: &Value) -> String {
    match value {
        Value::Null => "NULL".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Value::Guid(id) => format!("'{id}'"),
        Value::Date(days) => days.to_string(),
        Value::Int(number)
        | Value::Decimal(number)
        | Value::Time(number)
        | Value::DateTime(number)
        | Value::Duration(number) => number.to_string(),
    }
}

/// Postgres lives as long as the thread that starts it, so that thread never ends; it also takes the jobs.
fn start() -> ClusterAddress {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let runtime = Runtime::new().expect("a runtime");
        runtime.block_on(async move {
            let path = own_folder(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("questions"));
            let folder = DataFolder::open(&path).expect("a data folder");
            let cluster = Cluster::start(&folder.postgres()).await.expect("Postgres starts");
            let address = cluster.address().clone();
            let installation = open(&address).await;
            let worker = worker(&installation, std::future::pending()).await.expect("a worker");
            sender.send(address).expect("a test waits");
            worker.run().await.expect("the worker goes on");
        });
    });
    receiver.recv().expect("Postgres has started")
}

/// A folder for this process; what an ended one left is cleared away, so that a long run may go on beside a short one.
fn own_folder(all: &Path) -> PathBuf {
    for left in std::fs::read_dir(all).into_iter().flatten().flatten() {
        let runs = Path::new("/proc").join(left.file_name()).exists();
        if !runs {
            let _ = std::fs::remove_dir_all(left.path());
        }
    }
    all.join(std::process::id().to_string())
}

async fn open(address: &ClusterAddress) -> Installation {
    let blobs = Path::new(env!("CARGO_TARGET_TMPDIR")).join("questions-blobs");
    address.open(&blobs).await.expect("the control database answers")
}
