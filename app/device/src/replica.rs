//! The store as the sync engine sees it. The store is locked for each step alone, so that the person goes on working.

use crate::Device;
use store::{SegmentKey, StoreError};
use sync::{Deletions, FetchedSegment, Publication, Replica, Standing, UnsentSegment};
use sync_protocol::{Group, ModelAnswer, Outcome, PullAnswer, SegmentIndexRow, VisibleIds};
use uuid::Uuid;

pub(crate) struct HomeReplica<'a> {
    pub(crate) device: &'a Device,
    /// What a pull would take away is offered to the server again.
    pub(crate) keeps_rows: bool,
    /// Whether that happened.
    pub(crate) were_kept: &'a mut bool,
}

impl Replica for HomeReplica<'_> {
    type Error = StoreError;

    fn standing(&self) -> Result<Standing, StoreError> {
        let fresh = self.device.random_id();
        let mut store = self.device.store();
        let standing = match store.standing()? {
            Some(standing) => standing,
            None => {
                store.take_client(fresh)?;
                store.standing()?.ok_or(StoreError::NoData)?
            }
        };
        Ok(Standing {
            client: standing.client,
            cursor: standing.cursor,
            acknowledged: standing.acknowledged,
            model_version: standing.model_version,
            stage: standing.stage,
        })
    }

    fn outbox(&self, groups_max: usize, bytes_max: usize) -> Result<Vec<Group>, StoreError> {
        self.device.store().outbox(groups_max, bytes_max)
    }

    fn settle(&mut self, outcomes: &[Outcome]) -> Result<(), StoreError> {
        let now = self.device.now();
        self.device.store().settle(outcomes, now)
    }

    fn take_client(&mut self, client: Uuid) -> Result<(), StoreError> {
        self.device.store().take_client(client)
    }

    fn adopt_model(&mut self, model: &ModelAnswer) -> Result<(), StoreError> {
        self.device.store().adopt_model(model)
    }

    fn begin_pull(&mut self) -> Result<u64, StoreError> {
        self.device.store().begin_pull()
    }

    fn stage(&mut self, page: &PullAnswer) -> Result<(), StoreError> {
        self.device.store().stage(page)
    }

    fn missing(&self, whole: bool) -> Result<Vec<VisibleIds>, StoreError> {
        self.device.store().missing(whole)
    }

    fn deletions(&self, whole: bool) -> Result<Deletions, StoreError> {
        let found = self.device.store().deletions(whole)?;
        Ok(Deletions { rows: found.rows, held: found.held })
    }

    fn publish(&mut self, publication: Publication) -> Result<(), StoreError> {
        let Publication { cursor, whole, restored } = publication;
        let now = self.device.now();
        let publication = store::Publication { cursor, whole, restored, now };
        let mut store = self.device.store();
        if !self.keeps_rows {
            return store.publish(&publication);
        }
        *self.were_kept |= store.publish_keeping_rows(&publication)?;
        Ok(())
    }

    fn unsent_segments(&self) -> Result<Vec<UnsentSegment>, StoreError> {
        self.device.sendable_segments()
    }

    fn segment(&self, device: Uuid, no: u64) -> Result<Vec<u8>, StoreError> {
        let bytes = self.device.store().segment(SegmentKey { device, no })?;
        bytes.ok_or_else(|| StoreError::Damaged(format!("segment {no}")))
    }

    fn mark_sent(&mut self, device: Uuid, numbers: &[u64]) -> Result<(), StoreError> {
        self.device.store().mark_sent(device, numbers)
    }

    fn wanted_segments(&self) -> Result<Vec<SegmentIndexRow>, StoreError> {
        self.device.readable_segments()
    }

    fn hold_segments(&mut self, segments: Vec<FetchedSegment>) -> Result<usize, StoreError> {
        self.device.hold_segments(segments)
    }
}
