use crate::CallError;
use reqwest::Response;
use std::time::Duration;
use sync_protocol::HeadEvent;

/// The server sends a sign of life at least every 30 seconds.
const SILENCE_MAX: Duration = Duration::from_secs(75);
/// An event is a few dozen bytes.
const EVENT_BYTES_MAX: usize = 16 * 1024;

/// Server-sent events, each the number of a new head.
#[derive(Debug)]
pub struct Heads {
    origin: String,
    response: Response,
    lines: Lines,
}

impl Heads {
    pub(super) fn new(origin: String, response: Response) -> Self {
        Heads { origin, response, lines: Lines::default() }
    }

    /// Waits for the next head. None: the server closed the stream; dial again. Cancel-safe: nothing is lost when the
    /// wait is dropped.
    pub async fn next(&mut self) -> Result<Option<HeadEvent>, CallError> {
        loop {
            if let Some(event) = self.lines.event().map_err(|reason| self.malformed(reason))? {
                return Ok(Some(event));
            }
            match tokio::time::timeout(SILENCE_MAX, self.response.chunk()).await {
                Err(_) => return Err(self.unreachable("no sign of life".to_owned())),
                Ok(Err(error)) => return Err(self.unreachable(super::deepest(&error))),
                Ok(Ok(None)) => return Ok(None),
                Ok(Ok(Some(chunk))) => self.lines.add(&chunk).map_err(|reason| self.malformed(reason))?,
            }
        }
    }

    fn unreachable(&self, reason: String) -> CallError {
        CallError::Unreachable { origin: self.origin.clone(), reason }
    }

    fn malformed(&self, reason: &str) -> CallError {
        CallError::Malformed { origin: self.origin.clone(), reason: reason.to_owned() }
    }
}

/// Bytes of the stream that are not yet an event.
#[derive(Debug, Default)]
struct Lines {
    pending: Vec<u8>,
}

impl Lines {
    fn add(&mut self, bytes: &[u8]) -> Result<(), &'static str> {
        if self.pending.len() + bytes.len() > EVENT_BYTES_MAX {
            return Err("an event that is too long");
        }
        self.pending.extend_from_slice(bytes);
        Ok(())
    }

    /// The next whole `data:` line. Comments, names and ids of events say nothing here.
    fn event(&mut self) -> Result<Option<HeadEvent>, &'static str> {
        while let Some(end) = self.pending.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.pending.drain(..=end).collect();
            if let Some(data) = line.strip_prefix(b"data:") {
                return serde_json::from_slice(data).map(Some).map_err(|_| "an event that is no head");
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read_wherever_the_stream_is_cut() {
        let stream = b": hello\n\ndata: {\"seq\":7}\n\nevent: head\r\ndata:{\"seq\":8}\r\n\r\n";
        for cut in 0..stream.len() {
            let mut lines = Lines::default();
            let mut seqs = Vec::new();
            for part in [&stream[..cut], &stream[cut..]] {
                lines.add(part).expect("a short part");
                while let Some(event) = lines.event().expect("a head") {
                    seqs.push(event.seq);
                }
            }
            assert_eq!(seqs, [7, 8], "cut at {cut}");
        }
    }

    #[test]
    fn a_stream_that_is_no_stream_of_heads_is_refused() {
        let mut lines = Lines::default();
        assert!(lines.add(&vec![b'x'; EVENT_BYTES_MAX + 1]).is_err());
        lines.add(b"data: hello\n").expect("a short line");
        assert!(lines.event().is_err());
    }
}
