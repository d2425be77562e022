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
    let users = model.catalogue.find("User").and_then(|id| model.rows.table(id).map(|table| (id, table)));
    let Some((id, table)) = users else { return Ok(TimeZone::UTC) };
    let property = model.catalogue.entity(id).property("TimeZone").map(|(index, _)| index);
    let Some(column) = table.columns.iter().find(|column| Some(column.property) == property) else {
        return Ok(TimeZone::UTC);
    };
    let sql = format!("SELECT \"{}\" FROM {} WHERE \"id\" = $1", column.name, table.current);
    let row = statement(sql).bind(user).fetch_optional(connection).await?;
    let name = row.map(|row| row.try_get::<Option<String>, _>(0)).transpose()?.flatten();
    Ok(name.and_then(|name| TimeZone::get(&name).ok()).unwrap_or(TimeZone::UTC))
}
