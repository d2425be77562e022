use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use std::collections::HashMap;
use std::str::FromStr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use uuid::Uuid;

/// Connections that a node opens to one database at most.
const CONNECTIONS_MAX: u32 = 50;
/// A backend keeps about 175 KB for every tenant that it touched, so connections do not live for ever.
const CONNECTION_LIFETIME: Duration = Duration::from_secs(600);
const ACQUIRE_WITHIN: Duration = Duration::from_secs(10);
const STATEMENTS_KEPT: usize = 500;

/// A database that holds tenants, and how the traffic login reaches it. No address: as the server was started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseAddress {
    pub id: Uuid,
    pub traffic: Option<String>,
}

/// Pools of the traffic login, one a database, opened when they are first needed.
pub struct Databases {
    login: PgConnectOptions,
    pools: Mutex<HashMap<Uuid, PgPool>>,
}

impl Databases {
    pub fn new(traffic_login: PgConnectOptions) -> Self {
        Databases { login: traffic_login, pools: Mutex::default() }
    }

    /// # Errors
    /// The address is no Postgres URL.
    pub fn traffic(&self, address: &DatabaseAddress) -> Result<PgPool, sqlx::Error> {
        let login = match &address.traffic {
            Some(url) => PgConnectOptions::from_str(url)?,
            None => self.login.clone(),
        };
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(pools.entry(address.id).or_insert_with(|| pool(login, CONNECTIONS_MAX)).clone())
    }

    pub async fn close(&self) {
        let pools: Vec<PgPool> =
            self.pools.lock().unwrap_or_else(PoisonError::into_inner).drain().map(|(_, pool)| pool).collect();
        for pool in pools {
            pool.close().await;
        }
    }
}

/// A pool whose connections resolve no name by `search_path` and hold no lock for long.
pub fn pool(login: PgConnectOptions, connections_max: u32) -> PgPool {
    let options = login.statement_cache_capacity(STATEMENTS_KEPT).application_name("daybook").options([
        ("search_path", ""),
        ("lock_timeout", "5s"),
        ("statement_timeout", "60s"),
        ("idle_in_transaction_session_timeout", "10s"),
    ]);
    PgPoolOptions::new()
        .max_connections(connections_max)
        .max_lifetime(CONNECTION_LIFETIME)
        .acquire_timeout(ACQUIRE_WITHIN)
        .connect_lazy_with(options)
}
