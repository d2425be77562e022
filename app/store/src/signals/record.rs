use crate::{Store, StoreError};
use rusqlite::{TransactionBehavior, params};

/// An hour of this device that is no segment yet. An hour has several of these when its recorder was started again: the
/// new one cannot read what the old one sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenHour {
    /// What its records are appended under.
    pub no: u64,
    /// Hours since 1970-01-01 UTC.
    pub hour: i64,
    /// The hour's key, sealed to the person.
    pub sealed_key: Vec<u8>,
}

impl Store {
    /// Keeps the sealed key of an hour that begins; on the disk before its first record.
    pub fn begin_hour(&mut self, hour: i64, sealed_key: &[u8]) -> Result<u64, StoreError> {
        self.connection
            .prepare_cached("INSERT INTO main.home_hour (hour, sealed_key) VALUES (?1, ?2)")?
            .execute(params![hour, sealed_key])?;
        Ok(self.connection.last_insert_rowid() as u64)
    }

    /// Appends a batch of sealed records, the first at `position`; when this has answered the batch is on the disk.
    pub fn append_records(&mut self, hour_no: u64, position: u64, records: &[&[u8]]) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut insert = transaction
            .prepare_cached("INSERT INTO main.home_record (hour_no, position, bytes) VALUES (?1, ?2, ?3)")?;
        for (index, record) in records.iter().enumerate() {
            insert.execute(params![hour_no as i64, (position + index as u64) as i64, record])?;
        }
        drop(insert);
        transaction.commit()?;
        Ok(())
    }

    /// Hours that are no segment yet, the oldest first.
    pub fn open_hours(&self) -> Result<Vec<OpenHour>, StoreError> {
        let sql = "SELECT no, hour, sealed_key FROM main.home_hour ORDER BY hour, no";
        let mut statement = self.connection.prepare_cached(sql)?;
        let hours = statement.query_map([], |row| {
            Ok(OpenHour { no: row.get::<_, i64>(0)? as u64, hour: row.get(1)?, sealed_key: row.get(2)? })
        })?;
        Ok(hours.collect::<Result<_, _>>()?)
    }

    /// Position and bytes of an open hour's records, in their order.
    pub fn records(&self, hour_no: u64) -> Result<Vec<(u64, Vec<u8>)>, StoreError> {
        let sql = "SELECT position, bytes FROM main.home_record WHERE hour_no = ?1 ORDER BY position";
        let mut statement = self.connection.prepare_cached(sql)?;
        let records = statement.query_map([hour_no as i64], |row| Ok((row.get::<_, i64>(0)? as u64, row.get(1)?)))?;
        Ok(records.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Store, StoreError};

    #[test]
    fn a_full_disk_is_one_sentence_and_no_half_batch_is_left() {
        let folder = tempfile::TempDir::new().unwrap();
        let mut store = Store::open(folder.path(), 0).unwrap().store;
        let hour = store.begin_hour(490_000, b"key").unwrap();
        store.append_records(hour, 0, &[b"before"]).unwrap();
        let pages: u32 = store.connection.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        store.connection.pragma_update(None, "max_page_count", pages + 1).unwrap();
        let long = vec![1; 3_000];
        let batch: Vec<&[u8]> = std::iter::repeat_n(long.as_slice(), 20).collect();
        let error = store.append_records(hour, 1, &batch).unwrap_err();
        assert!(matches!(error, StoreError::DiskFull));
        assert!(error.to_string().starts_with("the disk is full: nothing was written"));
        assert_eq!(store.records(hour).unwrap().len(), 1);
    }
}
