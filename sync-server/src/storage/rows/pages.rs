//! What changed since a cursor and may be told to one person, in the order (seq, entity, id).

use crate::failure::Failure;
use crate::storage::executor::statement;
use crate::storage::rows::asked::Asked;
use crate::storage::rows::table::RowTable;
use crate::storage::rows::values::read_value;
use query_lang::{Catalogue, Condition, EntityId, Environment, RowSource, Target, TenantSchema, Value};
use sqlx::{PgConnection, Row as _};
use uuid::Uuid;

/// Binds before those of the conditions: the cursor's seq, the position's seq, entity and id, the number of keys, and
/// whether the client holds nothing yet.
const OWN_BINDS: usize = 6;

/// The statement that finds a page's keys over all entities.
#[derive(Debug)]
pub(crate) struct PageKeys {
    sql: String,
    /// In the order of their binds.
    asked: Vec<Asked>,
    /// Entities by the order of their names; a position names its entity by its place here.
    pub(crate) entities: Vec<EntityId>,
}

/// A row of a page: visible, or gone for one that the person could see before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PageKey {
    pub(crate) seq: u64,
    /// Place in [`PageKeys::entities`].
    pub(crate) place: usize,
    pub(crate) id: Uuid,
    pub(crate) visible: bool,
}

/// Where the keys begin: after this position, of what changed after `since`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Beginning {
    pub(crate) since: u64,
    pub(crate) after: (u64, i32, Uuid),
    /// The client holds nothing, so nothing can be gone.
    pub(crate) from_nothing: bool,
}

impl PageKeys {
    pub(super) fn compile(schema: &TenantSchema, catalogue: &Catalogue, tables: &[&RowTable]) -> Result<Self, Failure> {
        let target = Target::Postgres(schema.clone());
        let mut tables = tables.to_vec();
        tables.sort_by_key(|table| &catalogue.entity(table.entity).name);
        let (mut branches, mut asked) = (Vec::new(), Vec::<Asked>::new());
        let mut next_bind = OWN_BINDS + 1;
        for (place, table) in tables.iter().enumerate() {
            for (source, alias) in [(RowSource::Current, "v"), (RowSource::History, "w")] {
                let read = [Condition::Read];
                let part = Asked::compile(catalogue, table.entity, &read, source, (&target, alias, next_bind))?;
                next_bind += part.binds();
                asked.push(part);
            }
            if let [.., now, before] = asked.as_slice() {
                branches.push(branch(table, place, now, before));
            }
        }
        let sql = format!("{} ORDER BY 1, 2, 3 LIMIT $5", branches.join(" UNION ALL "));
        Ok(PageKeys { sql, asked, entities: tables.iter().map(|table| table.entity).collect() })
    }

    /// # Errors
    /// `unavailable` when the database is away or too slow.
    pub(crate) async fn read(
        &self,
        connection: &mut PgConnection,
        environment: &Environment,
        from: Beginning,
        limit: usize,
    ) -> Result<Vec<PageKey>, Failure> {
        let (seq, place, id) = from.after;
        let mut bound = statement(self.sql.clone()).bind(from.since.cast_signed()).bind(seq.cast_signed());
        bound = bound.bind(place).bind(id).bind(limit as i64).bind(from.from_nothing);
        for asked in &self.asked {
            bound = asked.bind(bound, environment)?;
        }
        let rows = bound.fetch_all(connection).await?;
        let key = |row: &sqlx::postgres::PgRow| -> Result<PageKey, sqlx::Error> {
            let place = row.try_get::<i32, _>(1)?.cast_unsigned() as usize;
            let seq = row.try_get::<i64, _>(0)?.cast_unsigned();
            Ok(PageKey { seq, place, id: row.try_get(2)?, visible: row.try_get(3)? })
        };
        Ok(rows.iter().map(key).collect::<Result<_, _>>()?)
    }
}

/// A row is told when it is visible, or when a version of it since the cursor was (a device may hold a row that it made
/// itself after its last pull): a device learns nothing of rows that its person could never see.
fn branch(table: &RowTable, place: usize, now: &Asked, before: &Asked) -> String {
    format!(
        "(SELECT t.\"seq\", {place}, t.\"id\", v.\"c0\" AND NOT t.\"deleted\" FROM {current} AS t \
         JOIN {now} ON v.\"id\" = t.\"id\" \
         WHERE t.\"seq\" > $1 AND t.\"seq\" >= $2 AND (t.\"seq\", {place}, t.\"id\") > ($2, $3, $4) \
         AND ((v.\"c0\" AND NOT t.\"deleted\") OR (NOT $6 AND EXISTS (SELECT 1 FROM {history} AS h \
         JOIN {before} ON w.\"id\" = h.\"id\" AND w.\"seq\" = h.\"seq\" \
         WHERE h.\"id\" = t.\"id\" AND h.\"seq_to\" > $1 AND NOT h.\"deleted\" AND w.\"c0\"))) \
         ORDER BY t.\"seq\", t.\"id\" LIMIT $5)",
        current = table.current,
        history = table.history,
        now = now.relation(),
        before = before.relation(),
    )
}

/// A row as it is sent: values in the order of the table's columns.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SentRow {
    pub(crate) id: Uuid,
    pub(crate) seq: u64,
    pub(crate) values: Vec<Value>,
}

/// The live rows with these ids that the person may read, hidden properties as null; all of the entity for None.
///
/// # Errors
/// `unavailable` when the database is away or too slow.
pub(crate) async fn visible_rows(
    connection: &mut PgConnection,
    table: &RowTable,
    environment: &Environment,
    ids: Option<Vec<Uuid>>,
) -> Result<Vec<SentRow>, Failure> {
    let asked = &table.reading;
    let columns: Vec<String> = table.columns.iter().map(|column| column_sql(table, column)).collect();
    let mut sql = format!(
        "SELECT t.\"id\", t.\"seq\", {} FROM {} AS t JOIN {} ON v.\"id\" = t.\"id\" WHERE v.\"c0\" AND NOT t.\"deleted\"",
        columns.join(", "),
        table.current,
        asked.relation()
    );
    if ids.is_some() {
        let ids_at = asked.binds() + 1;
        sql.push_str(&format!(" AND t.\"id\" = ANY(${ids_at}) AND v.\"id\" = ANY(${ids_at})"));
    }
    let mut bound = asked.bind(statement(sql), environment)?;
    if let Some(ids) = ids {
        bound = bound.bind(ids);
    }
    let rows = bound.fetch_all(connection).await?;
    let sent = |row: &sqlx::postgres::PgRow| -> Result<SentRow, sqlx::Error> {
        let values = table.columns.iter().enumerate().map(|(index, column)| read_value(row, 2 + index, column.kind));
        let seq = row.try_get::<i64, _>(1)?.cast_unsigned();
        Ok(SentRow { id: row.try_get(0)?, seq, values: values.collect::<Result<_, _>>()? })
    };
    Ok(rows.iter().map(sent).collect::<Result<_, _>>()?)
}

fn column_sql(table: &RowTable, column: &super::table::StoredColumn) -> String {
    match table.masked.iter().position(|property| *property == column.property) {
        Some(index) => format!("CASE WHEN v.\"c{}\" THEN t.\"{}\" END", index + 1, column.name),
        None => format!("t.\"{}\"", column.name),
    }
}

/// Ids of all live rows that the person may read.
///
/// # Errors
/// `unavailable` when the database is away or too slow.
pub(crate) async fn visible_ids(
    connection: &mut PgConnection,
    table: &RowTable,
    environment: &Environment,
) -> Result<Vec<Uuid>, Failure> {
    let asked = &table.reading;
    let sql = format!(
        "SELECT t.\"id\" FROM {} AS t JOIN {} ON v.\"id\" = t.\"id\" WHERE v.\"c0\" AND NOT t.\"deleted\" ORDER BY 1",
        table.current,
        asked.relation()
    );
    let rows = asked.bind(statement(sql), environment)?.fetch_all(connection).await?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}
