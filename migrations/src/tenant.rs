//! A company's schema in Postgres: the gate, its log, what clients pushed, the segment index, the model; and the
//! rights of the roles that a request takes on. Tables of the entities come from the model (`plan`, `ddl`).

mod database;
mod system;

pub use database::{FUNCTION_SCHEMA, database_setup};
pub use system::{create, drop, drop_roles};

use query_lang::{Identifier, TenantSchema};

/// The two roles of a tenant, which own nothing and cannot log in: a transaction takes one on by `SET LOCAL ROLE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roles {
    /// Reads and writes the tenant's rows; deletes none; of the gate it writes `seq` alone.
    pub write: Identifier,
    /// Reads, for queries and pulls in READ ONLY transactions.
    pub read: Identifier,
}

impl Roles {
    pub fn of(schema: &TenantSchema) -> Roles {
        let role = |suffix: &str| {
            Identifier::new(&format!("{}_{suffix}", schema.as_str()))
                .expect("a tenant's schema has at most 42 characters of a physical name")
        };
        Roles { write: role("w"), read: role("r") }
    }
}
