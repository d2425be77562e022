use crate::timesheet::seconds;
use crate::view::Status;
use crate::{Device, DeviceError};

impl Device {
    /// What is running, is all safe? Also answers before the first sign-in.
    pub fn status(&self) -> Result<Status, DeviceError> {
        let account = self.account()?;
        let has_rows = account.is_some() && self.store().has_data()?;
        let (running, today) =
            if has_rows { (self.running()?, self.list(None, None)?) } else { (Vec::new(), Vec::new()) };
        Ok(Status {
            account,
            running,
            today_seconds: seconds(&today),
            sync: self.sync_state()?,
            signals: self.recording_state()?,
        })
    }
}
