//! After the server was restored from a backup: what it had taken over and no longer shows goes into the outbox again.

use crate::StoreError;
use crate::rows::{Layout, Version, version};
use crate::state::{json, parsed};
use crate::write::{enqueue, known, recompute, shadow};
use rusqlite::{Connection, params};
use std::collections::HashMap;
use sync_protocol::{Cell, Mutation, Operation};
use uuid::Uuid;

/// Of each row the last acknowledged value of each property, and whether its last acknowledged word was a delete.
#[derive(Default)]
struct Last {
    cells: HashMap<String, Cell>,
    deleted: bool,
}

/// Numbers of the former history mean nothing in the new one: the base of every mutation that waits becomes 0, so that the
/// server compares what they were made on, and whatever segment it had may be gone.
pub(super) fn forget_former_numbers(connection: &Connection) -> Result<(), StoreError> {
    let mut statement = connection.prepare("SELECT no, mutation FROM main.home_outbox")?;
    let waiting: Vec<(i64, String)> =
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    for (no, text) in waiting {
        let mutation = Mutation { base: 0, ..parsed(&text)? };
        connection.execute("UPDATE main.home_outbox SET mutation = ?1 WHERE no = ?2", params![json(&mutation)?, no])?;
    }
    connection.execute("UPDATE main.home_segment SET sent = 0 WHERE bytes IS NOT NULL", [])?;
    Ok(())
}

pub(super) fn offer_again(connection: &Connection, layout: &Layout) -> Result<(), StoreError> {
    let groups = acknowledged(connection)?;
    let mut last: HashMap<(String, Uuid), Last> = HashMap::new();
    for mutation in groups.iter().flat_map(|(_, group)| group) {
        let row = last.entry((mutation.entity.clone(), mutation.id)).or_default();
        row.cells.extend(mutation.set.clone());
        row.deleted = mutation.op == Operation::Delete;
    }
    for (no, group) in groups {
        let mut lost = Vec::new();
        for mutation in group {
            let server = server_version(connection, layout, &mutation)?;
            if let Some(last) = last.get(&(mutation.entity.clone(), mutation.id)) {
                lost.extend(without(server.as_ref(), mutation, last));
            }
        }
        if lost.is_empty() {
            continue;
        }
        connection.execute("DELETE FROM main.home_acknowledged WHERE no = ?1", [no])?;
        let rows: Vec<_> = lost.iter().map(|mutation| (mutation.entity.clone(), mutation.id)).collect();
        let mut servers = Vec::new();
        for mutation in &lost {
            servers.push(server_version(connection, layout, mutation)?);
        }
        enqueue(connection, lost)?;
        for ((entity, id), server) in rows.into_iter().zip(servers) {
            recompute(connection, known(layout, &entity)?, id, server)?;
        }
    }
    Ok(())
}

fn acknowledged(connection: &Connection) -> Result<Vec<(i64, Vec<Mutation>)>, StoreError> {
    let mut statement = connection.prepare("SELECT no, mutations FROM main.home_acknowledged ORDER BY no")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    rows.map(|row| {
        let (no, text) = row?;
        Ok((no, parsed(&text)?))
    })
    .collect()
}

fn server_version(
    connection: &Connection,
    layout: &Layout,
    mutation: &Mutation,
) -> Result<Option<Version>, StoreError> {
    let table = known(layout, &mutation.entity)?;
    match shadow(connection, &table.entity, mutation.id)? {
        Some(server) => Ok(server),
        None => version::read(connection, table, mutation.id),
    }
}

/// The mutation as it is offered again; None: the server shows what it did, or a later one did it over. Base 0 makes
/// the server compare `was`, because a restored server may have given the old number to something else.
fn without(server: Option<&Version>, mutation: Mutation, last: &Last) -> Option<Mutation> {
    let live = server.filter(|version| !version.deleted);
    match mutation.op {
        Operation::Delete => (last.deleted && live.is_some()).then_some(mutation),
        Operation::Restore => (!last.deleted && live.is_none()).then_some(mutation),
        Operation::Put if last.deleted => None,
        Operation::Put => match live {
            None => Some(Mutation { base: 0, ..mutation }),
            Some(row) => {
                let lost = |(property, cell): (&String, &Cell)| {
                    last.cells.get(property) == Some(cell) && row.cell(property) != *cell
                };
                mutation.set.iter().any(lost).then_some(Mutation { base: 0, ..mutation })
            }
        },
    }
}
