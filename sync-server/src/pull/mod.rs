//! Gives a device what changed since its cursor: the rows that the person may read, and the ids of those they no longer
//! may. Each page is one snapshot, read to the present head.

mod cursor;
mod page;

pub(crate) use cursor::check_cursor;

use crate::failure::Failure;
use crate::placement::{ModelSnapshot, Placement, Tenancy};
use crate::pull::page::{Found, Page, cell};
use crate::storage::rows::{self, Beginning, PageKey, RowTable, SentRow};
use crate::storage::{Head, read_transaction, segments};
use query_lang::{EntityId, Environment};
use sqlx::PgConnection;
use std::collections::HashMap;
use std::sync::Arc;
use sync_protocol::{Cursor, PagePosition, PullAnswer, PullRequest, Row, VisibleIds, limits};
use uuid::Uuid;

/// One page for the person `user`.
///
/// # Errors
/// `history_changed` and `resync_required` by the cursor; `bad_request` for more ids than may be asked for;
/// `unavailable` when the tenant has moved or the database is away.
pub async fn pull(
    tenancy: &Tenancy,
    placement: &Arc<Placement>,
    user: Uuid,
    request: &PullRequest,
) -> Result<PullAnswer, Failure> {
    if request.want.iter().map(|want| want.ids.len()).sum::<usize>() > limits::WANT_IDS_MAX {
        return Err(Failure::bad_request("The pull asks for more ids than one may. Ask for them in parts."));
    }
    let mut reading = read_transaction(placement).await?;
    let head = reading.head;
    let connection = reading.connection();
    check_cursor(connection, &placement.schema, &head, request.cursor.as_ref()).await?;
    let model = tenancy.model(placement, head.model_version, connection).await?;
    let environment = rows::environment_of(connection, &model, user).await?;
    let mut puller = Puller { model: &model, environment: &environment, connection };
    let mut page = Page::default();
    if request.after.is_none() {
        puller.add_wanted(&mut page, &request.want).await?;
    }
    puller.fill(&mut page, request).await?;
    let (mut visible, mut index_rows) = (Vec::new(), Vec::new());
    if page.next.is_none() {
        if let Some(cursor) = &request.cursor {
            visible = puller.reconsider(&mut page, cursor.seq).await?;
        }
        let since = request.cursor.map_or(0, |cursor| cursor.seq);
        index_rows = segments::since(puller.connection, &placement.schema, user, since).await?;
    }
    let cursor = cursor_at(puller.connection, placement, &head).await?;
    Ok(PullAnswer {
        tables: page.tables(&columns(&model)),
        gone: page.gone(),
        visible,
        segments: index_rows,
        next: page.next,
        cursor,
        model_version: model.version,
    })
}

async fn cursor_at(connection: &mut PgConnection, placement: &Placement, head: &Head) -> Result<Cursor, Failure> {
    let mark = rows::mark_at(connection, &placement.schema, head.seq).await?;
    let mark = mark.ok_or_else(|| Failure::internal("sync_log", "the head's seq has no mark"))?;
    Ok(Cursor { history_id: head.history_id, seq: head.seq, mark })
}

/// Property names of each entity's columns, in the order of a row's values.
fn columns(model: &ModelSnapshot) -> HashMap<String, Vec<String>> {
    let of = |table: &RowTable| {
        let entity = model.catalogue.entity(table.entity);
        let names = table.columns.iter().map(|column| entity.properties[column.property].name.clone()).collect();
        (entity.name.clone(), names)
    };
    model.rows.iter().map(of).collect()
}

struct Puller<'a> {
    model: &'a ModelSnapshot,
    environment: &'a Environment,
    connection: &'a mut PgConnection,
}

impl Puller<'_> {
    async fn add_wanted(&mut self, page: &mut Page, want: &[VisibleIds]) -> Result<(), Failure> {
        for VisibleIds { entity, ids } in want {
            let known = self.model.catalogue.find(entity).and_then(|id| self.model.rows.table(id));
            if let Some(table) = known {
                let rows = rows::visible_rows(self.connection, table, self.environment, Some(ids.clone())).await?;
                rows.into_iter().for_each(|row| page.add(self.name(table.entity), sent(row)));
            }
        }
        Ok(())
    }

    async fn fill(&mut self, page: &mut Page, request: &PullRequest) -> Result<(), Failure> {
        let from = self.beginning(request);
        let keys = &self.model.rows.page_keys;
        let mut found = keys.read(self.connection, self.environment, from, limits::PAGE_ROWS_MAX + 1).await?;
        let more = found.len() > limits::PAGE_ROWS_MAX;
        found.truncate(limits::PAGE_ROWS_MAX);
        let found = self.rows_of(&found).await?;
        page.fill(found, more);
        Ok(())
    }

    fn beginning(&self, request: &PullRequest) -> Beginning {
        let since = request.cursor.map_or(0, |cursor| cursor.seq);
        let place_of = |name: &str| {
            let names = self.model.rows.page_keys.entities.iter().map(|id| self.name(*id));
            names.take_while(|entity| *entity < name).count() as i32
        };
        let after = match &request.after {
            Some(after) => (after.seq, place_of(&after.entity), after.id),
            None => (since, i32::MAX, Uuid::max()),
        };
        Beginning { since, after, from_nothing: request.cursor.is_none() }
    }

    async fn rows_of(&mut self, keys: &[PageKey]) -> Result<Vec<Found>, Failure> {
        let entities = &self.model.rows.page_keys.entities;
        let mut rows = HashMap::<(EntityId, Uuid), SentRow>::new();
        for (place, entity) in entities.iter().enumerate() {
            let ids: Vec<Uuid> =
                keys.iter().filter(|key| key.visible && key.place == place).map(|key| key.id).collect();
            if !ids.is_empty() {
                let table = self.model.rows.known(*entity);
                let visible = rows::visible_rows(self.connection, table, self.environment, Some(ids)).await?;
                rows.extend(visible.into_iter().map(|row| ((*entity, row.id), row)));
            }
        }
        let found = |key: &PageKey| {
            let entity = entities[key.place];
            let position = PagePosition { seq: key.seq, entity: self.name(entity).to_owned(), id: key.id };
            Found { position, row: rows.remove(&(entity, key.id)).map(sent) }
        };
        Ok(keys.iter().map(found).collect())
    }

    /// Ids that are visible now, for entities whose visibility was changed from elsewhere. Where properties have a
    /// permission of their own the rows come whole: what was null may have a value now, and the other way round.
    async fn reconsider(&mut self, page: &mut Page, since: u64) -> Result<Vec<VisibleIds>, Failure> {
        let mut visible = Vec::new();
        for entity in self.model.rows.dependencies.changed(self.connection, since).await? {
            let table = self.model.rows.known(entity);
            let name = self.name(entity).to_owned();
            if !table.masked.is_empty() {
                let rows = rows::visible_rows(self.connection, table, self.environment, None).await?;
                rows.into_iter().filter(|row| row.seq <= since).for_each(|row| page.add(&name, sent(row)));
            }
            let ids = rows::visible_ids(self.connection, table, self.environment).await?;
            visible.push(VisibleIds { entity: name, ids });
        }
        Ok(visible)
    }

    fn name(&self, entity: EntityId) -> &str {
        &self.model.catalogue.entity(entity).name
    }
}

fn sent(row: SentRow) -> Row {
    Row { id: row.id, seq: row.seq, values: row.values.into_iter().map(cell).collect() }
}
