//! Makes a company's schema in one transaction of the definition login: it is there whole or not at all.

use crate::clock::now_us;
use crate::random::{fresh_id, fresh_row_id};
use crate::storage::executor::{run_script, statement};
use crate::storage::insert::{InsertError, NewRows, Stamp, insert};
use migrations::model::STANDARD_ROLES;
use migrations::{Engine, Model, PlanError, ddl, plan, tenant};
use query_lang::{Catalogue, Identifier, TenantSchema, Value};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection};
use thiserror::Error;

#[derive(Debug, Error)]
pub enum ProvisionError {
    #[error(transparent)]
    Plan(#[from] PlanError),
    #[error("The standard model cannot be used: {0}")]
    Model(String),
    #[error(transparent)]
    Insert(#[from] InsertError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// What a new company's schema is to be.
#[derive(Debug, Clone)]
pub struct NewTenant {
    pub schema: TenantSchema,
    pub traffic_login: Identifier,
    pub epoch: i64,
}

/// Makes the schema with the standard model and its roles. Does nothing when the schema is there.
///
/// # Errors
/// What the database says; nothing is left behind then.
pub async fn create_schema(definition: &PgConnectOptions, new: &NewTenant) -> Result<(), ProvisionError> {
    let mut connection = definition.connect().await?;
    let there =
        statement("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1").bind(new.schema.as_str().to_owned());
    if there.fetch_optional(&mut connection).await?.is_none() {
        let mut transaction = connection.begin().await?;
        run_script(&mut transaction, "SET LOCAL search_path = ''").await?;
        create(&mut transaction, new).await?;
        transaction.commit().await?;
    }
    Ok(connection.close().await?)
}

async fn create(connection: &mut PgConnection, new: &NewTenant) -> Result<(), ProvisionError> {
    let model = Model::standard();
    for sql in tenant::create(&new.schema, &new.traffic_login) {
        run_script(connection, sql).await?;
    }
    let engine = Engine::Postgres(new.schema.clone());
    for step in plan(None, model)? {
        for sql in ddl(&step, &engine) {
            run_script(connection, sql).await?;
        }
    }
    let catalogue = migrations::catalogue(model)
        .map_err(|problems| ProvisionError::Model(problems.iter().map(ToString::to_string).collect()))?;
    let stamp = first_seq(connection, new, model).await?;
    first_rows(connection, &catalogue, &new.schema, stamp).await
}

/// The head, the model, and the log's first line.
async fn first_seq(connection: &mut PgConnection, new: &NewTenant, model: &Model) -> Result<Stamp, ProvisionError> {
    let schema = new.schema.as_str();
    let version = model.version.cast_signed();
    let text = model.text().map_err(|error| ProvisionError::Model(error.to_string()))?;
    let stamp = Stamp { seq: 1, at: now_us(), by: None };
    let head = statement(format!(
        "INSERT INTO \"{schema}\".sync_head (seq, min_seq, history_id, placement_epoch, model_version, state) \
         VALUES (1, 0, $1, $2, $3, 'active')"
    ));
    head.bind(fresh_id()).bind(new.epoch).bind(version).execute(&mut *connection).await?;
    let stored = statement(format!("INSERT INTO \"{schema}\".sync_model (version, text, at) VALUES ($1, $2, $3)"));
    stored.bind(version).bind(text).bind(stamp.at).execute(&mut *connection).await?;
    let log = statement(format!("INSERT INTO \"{schema}\".sync_log (seq, mark, at) VALUES (1, $1, $2)"));
    log.bind(fresh_id()).bind(stamp.at).execute(&mut *connection).await?;
    Ok(stamp)
}

/// The roles that rules and permissions of the standard model name.
async fn first_rows(
    connection: &mut PgConnection,
    catalogue: &Catalogue,
    schema: &TenantSchema,
    stamp: Stamp,
) -> Result<(), ProvisionError> {
    let text = |text: &str| Value::Text(text.to_owned());
    let rows = STANDARD_ROLES.iter().map(|role| (fresh_row_id(), vec![text(role.code), text(role.name)])).collect();
    let roles = NewRows { entity: "Role", properties: &["Code", "Name"], rows };
    Ok(insert(connection, catalogue, schema, stamp, &roles).await?)
}
