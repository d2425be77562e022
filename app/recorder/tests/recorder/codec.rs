use proptest::prelude::*;
use recorder::{DecodeError, RECORDS_BYTES_MAX, Signal, State, decode, encode};

fn an_hour() -> Vec<Signal> {
    let begin = 1_764_000_000_000_000;
    let window = |from: i64, to: i64, program: &str, title: &str, document: Option<&str>| Signal::ActiveWindow {
        begin: begin + from,
        end: begin + to,
        program: program.to_owned(),
        title: title.to_owned(),
        document: document.map(str::to_owned),
    };
    let activity = |from, to, state| Signal::Activity { begin: begin + from, end: begin + to, state };
    vec![
        window(0, 61_000_000, "Code", "main.rs - daybook", Some("/srv/files/daybook/src/main.rs")),
        window(61_000_000, 90_500_123, "Firefox", "Ärzte im Netz 日本", None),
        window(90_500_123, 300_000_000, "Code", "main.rs - daybook", None),
        activity(0, 300_000_000, State::Active),
        activity(300_000_000, 900_000_000, State::Idle),
        activity(900_000_000, 901_000_000, State::Locked),
        activity(901_000_000, 3_000_000_000, State::Asleep),
    ]
}

fn frozen(text: &str) -> Vec<u8> {
    hex::decode(text.split_whitespace().collect::<String>()).unwrap()
}

/// Written by a second implementation from the description of the format.
#[test]
fn the_frozen_records_are_still_read() {
    for text in [include_str!("../../vectors/record-1.hex"), include_str!("../../vectors/record-1-zstd.hex")] {
        assert_eq!(decode(&frozen(text)).unwrap(), an_hour());
    }
}

#[test]
fn a_single_signal_is_written_as_it_was_frozen() {
    let written = encode(&an_hour()[3..4]);
    assert_eq!(written, frozen(include_str!("../../vectors/record-1-single.hex")));
}

#[test]
fn an_hour_comes_back_and_one_signal_too() {
    assert_eq!(decode(&encode(&an_hour())).unwrap(), an_hour());
    for signal in an_hour() {
        assert_eq!(decode(&encode(std::slice::from_ref(&signal))).unwrap(), [signal]);
    }
    assert_eq!(decode(&encode(&[])).unwrap(), []);
}

#[test]
fn a_busy_hour_stays_below_the_smallest_bucket() {
    let busy: Vec<Signal> = (0..300)
        .map(|index: i64| Signal::ActiveWindow {
            begin: 1_764_000_000_000_000 + index * 12_000_000 + index % 7 * 1_000,
            end: 1_764_000_000_000_000 + (index + 1) * 12_000_000 + (index + 1) % 7 * 1_000,
            program: format!("Program {}", index % 9),
            title: format!("document {} - Program {}", index * 7 % 60, index % 9),
            document: None,
        })
        .collect();
    let size = encode(&busy).len();
    assert!(size < 4088, "{size} bytes");
}

#[test]
fn newer_cut_and_oversized_records_are_refused() {
    let bytes = encode(&an_hour());
    assert_eq!(decode(&[2, 0, 0, 0, 0, 0]), Err(DecodeError::Newer));
    assert_eq!(decode(&[1, 9, 0, 0, 0, 0]), Err(DecodeError::Newer));
    for length in 0..bytes.len() {
        assert!(decode(&bytes[..length]).is_err(), "cut at {length}");
    }
    assert!(decode(&[bytes.as_slice(), &[0]].concat()).is_err());
    let claims = (RECORDS_BYTES_MAX as u32 + 1).to_le_bytes();
    assert_eq!(decode(&[&[1, 1], claims.as_slice()].concat()), Err(DecodeError::TooLarge));
}

#[test]
fn a_bomb_does_not_unpack_beyond_what_it_claims() {
    let bomb = zstd::bulk::compress(&vec![0; 64 * 1024 * 1024], 1).unwrap();
    let bytes = [&[1, 1], 1000_u32.to_le_bytes().as_slice(), &bomb].concat();
    assert_eq!(decode(&bytes), Err(DecodeError::Malformed));
}

fn signal() -> impl Strategy<Value = Signal> {
    let times = (any::<i64>(), 0..i64::MAX).prop_map(|(begin, length)| (begin, begin.saturating_add(length)));
    let texts = (".{0,20}", ".{0,20}", prop::option::of(".{0,20}"));
    let state = prop::sample::select(vec![State::Active, State::Idle, State::Locked, State::Asleep]);
    let window = (times.clone(), texts).prop_map(|((begin, end), (program, title, document))| Signal::ActiveWindow {
        begin,
        end,
        program,
        title,
        document,
    });
    prop_oneof![window, (times, state).prop_map(|((begin, end), state)| Signal::Activity { begin, end, state })]
}

proptest! {
    #[test]
    fn sensible_signals_come_back(mut signals in prop::collection::vec(signal(), 0..40)) {
        // Distances between the ends of the range of 64 bits do not fit into it, and no clock shows them.
        signals.retain(|signal| signal.begin().abs() < i64::MAX / 4 && signal.end() < i64::MAX / 4);
        signals.sort_by_key(|signal| matches!(signal, Signal::Activity { .. }));
        prop_assert_eq!(decode(&encode(&signals)).unwrap(), signals);
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode(&bytes);
        let plain = [&[1, 0], (bytes.len() as u32).to_le_bytes().as_slice(), &bytes].concat();
        if let Ok(signals) = decode(&plain) {
            prop_assert!(signals.iter().all(|signal| signal.begin() <= signal.end()));
        }
    }

    #[test]
    fn a_changed_byte_is_refused_or_gives_ordered_times(index: prop::sample::Index, bit in 0..8_u8) {
        let mut bytes = encode(&an_hour());
        let index = index.index(bytes.len());
        bytes[index] ^= 1 << bit;
        if let Ok(signals) = decode(&bytes) {
            prop_assert!(signals.iter().all(|signal| signal.begin() <= signal.end()));
        }
    }
}
