use crate::timesheet::seconds;
use crate::view::{Opening, Status};
use crate::{Device, DeviceError};

impl Device {
    /// What is running, is all safe? Also answers before the first sign-in.
    pub fn status(&self) -> Result<Status, DeviceError> {
        let account = self.account()?;
        let has_data = account.is_some() && self.store().has_data()?;
        let (running, today) =
            if has_data { (self.running()?, self.list(None, None)?) } else { (Vec::new(), Vec::new()) };
        Ok(Status {
            account,
            has_data,
            running,
            today_seconds: seconds(&today),
            sync: self.sync_state()?,
            signals: self.recording_state()?,
        })
    }

    /// Status and this week at once.
    pub fn opening(&self) -> Result<Opening, DeviceError> {
        let status = self.status()?;
        let week = if status.has_data { Some(self.week(None)?) } else { None };
        Ok(Opening { status, week })
    }
}
