//! A recorder as a process, and what it said.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tests::{Device, Display};

/// A slow machine under load stays far below.
const SAID_MAX: Duration = Duration::from_secs(120);
/// Four looks of the recorder, which looks once a second.
const LOOKS: Duration = Duration::from_secs(4);

pub(super) const TITLES: &str =
    "From W In Signal.ActiveWindow Where W.Date >= AddDays(Today(), -1) Select Distinct { W.Title }";

pub(super) struct Recorder {
    child: Child,
    said: Arc<Mutex<String>>,
}

impl Recorder {
    pub(super) fn start(device: &Device, display: &Display) -> Recorder {
        let mut command = device.command(&["signals", "record"]);
        command.env("DISPLAY", display.number()).env_remove("WAYLAND_DISPLAY");
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the recorder starts");
        let said = Arc::new(Mutex::new(String::new()));
        hear(child.stdout.take().expect("stdout is piped"), said.clone());
        hear(child.stderr.take().expect("stderr is piped"), said.clone());
        Recorder { child, said }
    }

    pub(super) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Everything that it said so far, answers and sentences.
    pub(super) fn said(&self) -> String {
        self.said.lock().expect("no listener failed").clone()
    }

    pub(super) fn until(&self, happened: impl Fn(&str) -> bool) {
        let until = Instant::now() + SAID_MAX;
        while !happened(&self.said()) {
            assert!(Instant::now() < until, "the recorder said only: {}", self.said());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Whether it ended as it should, and all that it said.
    pub(super) fn stops(&mut self) -> (bool, String) {
        Command::new("kill").args(["-TERM", &self.process().to_string()]).status().expect("kill runs");
        let ended = self.child.wait().expect("the recorder ends").success();
        (ended, self.said())
    }

    /// Without a warning, as in a power cut.
    pub(super) fn dies(&mut self) {
        self.child.kill().expect("the recorder can be killed");
        self.child.wait().expect("the recorder ended");
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn hear(stream: impl std::io::Read + Send + 'static, said: Arc<Mutex<String>>) {
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let mut said = said.lock().expect("no listener failed");
            said.push_str(&line);
            said.push('\n');
        }
    });
}

/// The recorder looks once a second and says nothing of it.
pub(super) fn waits_for_looks() {
    std::thread::sleep(LOOKS);
}

/// A recorder that sees what the display shows now, and ends.
pub(super) fn record(device: &Device, display: &Display) {
    let mut recorder = Recorder::start(device, display);
    waits_for_looks();
    let (ended, said) = recorder.stops();
    assert!(ended, "the recorder ends cleanly: {said}");
}

/// Titles of windows that this device can show.
pub(super) fn titles(device: &Device) -> String {
    format!("{:?}", device.asks(TITLES))
}
