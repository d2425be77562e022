//! What the driver needs of the device's store. Each method is one transaction; nothing of it waits for the network.

use sync_protocol::{Cursor, Group, ModelAnswer, Outcome, PullAnswer, SegmentIndexRow, VisibleIds};
use uuid::Uuid;

/// The device's side of a sync.
pub trait Replica {
    type Error: std::error::Error + Send + Sync + 'static;

    fn standing(&self) -> Result<Standing, Self::Error>;

    /// The oldest unsettled groups in the order of their numbers, at most `groups_max` of them and about `bytes_max`
    /// bytes of JSON; always at least one if there is one. A group is never split.
    fn outbox(&self, groups_max: usize, bytes_max: usize) -> Result<Vec<Group>, Self::Error>;

    /// Final outcomes of the oldest unsettled mutations, whole groups, in their order. A success leaves the outbox and
    /// is kept for [`sync_protocol::limits::ACKNOWLEDGED_DAYS`]; anything else takes its whole group to the inbox with
    /// the person's values, and the row shows the server's values.
    ///
    /// Only `applied` raises the row's seq: after `merged` or `duplicate` the device has not seen the whole row of that
    /// seq, and a later edit that claimed so would overwrite what nobody here ever saw. For the same reason an edit of a
    /// row with pending changes keeps the base of the first of them. A success whose seq is not above the cursor's comes
    /// late (its answer was lost once): the pulled row is newer than it and stands as it is, or stays away.
    fn settle(&mut self, outcomes: &[Outcome]) -> Result<(), Self::Error>;

    /// Becomes another client for the server: unsettled mutations are numbered anew from 1, nothing is acknowledged.
    fn take_client(&mut self, client: Uuid) -> Result<(), Self::Error>;

    /// Applies the company's model to the tables and remembers its version.
    fn adopt_model(&mut self, model: &ModelAnswer) -> Result<(), Self::Error>;

    /// Empties the staging. The answer names this filling of it; it is never given twice and is told again as
    /// [`Standing::stage`].
    fn begin_pull(&mut self) -> Result<u64, Self::Error>;

    /// Adds a page to the staging, where nobody sees it: rows (the higher seq of one id wins), `gone` and segment index
    /// rows; what a later page says of an id replaces what an earlier one said. A `visible` list takes effect at once:
    /// rows of its entity that are held or staged now and not in it become `gone`; rows that come after it stay.
    fn stage(&mut self, page: &PullAnswer) -> Result<(), Self::Error>;

    /// Of the newest `visible` ids that were staged those that are neither staged nor (unless `whole`, which will drop what
    /// is only held) held.
    fn missing(&self, whole: bool) -> Result<Vec<VisibleIds>, Self::Error>;

    /// What publishing now would take away: live rows that are `gone` or (`whole`) not staged. Rows never pushed and
    /// rows with a pending change are not counted.
    fn deletions(&self, whole: bool) -> Result<Deletions, Self::Error>;

    /// Moves the staging into the rows, in one transaction with the new cursor; pending changes stay on top.
    fn publish(&mut self, publication: Publication) -> Result<(), Self::Error>;

    /// Finished segments that are here and not known to be on the server, those of one device together and by number.
    fn unsent_segments(&self) -> Result<Vec<UnsentSegment>, Self::Error>;

    fn segment(&self, device: Uuid, no: u64) -> Result<Vec<u8>, Self::Error>;

    /// The server has the device's segments with these numbers.
    fn mark_sent(&mut self, device: Uuid, numbers: &[u64]) -> Result<(), Self::Error>;

    /// Segments that the index names and this device does not hold, newest first.
    fn wanted_segments(&self) -> Result<Vec<SegmentIndexRow>, Self::Error>;

    /// Keeps fetched segments. One whose hash is not the index row's is not kept; the answer is how many were.
    fn hold_segments(&mut self, segments: Vec<FetchedSegment>) -> Result<usize, Self::Error>;
}

/// Where the device stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub client: Uuid,
    /// None: nothing was ever pulled.
    pub cursor: Option<Cursor>,
    /// Every mutation up to this number has its outcome on disk.
    pub acknowledged: u64,
    /// 0: no model yet.
    pub model_version: u64,
    /// The present filling of the staging; 0: never filled.
    pub stage: u64,
}

/// How a finished staging becomes rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Publication {
    pub cursor: Cursor,
    /// The staging holds everything that this person may see: a row that is not in it goes, unless it was never pushed
    /// or has a pending change (then the change alone is kept). False: the staging holds what changed.
    pub whole: bool,
    /// The server was restored: every acknowledged mutation that the staged rows no longer show is put into the outbox
    /// again (those that this device's own rows still show, and all of a row that is not there any more), and every segment
    /// that is here counts as unsent. Numbers of the former history mean nothing in the new one, so the base of every mutation
    /// in the outbox becomes 0. Comes with `whole`; [`Replica::take_client`] follows.
    pub restored: bool,
}

/// Live rows that publishing would take away, of the live rows held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Deletions {
    pub rows: usize,
    pub held: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsentSegment {
    /// Who recorded it: this device, one that it was before, or another one of the person.
    pub device: Uuid,
    pub no: u64,
    /// SHA-256 of the bytes, lower-case hexadecimal.
    pub sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchedSegment {
    pub device: Uuid,
    pub no: u64,
    pub bytes: Vec<u8>,
}
