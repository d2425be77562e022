//! Records the real windows of a display under a clock that shows another day and runs ahead with every look, so that a
//! test gets minutes of signals in seconds. Arguments: the home, and the instant of the first look (RFC 3339). Ends when
//! standard input ends.

use device::{Clock, Device, Outside};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

/// Microseconds between two readings of the clock. Two looks must lie less than a minute apart, else it would be sleep.
const STEP: i64 = 20_000_000;

struct Ahead(AtomicI64);

impl Clock for Ahead {
    fn now(&self) -> i64 {
        self.0.fetch_add(STEP, Ordering::Relaxed)
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let home = arguments.next().expect("the home");
    let begin: jiff::Timestamp = arguments.next().and_then(|text| text.parse().ok()).expect("the first instant");
    let clock = Arc::new(Ahead(AtomicI64::new(begin.as_microsecond())));
    let outside = Outside { clock, use_keystore: false, ..Outside::of_this_computer() };
    let device = Device::open(Path::new(&home), outside).expect("the home opens");
    let stopping = Arc::new(AtomicBool::new(false));
    let stopped = stopping.clone();
    std::thread::spawn(move || {
        drop(std::io::stdin().read_to_end(&mut Vec::new()));
        stopped.store(true, Ordering::Relaxed);
    });
    device.record(&|| stopping.load(Ordering::Relaxed), &|_| ()).expect("it records");
}
