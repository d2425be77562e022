//! System tables by numbered migrations; a copy of the file is made before an existing one changes.

use super::open::{beside, folder};
use crate::StoreError;
use migrations::device::MIGRATIONS;
use rusqlite::{Connection, TransactionBehavior};
use std::fs;
use std::path::Path;

pub(super) fn migrate(connection: &mut Connection, file: &Path) -> Result<(), StoreError> {
    let version = version(connection)?;
    let newest = MIGRATIONS.last().map_or(0, |migration| migration.number);
    if version > newest {
        return Err(StoreError::Newer);
    }
    if version > 0 && version < newest {
        back_up(connection, file)?;
    }
    for migration in MIGRATIONS {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Read inside the transaction: another process may have been quicker.
        if self::version(&transaction)? < migration.number {
            transaction.execute_batch(migration.sql)?;
            transaction.pragma_update(None, "user_version", migration.number)?;
        }
        transaction.commit()?;
    }
    Ok(())
}

pub(super) fn is_newest(connection: &Connection) -> Result<bool, StoreError> {
    let newest = MIGRATIONS.last().map_or(0, |migration| migration.number);
    Ok(version(connection)? == newest)
}

fn version(connection: &Connection) -> Result<u32, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Copied under another name, checked, and only then put in the place of the copy before.
pub(super) fn back_up(connection: &Connection, file: &Path) -> Result<(), StoreError> {
    let (fresh, kept) = (beside(file, ".backup-new"), beside(file, ".backup"));
    connection.backup("main", &fresh, None)?;
    super::broken::check_pages(&Connection::open(&fresh)?)?;
    fs::rename(&fresh, &kept).map_err(|reason| folder("cannot keep the backup", &kept, reason))
}
