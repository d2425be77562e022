//! Real windows: each test has its own X server on a display that was free.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use recorder::{Ability, Limit, Observation, Session, Tracker};

const PATIENCE: Duration = Duration::from_secs(20);

struct Desktop {
    server: Child,
    programs: Vec<Child>,
    display: String,
}

impl Desktop {
    fn start() -> Self {
        let mut server = server(&["-displayfd", "1"]);
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        Desktop { server, programs: Vec::new(), display: format!(":{}", number.trim()) }
    }

    fn with_window_manager() -> Self {
        let mut desktop = Desktop::start();
        desktop.manage();
        desktop
    }

    /// Starts a window manager and waits for it: a window that is there before it does not come to the front.
    fn manage(&mut self) -> usize {
        let manager = self.run("openbox", &[]);
        let (mut tracker, begun) = (self.tracker(), Instant::now());
        while tracker.status().windows != Ability::Seen {
            assert!(begun.elapsed() < PATIENCE, "openbox did not come up");
            tracker.look(begun.elapsed().as_micros() as i64);
            std::thread::sleep(Duration::from_millis(20));
        }
        manager
    }

    /// The index of the program, to end it by.
    fn run(&mut self, program: &str, arguments: &[&str]) -> usize {
        let child = Command::new(program)
            .args(arguments)
            .env("DISPLAY", &self.display)
            .env("LC_ALL", "C.UTF-8")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{program} is installed: {error}"));
        self.programs.push(child);
        self.programs.len() - 1
    }

    fn terminal(&mut self, title: &str) -> usize {
        self.run("xterm", &["-T", title, "-e", "cat"])
    }

    fn end(&mut self, program: usize) {
        self.programs[program].kill().unwrap();
        self.programs[program].wait().unwrap();
    }

    fn press_a_key(&self) {
        let pressed = Command::new("xdotool").args(["key", "a"]).env("DISPLAY", &self.display).status();
        assert!(pressed.expect("xdotool is installed").success());
    }

    /// A window has its title before it is mapped, and only a mapped one can have the keyboard: so it is tried again.
    fn give_the_keyboard_to(&self, title: &str) {
        let begun = Instant::now();
        let focus = || {
            Command::new("xdotool")
                .args(["search", "--sync", "--onlyvisible", "--name", title, "windowfocus", "--sync"])
                .env("DISPLAY", &self.display)
                .stderr(Stdio::null())
                .status()
        };
        while !focus().expect("xdotool is installed").success() {
            assert!(begun.elapsed() < PATIENCE, "the window {title} cannot have the keyboard");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn tracker(&self) -> Tracker {
        Tracker::new(Session { display: Some(self.display.clone()), wayland_display: None })
    }

    fn end_server(&mut self) {
        self.server.kill().unwrap();
        self.server.wait().unwrap();
    }
}

fn server(arguments: &[&str]) -> Child {
    Command::new("Xvfb")
        .args(arguments)
        .args(["-screen", "0", "800x600x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb is installed (apt-get install xvfb)")
}

impl Drop for Desktop {
    fn drop(&mut self) {
        for child in self.programs.iter_mut().chain([&mut self.server]) {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Looks until what is seen is as expected.
fn wait_until(tracker: &mut Tracker, expected: impl Fn(&Observation) -> bool) -> Observation {
    let begun = Instant::now();
    loop {
        let seen = tracker.look(begun.elapsed().as_micros() as i64);
        if expected(&seen) {
            return seen;
        }
        assert!(begun.elapsed() < PATIENCE, "still seen: {seen:?}, {:?}", tracker.status());
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn shows(title: &'static str) -> impl Fn(&Observation) -> bool {
    move |seen| seen.window.as_ref().is_some_and(|window| window.title == title)
}

#[test]
fn the_window_in_front_is_seen_with_program_and_title() {
    let mut desktop = Desktop::with_window_manager();
    let mut tracker = desktop.tracker();
    desktop.terminal("Rechnung für Müller – 日本");
    let seen = wait_until(&mut tracker, shows("Rechnung für Müller – 日本"));
    assert_eq!(seen.window.unwrap().program, "XTerm");
    desktop.terminal("another");
    wait_until(&mut tracker, shows("another"));
    assert_eq!(tracker.status().windows, Ability::Seen);
    assert_eq!(tracker.status().limits(), [Limit::LockByScreenSaver]);
}

#[test]
fn a_window_that_vanishes_is_no_window_and_no_error() {
    let mut desktop = Desktop::with_window_manager();
    let mut tracker = desktop.tracker();
    let terminal = desktop.terminal("short-lived");
    wait_until(&mut tracker, shows("short-lived"));
    desktop.end(terminal);
    wait_until(&mut tracker, |seen| seen.window.is_none());
    assert_eq!(tracker.status().idle, Ability::Seen);
}

#[test]
fn a_key_press_ends_idleness() {
    let mut desktop = Desktop::with_window_manager();
    let mut tracker = desktop.tracker();
    desktop.terminal("typing");
    wait_until(&mut tracker, |seen| seen.idle.is_some_and(|idle| idle > 300_000));
    let pressed = Instant::now();
    desktop.press_a_key();
    let seen = wait_until(&mut tracker, |seen| {
        seen.idle.is_some_and(|idle| i128::from(idle) <= pressed.elapsed().as_micros() as i128)
    });
    assert_eq!(seen.locked, Some(false));
}

#[test]
fn without_a_window_manager_the_window_with_the_keyboard_is_seen() {
    let mut desktop = Desktop::start();
    let mut tracker = desktop.tracker();
    desktop.terminal("bare");
    wait_until(&mut tracker, |seen| seen.idle.is_some());
    assert_eq!(tracker.status().windows, Ability::Partly(Limit::NoWindowManager));
    desktop.give_the_keyboard_to("^bare$");
    assert_eq!(wait_until(&mut tracker, shows("bare")).window.unwrap().program, "XTerm");
}

#[test]
fn a_window_manager_that_dies_leaves_no_stale_window() {
    let mut desktop = Desktop::start();
    let manager = desktop.manage();
    let mut tracker = desktop.tracker();
    let terminal = desktop.terminal("left behind");
    wait_until(&mut tracker, shows("left behind"));
    desktop.end(manager);
    desktop.end(terminal);
    wait_until(&mut tracker, |seen| seen.window.is_none());
    assert_eq!(tracker.status().windows, Ability::Partly(Limit::NoWindowManager));
}

#[test]
fn a_display_that_goes_away_is_said_and_found_again() {
    let mut desktop = Desktop::with_window_manager();
    let mut tracker = desktop.tracker();
    wait_until(&mut tracker, |seen| seen.idle.is_some());
    desktop.end_server();
    assert_eq!(tracker.look(30_000_000), Observation::default());
    assert_eq!(tracker.status().windows, Ability::Unseen(Limit::DisplayGone));
    // Another test may have taken the free display meanwhile; it is a display all the same.
    desktop.server = server(&[&desktop.display]);
    let mut now = 60_000_000;
    let begun = Instant::now();
    while tracker.look(now).idle.is_none() {
        assert!(begun.elapsed() < PATIENCE, "the display was not found again");
        std::thread::sleep(Duration::from_millis(20));
        now += 10_000_000;
    }
}

#[test]
fn wayland_without_x11_says_so_and_records_nothing() {
    let mut tracker = Tracker::new(Session { display: None, wayland_display: Some("wayland-0".to_owned()) });
    assert_eq!(tracker.look(0), Observation::default());
    assert_eq!(tracker.status().limits(), [Limit::WaylandOnly]);
    assert!(Limit::WaylandOnly.to_string().contains("Wayland"));
}

#[test]
fn under_wayland_idleness_is_not_guessed_from_x11() {
    let mut desktop = Desktop::with_window_manager();
    let session = Session { display: Some(desktop.display.clone()), wayland_display: Some("wayland-0".to_owned()) };
    let mut tracker = Tracker::new(session);
    desktop.terminal("an X11 program");
    let seen = wait_until(&mut tracker, shows("an X11 program"));
    assert_eq!((seen.idle, seen.locked), (None, None));
    assert_eq!(tracker.status().limits(), [Limit::WaylandWindows, Limit::WaylandIdle]);
}

#[test]
fn no_desktop_at_all_is_said() {
    let mut tracker = Tracker::new(Session::default());
    assert_eq!(tracker.look(0), Observation::default());
    assert_eq!(tracker.status().limits(), [Limit::NoDisplay]);
}
