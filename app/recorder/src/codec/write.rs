use std::collections::HashMap;

use super::{HEAD_BYTES, PLAIN, VERSION, ZSTD};
use crate::{Signal, State};

const ZSTD_LEVEL: i32 = 9;

/// The signals as bytes; windows first, then activities, each in the order given.
pub fn encode(signals: &[Signal]) -> Vec<u8> {
    let body = body(signals);
    let packed = zstd::bulk::compress(&body, ZSTD_LEVEL).ok().filter(|packed| packed.len() < body.len());
    let (method, payload) = packed.as_ref().map_or((PLAIN, &body), |packed| (ZSTD, packed));
    let mut bytes = Vec::with_capacity(HEAD_BYTES + payload.len());
    bytes.extend([VERSION, method]);
    bytes.extend((body.len() as u32).to_le_bytes());
    bytes.extend(payload);
    bytes
}

fn body(signals: &[Signal]) -> Vec<u8> {
    let mut texts = Texts::default();
    let mut windows = Columns::<3>::default();
    let mut activities = Columns::<1>::default();
    for signal in signals {
        match signal {
            Signal::ActiveWindow { begin, end, program, title, document } => {
                let document = document.as_deref().map_or(0, |document| texts.number(document) + 1);
                windows.push(*begin, *end, [texts.number(program), texts.number(title), document]);
            }
            Signal::Activity { begin, end, state } => activities.push(*begin, *end, [state.number()]),
        }
    }
    let mut body = Vec::new();
    texts.write(&mut body);
    windows.write(&mut body);
    activities.write(&mut body);
    body
}

#[derive(Default)]
struct Texts<'a> {
    numbers: HashMap<&'a str, u64>,
    ordered: Vec<&'a str>,
}

impl<'a> Texts<'a> {
    fn number(&mut self, text: &'a str) -> u64 {
        *self.numbers.entry(text).or_insert_with(|| {
            self.ordered.push(text);
            self.ordered.len() as u64 - 1
        })
    }

    fn write(&self, body: &mut Vec<u8>) {
        write_number(self.ordered.len() as u64, body);
        for text in &self.ordered {
            write_number(text.len() as u64, body);
            body.extend(text.as_bytes());
        }
    }
}

struct Columns<const N: usize> {
    begins: Vec<u8>,
    durations: Vec<u8>,
    others: [Vec<u8>; N],
    count: u64,
    last_end: i64,
}

impl<const N: usize> Default for Columns<N> {
    fn default() -> Self {
        Columns {
            begins: Vec::new(),
            durations: Vec::new(),
            others: std::array::from_fn(|_| Vec::new()),
            count: 0,
            last_end: 0,
        }
    }
}

impl<const N: usize> Columns<N> {
    fn push(&mut self, begin: i64, end: i64, values: [u64; N]) {
        write_number(zigzag(begin.wrapping_sub(self.last_end)), &mut self.begins);
        write_number(zigzag(end.wrapping_sub(begin)), &mut self.durations);
        for (column, value) in self.others.iter_mut().zip(values) {
            write_number(value, column);
        }
        self.count += 1;
        self.last_end = end;
    }

    fn write(&self, body: &mut Vec<u8>) {
        write_number(self.count, body);
        body.extend(&self.begins);
        body.extend(&self.durations);
        self.others.iter().for_each(|column| body.extend(column));
    }
}

impl State {
    fn number(self) -> u64 {
        match self {
            State::Active => 0,
            State::Idle => 1,
            State::Locked => 2,
            State::Asleep => 3,
        }
    }
}

fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

fn write_number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}
