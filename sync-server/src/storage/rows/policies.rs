use crate::failure::Failure;
use crate::storage::rows::{RowTables, settings};
use migrations::Policy;
use query_lang::Catalogue;
use query_lang::catalogue::Rule;
use sqlx::PgConnection;
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
        let keys = tables.iter().flat_map(|table| table.policy_keys()).map(str::to_owned).collect();
        Ok(Policies(settings(connection, tables, catalogue, keys).await?))
    }

    pub(crate) fn forbid(&self, rule: &Rule) -> bool {
        Policy::of(rule, |key| self.0.get(key).cloned()) == Policy::Forbid
    }
}
