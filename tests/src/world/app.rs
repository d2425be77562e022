use super::{Bus, Device, Display, Tray, program};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

const SHOWN_MAX: Duration = Duration::from_secs(120);

/// The application as somebody starts it: a process on a display with a tray, and nobody who drives its window.
pub struct App {
    process: Child,
    display: Display,
    tray: Tray,
    _bus: Bus,
}

impl App {
    pub fn start(device: &Device) -> App {
        App::start_in(device, "C.UTF-8")
    }

    /// On a desktop with this locale.
    pub fn start_in(device: &Device, locale: &str) -> App {
        let (display, bus) = (Display::new(), Bus::new());
        let tray = Tray::on(&bus);
        let mut command = Command::new(program("daybook-desktop"));
        command.env("DAYBOOK_HOME", device.home()).env("DBUS_SESSION_BUS_ADDRESS", bus.address());
        command.env("DISPLAY", display.number()).env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY");
        command.env("TZ", "Europe/Vienna").env("LANG", locale).env_remove("LC_ALL");
        let process = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().expect("the application starts");
        let app = App { process, display, tray, _bus: bus };
        app.waits_for("a window", App::has_window);
        app
    }

    pub fn display(&mut self) -> &mut Display {
        &mut self.display
    }

    pub fn tray(&self) -> &Tray {
        &self.tray
    }

    /// Closes the window by its frame's button, as the window manager does.
    pub fn closes_window(&self) {
        self.display.closes("^Daybook$");
        self.waits_for("the end of the window", |app| !app.has_window());
    }

    pub fn has_window(&self) -> bool {
        self.display.shows("^Daybook$")
    }

    /// Numbers of the processes that hold a page of this application.
    pub fn web_processes(&self) -> Vec<String> {
        let parent = self.process.id().to_string();
        let asked = Command::new("pgrep").args(["-P", &parent, "WebKitWebProces"]).output().expect("pgrep runs");
        String::from_utf8_lossy(&asked.stdout).lines().map(str::to_owned).collect()
    }

    pub fn waits_for(&self, what: &str, happened: impl Fn(&App) -> bool) {
        let until = Instant::now() + SHOWN_MAX;
        while !happened(self) {
            assert!(Instant::now() < until, "waited for {what} in vain");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Asks the application to end, as the system does when it shuts down.
    pub fn terminates(self) -> ExitStatus {
        let pid = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs").success());
        self.ends()
    }

    /// Waits until the application ends by itself.
    pub fn ends(mut self) -> ExitStatus {
        let until = Instant::now() + SHOWN_MAX;
        loop {
            if let Some(status) = self.process.try_wait().expect("a child can be waited for") {
                return status;
            }
            assert!(Instant::now() < until, "the application does not end");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}
