//! The only SQLite of the application: a home's rows, outbox, inbox, staging and sealed signals in one file, one write
//! path, and queries on a connection that can do nothing but read.
//!
//! Clock and randomness come in as arguments; nothing here waits for the network.

mod company;
mod error;
mod exchange;
mod home;
mod record;
mod rows;
mod select;
mod signals;
mod state;
mod write;

pub use error::StoreError;
pub use exchange::{Deletions, InboxEntry, Publication, Refusal, Standing};
pub use home::Opened;
pub use record::{Field, Record};
pub use rows::{cell, value};
pub use select::{Cancel, Limits, PlanLine, Reader, SignalTable};
pub use signals::{Kept, NewSegment, OpenHour, SegmentKey, Unsent};
pub use write::{Action, Change, Undone, Warning, Written};

use home::Presence;
use migrations::Model;
use query_lang::Catalogue;
use rows::Layout;
use rusqlite::{Connection, TransactionBehavior};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::path::PathBuf;
use std::sync::Arc;

/// One home's file: one company, one person.
#[derive(Debug)]
pub struct Store {
    file: PathBuf,
    connection: Connection,
    layout: Arc<Layout>,
    catalogue: Arc<Catalogue>,
    /// None before the first sign-in.
    model: Option<Arc<Model>>,
    model_version: u64,
    /// Opened on a full disk: it can be read alone.
    is_unwritten: bool,
    _presence: Presence,
}

impl Store {
    /// What the language knows of the company; empty before the first sign-in.
    pub fn catalogue(&self) -> Arc<Catalogue> {
        self.catalogue.clone()
    }

    pub fn model(&self) -> Option<Arc<Model>> {
        self.model.clone()
    }

    /// 0: no model yet.
    pub fn model_version(&self) -> u64 {
        self.model_version
    }

    /// A small fact of the home under the caller's own name; None: never set.
    pub fn setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        state::get(&self.connection, &owned(name))
    }

    pub fn set_setting<T: Serialize>(&mut self, name: &str, value: &T) -> Result<(), StoreError> {
        state::set(&self.connection, &owned(name), value)
    }

    /// Several facts that belong together: all of them change or none, and no other process changes them meanwhile.
    pub fn change_settings<T>(
        &mut self,
        change: impl FnOnce(&mut Settings<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let changed = change(&mut Settings(&transaction))?;
        transaction.commit()?;
        Ok(changed)
    }

    /// Whether this file took the place of a damaged one and nobody has drawn their conclusions yet: what was made last may be
    /// missing, also of what other computers have seen.
    pub fn is_mended(&self) -> Result<bool, StoreError> {
        Ok(state::get(&self.connection, state::MENDED)?.unwrap_or(false))
    }

    pub fn forget_mended(&mut self) -> Result<(), StoreError> {
        state::forget(&self.connection, state::MENDED)
    }

    pub fn forget_setting(&mut self, name: &str) -> Result<(), StoreError> {
        state::forget(&self.connection, &owned(name))
    }
}

/// The small facts of a home while some of them change together.
pub struct Settings<'a>(&'a Connection);

impl Settings<'_> {
    pub fn get<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        state::get(self.0, &owned(name))
    }

    pub fn set<T: Serialize>(&mut self, name: &str, value: &T) -> Result<(), StoreError> {
        state::set(self.0, &owned(name), value)
    }
}

/// The caller's names cannot meet the store's own.
fn owned(name: &str) -> String {
    format!("app.{name}")
}
