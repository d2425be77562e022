use super::{Display, Keyring, Network, SmallDisk, World, program};
use jiff::SignedDuration;
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

/// One computer of a person: a home folder and the command `daybook`.
#[derive(Clone)]
pub struct Device {
    home: PathBuf,
    network: Network,
    /// Address of the session's bus; None: there is none, so that keys lie in files.
    bus: Option<String>,
    disk: Option<Arc<SmallDisk>>,
    /// Keeps the folder in which the home lies.
    _world: Option<World>,
}

/// What a command did.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Device {
    pub fn new(home: PathBuf, network: Network) -> Device {
        Device { home, network, bus: None, disk: None, _world: None }
    }

    pub(crate) fn in_world(self, world: &World) -> Device {
        Device { _world: Some(world.clone()), ..self }
    }

    pub(crate) fn without_world(&self) -> Device {
        Device { _world: None, ..self.clone() }
    }

    /// The same computer in a desktop session that has this keyring.
    pub fn with_keyring(self, keyring: &Keyring) -> Device {
        Device { bus: Some(keyring.bus().to_owned()), ..self }
    }

    /// The same computer with its home on a disk that can be filled.
    pub fn on_disk(self, disk: Arc<SmallDisk>) -> Device {
        Device { home: disk.folder().join("home"), disk: Some(disk), ..self }
    }

    /// A second home with a copy of everything in this one, as it is now.
    pub fn copied_to(&self, home: &Path) -> Device {
        let copied = Command::new("cp").arg("-a").arg(&self.home).arg(home).status();
        assert!(copied.is_ok_and(|status| status.success()), "the home is copied");
        Device { home: home.to_owned(), disk: None, ..self.clone() }
    }

    pub fn home(&self) -> &Path {
        &self.home
    }

    pub fn network(&self) -> &Network {
        &self.network
    }

    pub fn sign_in(&self, tenant: &str, user: &str, invitation: Option<&str>, password: &str) -> Run {
        let url = self.network.url();
        let mut arguments = vec!["sign-in", "--server", &url, "--tenant", tenant, "--user", user, "--password-stdin"];
        if let Some(code) = invitation {
            arguments.extend(["--invite", code]);
        }
        self.run_with_input(&arguments, password)
    }

    /// Runs `daybook --home HOME ...`.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_with_input(arguments, "")
    }

    /// The command as it would be started; without a keyring of its own none is reached.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = match &self.disk {
            Some(disk) => disk.command(&program("daybook")),
            None => Command::new(program("daybook")),
        };
        command.arg("--home").arg(&self.home).args(arguments);
        let bus = self.bus.as_deref().unwrap_or("unix:path=/nonexistent");
        command.env("DBUS_SESSION_BUS_ADDRESS", bus).env("TZ", "Europe/Vienna");
        command
    }

    /// Stretches of one kind that this device can open, by the names of their columns.
    pub fn signals(&self, kind: &str, day: &str) -> Vec<Value> {
        let rows = named_rows(&self.does(&["signals", "list", "--from", day, "--to", day, "--format", "json"]));
        rows.into_iter().filter(|row| row["Kind"] == kind).collect()
    }

    /// The one entry of the person, whenever it is, by the names of the list's columns.
    pub fn only_entry(&self) -> Value {
        let mut rows =
            named_rows(&self.does(&["list", "--from", "2000-01-01", "--to", "2100-01-01", "--format", "json"]));
        assert_eq!(rows.len(), 1, "one entry is expected: {rows:?}");
        rows.remove(0)
    }

    /// Records the real windows of a display as if it were another day, until somebody was active for these minutes; keys
    /// are pressed meanwhile. `begin` is the instant of the first look (RFC 3339) on `day`. Gives the active stretch.
    pub fn records_another_day(&self, display: &Display, begin: &str, day: &str, minutes: u64) -> Value {
        let mut recorder = Command::new(program("recorder-of-another-day"));
        recorder.arg(self.home()).arg(begin).env("DISPLAY", display.number()).env_remove("WAYLAND_DISPLAY");
        let mut recorder =
            recorder.env("TZ", "Europe/Vienna").stdin(Stdio::piped()).spawn().expect("a recorder starts");
        let active = || self.signals("Activity", day).into_iter().find(|stretch| stretch["State"] == "active");
        while active().is_none_or(|stretch| length(&stretch) < Duration::from_secs(minutes * 60)) {
            display.presses("a");
            assert!(recorder.try_wait().expect("a child can be waited for").is_none(), "the recorder ended");
        }
        drop(recorder.stdin.take());
        assert!(recorder.wait().expect("a child can be waited for").success());
        active().expect("it was recorded")
    }

    fn run_with_input(&self, arguments: &[&str], input: &str) -> Run {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("daybook starts");
        // A command that fails early does not read its input; its answer is what counts.
        drop(child.stdin.take().expect("stdin is piped").write_all(input.as_bytes()));
        let output = child.wait_with_output().expect("daybook ends");
        Run {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("daybook prints text"),
            err: String::from_utf8(output.stderr).expect("daybook prints text"),
        }
    }

    /// Runs a command that must succeed and returns what it printed.
    pub fn does(&self, arguments: &[&str]) -> String {
        self.run(arguments).succeeds().out.trim().to_owned()
    }

    /// A customer with a project and a task, made by a person who may.
    pub fn has_master_data(&self) {
        self.does(&["put", "Customer", "Code=ACME", "Name=Acme Corporation", "HourlyRate=120"]);
        self.does(&["put", "Project", "Code=PORTAL", "Name=Portal", "Customer=ACME", "Billable=True"]);
        self.does(&["put", "Task", "Code=DEV", "Name=Development", "Project=PORTAL", "Billable=True"]);
    }

    /// Books work on the project of the master data, from one local time to another.
    pub fn books(&self, begin: &str, end: &str, text: &str) -> Run {
        self.run(&["add", "--project", "PORTAL", "--begin", begin, "--end", end, text]).succeeds()
    }

    pub fn syncs(&self) {
        self.does(&["sync"]);
    }

    /// Rows of a query on the device, as JSON values.
    pub fn asks(&self, query: &str) -> Vec<Vec<Value>> {
        rows(&self.does(&["query", "--format", "json", query]))
    }

    /// Rows of the same query on the server.
    pub fn asks_the_server(&self, query: &str) -> Vec<Vec<Value>> {
        rows(&self.does(&["query", "--on", "server", "--format", "json", query]))
    }

    /// The only value of a query with one row and one column, as text.
    pub fn finds(&self, query: &str) -> String {
        let rows = self.asks(query);
        assert_eq!(rows.len(), 1, "one row is expected of {query}: {rows:?}");
        rows[0][0].as_str().map(str::to_owned).unwrap_or_else(|| rows[0][0].to_string())
    }

    /// Entries of the inbox.
    pub fn inbox(&self) -> Vec<Value> {
        let inbox: Value = serde_json::from_str(&self.does(&["inbox", "--format", "json"])).expect("the inbox is JSON");
        inbox["rows"].as_array().expect("the inbox has rows").clone()
    }
}

fn length(stretch: &Value) -> Duration {
    let written = stretch["Duration"].as_str().and_then(|text| text.parse::<SignedDuration>().ok());
    written.expect("a stretch has a length").unsigned_abs()
}

fn rows(answer: &str) -> Vec<Vec<Value>> {
    let answer: Value = serde_json::from_str(answer).unwrap_or_else(|error| panic!("{error}: {answer}"));
    let rows = answer["rows"].as_array().expect("an answer has rows");
    rows.iter().map(|row| row.as_array().expect("a row is a list").clone()).collect()
}

fn named_rows(answer: &str) -> Vec<Value> {
    let answer: Value = serde_json::from_str(answer).unwrap_or_else(|error| panic!("{error}: {answer}"));
    let columns = answer["columns"].as_array().expect("an answer has columns");
    let names: Vec<&str> = columns.iter().filter_map(|column| column["name"].as_str()).collect();
    let named =
        |row: &Value| names.iter().enumerate().map(|(at, name)| ((*name).to_owned(), row[at].clone())).collect();
    answer["rows"].as_array().expect("an answer has rows").iter().map(named).collect()
}

impl Run {
    pub fn succeeds(self) -> Run {
        assert_eq!(self.code, 0, "the command failed: {}{}", self.out, self.err);
        self
    }

    /// Fails with this exit code and one sentence on standard error that has these words in it.
    pub fn fails(self, code: i32, words: &[&str]) -> Run {
        assert_eq!(self.code, code, "another exit code: {}{}", self.out, self.err);
        for word in words {
            assert!(self.err.contains(word), "'{word}' is not said: {}", self.err);
        }
        assert!(!self.err.contains("panicked") && !self.err.contains("RUST_BACKTRACE"), "a panic: {}", self.err);
        self
    }
}
