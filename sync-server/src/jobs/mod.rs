//! Long work, never in a request: jobs in a queue of the control database, leased, retried with back-off, each one
//! idempotent.

mod create_tenant;
mod sweep;

pub use create_tenant::{CreateTenant, TenantError, create_tenant};
use sweep::Sweep;

use crate::installation::Installation;
use graphile_worker::{Cron, Worker, WorkerBuildError, WorkerOptions};
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use std::future::Future;

/// The queue's own schema in the control database.
const QUEUE_SCHEMA: &str = "job_queue";
const CONCURRENCY: usize = 2;
const SWEEP_AT_MINUTE: u32 = 17;

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
    let hourly_sweep = Cron::hourly_at::<Sweep>(SWEEP_AT_MINUTE).expect("the constant is a minute of an hour");
    WorkerOptions::default()
        .schema(QUEUE_SCHEMA)
        .concurrency(CONCURRENCY)
        .pg_pool(installation.queue.clone())
        .listen_os_shutdown_signals(false)
        .shutdown_signal(stop)
        .add_extension(context)
        .define_job::<CreateTenant>()
        .define_job::<Sweep>()
        .with_cron(hourly_sweep)
        .init()
        .await
}
