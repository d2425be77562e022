//! What every route has at hand.

use crate::access::Challenger;
use crate::blobs::Blobs;
use crate::head_watch::HeadWatch;
use crate::placement::Tenancy;
use crate::running_queries::RunningQueries;
use sqlx::PgPool;
use std::ops::Deref;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Shared by all requests of a node; a clone is another handle to the same.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

pub struct Shared {
    pub tenancy: Arc<Tenancy>,
    pub blobs: Blobs,
    pub control: PgPool,
    pub origins: Origins,
    pub challenger: Challenger,
    pub head_watch: HeadWatch,
    pub query_plans: query_lang::Plans,
    pub running_queries: RunningQueries,
    pub metrics: metrics_exporter_prometheus::PrometheusHandle,
    /// Done when the server is about to stop: what never ends by itself ends now.
    pub stopping: CancellationToken,
}

/// The origins under which clients reach this server, as a login signs them.
#[derive(Debug, Clone)]
pub enum Origins {
    /// `http://` and the request's own Host: for a server that is dialled directly.
    FromHost,
    /// Named ones only: for a server behind a proxy that ends TLS.
    Named(Vec<String>),
}

impl AppState {
    pub fn new(shared: Shared) -> Self {
        AppState(Arc::new(shared))
    }
}

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Origins {
    /// Whether a client that dialled `origin` and sent `host` reached this server and no one between.
    pub fn accept(&self, origin: &str, host: Option<&str>) -> bool {
        match self {
            Origins::FromHost => host.is_some_and(|host| origin == format!("http://{host}")),
            Origins::Named(origins) => origins.iter().any(|named| named == origin),
        }
    }
}
