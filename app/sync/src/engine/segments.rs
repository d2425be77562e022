//! Sealed segments: those that are only here go up by number, those of the person's other devices come down. Trouble here is told
//! and holds up nothing else.

use super::{Engine, SegmentTrouble};
use crate::CallError;
use crate::event::Effect;
use crate::replica::{FetchedSegment, UnsentSegment};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::{HashMap, VecDeque};
use sync_protocol::limits::{SEGMENT_BYTES_MAX, SEGMENTS_PER_FETCH_MAX};
use sync_protocol::{ErrorCode, SegmentFetch, SegmentFetchAnswer, SegmentIndexRow, SegmentList};
use uuid::Uuid;

#[derive(Debug, Default)]
pub(super) struct Transfer {
    unsent: VecDeque<UnsentSegment>,
    wanted: VecDeque<SegmentIndexRow>,
    asked: Vec<(Uuid, u64)>,
    arrived: usize,
    pub(super) trouble: Option<SegmentTrouble>,
    /// The server has no time for segments; when it wants to be asked again.
    pub(super) held_ms: Option<u64>,
}

impl Transfer {
    /// From a clash on the device's log here is another one than the server's: a later number would not continue that.
    fn part_at(&mut self, device: Uuid, no: u64) {
        self.unsent.retain(|segment| segment.device != device || segment.no < no);
        self.note(SegmentTrouble::Clash { device, no });
    }

    /// A clash is told before all else: somebody has to do something about it.
    fn note(&mut self, trouble: SegmentTrouble) {
        if !matches!(self.trouble, Some(SegmentTrouble::Clash { .. })) {
            self.trouble = Some(trouble);
        }
    }
}

impl Engine {
    pub(super) fn unsent(&mut self, unsent: Vec<UnsentSegment>) -> Effect {
        let present = self.present();
        if unsent.is_empty() || present.held_ms.is_some() {
            return Effect::ReadWanted;
        }
        present.transfer.unsent = unsent.into();
        self.put_next()
    }

    /// Before the first upload of a device it is asked once which of its numbers are there.
    pub(super) fn put_next(&mut self) -> Effect {
        let Some((device, no)) = self.next_unsent() else { return Effect::ReadWanted };
        if self.listed.contains(&device) { Effect::PutSegment { device, no } } else { Effect::ListSegments { device } }
    }

    fn next_unsent(&mut self) -> Option<(Uuid, u64)> {
        self.present().transfer.unsent.front().map(|segment| (segment.device, segment.no))
    }

    /// An upload that was cut goes on with what the server does not have.
    pub(super) fn segments_known(&mut self, list: &SegmentList) -> Effect {
        let Some((device, _)) = self.next_unsent() else { return self.restart() };
        self.listed.insert(device);
        let known: HashMap<u64, &str> = list.segments.iter().map(|row| (row.no, row.sha256.as_str())).collect();
        let transfer = &mut self.present().transfer;
        let is_there = |segment: &&UnsentSegment| segment.device == device && known.contains_key(&segment.no);
        let clash = transfer.unsent.iter().filter(is_there).find(|segment| known[&segment.no] != segment.sha256);
        if let Some(no) = clash.map(|clash| clash.no) {
            transfer.part_at(device, no);
        }
        let numbers: Vec<u64> = transfer.unsent.iter().filter(is_there).map(|segment| segment.no).collect();
        transfer.unsent.retain(|segment| segment.device != device || !numbers.contains(&segment.no));
        Effect::MarkSent { device, numbers }
    }

    pub(super) fn segment_put(&mut self, answer: Result<(), CallError>) -> Effect {
        let present = self.present();
        let Some(segment) = present.transfer.unsent.pop_front() else { return self.restart() };
        let error = match answer {
            Ok(()) => {
                present.counts.segments_sent += 1;
                return Effect::MarkSent { device: segment.device, numbers: vec![segment.no] };
            }
            Err(error) => error,
        };
        match (&error, error.code()) {
            (_, Some(ErrorCode::SegmentExists)) => {
                present.transfer.part_at(segment.device, segment.no);
                self.put_next()
            }
            (CallError::Refused { retry_after_ms, .. }, Some(ErrorCode::Unavailable)) => {
                present.transfer.held_ms = Some(retry_after_ms.unwrap_or_default());
                present.transfer.note(SegmentTrouble::Refused(error));
                Effect::ReadWanted
            }
            (_, Some(ErrorCode::Forbidden)) => {
                present.transfer.note(SegmentTrouble::Refused(error));
                Effect::ReadWanted
            }
            // This one will never be taken; the next one may be.
            (CallError::TooLarge { .. }, _) | (_, Some(ErrorCode::BadRequest | ErrorCode::TooLarge)) => {
                present.transfer.note(SegmentTrouble::Refused(error));
                self.put_next()
            }
            _ => {
                self.listed.clear();
                self.fail(error)
            }
        }
    }

    pub(super) fn wanted(&mut self, wanted: Vec<SegmentIndexRow>) -> Effect {
        self.present().transfer.wanted = wanted.into();
        self.fetch_next()
    }

    fn fetch_next(&mut self) -> Effect {
        let transfer = &mut self.present().transfer;
        transfer.asked.clear();
        let mut bytes = 0;
        while let Some(row) = transfer.wanted.front() {
            bytes += row.size;
            let full = transfer.asked.len() == SEGMENTS_PER_FETCH_MAX || bytes > SEGMENT_BYTES_MAX as u64;
            if full && !transfer.asked.is_empty() {
                break;
            }
            transfer.asked.push((row.device, row.no));
            transfer.wanted.pop_front();
        }
        if transfer.asked.is_empty() {
            return self.complete();
        }
        Effect::FetchSegments(SegmentFetch { segments: transfer.asked.clone() })
    }

    pub(super) fn segments_fetched(&mut self, answer: SegmentFetchAnswer) -> Effect {
        let transfer = &mut self.present().transfer;
        transfer.arrived = answer.segments.len();
        let asked = answer.segments.into_iter().filter(|(device, no, _)| transfer.asked.contains(&(*device, *no)));
        // Bytes that cannot be read are handed on as none: whoever holds segments sets this one aside, like any other bad one.
        let segments = asked.map(|(device, no, text)| {
            let bytes = STANDARD.decode(text).unwrap_or_default();
            FetchedSegment { device, no, bytes }
        });
        Effect::HoldSegments(segments.collect())
    }

    /// What the server refuses, for good or for now, holds up the segments and nothing else.
    pub(super) fn segments_failed(&mut self, error: CallError) -> Effect {
        let CallError::Refused { code, retry_after_ms, .. } = &error else { return self.fail(error) };
        if matches!(code, ErrorCode::SessionOver | ErrorCode::ProtocolTooOld) {
            return self.fail(error);
        }
        let transfer = &mut self.present().transfer;
        if *code == ErrorCode::Unavailable {
            transfer.held_ms = Some(retry_after_ms.unwrap_or_default());
        }
        transfer.unsent.clear();
        transfer.trouble.get_or_insert(SegmentTrouble::Refused(error));
        self.complete()
    }

    pub(super) fn segments_held(&mut self, kept: usize) -> Effect {
        let present = self.present();
        present.counts.segments_fetched += kept;
        let damaged = present.transfer.arrived.saturating_sub(kept);
        if damaged > 0 && present.transfer.trouble.is_none() {
            present.transfer.trouble = Some(SegmentTrouble::Damaged { count: damaged });
        }
        self.fetch_next()
    }
}
