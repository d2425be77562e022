use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const SHOWN_MAX: Duration = Duration::from_secs(120);

/// A virtual display with a window manager. What runs on it ends with it.
pub struct Display {
    number: String,
    processes: Vec<Child>,
}

impl Display {
    pub fn new() -> Display {
        let mut xvfb = Command::new("Xvfb");
        // Without -noreset the display would start anew, and end its window manager, when the first asker leaves.
        xvfb.args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"]);
        xvfb.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = xvfb.spawn().expect("Xvfb is installed by ./dev");
        let mut number = String::new();
        let stdout = process.stdout.take().expect("stdout is piped");
        BufReader::new(stdout).read_line(&mut number).expect("Xvfb names its display");
        let mut display = Display { number: format!(":{}", number.trim()), processes: vec![process] };
        display.runs(&mut Command::new("openbox"));
        // A window that is there before the window manager would never become active.
        display.waits_for("the window manager", |display| {
            display.asks("xprop", &["-root", "_NET_SUPPORTING_WM_CHECK"]).is_some_and(|said| said.contains("window id"))
        });
        display
    }

    /// What a program finds in `DISPLAY`.
    pub fn number(&self) -> &str {
        &self.number
    }

    pub fn runs(&mut self, command: &mut Command) {
        command.env("DISPLAY", &self.number).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.processes.push(command.spawn().expect("a program starts"));
    }

    /// Opens a real window with this title and waits until it is the active one.
    pub fn opens(&mut self, title: &str) {
        self.runs(Command::new("xterm").args(["-T", title, "-e", "sleep", "600"]));
        self.waits_for(title, |display| {
            display.asks("xdotool", &["getactivewindow", "getwindowname"]).as_deref() == Some(title)
        });
    }

    /// Brings a window that is there to the front and waits until it is the active one.
    pub fn activates(&self, title: &str) {
        self.waits_for_window(&format!("^{title}$"));
        self.waits_for(title, |display| {
            display.asks("xdotool", &["getactivewindow", "getwindowname"]).as_deref() == Some(title)
        });
    }

    /// Presses a key, as somebody who is at work does.
    pub fn presses(&self, key: &str) {
        self.asks("xdotool", &["key", key]).expect("xdotool presses a key");
    }

    /// Replaces what stands in the field that has the keyboard, and presses Enter.
    pub fn types_over(&self, text: &str) {
        self.presses("ctrl+a");
        self.types(text);
    }

    /// Types a text and Enter into the window that has the keyboard.
    pub fn types(&self, text: &str) {
        self.asks("xdotool", &["type", "--delay", "20", text]).expect("xdotool types");
        self.presses("Return");
    }

    /// Whether a window with such a title (a regular expression) is to be seen.
    pub fn shows(&self, title: &str) -> bool {
        self.asks("xdotool", &["search", "--onlyvisible", "--name", title]).is_some_and(|found| !found.is_empty())
    }

    /// Waits until a window with such a title has the keyboard.
    pub fn waits_for_window(&self, title: &str) {
        self.waits_for(title, |display| {
            display.asks("xdotool", &["search", "--onlyvisible", "--name", title, "windowactivate", "--sync"]).is_some()
        });
    }

    /// Closes a window as its frame's button does.
    pub fn closes(&self, title: &str) {
        self.waits_for_window(title);
        self.presses("alt+F4");
    }

    fn waits_for(&self, what: &str, happened: impl Fn(&Display) -> bool) {
        let until = Instant::now() + SHOWN_MAX;
        while !happened(self) {
            assert!(Instant::now() < until, "{what} did not come up on the display");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// What a program says of this display; None when it fails.
    fn asks(&self, program: &str, arguments: &[&str]) -> Option<String> {
        let asked = Command::new(program).args(arguments).env("DISPLAY", &self.number).output();
        let output = asked.ok().filter(|output| output.status.success())?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

impl Default for Display {
    fn default() -> Self {
        Display::new()
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        for process in self.processes.iter_mut().rev() {
            drop(process.kill());
            drop(process.wait());
        }
    }
}
