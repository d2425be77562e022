use crate::push::Write;
use crate::storage::executor::{Statement, statement};
use crate::storage::rows::table::RowTable;
use crate::storage::rows::values::{array_type, bind_column};
use query_lang::functions::fold;
use query_lang::{Type, Value};
use sqlx::PgConnection;

/// Writes the new versions of one entity's rows under `seq`: one statement for the new rows, one for the changed ones.
/// `as_tombstones` writes each as deleted, so that no unique index looks at it.
///
/// # Errors
/// What a constraint or the database says; the transaction is then to be rolled back to its savepoint.
pub(crate) async fn write(
    connection: &mut PgConnection,
    table: &RowTable,
    writes: &[&Write],
    seq: u64,
    as_tombstones: bool,
) -> Result<(), sqlx::Error> {
    let (inserted, updated): (Vec<&Write>, Vec<&Write>) = writes.iter().partition(|write| write.inserted);
    for (rows, sql) in [(inserted, insert_sql(table)), (updated, update_sql(table))] {
        if !rows.is_empty() {
            let deleted: Vec<bool> = rows.iter().map(|write| write.row.deleted || as_tombstones).collect();
            let bound = statement(sql).bind(seq.cast_signed()).bind(deleted);
            bind_rows(bound, table, &rows).execute(&mut *connection).await?;
        }
    }
    Ok(())
}

fn bind_rows(mut statement: Statement, table: &RowTable, rows: &[&Write]) -> Statement {
    for column in &table.columns {
        let values = || rows.iter().map(|write| &write.row.values[column.property]);
        statement = bind_column(statement, column.kind, values());
        if column.fold.is_some() {
            let folded: Vec<Value> = values().map(folded).collect();
            statement = bind_column(statement, Type::Text, folded.iter());
        }
    }
    statement
}

fn folded(value: &Value) -> Value {
    match value {
        Value::Text(text) => Value::Text(fold(text)),
        _ => Value::Null,
    }
}

/// `$1` is the seq, `$2` the tombstones, then one array a column.
fn insert_sql(table: &RowTable) -> String {
    let names: Vec<String> = written(table).map(|(name, _)| format!("\"{name}\"")).collect();
    format!(
        "INSERT INTO {} (\"seq\", \"deleted\", {}) SELECT $1, u.* FROM unnest($2::boolean[], {}) AS u",
        table.current,
        names.join(", "),
        arrays(table)
    )
}

fn update_sql(table: &RowTable) -> String {
    let columns: Vec<(&str, Type)> = written(table).collect();
    let named: Vec<String> = columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let assigned: Vec<String> = columns
        .iter()
        .filter(|(name, _)| *name != "id")
        .map(|(name, _)| format!("\"{name}\" = u.\"{name}\""))
        .collect();
    format!(
        "UPDATE {} AS t SET \"seq\" = $1, \"deleted\" = u.\"deleted\", {} FROM unnest($2::boolean[], {}) \
         AS u(\"deleted\", {}) WHERE t.\"id\" = u.\"id\"",
        table.current,
        assigned.join(", "),
        arrays(table),
        named.join(", ")
    )
}

fn arrays(table: &RowTable) -> String {
    let arrays = written(table).enumerate().map(|(index, (_, kind))| format!("${}::{}", index + 3, array_type(kind)));
    arrays.collect::<Vec<_>>().join(", ")
}

/// Every column that a write fills, in the order of its binds.
fn written(table: &RowTable) -> impl Iterator<Item = (&str, Type)> {
    table.columns.iter().flat_map(|column| {
        let fold = column.fold.as_ref().map(|fold| (fold.as_str(), Type::Text));
        std::iter::once((column.name.as_str(), column.kind)).chain(fold)
    })
}
