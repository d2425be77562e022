use crate::failure::Failure;
use crate::placement::ModelSnapshot;
use crate::storage::executor::statement;
use crate::storage::rows::RowTables;
use jiff::civil::Weekday;
use query_lang::Catalogue;
use sqlx::{PgConnection, Row};
use std::collections::BTreeMap;

/// What the company says of itself: values of the live rows of `Setting` with these keys. A
/// setting without a value says nothing, and a model may have no settings.
///
/// # Errors
/// `unavailable` when the database is away.
pub(crate) async fn settings(
    connection: &mut PgConnection,
    tables: &RowTables,
    catalogue: &Catalogue,
    keys: Vec<String>,
) -> Result<BTreeMap<String, String>, Failure> {
    let Some((table, [key, value])) = tables.columns(catalogue, "Setting", ["Key", "Value"]) else {
        return Ok(BTreeMap::new());
    };
    let of = &table.current;
    let sql = format!(
        "SELECT \"{key}\", \"{value}\" FROM {of} \
         WHERE \"{key}\" = ANY($1) AND \"{value}\" IS NOT NULL AND NOT \"deleted\""
    );
    let rows = statement(sql).bind(keys).fetch_all(connection).await?;
    let settings = rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
    Ok(settings.collect::<Result<_, sqlx::Error>>()?)
}

/// The day that the company's weeks begin with.
///
/// # Errors
/// `unavailable` when the database is away.
pub(crate) async fn first_weekday(connection: &mut PgConnection, model: &ModelSnapshot) -> Result<Weekday, Failure> {
    let key = migrations::FIRST_DAY_OF_WEEK;
    let said = settings(connection, &model.rows, &model.catalogue, vec![key.to_owned()]).await?;
    Ok(migrations::first_weekday(said.get(key).map(String::as_str)))
}
