//! Questions to the database about rows that were just written.

use crate::failure::Failure;
use crate::storage::executor::statement;
use crate::storage::rows::table::{Checks, RowTable};
use query_lang::{Environment, Value};
use sqlx::{PgConnection, Row};
use std::collections::HashSet;
use uuid::Uuid;

/// What the conditions say of a row as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) id: Uuid,
    pub(crate) may_insert: bool,
    pub(crate) may_update: bool,
    /// Properties that the person may not read in this row.
    pub(crate) hidden: Vec<usize>,
    /// Indices of the checks' rules that say no.
    pub(crate) broken: Vec<usize>,
}

/// `before` has the values of those rows that were there before the write.
///
/// # Errors
/// `unavailable` when the database is away.
pub(crate) async fn verdicts(
    connection: &mut PgConnection,
    table: &RowTable,
    checks: &Checks,
    environment: &Environment,
    (ids, before): (Vec<Uuid>, &[&[Value]]),
) -> Result<Vec<Verdict>, Failure> {
    let asked = &checks.asked;
    let sql = format!("SELECT v.* FROM {} WHERE v.\"id\" = ANY(${})", asked.relation(), asked.binds() + 1);
    let bound = asked.bind_before(statement(sql), environment, before)?;
    let rows = bound.bind(ids).fetch_all(connection).await?;
    let read = |row: &sqlx::postgres::PgRow| -> Result<Verdict, sqlx::Error> {
        let refused = |from: usize, count: usize| -> Result<Vec<usize>, sqlx::Error> {
            let mut refused = Vec::new();
            for index in 0..count {
                if !row.try_get::<bool, _>(from + index)? {
                    refused.push(index);
                }
            }
            Ok(refused)
        };
        let masked = refused(3, table.masked.len())?;
        Ok(Verdict {
            id: row.try_get(0)?,
            may_insert: row.try_get(1)?,
            may_update: row.try_get(2)?,
            hidden: masked.into_iter().map(|index| table.masked[index]).collect(),
            broken: refused(3 + table.masked.len(), checks.rules.len())?,
        })
    };
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

/// Those of the ids that are no live row which this person may read.
///
/// # Errors
/// `unavailable` when the database is away.
pub(crate) async fn unreadable_parents(
    connection: &mut PgConnection,
    parents: &RowTable,
    environment: &Environment,
    ids: Vec<Uuid>,
) -> Result<HashSet<Uuid>, Failure> {
    let asked = &parents.reading;
    let ids_at = asked.binds() + 1;
    let sql = format!(
        "SELECT t.\"id\" FROM {} AS t JOIN {} ON v.\"id\" = t.\"id\" WHERE v.\"id\" = ANY(${ids_at}) \
         AND t.\"id\" = ANY(${ids_at}) AND v.\"c0\" AND NOT t.\"deleted\"",
        parents.current,
        asked.relation()
    );
    let rows = asked.bind(statement(sql), environment)?.bind(ids.clone()).fetch_all(connection).await?;
    let mut missing: HashSet<Uuid> = ids.into_iter().collect();
    for row in rows {
        missing.remove(&row.try_get::<Uuid, _>(0)?);
    }
    Ok(missing)
}

/// Those of the ids that a live row still refers to, with the name of its entity.
///
/// # Errors
/// `unavailable` when the database is away.
pub(crate) async fn referred_to(
    connection: &mut PgConnection,
    table: &RowTable,
    ids: Vec<Uuid>,
) -> Result<Vec<(Uuid, String)>, Failure> {
    if table.referrers.is_empty() {
        return Ok(Vec::new());
    }
    let branches = table.referrers.iter().enumerate().map(|(index, referrer)| {
        let (of, column) = (&referrer.table, &referrer.column);
        format!("SELECT DISTINCT \"{column}\", {index} FROM {of} WHERE \"{column}\" = ANY($1) AND NOT \"deleted\"")
    });
    let sql = branches.collect::<Vec<_>>().join(" UNION ALL ");
    let rows = statement(sql).bind(ids).fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let index: i32 = row.try_get(1)?;
            Ok((row.try_get(0)?, table.referrers[index.cast_unsigned() as usize].entity.clone()))
        })
        .collect()
}
