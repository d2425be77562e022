//! Everything that shapes a database: the standard model as data, the catalogue that the language reads, the planner
//! that turns a change of the model into DDL for both engines, and the system tables of device, control and tenant.
//! No I/O: it gives data and SQL text; `store` and `sync-server` run it.

pub mod control;
pub mod ddl;
pub mod device;
pub mod model;
pub mod saved;
pub mod tenant;

mod catalogue;
mod check;
mod physical;
mod plan;
mod policy;
mod week;

pub use catalogue::catalogue;
pub use check::{Problem, check};
pub use ddl::{Engine, ddl};
pub use model::Model;
pub use physical::{Column, Index, Storage, Table};
pub use plan::{PlanError, Step, plan};
pub use policy::Policy;
pub use week::{FIRST_DAY_OF_WEEK, first_weekday};

/// One numbered change of system tables: run once, in order, each in its own transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Migration {
    /// 1, 2, 3 ...
    pub number: u32,
    /// Several statements, separated by semicolons.
    pub sql: &'static str,
}
