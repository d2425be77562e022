//! What the fuzzer demands, without the fuzzer: the committed corpus, the pages' queries, and mutations of both.

use crate::{documents, drive};
use std::path::Path;

/// In every run; `MUTATIONS=1000000` makes it a long one.
const MUTATIONS: u64 = 3_000;
/// What a mutation puts in: pieces that mean something, alone and in the wrong place.
const PIECES: [&str; 28] = [
    "From ",
    "Where ",
    "Select ",
    "Group By ",
    "Into ",
    "Let ",
    "Order By ",
    "Take ",
    "Over (",
    "(",
    ")",
    "{",
    "}",
    "\"",
    "'",
    "#2026-03-29#",
    "#",
    "`",
    "@p",
    " As Date? ",
    "=>",
    "T.User",
    "Null",
    "Not ",
    "9223372036854775808",
    "\u{301}",
    "//",
    "/*",
];

fn corpus() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the corpus").map(|entry| entry.expect("a text").path()).collect();
    files.sort();
    assert!(files.len() >= 10, "the corpus is small");
    let texts = files.iter().map(|file| String::from_utf8_lossy(&std::fs::read(file).expect("a text")).into_owned());
    texts.chain(documents::queries("tests/features")).chain(documents::queries("tests/errors")).collect()
}

fn drive_all(data: &[u8]) {
    drive::parse(data);
    drive::format(data);
    drive::compile(data);
    drive::decode(data);
}

#[test]
fn the_fuzz_corpus_holds_what_every_text_must() {
    for text in corpus() {
        drive_all(text.as_bytes());
    }
}

#[test]
fn a_mutated_text_holds_what_every_text_must() {
    let mutations = std::env::var("MUTATIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(MUTATIONS);
    let corpus = corpus();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..mutations {
        let mut below = |count: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % count.max(1)
        };
        let mut data = corpus[below(corpus.len())].clone().into_bytes();
        for _ in 0..=below(3) {
            let (from, to) = (below(data.len() + 1), below(data.len() + 1));
            match below(5) {
                0 => drop(data.drain(from.min(to)..from.max(to).min(from.min(to) + 20))),
                1 => data.insert(from, below(256) as u8),
                2 => {
                    let other = corpus[below(corpus.len())].as_bytes();
                    let start = below(other.len());
                    let end = (start + below(40)).min(other.len());
                    data.splice(from..from, other[start..end].iter().copied());
                }
                3 => {
                    let (start, end) = (from.min(to), from.max(to).min(from.min(to) + 60));
                    let twice = data[start..end].to_vec();
                    data.splice(start..start, twice);
                }
                _ => {
                    let piece = PIECES[below(PIECES.len())].bytes();
                    data.splice(from..from, piece);
                }
            }
        }
        drive_all(&data);
        drive_all(String::from_utf8_lossy(&data).as_bytes());
    }
}
