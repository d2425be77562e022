use super::Display;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A session bus of its own, without the services of a desktop.
pub struct Bus {
    address: String,
    daemon: Child,
}

impl Bus {
    pub fn new() -> Bus {
        Bus::of(&mut Command::new("dbus-daemon"))
    }

    /// What it starts by itself shows its windows on this display.
    pub fn on(display: &Display) -> Bus {
        Bus::of(Command::new("dbus-daemon").env("DISPLAY", display.number()))
    }

    fn of(command: &mut Command) -> Bus {
        command.args(["--session", "--nofork", "--print-address"]);
        let mut daemon = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("./dev installs dbus");
        let mut address = String::new();
        let stdout = daemon.stdout.take().expect("stdout is piped");
        BufReader::new(stdout).read_line(&mut address).expect("the bus names its address");
        Bus { address: address.trim().to_owned(), daemon }
    }

    /// What a program finds in `DBUS_SESSION_BUS_ADDRESS`.
    pub fn address(&self) -> &str {
        &self.address
    }
}

impl Default for Bus {
    fn default() -> Self {
        Bus::new()
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        drop(self.daemon.kill());
        drop(self.daemon.wait());
    }
}
