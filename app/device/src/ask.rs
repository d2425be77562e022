//! Queries of the device's own, in the same language and with the same permissions as the person's.

use crate::{Device, DeviceError, ErrorCode};
use query_lang::{Environment, Parameters, Target, Value};
use std::collections::BTreeMap;
use std::sync::MutexGuard;
use store::{Cancel, Limits, Reader, Record, Store, StoreError};
use uuid::Uuid;

/// One row of an answer, read column by column.
pub(crate) struct Cells(std::vec::IntoIter<Value>);

impl Device {
    pub(crate) fn store(&self) -> MutexGuard<'_, Store> {
        // A thread that panicked has rolled its transaction back; the store itself is whole.
        let mut store = self.store.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        store.write_again();
        store
    }

    /// A home without rows answers nothing: an empty answer would look like a company without work.
    ///
    /// # Errors
    /// As [`Device::needs_data`].
    pub(crate) fn reader(&self) -> Result<Reader, DeviceError> {
        self.needs_data()?;
        Ok(self.store().reader()?)
    }

    /// # Errors
    /// `not_signed_in` before the first sign-in; `no_data` before the first pull, and after a broken file was replaced until
    /// the next one.
    pub(crate) fn needs_data(&self) -> Result<(), DeviceError> {
        if self.store().has_data()? {
            return Ok(());
        }
        self.kept_account()?;
        Err(StoreError::NoData.into())
    }

    pub(crate) fn now(&self) -> i64 {
        self.outside.clock.now()
    }

    /// # Errors
    /// `not_signed_in` before the first sign-in.
    pub(crate) fn environment(&self) -> Result<Environment, DeviceError> {
        let user = self.kept_account()?.user_id;
        let first_weekday = self.store().first_weekday()?;
        Ok(Environment { user, now: self.now(), zone: self.outside.zone.clone(), first_weekday })
    }

    /// A mistake in a text of the device's own is a mistake of this program.
    pub(crate) fn ask(&self, text: &str, parameters: &[(&str, Value)]) -> Result<Vec<Cells>, DeviceError> {
        let environment = self.environment()?;
        let reader = self.reader()?;
        let ours = |problem: &query_lang::Diagnostic| DeviceError::new(ErrorCode::Ours, format!("{problem} ({text})"));
        let compiled = self
            .plans
            .compile(text, &reader.catalogue, &Target::Sqlite)
            .map_err(|problems| problems.first().map_or_else(|| DeviceError::new(ErrorCode::Ours, text), ours))?;
        let parameters: Parameters =
            parameters.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect::<BTreeMap<_, _>>();
        let binds = compiled.bind(&environment, &parameters).map_err(|problem| ours(&problem))?;
        let rows = reader.select(&compiled, &binds, &[], Limits::default(), &Cancel::default())?;
        Ok(rows.into_iter().map(|row| Cells(row.into_iter())).collect())
    }

    /// The person's own row of `User`.
    pub(crate) fn person(&self) -> Result<Record, DeviceError> {
        let user = self.kept_account()?.user_id;
        Ok(self.store().record("User", user)?.ok_or(StoreError::NoData)?)
    }

    /// Microseconds after midnight at which the person's day begins.
    pub(crate) fn day_start(&self) -> Result<i64, DeviceError> {
        match self.person()?.get("DayStart") {
            Some(Value::Time(start)) => Ok(*start),
            _ => Ok(0),
        }
    }

    /// The day that the person lives now.
    pub(crate) fn today(&self) -> Result<i32, DeviceError> {
        let now = self.now();
        let offset = crate::moment::offset_minutes(&self.outside.zone, now);
        Ok(crate::moment::day_of(now, offset, self.day_start()?))
    }

    /// A version 7 id: made here, ordered by time, proves nothing.
    pub(crate) fn new_id(&self) -> Uuid {
        let mut random = [0; 10];
        self.outside.randomness.fill(&mut random);
        let milliseconds = u64::try_from(self.now() / 1_000).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid()
    }
}

impl Cells {
    pub(crate) fn value(&mut self) -> Value {
        self.0.next().unwrap_or(Value::Null)
    }

    pub(crate) fn text(&mut self) -> Option<String> {
        match self.value() {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn id(&mut self) -> Option<Uuid> {
        match self.value() {
            Value::Guid(id) => Some(id),
            _ => None,
        }
    }

    pub(crate) fn integer(&mut self) -> Option<i64> {
        match self.value() {
            Value::Int(value) | Value::DateTime(value) | Value::Duration(value) | Value::Time(value) => Some(value),
            Value::Date(days) => Some(i64::from(days)),
            _ => None,
        }
    }

    pub(crate) fn flag(&mut self) -> bool {
        self.value() == Value::Bool(true)
    }
}
