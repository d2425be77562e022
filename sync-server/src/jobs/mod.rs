//! Long work, never in a request: jobs in a queue of the control database, leased, retried with back-off, each one
//! idempotent.

mod create_tenant;
mod keep_roles;
mod sweep;

pub use create_tenant::{CreateTenant, TenantError, create_tenant};
use keep_roles::KeepRoles;
use sweep::Sweep;

use crate::installation::Installation;
use crate::placement::Tenancy;
use graphile_worker::{Cron, JobSpec, TaskHandler, Worker, WorkerBuildError, WorkerOptions};
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use std::future::Future;
use std::sync::Arc;

/// The queue's own schema in the control database.
const QUEUE_SCHEMA: &str = "job_queue";
const CONCURRENCY: usize = 2;
const SWEEP_AT_MINUTE: u32 = 17;
/// Offsets of the world's zones from UTC are quarters of an hour.
const ROLES_EVERY_MINUTES: u32 = 15;

/// What a job has at hand.
#[derive(Clone)]
struct JobContext {
    control: PgPool,
    definition: PgConnectOptions,
    traffic_login: String,
    tenancy: Arc<Tenancy>,
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
        tenancy: Arc::clone(&installation.tenancy),
    };
    let hourly_sweep = Cron::hourly_at::<Sweep>(SWEEP_AT_MINUTE).expect("the constant is a minute of an hour");
    let quarterly_roles =
        Cron::every_n_minutes::<KeepRoles>(ROLES_EVERY_MINUTES).expect("the constant is below an hour");
    let worker = WorkerOptions::default()
        .schema(QUEUE_SCHEMA)
        .concurrency(CONCURRENCY)
        .pg_pool(installation.queue.clone())
        .listen_os_shutdown_signals(false)
        .shutdown_signal(stop)
        .add_extension(context)
        .define_job::<CreateTenant>()
        .define_job::<Sweep>()
        .define_job::<KeepRoles>()
        .with_cron(hourly_sweep)
        .with_cron(quarterly_roles)
        .init()
        .await?;
    // What ended while no worker ran ends now, and not at the next quarter.
    let once = JobSpec { job_key: Some(KeepRoles::IDENTIFIER.to_owned()), ..JobSpec::default() };
    if let Err(error) = worker.create_utils().add_job(KeepRoles {}, once).await {
        tracing::warn!(cause = %error, "roles are looked at with the next quarter of an hour");
    }
    Ok(worker)
}
