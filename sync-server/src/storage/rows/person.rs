use crate::failure::Failure;
use crate::placement::ModelSnapshot;
use crate::storage::executor::statement;
use jiff::tz::TimeZone;
use sqlx::{PgConnection, Row};
use uuid::Uuid;

/// The zone that a person's `User` row names: what `Today()` means in a rule. UTC where it names none that exists.
///
/// # Errors
/// `unavailable` when the database is away.
pub(crate) async fn zone_of_person(
    connection: &mut PgConnection,
    model: &ModelSnapshot,
    user: Uuid,
) -> Result<TimeZone, Failure> {
    let Some((table, [zone])) = model.rows.columns(&model.catalogue, "User", ["TimeZone"]) else {
        return Ok(TimeZone::UTC);
    };
    let sql = format!("SELECT \"{zone}\" FROM {} WHERE \"id\" = $1", table.current);
    let row = statement(sql).bind(user).fetch_optional(connection).await?;
    let name = row.map(|row| row.try_get::<Option<String>, _>(0)).transpose()?.flatten();
    Ok(name.and_then(|name| TimeZone::get(&name).ok()).unwrap_or(TimeZone::UTC))
}

/// Whether the company still has this person: their `User` row is there and active.
///
/// # Errors
/// `unavailable` when the database is away.
pub(crate) async fn is_active(
    connection: &mut PgConnection,
    model: &ModelSnapshot,
    user: Uuid,
) -> Result<bool, Failure> {
    let Some((table, [active])) = model.rows.columns(&model.catalogue, "User", ["Active"]) else { return Ok(false) };
    let sql = format!("SELECT 1 FROM {} WHERE \"id\" = $1 AND \"{active}\" AND NOT \"deleted\"", table.current);
    Ok(statement(sql).bind(user).fetch_optional(connection).await?.is_some())
}
