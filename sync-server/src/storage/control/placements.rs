use crate::storage::DatabaseAddress;
use crate::storage::executor::statement;
use sqlx::{PgPool, Row};
use uuid::Uuid;

/// Where a tenant lives, as the control database has it. Its names are checked by whoever uses them.
#[derive(Debug, Clone)]
pub struct PlacementRow {
    pub tenant: Uuid,
    pub name: String,
    pub schema: String,
    pub write_role: String,
    pub read_role: String,
    pub epoch: i64,
    pub database: DatabaseAddress,
}

/// None: there is no such tenant, or it is still being made.
///
/// # Errors
/// The control database is away.
pub async fn placement(control: &PgPool, tenant: Uuid) -> Result<Option<PlacementRow>, sqlx::Error> {
    let found = statement(
        "SELECT t.id, t.name, p.schema, p.write_role, p.read_role, p.epoch, p.database, d.traffic_address \
         FROM control.tenant t JOIN control.placement p ON p.tenant = t.id \
         JOIN control.database d ON d.id = p.database \
         WHERE t.id = $1 AND p.state <> 'creating'",
    );
    let Some(row) = found.bind(tenant).fetch_optional(control).await? else { return Ok(None) };
    Ok(Some(PlacementRow {
        tenant: row.try_get("id")?,
        name: row.try_get("name")?,
        schema: row.try_get("schema")?,
        write_role: row.try_get("write_role")?,
        read_role: row.try_get("read_role")?,
        epoch: row.try_get("epoch")?,
        database: DatabaseAddress { id: row.try_get("database")?, traffic: row.try_get("traffic_address")? },
    }))
}
