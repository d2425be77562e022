use crate::rows::Layout;
use crate::write::{known, pending_rows, recompute, shadow};
use crate::{Store, StoreError};
use migrations::{Engine, Model};
use query_lang::Catalogue;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::sync::Arc;
use sync_protocol::ModelAnswer;

impl Store {
    /// Gives the tables the shape of the company's model, in one transaction.
    pub fn adopt_model(&mut self, answer: &ModelAnswer) -> Result<(), StoreError> {
        let to = read_model(&answer.model)?;
        let catalogue = catalogue(&to)?;
        let steps =
            migrations::plan(self.model.as_deref(), &to).map_err(|error| StoreError::Model(error.to_string()))?;
        if self.model.is_some() && !steps.is_empty() {
            self.back_up()?;
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for statement in steps.iter().flat_map(|step| migrations::ddl(step, &Engine::Sqlite)) {
            transaction.execute_batch(&statement)?;
        }
        transaction.execute("DELETE FROM main.home_model", [])?;
        transaction.execute(
            "INSERT INTO main.home_model (version, text) VALUES (?1, ?2)",
            params![answer.model_version as i64, answer.model],
        )?;
        let layout = Layout::new(&to);
        if self.model.is_none() {
            show_pending(&transaction, &layout)?;
        }
        transaction.commit()?;
        self.layout = Arc::new(layout);
        self.catalogue = Arc::new(catalogue);
        self.model_version = answer.model_version;
        self.model = Some(Arc::new(to));
        Ok(())
    }
}

/// A home that was repaired has unsettled changes and no rows yet.
fn show_pending(connection: &Connection, layout: &Layout) -> Result<(), StoreError> {
    for (entity, id) in pending_rows(connection)? {
        let table = known(layout, &entity)?;
        let server = shadow(connection, &table.entity, id)?.flatten();
        recompute(connection, table, id, server)?;
    }
    Ok(())
}

/// The model that the file was made for, as it was kept.
pub(crate) fn held_model(connection: &Connection) -> Result<Option<ModelAnswer>, StoreError> {
    let sql = "SELECT version, text FROM main.home_model ORDER BY version DESC LIMIT 1";
    let row = connection
        .query_row(sql, [], |row| Ok(ModelAnswer { model_version: row.get::<_, i64>(0)? as u64, model: row.get(1)? }))
        .optional()?;
    Ok(row)
}

pub(crate) fn read_model(text: &str) -> Result<Model, StoreError> {
    Model::read(text).map_err(|error| StoreError::Model(error.to_string()))
}

pub(crate) fn catalogue(model: &Model) -> Result<Catalogue, StoreError> {
    migrations::catalogue(model)
        .map_err(|problems| StoreError::Model(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")))
}
