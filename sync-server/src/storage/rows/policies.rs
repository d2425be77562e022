use crate::failure::Failure;
use crate::storage::executor::statement;
use crate::storage::rows::RowTables;
use migrations::Policy;
use query_lang::Catalogue;
use query_lang::catalogue::Rule;
use sqlx::{PgConnection, Row};
use std::collections::BTreeMap;

/// What a company wants to become of writes that break a rule, as its settings say at the time of a push.
#[derive(Debug, Clone, Default)]
pub(crate) struct Policies(BTreeMap<String, String>);

impl Policies {
    /// # Errors
    /// `unavailable` when the database is away.
    pub(crate) async fn read(
        connection: &mut PgConnection,
        tables: &RowTables,
        catalogue: &Catalogue,
    ) -> Result<Self, Failure> {
        let Some(sql) = settings_sql(tables, catalogue) else { return Ok(Policies::default()) };
        let keys: Vec<String> = tables.iter().flat_map(|table| table.policy_keys()).map(str::to_owned).collect();
        let rows = statement(sql).bind(keys).fetch_all(connection).await?;
        let settings = rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
        Ok(Policies(settings.collect::<Result<_, sqlx::Error>>()?))
    }

    pub(crate) fn forbid(&self, rule: &Rule) -> bool {
        Policy::of(rule, |key| self.0.get(key).cloned()) == Policy::Forbid
    }
}

/// None: the model has no settings.
fn settings_sql(tables: &RowTables, catalogue: &Catalogue) -> Option<String> {
    let (table, [key, value]) = tables.columns(catalogue, "Setting", ["Key", "Value"])?;
    let of = &table.current;
    Some(format!("SELECT \"{key}\", \"{value}\" FROM {of} WHERE \"{key}\" = ANY($1) AND NOT \"deleted\""))
}
