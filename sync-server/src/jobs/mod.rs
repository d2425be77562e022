//! Long work, never in a request: jobs in a queue of the control database, leased, retried with back-off, each one
//! idempotent.

mod create_tenant;

pub use create_tenant::{CreateTenant, TenantError, create_tenant};

use crate::installation::Installation;
use graphile_worker::{Worker, WorkerBuildError, WorkerOptions};
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use std::future::Future;

/// The queue's own schema in the control database.
const QUEUE_SCHEMA: &str = "job_queue";
const CONCURRENCY: usize = 2;

/// What a job has at hand.
#[derive(Clone)]
struct JobContext {
    control: PgPool,
    definition: PgConnectOptions,
    traffic_login: String,
}

impl std::fmt::Debug for JobContext {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("JobContext")
    }
}

/// A worker that takes any job; it stops taking when `stop` is done.
///
/// # Errors
/// The control database is away, or the queue's tables cannot be brought up to date.
pub async fn worker(
    installation: &Installation,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<Worker, WorkerBuildError> {
    let context = JobContext {
        control: installation.control.clone(),
        definition: installation.definition.clone(),
        traffic_login: installation.traffic_login.clone(),
    };
    WorkerOptions::default()
        .schema(QUEUE_SCHEMA)
        .concurrency(CONCURRENCY)
        .pg_pool(installation.queue.clone())
        .listen_os_shutdown_signals(false)
        .shutdown_signal(stop)
        .add_extension(context)
        .define_job::<CreateTenant>()
        .init()
        .await
}
