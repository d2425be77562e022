use crate::clock::now_us;
use crate::failure::Failure;
use crate::placement::ModelSnapshot;
use crate::storage::executor::statement;
use jiff::tz::TimeZone;
use query_lang::Environment;
use sqlx::{PgConnection, Row};
use uuid::Uuid;

/// What a condition may depend on besides the rows when this person's device sends or fetches: now, their own zone, and the
/// company's first day of the week.
///
/// # Errors
/// `unavailable` when the database is away.
pub(crate) async fn environment_of(
    connection: &mut PgConnection,
    model: &ModelSnapshot,
    user: Uuid,
) -> Result<Environment, Failure> {
    let zone = zone_of(connection, model, user).await?;
    let first_weekday = super::first_weekday(connection, model).await?;
    Ok(Environment { user, now: now_us(), zone, first_weekday })
}

/// UTC for a person who has none or one that is not known.
async fn zone_of(connection: &mut PgConnection, model: &ModelSnapshot, user: Uuid) -> Result<TimeZone, Failure> {
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
