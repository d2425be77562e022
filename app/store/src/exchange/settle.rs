use super::inbox::{self, Refusal};
use crate::rows::version::{Insert, Version};
use crate::state::{self, json, parsed};
use crate::write::{known, pending_of, recompute, shadow};
use crate::{Store, StoreError};
use rusqlite::{Connection, TransactionBehavior, params};
use std::collections::BTreeMap;
use sync_protocol::limits::ACKNOWLEDGED_DAYS;
use sync_protocol::{Cursor, Mutation, Outcome, OutcomeKind};

const DAY_US: i64 = 86_400_000_000;

impl Store {
    /// Final outcomes of unsettled mutations, whole groups. A group that was applied is kept for
    /// [`ACKNOWLEDGED_DAYS`]; any other goes whole to the inbox and its rows show the server's values. An outcome of a
    /// number that is settled already changes nothing. A success whose seq the cursor has reached comes late: what was
    /// pulled since is newer and stands. `now`: microseconds UTC.
    pub fn settle(&mut self, outcomes: &[Outcome], now: i64) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let seen = state::get::<Cursor>(&transaction, state::CURSOR)?.map_or(0, |cursor| cursor.seq);
        for (_, group) in groups(&transaction, outcomes)? {
            let applied = group.iter().all(|refusal| refusal.outcome.is_success());
            for Refusal { mutation, .. } in &group {
                transaction.execute("DELETE FROM main.home_outbox WHERE no = ?1", [mutation.no as i64])?;
            }
            for Refusal { mutation, outcome } in &group {
                let table = known(&self.layout, &mutation.entity)?;
                let mut server = shadow(&transaction, &table.entity, mutation.id)?.flatten();
                if applied {
                    let is_late = seq_of(outcome).is_some_and(|seq| seq <= seen);
                    server = if is_late { server } else { taken_over(server, mutation, outcome) };
                    raise_bases(&transaction, mutation, outcome)?;
                }
                recompute(&transaction, table, mutation.id, server)?;
            }
            if applied { acknowledge(&transaction, &group, now)? } else { inbox::keep(&transaction, &group, now)? }
        }
        if let Some(last) = outcomes.iter().map(|outcome| outcome.no).max() {
            let before = state::get::<u64>(&transaction, state::ACKNOWLEDGED)?.unwrap_or(0);
            state::set(&transaction, state::ACKNOWLEDGED, &before.max(last))?;
        }
        transaction.commit()?;
        Ok(())
    }
}

/// The unsettled mutations that the outcomes name, by their groups.
fn groups(connection: &Connection, outcomes: &[Outcome]) -> Result<BTreeMap<i64, Vec<Refusal>>, StoreError> {
    let mut groups: BTreeMap<i64, Vec<Refusal>> = BTreeMap::new();
    let mut statement = connection.prepare("SELECT group_no, mutation FROM main.home_outbox WHERE no = ?1")?;
    for outcome in outcomes {
        let mut rows = statement.query([outcome.no as i64])?;
        if let Some(row) = rows.next()? {
            let mutation: Mutation = parsed(&row.get::<_, String>(1)?)?;
            let refusal = Refusal { mutation, outcome: outcome.kind.clone() };
            groups.entry(row.get(0)?).or_default().push(refusal);
        }
    }
    Ok(groups)
}

fn seq_of(outcome: &OutcomeKind) -> Option<u64> {
    match outcome {
        OutcomeKind::Applied { seq } | OutcomeKind::Merged { seq } | OutcomeKind::Duplicate { seq } => Some(*seq),
        _ => None,
    }
}

/// What the server has now, as far as the device can know. Its seq is taken only when the row was as the device saw
/// it: after a merge there are values that nobody here has seen, and the next pull brings them.
fn taken_over(server: Option<Version>, mutation: &Mutation, outcome: &OutcomeKind) -> Option<Version> {
    let mut version = match server {
        None if !mutation.is_insert() => return None,
        server => Version::after(server, mutation)?,
    };
    if let OutcomeKind::Applied { seq } = outcome {
        version.seq = *seq;
    }
    Some(version)
}

/// An own change that was applied counts as seen for the row's later changes.
fn raise_bases(connection: &Connection, settled: &Mutation, outcome: &OutcomeKind) -> Result<(), StoreError> {
    let OutcomeKind::Applied { seq } = outcome else { return Ok(()) };
    for later in pending_of(connection, &settled.entity, settled.id)? {
        if later.base != settled.base || later.no <= settled.no {
            continue;
        }
        let later = Mutation { base: *seq, ..later };
        connection.execute(
            "UPDATE main.home_outbox SET mutation = ?1 WHERE no = ?2",
            params![json(&later)?, later.no as i64],
        )?;
    }
    Ok(())
}

fn acknowledge(connection: &Connection, group: &[Refusal], now: i64) -> Result<(), StoreError> {
    let mutations: Vec<&Mutation> = group.iter().map(|refusal| &refusal.mutation).collect();
    connection
        .prepare_cached("INSERT INTO main.home_acknowledged (answered, mutations) VALUES (?1, ?2)")?
        .execute(params![now, json(&mutations)?])?;
    let oldest = now - i64::from(ACKNOWLEDGED_DAYS) * DAY_US;
    connection.prepare_cached("DELETE FROM main.home_acknowledged WHERE answered < ?1")?.execute([oldest])?;
    Ok(())
}
