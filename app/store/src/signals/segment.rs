use crate::rows::cell::uuid_sql;
use crate::{Store, StoreError};
use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use sync_protocol::SegmentIndexRow;
use uuid::Uuid;

/// A finished segment of this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSegment {
    pub device: Uuid,
    /// Dense per device, starting at 1.
    pub no: u64,
    /// Hours since 1970-01-01 UTC.
    pub hour: i64,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
    pub bytes: Vec<u8>,
}

/// A segment's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SegmentKey {
    pub device: Uuid,
    pub no: u64,
}

/// A segment whose bytes are here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub key: SegmentKey,
    pub bytes: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsent {
    pub key: SegmentKey,
    pub sha256: String,
}

impl Store {
    /// Number and hash of the last segment of a device that is known here.
    pub fn last_segment(&self, device: Uuid) -> Result<Option<(u64, String)>, StoreError> {
        let sql = "SELECT no, sha256 FROM main.home_segment WHERE device = ?1 ORDER BY no DESC LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let last = statement
            .query_row([uuid_sql(device)], |row| Ok((row.get::<_, i64>(0)? as u64, row.get(1)?)))
            .optional()?;
        Ok(last)
    }

    /// Puts a finished segment in the place of the open hours that are in it, in one transaction: number and final bytes
    /// are on the disk before anything is sent.
    pub fn close_hours(&mut self, segment: &NewSegment, hours: &[u64]) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        insert(&transaction, segment)?;
        for no in hours {
            transaction.execute("DELETE FROM main.home_record WHERE hour_no = ?1", [*no as i64])?;
            transaction.execute("DELETE FROM main.home_hour WHERE no = ?1", [*no as i64])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Puts a segment that says the same under another number in the place of one whose number the server gave to other
    /// bytes. `there`: what the server has under it, which from now on is wanted here.
    pub fn replace_segment(
        &mut self,
        clashing: SegmentKey,
        segment: &NewSegment,
        there: Option<&SegmentIndexRow>,
    ) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        insert(&transaction, segment)?;
        let place = params![uuid_sql(clashing.device), clashing.no as i64];
        transaction.execute("DELETE FROM main.home_segment WHERE device = ?1 AND no = ?2", place)?;
        if let Some(there) = there {
            index_segment(&transaction, there)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Of every device whose segments are here, by device and number.
    pub fn unsent_segments(&self) -> Result<Vec<Unsent>, StoreError> {
        let sql = "SELECT device, no, sha256 FROM main.home_segment WHERE sent = 0 AND bytes IS NOT NULL \
                   ORDER BY device, no";
        let mut statement = self.connection.prepare_cached(sql)?;
        let unsent = statement.query_map([], |row| {
            let key = SegmentKey { device: row.get(0)?, no: row.get::<_, i64>(1)? as u64 };
            Ok(Unsent { key, sha256: row.get(2)? })
        })?;
        Ok(unsent.collect::<Result<_, _>>()?)
    }

    /// None: the bytes are not here.
    pub fn segment(&self, key: SegmentKey) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT bytes FROM main.home_segment WHERE device = ?1 AND no = ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let bytes = statement.query_row(params![uuid_sql(key.device), key.no as i64], |row| row.get(0)).optional()?;
        Ok(bytes.flatten())
    }

    /// SHA-256 of a segment that the server has. Of one that is only here it may have other bytes.
    pub fn indexed_hash(&self, key: SegmentKey) -> Result<Option<String>, StoreError> {
        let sql = "SELECT sha256 FROM main.home_segment WHERE device = ?1 AND no = ?2 AND sent = 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row(params![uuid_sql(key.device), key.no as i64], |row| row.get(0)).optional()?)
    }

    pub fn mark_sent(&mut self, device: Uuid, numbers: &[u64]) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for no in numbers {
            transaction
                .prepare_cached("UPDATE main.home_segment SET sent = 1 WHERE device = ?1 AND no = ?2")?
                .execute(params![uuid_sql(device), *no as i64])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Segments that the index names and whose bytes are not here, the newest first.
    pub fn wanted_segments(&self) -> Result<Vec<SegmentIndexRow>, StoreError> {
        let sql = "SELECT device, no, size, sha256 FROM main.home_segment WHERE bytes IS NULL ORDER BY no DESC, device";
        let mut statement = self.connection.prepare_cached(sql)?;
        let wanted = statement.query_map([], |row: &Row<'_>| {
            Ok(SegmentIndexRow {
                device: row.get(0)?,
                no: row.get::<_, i64>(1)? as u64,
                size: row.get::<_, i64>(2)? as u64,
                sha256: row.get(3)?,
                seq: 0,
            })
        })?;
        Ok(wanted.collect::<Result<_, _>>()?)
    }

    /// Keeps the bytes of an indexed segment, checked by the caller. False: the index does not name it, or they are here.
    pub fn hold_segment(&mut self, key: SegmentKey, hour: i64, bytes: &[u8]) -> Result<bool, StoreError> {
        let held = self
            .connection
            .prepare_cached(
                "UPDATE main.home_segment SET bytes = ?4, hour = ?3 \
                 WHERE device = ?1 AND no = ?2 AND bytes IS NULL AND size = length(?4)",
            )?
            .execute(params![uuid_sql(key.device), key.no as i64, hour, bytes])?;
        Ok(held == 1)
    }

    /// Segments of these hours (since 1970-01-01 UTC, `to` excluded) whose bytes are here, by device and number.
    pub fn segments_between(&self, from: i64, to: i64) -> Result<Vec<Kept>, StoreError> {
        let sql = "SELECT device, no, bytes FROM main.home_segment \
                   WHERE hour >= ?1 AND hour < ?2 AND bytes IS NOT NULL ORDER BY device, no";
        let mut statement = self.connection.prepare_cached(sql)?;
        let kept = statement.query_map([from, to], |row| {
            let key = SegmentKey { device: row.get(0)?, no: row.get::<_, i64>(1)? as u64 };
            Ok(Kept { key, bytes: row.get(2)? })
        })?;
        Ok(kept.collect::<Result<_, _>>()?)
    }
}

fn insert(connection: &Connection, segment: &NewSegment) -> Result<(), StoreError> {
    let written = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO main.home_segment (device, no, hour, size, sha256, bytes, sent) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)",
        )?
        .execute(params![
            uuid_sql(segment.device),
            segment.no as i64,
            segment.hour,
            segment.bytes.len() as i64,
            segment.sha256,
            segment.bytes
        ])?;
    if written == 0 { Err(StoreError::SegmentTaken(segment.no)) } else { Ok(()) }
}

/// A segment that the server knows; for one that is here it means that it has arrived there.
pub(crate) fn index_segment(connection: &Connection, segment: &SegmentIndexRow) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO main.home_segment (device, no, size, sha256, sent) VALUES (?1, ?2, ?3, ?4, 1) \
             ON CONFLICT (device, no) DO UPDATE SET sent = 1 WHERE sha256 = excluded.sha256",
        )?
        .execute(params![uuid_sql(segment.device), segment.no as i64, segment.size as i64, segment.sha256])?;
    Ok(())
}
