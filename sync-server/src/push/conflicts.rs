//! A clash is kept where its author finds it again: a row of `Conflict` with the author's own values. The other side's
//! are read from the row itself, by permission.

use crate::placement::ModelSnapshot;
use crate::push::change::{May, Row};
use crate::push::plan::{Write, Writer};
use query_lang::Value;
use query_lang::catalogue::Entity;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use sync_protocol::{Cell, ConflictCode, Mutation, OutcomeKind, limits};
use uuid::Uuid;

/// The row for a mutation with this outcome; None for one that is no clash, or in a company without conflicts.
pub(crate) fn row_of(
    mutation: &Mutation,
    outcome: &OutcomeKind,
    client: Uuid,
    model: &ModelSnapshot,
    writer: Writer,
) -> Option<Write> {
    let OutcomeKind::Conflict { code: ConflictCode::Clash, properties } = outcome else { return None };
    let id = model.catalogue.find("Conflict")?;
    let entity = model.catalogue.entity(id);
    let clashing = model.catalogue.entity(model.catalogue.find(&mutation.entity)?);
    model.rows.table(id)?;
    let key = (id, id_of(client, mutation.no));
    let mut values = vec![Value::Null; entity.properties.len()];
    for (name, value) in [
        ("Id", Value::Guid(key.1)),
        ("Created", Value::DateTime(writer.now)),
        ("CreatedBy", Value::Guid(writer.user)),
        ("Updated", Value::DateTime(writer.now)),
        ("UpdatedBy", Value::Guid(writer.user)),
        ("Entity", Value::Text(clashing.name.clone())),
        ("Row", Value::Guid(mutation.id)),
        ("Properties", Value::Text(properties.join(", "))),
        ("Mine", Value::Text(mine(mutation, properties, clashing))),
        ("Author", Value::Guid(writer.user)),
        ("Resolved", Value::Bool(false)),
    ] {
        values[entity.property(name)?.0] = value;
    }
    let row = Row { seq: writer.seq, deleted: false, values, may: May::default(), own_base: None };
    Some(Write {
        key,
        row,
        before: None,
        inserted: true,
        edited: true,
        last_change: 0,
        references: Vec::new(),
        named: Vec::new(),
        revived: false,
    })
}

/// One conflict for one mutation, however often it is pushed.
fn id_of(client: Uuid, no: u64) -> Uuid {
    let hash = Sha256::new().chain_update(client.as_bytes()).chain_update(no.to_be_bytes()).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// The author's values as JSON, by the present names of the properties, whatever name the author's device used. What does
/// not fit into one text is in the inbox of that device alone.
fn mine(mutation: &Mutation, properties: &[String], entity: &Entity) -> String {
    let mut kept = BTreeMap::<&str, &Cell>::new();
    let mut text = "{}".to_owned();
    for (name, cell) in &mutation.set {
        let Some((_, property)) = entity.property(name).filter(|(_, property)| properties.contains(&property.name))
        else {
            continue;
        };
        let name = property.name.as_str();
        kept.insert(name, cell);
        match serde_json::to_string(&kept) {
            Ok(longer) if longer.len() <= limits::TEXT_BYTES_MAX => text = longer,
            _ => {
                kept.remove(name);
            }
        }
    }
    text
}
