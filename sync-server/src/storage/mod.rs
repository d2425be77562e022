//! The only place of the server that knows SQL.

pub mod control;
mod databases;
pub(crate) mod executor;
pub mod insert;
pub mod model;
pub mod provision;
pub mod rows;
pub mod segments;
pub mod select;
pub mod setup;
mod transaction;

pub use databases::{DatabaseAddress, Databases, pool};
pub use transaction::{Head, ReadTransaction, WriteTransaction, read_transaction, write_transaction};
