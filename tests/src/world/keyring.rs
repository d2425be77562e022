use super::Bus;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const SHOWN_MAX: Duration = Duration::from_secs(120);

/// A desktop session with a keyring that is open until it falls silent, as a locked one does that waits for its password.
pub struct Keyring {
    bus: Bus,
    daemon: Child,
}

impl Keyring {
    /// `folder` holds the keyring's file.
    pub fn new(folder: &Path) -> Keyring {
        let bus = Bus::new();
        let mut daemon = Command::new("gnome-keyring-daemon")
            .args(["--foreground", "--unlock", "--components=secrets"])
            .env("DBUS_SESSION_BUS_ADDRESS", bus.address())
            .env("XDG_DATA_HOME", folder)
            .env("XDG_RUNTIME_DIR", folder)
            .env("HOME", folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring-daemon is installed by ./dev");
        daemon.stdin.take().expect("stdin is piped").write_all(b"secret").expect("the keyring hears its password");
        let keyring = Keyring { bus, daemon };
        let until = Instant::now() + SHOWN_MAX;
        while !keyring.is_there() {
            assert!(Instant::now() < until, "the keyring did not come up");
            std::thread::sleep(Duration::from_millis(50));
        }
        keyring
    }

    /// What a program finds in `DBUS_SESSION_BUS_ADDRESS`.
    pub fn bus(&self) -> &str {
        self.bus.address()
    }

    /// From now on it answers nobody.
    pub fn falls_silent(&self) {
        self.signal("-STOP");
    }

    /// It answers again, also what it was asked meanwhile.
    pub fn answers(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let told = Command::new("kill").args([signal, &self.daemon.id().to_string()]).status();
        assert!(told.is_ok_and(|status| status.success()), "the keyring hears {signal}");
    }

    fn is_there(&self) -> bool {
        let mut ask = Command::new("dbus-send");
        ask.args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]);
        ask.args(["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]);
        let asked = ask.env("DBUS_SESSION_BUS_ADDRESS", self.bus()).output();
        asked.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("boolean true"))
    }
}

impl Drop for Keyring {
    fn drop(&mut self) {
        drop(self.daemon.kill());
        drop(self.daemon.wait());
    }
}
