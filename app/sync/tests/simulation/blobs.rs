//! The server's sealed segments.

use crate::device::sha256;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeMap;
use sync_protocol::{SegmentFetch, SegmentFetchAnswer, SegmentIndexRow, SegmentList};
use uuid::Uuid;

#[derive(Debug, Clone, Default)]
pub(crate) struct Blobs {
    there: BTreeMap<(Uuid, u64), (String, SegmentIndexRow, Vec<u8>)>,
}

impl Blobs {
    /// Whether the number is free or holds these bytes.
    pub(crate) fn put(&mut self, owner: &str, device: Uuid, no: u64, bytes: Vec<u8>, seq: u64) -> bool {
        let row = SegmentIndexRow { device, no, size: bytes.len() as u64, sha256: sha256(&bytes), seq };
        let there = self.there.entry((device, no)).or_insert((owner.to_owned(), row, bytes.clone()));
        there.2 == bytes
    }

    pub(crate) fn list(&self, device: Uuid) -> SegmentList {
        let own = self.there.values().filter(|blob| blob.1.device == device);
        SegmentList { segments: own.map(|blob| blob.1.clone()).collect() }
    }

    pub(crate) fn since(&self, owner: &str, seq: u64) -> Vec<SegmentIndexRow> {
        self.there.values().filter(|blob| blob.0 == owner && blob.1.seq > seq).map(|blob| blob.1.clone()).collect()
    }

    pub(crate) fn fetch(&self, request: &SegmentFetch) -> SegmentFetchAnswer {
        let found = request.segments.iter().filter_map(|name| self.there.get(name));
        let text = |(_, row, bytes): &(String, SegmentIndexRow, Vec<u8>)| (row.device, row.no, STANDARD.encode(bytes));
        SegmentFetchAnswer { segments: found.map(text).collect() }
    }
}
