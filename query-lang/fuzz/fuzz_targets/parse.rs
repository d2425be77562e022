#![no_main]
#![allow(dead_code, reason = "each target has one demand of the file that holds them all")]

#[path = "../src/drive.rs"]
mod drive;
#[path = "../../tests/language/model.rs"]
mod model;

libfuzzer_sys::fuzz_target!(|data: &[u8]| drive::parse(data));
