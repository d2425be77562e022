use super::recorder::{Recorder, TITLES, record, titles, waits_for_looks};
use std::io::Read;
use std::path::Path;
use tests::{Device, Display, World};

/// A title that must be readable on the person's computers and nowhere else.
const SECRET: &str = "SECRET-9c41 merger plan";
/// More than any body unpacks to.
const BODY_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// Stands in a booking, which the server may read, so long that it travels packed.
const OPEN: &str = "OPEN-77d0 offer";

#[test]
fn signals_reach_the_second_device_and_nobody_else() {
    let world = World::with_own_server();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User"]);
    let laptop = employee.device("laptop");
    let mut display = Display::new();
    display.opens(SECRET);
    record(&laptop, &display);
    assert!(titles(&laptop).contains(SECRET), "the recorder saw the window: {}", titles(&laptop));

    laptop.does(&["start", &format!("{OPEN} {}", "and more of it ".repeat(200))]);
    laptop.syncs();
    let desktop = employee.device("desktop");
    desktop.syncs();
    assert!(titles(&desktop).contains(SECRET), "the second device opens the segment");

    let packed = !holds(&laptop.network().sent(), OPEN);
    assert!(packed && was_sent(&laptop, OPEN), "what travels packed is found too");
    for device in [&laptop, &desktop] {
        assert!(!was_sent(device, SECRET) && !was_sent(device, "XTerm"), "on the wire");
    }
    assert!(!world.server().log().contains(SECRET), "in the server's log");
    assert_nowhere(&world.server().data());
    assert_nowhere(laptop.home());
    assert_nowhere(desktop.home());
}

#[test]
fn signals_are_asked_together_with_timesheets_and_never_on_the_server() {
    let laptop = World::new().tenant("acme").person("employee", &["User"]).device("laptop");
    let mut display = Display::new();
    display.opens("report.odt");
    laptop.does(&["start", "the report"]);
    record(&laptop, &display);
    laptop.does(&["stop"]);
    let hours = "From W In Signal.ActiveWindow From T In Timesheet
        Where W.Date >= AddDays(Today(), -1) And T.Date >= AddDays(Today(), -1) And Overlaps(T.Begin, T.End, W.Begin, W.End)
        Select Distinct { T.Description, W.Title }";
    assert_eq!(laptop.asks(hours), [["the report", "report.odt"]]);
    laptop.run(&["query", "--on", "server", TITLES]).fails(1, &["private"]);
    laptop.run(&["query", "From W In Signal.ActiveWindow Select { W.Title }"]).fails(1, &["Date"]);
}

#[test]
fn during_a_pause_nothing_is_recorded_and_after_it_everything() {
    let laptop = World::new().tenant("acme").person("employee", &["User"]).device("laptop");
    let mut display = Display::new();
    display.opens(SECRET);
    laptop.does(&["signals", "pause"]);
    let mut recorder = Recorder::start(&laptop, &display);
    recorder.until(|said| said.contains("paused: nothing is recorded until"));
    waits_for_looks();
    let (ended, said) = recorder.stops();
    assert!(ended && !said.contains("recording; "), "{said}");
    assert!(!titles(&laptop).contains(SECRET));
    laptop.does(&["signals", "resume"]);
    record(&laptop, &display);
    assert!(titles(&laptop).contains(SECRET));
}

#[test]
fn a_locked_device_records_and_cannot_read_and_what_it_recorded_opens_once_it_is_unlocked() {
    let employee = World::new().tenant("acme").person("employee", &["User"]);
    let laptop = employee.device("laptop");
    let mut display = Display::new();
    laptop.does(&["sign-out"]);
    assert!(laptop.does(&["status"]).contains("locked"));
    display.opens("seen while locked");
    record(&laptop, &display);
    laptop.run(&["signals", "list"]).fails(1, &["locked"]);
    employee.signs_in(&laptop).succeeds();
    assert!(titles(&laptop).contains("seen while locked"), "{}", titles(&laptop));
}

#[test]
fn a_recorder_that_is_killed_leaves_what_it_had_sealed() {
    let laptop = World::new().tenant("acme").person("employee", &["User"]).device("laptop");
    let mut display = Display::new();
    display.opens("first window");
    let mut recorder = Recorder::start(&laptop, &display);
    waits_for_looks();
    // Without a key pressed it would be idle time, which is not counted before somebody comes back.
    display.presses("a");
    display.opens("second window");
    waits_for_looks();
    display.presses("b");
    waits_for_looks();
    recorder.dies();
    assert!(titles(&laptop).contains("first window"), "{}", titles(&laptop));
}

#[test]
fn only_one_recorder_runs_for_a_home() {
    let laptop = World::new().tenant("acme").person("employee", &["User"]).device("laptop");
    let display = Display::new();
    let mut first = Recorder::start(&laptop, &display);
    waits_for_looks();
    let mut second = laptop.command(&["signals", "record"]);
    let output = second.env("DISPLAY", display.number()).output().expect("daybook runs");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains(&format!("(process {}) is recording", first.process())), "{output:?}");
    assert!(output.stdout.is_empty(), "it does not say that it records: {output:?}");
    assert!(first.stops().0);
}

/// Whether a device sent this text, as it is or in a packed body.
fn was_sent(device: &Device, text: &str) -> bool {
    let sent = device.network().sent();
    let frames = sent.windows(4).enumerate().filter(|(_, bytes)| *bytes == zstd::zstd_safe::MAGICNUMBER.to_le_bytes());
    let mut bodies = frames.map(|(position, _)| {
        let mut body = Vec::new();
        let frame = zstd::Decoder::new(&sent[position..]).expect("a decoder").single_frame();
        // What is no frame gives nothing, or as much as could be read of it.
        drop(frame.take(BODY_BYTES_MAX).read_to_end(&mut body));
        body
    });
    holds(&sent, text) || bodies.any(|body| holds(&body, text))
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

fn assert_nowhere(folder: &Path) {
    for entry in std::fs::read_dir(folder).expect("a folder can be read").flatten() {
        let path = entry.path();
        if path.is_dir() {
            assert_nowhere(&path);
        } else if let Ok(bytes) = std::fs::read(&path) {
            assert!(!holds(&bytes, SECRET), "plaintext of a signal in {}", path.display());
        }
    }
}
