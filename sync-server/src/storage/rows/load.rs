use crate::failure::Failure;
use crate::push::{May, Row};
use crate::storage::executor::statement;
use crate::storage::rows::table::RowTable;
use crate::storage::rows::values::read_value;
use query_lang::{Environment, Value};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row as _};
use uuid::Uuid;

/// The rows with these ids, tombstones too, with what the person may do with each. Ids without a row are left out.
///
/// # Errors
/// `unavailable` when the database is away.
pub(crate) async fn load(
    connection: &mut PgConnection,
    table: &RowTable,
    environment: &Environment,
    ids: &[Uuid],
) -> Result<Vec<(Uuid, Row)>, Failure> {
    let asked = &table.before;
    let columns: Vec<String> = table.columns.iter().map(|column| format!("t.\"{}\"", column.name)).collect();
    let answers: Vec<String> = (0..3 + table.masked.len()).map(|index| format!("v.\"c{index}\"")).collect();
    let ids_at = asked.binds() + 1;
    let sql = format!(
        "SELECT t.\"id\", t.\"seq\", t.\"deleted\", {}, {} FROM {} AS t JOIN {} ON v.\"id\" = t.\"id\" \
         WHERE t.\"id\" = ANY(${ids_at}) AND v.\"id\" = ANY(${ids_at})",
        answers.join(", "),
        columns.join(", "),
        table.current,
        asked.relation(),
    );
    let bound = asked.bind(statement(sql), environment)?.bind(ids.to_vec());
    let rows = bound.fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, read(table, row)?))).collect()
}

fn read(table: &RowTable, row: &PgRow) -> Result<Row, Failure> {
    let seq: i64 = row.try_get(1)?;
    let answers = 3 + table.masked.len();
    let mut hidden = Vec::new();
    for (index, property) in table.masked.iter().enumerate() {
        if !row.try_get::<bool, _>(6 + index)? {
            hidden.push(*property);
        }
    }
    let mut values = vec![Value::Null; table.properties];
    for (index, column) in table.columns.iter().enumerate() {
        values[column.property] = read_value(row, 3 + answers + index, column.kind)?;
    }
    Ok(Row {
        seq: seq.cast_unsigned(),
        deleted: row.try_get(2)?,
        values,
        may: May { read: row.try_get(3)?, update: row.try_get(4)?, delete: row.try_get(5)?, hidden },
        own_base: None,
    })
}
