//! The only place of the server that knows SQL.

pub mod control;
mod databases;
pub(crate) mod executor;
pub mod model;
pub mod segments;
mod transaction;

pub use databases::{DatabaseAddress, Databases, pool};
pub use transaction::{Head, ReadTransaction, WriteTransaction, read_transaction, write_transaction};
