use crate::clock::now_us;
use crate::installation::Installation;
use crate::jobs::{JobContext, QUEUE_SCHEMA};
use crate::random::random;
use crate::storage::control::{self, Act, Creating, PlannedPlace};
use crate::storage::provision::{NewTenant, create_schema};
use graphile_worker::{IntoTaskHandlerResult, JobSpec, TaskHandler, WorkerContext, WorkerUtils};
use migrations::tenant::Roles;
use query_lang::{Identifier, TenantSchema};
use serde::{Deserialize, Serialize};
use sqlx::postgres::PgConnectOptions;
use std::str::FromStr;
use sync_protocol::limits::NAME_CHARACTERS_MAX;
use thiserror::Error;
use uuid::Uuid;

#[derive(Debug, Error)]
pub enum TenantError {
    #[error(
        "`{0}` is no name of a company: use 1 to {NAME_CHARACTERS_MAX} letters, digits, dots and dashes, with a letter or \
         digit first."
    )]
    Name(String),
    #[error("There is a company `{0}` already. Choose another name.")]
    Taken(String),
    #[error("Every database is full. Add a database, then try again.")]
    Full,
    #[error("The control database does not answer: {0}")]
    Database(#[from] sqlx::Error),
    #[error("The job could not be queued: {0}")]
    Queue(String),
}

/// The job: makes the schema of a company whose place is written down.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CreateTenant {
    pub tenant: Uuid,
}

impl TaskHandler for CreateTenant {
    const IDENTIFIER: &'static str = "create_tenant";

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let parts = context.get_ext::<JobContext>().ok_or("the worker has no databases")?;
        let made = make(parts, self.tenant).await;
        made.inspect_err(|cause| tracing::error!(tenant = %self.tenant, cause, "a company could not be made"))
    }
}

async fn make(parts: &JobContext, tenant: Uuid) -> Result<(), String> {
    let place = control::creating(&parts.control, tenant).await.map_err(|error| error.to_string())?;
    let Some(place) = place else { return Ok(()) };
    let new = new_tenant(&place, &parts.traffic_login).ok_or("the planned place holds a name that is none")?;
    let login = match &place.definition {
        Some(url) => PgConnectOptions::from_str(url).map_err(|error| error.to_string())?,
        None => parts.definition.clone(),
    };
    create_schema(&login, &new).await.map_err(|error| error.to_string())?;
    control::activate(&parts.control, tenant, now_us()).await.map_err(|error| error.to_string())
}

fn new_tenant(place: &Creating, traffic_login: &str) -> Option<NewTenant> {
    Some(NewTenant {
        schema: TenantSchema::new(&place.schema)?,
        traffic_login: Identifier::new(traffic_login)?,
        epoch: place.epoch,
    })
}

/// Writes the company and its place down and queues the job that makes it. A name whose job was lost half-way is taken
/// up again.
///
/// # Errors
/// The name is none or taken, or the control database is away.
pub async fn create_tenant(installation: &Installation, id: Uuid, name: &str) -> Result<Uuid, TenantError> {
    check_name(name)?;
    let place = planned_place().map_err(TenantError::Queue)?;
    let planned = control::plan_tenant(&installation.control, id, name, &place, now_us()).await?;
    let tenant = match control::tenant_by_name(&installation.control, name).await? {
        Some(tenant) if planned || tenant.state == "creating" => tenant.id,
        Some(_) => return Err(TenantError::Taken(name.to_owned())),
        None => return Err(TenantError::Full),
    };
    let utils = WorkerUtils::new(installation.queue.clone(), QUEUE_SCHEMA);
    utils.migrate().await.map_err(|error| TenantError::Queue(error.to_string()))?;
    let spec = JobSpec { job_key: Some(format!("create_tenant:{tenant}")), ..JobSpec::default() };
    utils.add_job(CreateTenant { tenant }, spec).await.map_err(|error| TenantError::Queue(error.to_string()))?;
    let act = Act { action: "tenant.create", tenant: Some(tenant), detail: name, at: now_us() };
    control::record(&installation.control, act).await?;
    Ok(tenant)
}

fn planned_place() -> Result<PlannedPlace, String> {
    let random = random::<10>().map_err(|failure| failure.to_string())?;
    let schema = TenantSchema::new(&format!("t_{}", hex::encode(random))).ok_or("the random name is none")?;
    let Roles { write, read } = Roles::of(&schema);
    Ok(PlannedPlace {
        schema: schema.as_str().to_owned(),
        write_role: write.as_str().to_owned(),
        read_role: read.as_str().to_owned(),
    })
}

/// Names are typed at every sign-in and are part of messages that are signed: no spaces, nothing that looks like a path.
fn check_name(name: &str) -> Result<(), TenantError> {
    let valid = name.chars().count() <= NAME_CHARACTERS_MAX
        && name.starts_with(char::is_alphanumeric)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    if valid { Ok(()) } else { Err(TenantError::Name(name.to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_has_a_name_that_can_be_typed() {
        for name in ["demo", "Acme", "acme.co-op", "straße", "7"] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        for name in ["", "-acme", "a b", "a/b", "a\"b", &"x".repeat(101)] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }
}
