use rusqlite::ffi::SQLITE_IOERR_SHMSIZE;
use thiserror::Error;

/// Why the store did not do it. Nothing was written when one of these comes back.
#[derive(Debug, Error)]
pub enum StoreError {
    #[error("the disk is full: nothing was written; free some space and do it again")]
    DiskFull,
    #[error(
        "the file of this home is damaged ({0}): close Daybook and open it again, it will be set aside and repaired"
    )]
    Damaged(String),
    #[error("another process is writing to this home: try again in a moment")]
    Busy,
    #[error("the file of this home cannot be read or written ({0}): check the disk and the rights of the folder")]
    Disk(#[source] rusqlite::Error),
    #[error("{what} ({reason}): check the disk and the rights of the folder")]
    Folder { what: String, reason: std::io::Error },
    #[error("this home was written by a newer Daybook: install the newer version to open it")]
    Newer,
    #[error("there is nothing of your company in this home (any more): sync to fetch your company's data")]
    NoData,
    #[error(
        "the company's data model cannot be used here ({0}): update Daybook, or tell the person who keeps the model"
    )]
    Model(String),
    #[error("there is no entity {0}: use one of the model's names")]
    UnknownEntity(String),
    #[error("{entity} has no property {property} that can be written: use one of the model's names")]
    UnknownProperty { entity: String, property: String },
    #[error("{entity}.{property} cannot hold this value: {reason}")]
    BadValue { entity: String, property: String, reason: String },
    #[error("{entity}.{property} is required: give it a value")]
    Required { entity: String, property: String },
    #[error("another {entity} has this {property}: choose another one")]
    NotUnique { entity: String, property: String },
    #[error("this {0} is not here (any more): refresh the list and choose it again")]
    MissingRow(String),
    #[error("{entity}.{property} names a {parent} that is not here: choose another {parent}")]
    MissingParent { entity: String, property: String, parent: String },
    #[error("this {entity} is still used by a {by}: change or delete that one first")]
    StillReferenced { entity: String, by: String },
    #[error("you may not {verb} this {entity}: ask somebody who has the right")]
    Forbidden { entity: String, verb: &'static str },
    #[error("{message}")]
    Rule { code: String, message: String, properties: Vec<String> },
    #[error("one change may hold {max} rows: split it into smaller ones", max = sync_protocol::limits::GROUP_MUTATIONS_MAX)]
    TooManyChanges,
    #[error("one change may hold 1 MiB: split it into smaller ones, or shorten its texts")]
    ChangeTooLarge,
    #[error("one change names the same {0} twice: put both into one")]
    RowTwice(String),
    #[error("there is nothing to undo")]
    NothingToUndo,
    #[error("this cannot be undone: the {0} was changed again since")]
    ChangedSince(String),
    #[error("this cannot be undone yet: the {0} that was asked back has not come back; sync first")]
    NotBackYet(String),
    #[error("this entry is not in the inbox (any more): look at the inbox again")]
    NotInInbox,
    #[error("the query took longer than {seconds} s: narrow it, by days for example")]
    TooSlow { seconds: u64 },
    #[error("the query gives more than {rows} rows: narrow it, or use Take")]
    TooManyRows { rows: usize },
    #[error("the query was cancelled")]
    Cancelled,
    #[error(
        "the query was refused because it reads what it did not declare: this is a mistake of Daybook, please report it"
    )]
    NotAllowed,
    #[error("the server sent something that does not fit the data model ({0}): update Daybook, or tell the operator")]
    Foreign(String),
    #[error("segment {0} of this device is there already with other bytes: nothing was overwritten")]
    SegmentTaken(u64),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::*;
        match error.sqlite_error_code() {
            // A full disk has no room for the shared memory of the log either.
            _ if error.sqlite_error().is_some_and(|code| code.extended_code == SQLITE_IOERR_SHMSIZE) => {
                StoreError::DiskFull
            }
            // A home that cannot be written is not opened at all, unless its disk is full.
            Some(DiskFull | ReadOnly) => StoreError::DiskFull,
            Some(DatabaseCorrupt | NotADatabase) => StoreError::Damaged(error.to_string()),
            Some(DatabaseBusy | DatabaseLocked) => StoreError::Busy,
            Some(AuthorizationForStatementDenied) => StoreError::NotAllowed,
            _ => StoreError::Disk(error),
        }
    }
}
