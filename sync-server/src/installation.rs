//! The databases, the blob store and the secret that a server or a command works with, wherever they come from.

use crate::access::Challenger;
use crate::blobs::Blobs;
use crate::head_watch::HeadWatch;
use crate::placement::Tenancy;
use crate::running_queries::RunningQueries;
use crate::state::{AppState, Origins, Shared};
use crate::storage::setup::migrate_control;
use crate::storage::{Databases, pool};
use metrics_exporter_prometheus::PrometheusHandle;
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Connections of a node to the control database.
const CONTROL_CONNECTIONS_MAX: u32 = 20;
const QUEUE_CONNECTIONS_MAX: u32 = 4;
/// Compiled queries that a node keeps.
const PLANS_MAX: usize = 2_000;

/// The three logins: control, definition, traffic.
#[derive(Debug, Clone)]
pub struct Logins {
    pub control: PgConnectOptions,
    pub definition: PgConnectOptions,
    pub traffic: PgConnectOptions,
}

/// A server's parts, connected.
pub struct Installation {
    pub control: PgPool,
    /// The job queue's own connections to the control database: its library names its tables its own way.
    pub queue: PgPool,
    pub definition: PgConnectOptions,
    /// Name of the traffic login, which may take companies' roles on.
    pub traffic_login: String,
    pub tenancy: Arc<Tenancy>,
    pub blobs: Blobs,
}

impl Installation {
    /// Connects and brings the control database up to date.
    ///
    /// # Errors
    /// The control database is away or cannot be brought up to date.
    pub async fn open(logins: Logins, blobs: Blobs) -> Result<Self, sqlx::Error> {
        let control = pool(logins.control.clone(), CONTROL_CONNECTIONS_MAX);
        migrate_control(&control).await?;
        let queue = PgPoolOptions::new().max_connections(QUEUE_CONNECTIONS_MAX).connect_lazy_with(logins.control);
        Ok(Installation {
            queue,
            definition: logins.definition,
            traffic_login: logins.traffic.get_username().to_owned(),
            tenancy: Arc::new(Tenancy::new(control.clone(), Databases::new(logins.traffic))),
            control,
            blobs,
        })
    }

    /// Ends all connections.
    pub async fn close(&self) {
        self.tenancy.close().await;
        self.queue.close().await;
        self.control.close().await;
    }

    /// What the routes share.
    pub fn into_state(self, secret: [u8; 32], origins: Origins, metrics: PrometheusHandle) -> AppState {
        AppState::new(Shared {
            tenancy: self.tenancy,
            blobs: self.blobs,
            control: self.control,
            origins,
            challenger: Challenger::new(secret),
            head_watch: HeadWatch::default(),
            query_plans: query_lang::Plans::new(PLANS_MAX),
            running_queries: RunningQueries::default(),
            metrics,
            stopping: CancellationToken::new(),
        })
    }
}
