//! The row of `Conflict` that the server made of a clash. When its author has decided about the entry of the inbox, the row
//! says so, by a change like any other.

use super::Refusal;
use crate::StoreError;
use crate::rows::cell::uuid_sql;
use crate::state::parsed;
use crate::write::{Action, Change, Writing};
use query_lang::Value;
use rusqlite::params;
use std::collections::BTreeMap;
use sync_protocol::{Cell, ConflictCode, Mutation, OutcomeKind};
use uuid::Uuid;

const CONFLICT: &str = "Conflict";
const RESOLVED: &str = "Resolved";

/// Changes that call the open conflicts of these refusals resolved. A conflict is known by the values that it keeps: its id
/// is made of the name that this device had when it pushed, which it may have changed since.
pub(super) fn resolved(writing: &Writing<'_>, refusals: &[Refusal]) -> Result<Vec<Change>, StoreError> {
    let mut changes = Vec::new();
    for Refusal { mutation, outcome } in refusals {
        if matches!(outcome, OutcomeKind::Conflict { code: ConflictCode::Clash, .. }) {
            for id in open(writing, mutation)? {
                let set = BTreeMap::from([(RESOLVED.to_owned(), Value::Bool(true))]);
                changes.push(Change { entity: CONFLICT.to_owned(), id, action: Action::Update(set) });
            }
        }
    }
    Ok(changes)
}

/// None in a company whose model has no conflicts.
fn open(writing: &Writing<'_>, mutation: &Mutation) -> Result<Vec<Uuid>, StoreError> {
    let columns = writing.layout.table(CONFLICT).and_then(|table| {
        let [entity, row, author, mine, resolved] = ["Entity", "Row", "Author", "Mine", RESOLVED]
            .map(|property| table.column(property).map(|column| column.name.as_str()));
        Some((&table.name, entity?, row?, author?, mine?, resolved?))
    });
    let Some((table, entity, row, author, mine, resolved)) = columns else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT id, \"{mine}\" FROM main.\"{table}\" WHERE \"{entity}\" = ?1 AND \"{row}\" = ?2 AND \"{author}\" = ?3 \
         AND \"{resolved}\" = 0 AND deleted = 0"
    );
    let mut statement = writing.transaction.prepare_cached(&sql)?;
    let keys = params![mutation.entity, uuid_sql(mutation.id), uuid_sql(writing.environment.user)];
    let found = statement.query_map(keys, |row| Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, String>(1)?)))?;
    let mut open = Vec::new();
    for conflict in found {
        let (id, mine) = conflict?;
        if holds(mutation, &mine) {
            open.push(Uuid::from_bytes(id));
        }
    }
    Ok(open)
}

fn holds(mutation: &Mutation, mine: &str) -> bool {
    let kept: BTreeMap<String, Cell> = parsed(mine).unwrap_or_default();
    kept.iter().all(|(property, cell)| mutation.set.get(property) == Some(cell))
}
