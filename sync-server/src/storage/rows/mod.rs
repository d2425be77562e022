//! The rows of a company's entities: read with what a person may do with them, written many at once, asked whether they
//! may stay as they were written.

mod asked;
mod checks;
mod clients;
mod dependencies;
mod load;
mod marks;
mod pages;
mod person;
mod policies;
mod roles;
mod savepoint;
mod settings;
mod table;
mod values;
mod violation;
mod write;

pub(crate) use checks::{Verdict, referred_to, unreadable_parents, verdicts};
pub(crate) use clients::{ClientState, StoredOutcome};
pub(crate) use load::load;
pub(crate) use marks::mark_at;
pub(crate) use pages::{Beginning, PageKey, SentRow, visible_ids, visible_rows};
pub(crate) use person::{environment_of, is_active};
pub(crate) use policies::Policies;
pub(crate) use roles::{overdue_roles, set_roles_active};
pub(crate) use savepoint::{begin_group, keep_group, undo_group};
pub(crate) use settings::{first_weekday, settings};
pub(crate) use table::RowTable;
pub(crate) use values::{bind_value, read_value};
pub(crate) use violation::{Violation, violation};
pub(crate) use write::write;

use crate::failure::Failure;
use crate::storage::rows::dependencies::Dependencies;
use crate::storage::rows::pages::PageKeys;
use query_lang::catalogue::Source;
use query_lang::{Catalogue, EntityId, TenantSchema};

/// Every entity of a tenant that has rows, ready to be read and written.
#[derive(Debug)]
pub struct RowTables {
    /// By entity id; None: its rows are on devices alone.
    tables: Vec<Option<RowTable>>,
    pub(crate) page_keys: PageKeys,
    pub(crate) dependencies: Dependencies,
}

impl RowTables {
    /// # Errors
    /// `internal`: a condition of the stored model does not compile.
    pub fn compile(schema: &TenantSchema, model: &migrations::Model, catalogue: &Catalogue) -> Result<Self, Failure> {
        let compile = |(id, entity): (EntityId, &query_lang::catalogue::Entity)| match entity.source {
            Source::Tenant => RowTable::compile(schema, model, catalogue, id).map(Some),
            Source::Signal => Ok(None),
        };
        let tables: Vec<Option<RowTable>> = catalogue.entities().map(compile).collect::<Result<_, _>>()?;
        let with_rows: Vec<&RowTable> = tables.iter().flatten().collect();
        let page_keys = PageKeys::compile(schema, catalogue, &with_rows)?;
        let dependencies = Dependencies::of(&with_rows);
        Ok(RowTables { tables, page_keys, dependencies })
    }

    pub(crate) fn table(&self, entity: EntityId) -> Option<&RowTable> {
        self.tables.get(entity.0 as usize)?.as_ref()
    }

    /// The table of an entity that a checked change named.
    pub(crate) fn known(&self, entity: EntityId) -> &RowTable {
        self.table(entity).expect("only entities with a table are named by checked changes and by relations of those")
    }

    /// A table of the standard model with the columns of these properties; None: this company's model has no such one.
    pub(crate) fn columns<const N: usize>(
        &self,
        catalogue: &Catalogue,
        entity: &str,
        properties: [&str; N],
    ) -> Option<(&RowTable, [&str; N])> {
        let id = catalogue.find(entity)?;
        let table = self.table(id)?;
        let mut columns = [""; N];
        for (name, property) in columns.iter_mut().zip(properties) {
            let (index, _) = catalogue.entity(id).property(property)?;
            *name = table.columns.iter().find(|column| column.property == index)?.name.as_str();
        }
        Some((table, columns))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &RowTable> {
        self.tables.iter().flatten()
    }
}
