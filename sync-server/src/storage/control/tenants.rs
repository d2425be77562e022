use crate::storage::executor::statement;
use sqlx::{PgPool, Row};
use uuid::Uuid;

/// A company and how far its place is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantRow {
    pub id: Uuid,
    pub name: String,
    /// `creating`, `active`, `fenced` or `retired`.
    pub state: String,
}

/// Names of a place that is still to be made.
#[derive(Debug, Clone)]
pub struct PlannedPlace {
    pub schema: String,
    pub write_role: String,
    pub read_role: String,
}

/// The place of a company that is being made, for the job that makes it.
#[derive(Debug, Clone)]
pub struct Creating {
    pub schema: String,
    pub epoch: i64,
    /// How the definition login reaches the database; none: as the server was started.
    pub definition: Option<String>,
}

/// By the name that people type, without case.
///
/// # Errors
/// The control database is away.
pub async fn tenant_by_name(control: &PgPool, name: &str) -> Result<Option<TenantRow>, sqlx::Error> {
    let found = statement(
        "SELECT t.id, t.name, p.state FROM control.tenant t JOIN control.placement p ON p.tenant = t.id \
         WHERE t.name_key = $1",
    );
    found.bind(name.to_lowercase()).fetch_optional(control).await?.as_ref().map(read).transpose()
}

/// All companies by name.
///
/// # Errors
/// The control database is away.
pub async fn tenants(control: &PgPool) -> Result<Vec<TenantRow>, sqlx::Error> {
    let found = statement(
        "SELECT t.id, t.name, p.state FROM control.tenant t JOIN control.placement p ON p.tenant = t.id \
         ORDER BY t.name_key",
    );
    found.fetch_all(control).await?.iter().map(read).collect()
}

fn read(row: &sqlx::postgres::PgRow) -> Result<TenantRow, sqlx::Error> {
    Ok(TenantRow { id: row.try_get("id")?, name: row.try_get("name")?, state: row.try_get("state")? })
}

/// Writes down a company and its place, in the database with the fewest companies. False: the name is taken, or every
/// database is full.
///
/// # Errors
/// The control database is away.
pub async fn plan_tenant(
    control: &PgPool,
    id: Uuid,
    name: &str,
    place: &PlannedPlace,
    now: i64,
) -> Result<bool, sqlx::Error> {
    let plan = statement(
        "WITH roomy AS (SELECT d.id FROM control.database d \
         LEFT JOIN control.placement p ON p.database = d.id GROUP BY d.id, d.tenants_max \
         HAVING count(p.tenant) < d.tenants_max ORDER BY count(p.tenant), d.id LIMIT 1), \
         made AS (INSERT INTO control.tenant (id, name, name_key, created) SELECT $1, $2, $3, $4 FROM roomy \
         ON CONFLICT (name_key) DO NOTHING RETURNING id) \
         INSERT INTO control.placement (tenant, database, schema, write_role, read_role, epoch, state, changed) \
         SELECT made.id, roomy.id, $5, $6, $7, 1, 'creating', $4 FROM made, roomy",
    );
    let done = plan
        .bind(id)
        .bind(name.to_owned())
        .bind(name.to_lowercase())
        .bind(now)
        .bind(place.schema.clone())
        .bind(place.write_role.clone())
        .bind(place.read_role.clone())
        .execute(control)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// None: the company is there, or was never planned.
///
/// # Errors
/// The control database is away.
pub async fn creating(control: &PgPool, tenant: Uuid) -> Result<Option<Creating>, sqlx::Error> {
    let found = statement(
        "SELECT p.schema, p.epoch, d.definition_address FROM control.placement p \
         JOIN control.database d ON d.id = p.database WHERE p.tenant = $1 AND p.state = 'creating'",
    );
    let Some(row) = found.bind(tenant).fetch_optional(control).await? else { return Ok(None) };
    Ok(Some(Creating {
        schema: row.try_get("schema")?,
        epoch: row.try_get("epoch")?,
        definition: row.try_get("definition_address")?,
    }))
}

/// The company's schema is there: people may sign in.
///
/// # Errors
/// The control database is away.
pub async fn activate(control: &PgPool, tenant: Uuid, now: i64) -> Result<(), sqlx::Error> {
    let activate = statement(
        "UPDATE control.placement SET state = 'active', changed = $2 WHERE tenant = $1 AND state = 'creating'",
    );
    activate.bind(tenant).bind(now).execute(control).await.map(|_| ())
}
