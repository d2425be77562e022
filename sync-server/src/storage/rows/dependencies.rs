//! Which entities' visibility may have changed although their rows did not: a role was given, a department has another
//! lead.

use crate::failure::Failure;
use crate::storage::executor::statement;
use crate::storage::rows::table::RowTable;
use query_lang::EntityId;
use sqlx::{PgConnection, Row};
use std::collections::BTreeMap;

/// For each table that decides about others: the columns that are looked at, and whose visibility they decide.
#[derive(Debug, Default)]
pub(crate) struct Dependencies {
    looked_at: Vec<LookedAt>,
}

#[derive(Debug)]
struct LookedAt {
    current: String,
    history: String,
    columns: Vec<String>,
    decides: Vec<EntityId>,
}

impl Dependencies {
    pub(super) fn of(tables: &[&RowTable]) -> Self {
        let mut looked_at = BTreeMap::<(String, Vec<String>), Vec<EntityId>>::new();
        for table in tables {
            for (beside, columns) in table.reading.tables_beside(table.name.as_str(), &table.current) {
                let mut columns = columns.to_vec();
                columns.sort();
                looked_at.entry((beside.to_owned(), columns)).or_default().push(table.entity);
            }
        }
        let find = |name: &str| tables.iter().find(|table| table.name.as_str() == name);
        let entries = looked_at.into_iter().filter_map(|((name, columns), decides)| {
            let table = find(&name)?;
            let own = ["id", "seq", "deleted"];
            let columns = columns.into_iter().filter(|column| !own.contains(&column.as_str())).collect();
            Some(LookedAt { current: table.current.clone(), history: table.history.clone(), columns, decides })
        });
        Dependencies { looked_at: entries.collect() }
    }

    /// Entities whose visibility may have changed after `since`, beyond their own rows.
    ///
    /// # Errors
    /// `unavailable` when the database is away or too slow.
    pub(crate) async fn changed(&self, connection: &mut PgConnection, since: u64) -> Result<Vec<EntityId>, Failure> {
        if self.looked_at.is_empty() {
            return Ok(Vec::new());
        }
        let questions: Vec<String> = self.looked_at.iter().map(LookedAt::has_changed).collect();
        let sql = format!("SELECT {}", questions.join(", "));
        let row = statement(sql).bind(since.cast_signed()).fetch_one(connection).await?;
        let mut changed = Vec::new();
        for (index, looked_at) in self.looked_at.iter().enumerate() {
            if row.try_get::<bool, _>(index)? {
                changed.extend(&looked_at.decides);
            }
        }
        changed.sort();
        changed.dedup();
        Ok(changed)
    }
}

impl LookedAt {
    /// Is there a row that is not, in these columns, what it was at the cursor?
    fn has_changed(&self) -> String {
        let same = self.columns.iter().map(|column| format!(" AND h.\"{column}\" IS NOT DISTINCT FROM t.\"{column}\""));
        format!(
            "EXISTS (SELECT 1 FROM {} AS t WHERE t.\"seq\" > $1 AND NOT EXISTS (SELECT 1 FROM {} AS h \
             WHERE h.\"id\" = t.\"id\" AND h.\"seq\" <= $1 AND h.\"seq_to\" > $1 AND h.\"deleted\" = t.\"deleted\"{}))",
            self.current,
            self.history,
            same.collect::<String>()
        )
    }
}
