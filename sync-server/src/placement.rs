//! Where each tenant lives. A node keeps what it learned and passes the epoch into every write: a node that is behind
//! writes nothing, forgets, and asks again.

use crate::failure::Failure;
use crate::storage::rows::RowTables;
use crate::storage::{Databases, control, model};
use query_lang::{Catalogue, Identifier, TenantSchema};
use sqlx::{PgConnection, PgPool};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::broadcast;
use uuid::Uuid;

/// Placements and models that a node keeps; above it starts again with none.
const KEPT_MAX: usize = 10_000;
/// Heads that a slow listener may be behind before it is told to look for itself.
const HEADS_KEPT: usize = 1_024;

/// A tenant's place: which database, which schema, which roles, at which epoch.
#[derive(Debug)]
pub struct Placement {
    pub tenant: Uuid,
    /// The name that people type when they sign in.
    pub name: String,
    pub schema: TenantSchema,
    pub write_role: Identifier,
    pub read_role: Identifier,
    pub epoch: i64,
    /// Connections of the traffic login: without a role of the tenant they may do nothing.
    pub pool: PgPool,
    /// Where a committed write tells the new head.
    pub heads: broadcast::Sender<HeadMoved>,
    outdated: AtomicBool,
}

/// A tenant's head moved to `seq`, by a transaction of this node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadMoved {
    pub tenant: Uuid,
    pub seq: u64,
}

/// A company's model at one version, ready to compile against.
#[derive(Debug)]
pub struct ModelSnapshot {
    pub version: u64,
    /// The model's JSON as it is stored and sent.
    pub text: String,
    pub catalogue: Arc<Catalogue>,
    /// The statements that read and write its entities' rows.
    pub rows: RowTables,
}

impl Placement {
    /// The database says otherwise: the next request asks the control database again.
    pub fn mark_outdated(&self) {
        self.outdated.store(true, Ordering::Relaxed);
    }
}

/// All placements and models that this node knows.
pub struct Tenancy {
    control: PgPool,
    databases: Databases,
    heads: broadcast::Sender<HeadMoved>,
    placements: Mutex<HashMap<Uuid, Arc<Placement>>>,
    models: Mutex<HashMap<Uuid, Arc<ModelSnapshot>>>,
}

impl Tenancy {
    pub fn new(control: PgPool, databases: Databases) -> Self {
        Tenancy {
            control,
            databases,
            heads: broadcast::Sender::new(HEADS_KEPT),
            placements: Mutex::default(),
            models: Mutex::default(),
        }
    }

    /// Every head that a transaction of this node moved; others are found by looking.
    pub fn heads(&self) -> broadcast::Receiver<HeadMoved> {
        self.heads.subscribe()
    }

    /// Ends all connections to databases of companies.
    pub async fn close(&self) {
        self.databases.close().await;
    }

    /// # Errors
    /// `not_found` when there is no such tenant, `unavailable` while it is being made or the control database is away.
    pub async fn placement(&self, tenant: Uuid) -> Result<Arc<Placement>, Failure> {
        let known = locked(&self.placements).get(&tenant).cloned();
        if let Some(placement) = known.filter(|placement| !placement.outdated.load(Ordering::Relaxed)) {
            return Ok(placement);
        }
        let row = control::placement(&self.control, tenant).await?;
        let row = row.ok_or_else(|| Failure::not_found("There is no such company on this server."))?;
        let placement = Arc::new(self.place(row)?);
        let mut placements = locked(&self.placements);
        if placements.len() >= KEPT_MAX {
            placements.clear();
        }
        placements.insert(tenant, Arc::clone(&placement));
        Ok(placement)
    }

    fn place(&self, row: control::PlacementRow) -> Result<Placement, Failure> {
        let damaged =
            |what: &str| Failure::internal("placement", format!("{what} of tenant {} is no name", row.tenant));
        Ok(Placement {
            schema: TenantSchema::new(&row.schema).ok_or_else(|| damaged("schema"))?,
            write_role: Identifier::new(&row.write_role).ok_or_else(|| damaged("write role"))?,
            read_role: Identifier::new(&row.read_role).ok_or_else(|| damaged("read role"))?,
            epoch: row.epoch,
            pool: self.databases.traffic(&row.database)?,
            heads: self.heads.clone(),
            outdated: AtomicBool::new(false),
            tenant: row.tenant,
            name: row.name,
        })
    }

    /// The model that the tenant's head names, read in the caller's transaction.
    ///
    /// # Errors
    /// `internal` when the stored model cannot be read, `unavailable` when the database is away.
    pub async fn model(
        &self,
        placement: &Placement,
        version: u64,
        connection: &mut PgConnection,
    ) -> Result<Arc<ModelSnapshot>, Failure> {
        let known = locked(&self.models).get(&placement.tenant).cloned();
        if let Some(model) = known.filter(|model| model.version == version) {
            return Ok(model);
        }
        let text = model::read(connection, &placement.schema, version).await?;
        let snapshot = Arc::new(compile_model(&placement.schema, version, text)?);
        let mut models = locked(&self.models);
        if models.len() >= KEPT_MAX {
            models.clear();
        }
        models.insert(placement.tenant, Arc::clone(&snapshot));
        Ok(snapshot)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// # Errors
/// `internal`: what is stored is no model that this version reads.
fn compile_model(schema: &TenantSchema, version: u64, text: String) -> Result<ModelSnapshot, Failure> {
    let model = migrations::Model::read(&text).map_err(|error| Failure::internal("stored model", error))?;
    let catalogue = migrations::catalogue(&model)
        .map_err(|problems| Failure::internal("stored model", format!("{} problems", problems.len())))?;
    let rows = RowTables::compile(schema, &model, &catalogue)?;
    Ok(ModelSnapshot { version, text, catalogue: Arc::new(catalogue), rows })
}
