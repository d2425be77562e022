//! A timesheet as it is shown.

use super::TIMESHEET;
use crate::ask::Cells;
use crate::moment::{SECOND_US, date_text, rfc3339};
use crate::view::{self, Named, TimesheetEntry};
use crate::{Device, DeviceError};
use query_lang::Value;
use uuid::Uuid;

/// The columns that [`Device::entry_of`] reads, of a range variable `T`.
const COLUMNS: &str = "Id = T.Id, Date = T.Date, Begin = T.Begin, End = T.End, UtcOffset = T.UtcOffset, \
    TimeZone = T.TimeZone, DurationOnly = T.DurationOnly, Description = T.Description, Location = T.Location, \
    HomeOffice = T.HomeOffice, Billable = T.Billable, \
    CustomerId = T.Project.Customer.Id, CustomerCode = T.Project.Customer.Code, \
    CustomerName = T.Project.Customer.Name, ProjectId = T.Project.Id, ProjectCode = T.Project.Code, \
    ProjectName = T.Project.Name, TaskId = T.Task.Id, TaskCode = T.Task.Code, TaskName = T.Task.Name";

impl Device {
    pub(crate) fn entry(&self, id: Uuid) -> Result<TimesheetEntry, DeviceError> {
        let found = self.entries("@id As Guid", "T.Id = @id", "T.Begin", &[("id", Value::Guid(id))])?;
        let missing = || DeviceError::unknown("this entry is not here (any more): look at the list again");
        found.into_iter().next().ok_or_else(missing)
    }

    /// Entries under a condition over `T`, in the order given.
    pub(super) fn entries(
        &self,
        declared: &str,
        condition: &str,
        order: &str,
        parameters: &[(&str, Value)],
    ) -> Result<Vec<TimesheetEntry>, DeviceError> {
        let declared = if declared.is_empty() { String::new() } else { format!("Parameters {declared} ") };
        let text =
            format!("{declared}From T In Timesheet Where {condition} Order By {order} Select New {{ {COLUMNS} }}");
        self.ask(&text, parameters)?.into_iter().map(|cells| self.entry_of(cells)).collect()
    }

    fn entry_of(&self, mut cells: Cells) -> Result<TimesheetEntry, DeviceError> {
        let id = cells.id().unwrap_or_default();
        let date = cells.integer().unwrap_or_default();
        let (begin, end) = (cells.integer().unwrap_or_default(), cells.integer());
        let offset = cells.integer().unwrap_or_default();
        let length = end.map(|end| end - begin);
        let store = self.store();
        let (waiting, refused) = (store.is_waiting(TIMESHEET, id)?, store.is_refused(TIMESHEET, id)?);
        drop(store);
        Ok(TimesheetEntry {
            id: id.hyphenated().to_string(),
            date: date_text(date as i32),
            begin: rfc3339(begin, offset),
            end: end.map(|end| rfc3339(end, offset)),
            duration: length.map(view::duration),
            seconds: length.map(|length| (length / SECOND_US) as i32),
            time_zone: cells.text().unwrap_or_default(),
            duration_only: cells.flag(),
            description: cells.text(),
            location: cells.text(),
            home_office: cells.flag(),
            billable: cells.flag(),
            customer: named(&mut cells),
            project: named(&mut cells),
            task: named(&mut cells),
            waiting,
            refused,
        })
    }
}

/// Always reads its three columns.
fn named(cells: &mut Cells) -> Option<Named> {
    let (id, code, name) = (cells.id(), cells.text(), cells.text());
    let id = id?.hyphenated().to_string();
    Some(Named { id, code: code.unwrap_or_default(), name: name.unwrap_or_default() })
}
