use std::borrow::Cow;

use super::{HEAD_BYTES, PLAIN, RECORDS_BYTES_MAX, SIGNALS_MAX, TEXT_BYTES_MAX, VERSION, ZSTD};
use crate::{Signal, State};

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    #[error("Signals were written by a newer Daybook. Update this computer's Daybook.")]
    Newer,
    #[error("A record of signals is damaged and is left out.")]
    Malformed,
    #[error("A record of signals is larger than any that Daybook writes and is left out.")]
    TooLarge,
}

/// Reads what [`crate::encode`] wrote: windows first, then activities.
pub fn decode(bytes: &[u8]) -> Result<Vec<Signal>, DecodeError> {
    let body = body(bytes)?;
    let mut reader = Reader(&body);
    let texts = reader.texts()?;
    let mut signals = Vec::new();
    reader.windows(&texts, &mut signals)?;
    reader.activities(&mut signals)?;
    if reader.0.is_empty() { Ok(signals) } else { Err(DecodeError::Malformed) }
}

fn body(bytes: &[u8]) -> Result<Cow<'_, [u8]>, DecodeError> {
    let (head, payload) = bytes.split_first_chunk::<HEAD_BYTES>().ok_or(DecodeError::Malformed)?;
    let [version, method, length @ ..] = *head;
    match version {
        VERSION => {}
        0 => return Err(DecodeError::Malformed),
        _ => return Err(DecodeError::Newer),
    }
    let length = u32::from_le_bytes(length) as usize;
    if length > RECORDS_BYTES_MAX {
        return Err(DecodeError::TooLarge);
    }
    let body = match method {
        PLAIN => Cow::Borrowed(payload),
        ZSTD => Cow::Owned(zstd::bulk::decompress(payload, length).map_err(|_| DecodeError::Malformed)?),
        _ => return Err(DecodeError::Newer),
    };
    if body.len() == length { Ok(body) } else { Err(DecodeError::Malformed) }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn number(&mut self) -> Result<u64, DecodeError> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first().ok_or(DecodeError::Malformed)?;
            self.0 = rest;
            let bits = u64::from(byte & 0x7f);
            if bits << shift >> shift != bits {
                return Err(DecodeError::Malformed);
            }
            number |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(DecodeError::Malformed)
    }

    /// A count of things that take at least a byte each: a lie about it costs no memory.
    fn count(&mut self, limit: usize) -> Result<usize, DecodeError> {
        let count = usize::try_from(self.number()?).map_err(|_| DecodeError::TooLarge)?;
        if count > limit {
            return Err(DecodeError::TooLarge);
        }
        if count > self.0.len() { Err(DecodeError::Malformed) } else { Ok(count) }
    }

    fn texts(&mut self) -> Result<Vec<&'a str>, DecodeError> {
        let count = self.count(3 * SIGNALS_MAX)?;
        (0..count)
            .map(|_| {
                let length = self.count(TEXT_BYTES_MAX)?;
                let (text, rest) = self.0.split_at(length);
                self.0 = rest;
                std::str::from_utf8(text).map_err(|_| DecodeError::Malformed)
            })
            .collect()
    }

    fn column(&mut self, count: usize) -> Result<Vec<u64>, DecodeError> {
        (0..count).map(|_| self.number()).collect()
    }

    /// Begin and end of each; times outside the range of microseconds in 64 bits are no times.
    fn times(&mut self, count: usize) -> Result<Vec<(i64, i64)>, DecodeError> {
        let (begins, durations) = (self.column(count)?, self.column(count)?);
        let mut last_end = 0_i64;
        let mut times = Vec::with_capacity(count);
        for (begin, duration) in begins.into_iter().zip(durations) {
            let begin = last_end.checked_add(unzigzag(begin)).ok_or(DecodeError::Malformed)?;
            last_end = begin.checked_add(unzigzag(duration)).ok_or(DecodeError::Malformed)?;
            if last_end < begin {
                return Err(DecodeError::Malformed);
            }
            times.push((begin, last_end));
        }
        Ok(times)
    }

    fn windows(&mut self, texts: &[&str], signals: &mut Vec<Signal>) -> Result<(), DecodeError> {
        let count = self.count(SIGNALS_MAX)?;
        let times = self.times(count)?;
        let (programs, titles, documents) = (self.column(count)?, self.column(count)?, self.column(count)?);
        let text = |number: u64| {
            let index = usize::try_from(number).map_err(|_| DecodeError::Malformed)?;
            texts.get(index).map(|text| (*text).to_owned()).ok_or(DecodeError::Malformed)
        };
        for (index, (begin, end)) in times.into_iter().enumerate() {
            signals.push(Signal::ActiveWindow {
                begin,
                end,
                program: text(programs[index])?,
                title: text(titles[index])?,
                document: documents[index].checked_sub(1).map(text).transpose()?,
            });
        }
        Ok(())
    }

    fn activities(&mut self, signals: &mut Vec<Signal>) -> Result<(), DecodeError> {
        let count = self.count(SIGNALS_MAX)?;
        let times = self.times(count)?;
        for ((begin, end), state) in times.into_iter().zip(self.column(count)?) {
            signals.push(Signal::Activity { begin, end, state: state_of(state)? });
        }
        Ok(())
    }
}

fn state_of(number: u64) -> Result<State, DecodeError> {
    match number {
        0 => Ok(State::Active),
        1 => Ok(State::Idle),
        2 => Ok(State::Locked),
        3 => Ok(State::Asleep),
        _ => Err(DecodeError::Malformed),
    }
}

fn unzigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}
