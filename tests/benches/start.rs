//! From the start of the process to the second frame with the week's bookings in it, beside a bare web view with one line.

use crate::measure::{Comparison, Times};
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tests::{Device, Network, Server, Window, program};

const STARTS: usize = 10;
/// WebKitGTK's own browser, which comes with its driver.
const BARE: &str = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";
/// Marks the second frame after the page is there.
const PAGE: &str = "data:text/html,<p>week</p><script>\
    requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('week-painted')))</script>";

pub(crate) fn measure() -> Vec<Comparison> {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(&["--demo"]);
    let laptop = Device::new(folder.path().join("home"), Network::to(server.address()));
    laptop.sign_in("demo", "employee", None, "demo").succeeds();
    let ours = Times::of((0..STARTS).map(|_| of_daybook(laptop.home())).collect());
    let bare = folder.path().join("bare");
    fs::create_dir(&bare).expect("a folder");
    let plain = Times::of((0..STARTS).map(|_| of_bare_view(&bare)).collect());
    vec![Comparison {
        what: "start to the second frame of the demo week",
        ours: ours.to_string(),
        beside: "WebKitGTK's MiniBrowser with one line of text",
        plain: plain.to_string(),
        target: "median of 10 below 0.8 s",
    }]
}

fn of_daybook(home: &Path) -> Duration {
    let program = program("daybook-desktop");
    from_start(&Window::of(&program, &[], home), &program, home)
}

/// The browser opens an empty page when it is driven; the one with text follows at once.
fn of_bare_view(home: &Path) -> Duration {
    let window = Window::of(Path::new(BARE), &["--automation"], home);
    window.goes_to(PAGE);
    from_start(&window, Path::new(BARE), home)
}

fn from_start(window: &Window, program: &Path, home: &Path) -> Duration {
    let marks = "performance.getEntriesByName('week-painted')";
    window.waits_until(&format!("{marks}.length > 0"));
    let painted = window.computes(&format!("return performance.timeOrigin + {marks}[0].startTime"));
    let painted = Duration::from_secs_f64(painted.as_f64().expect("a time in milliseconds") / 1_000.0);
    painted.saturating_sub(begin_of(program, home))
}

/// When the kernel started the process that runs `program` with `home`, since 1970; to a hundredth of a second.
fn begin_of(program: &Path, home: &Path) -> Duration {
    let processes = fs::read_dir("/proc").expect("this is Linux").flatten().map(|entry| entry.path());
    let of_home = |folder: &Path| {
        let started = fs::read_link(folder.join("exe")).is_ok_and(|file| file == *program);
        let home = format!("DAYBOOK_HOME={}", home.display());
        let environment = fs::read(folder.join("environ")).unwrap_or_default();
        started && environment.split(|byte| *byte == 0).any(|variable| variable == home.as_bytes())
    };
    let process = processes.into_iter().find(|folder| of_home(folder)).expect("the program runs");
    let stat = fs::read_to_string(process.join("stat")).expect("the program runs");
    let (_, fields) = stat.rsplit_once(") ").expect("the name ends with a bracket");
    let ticks: u64 = fields.split(' ').nth(19).and_then(|field| field.parse().ok()).expect("a start time");
    let uptime = fs::read_to_string("/proc/uptime").expect("this is Linux");
    let uptime: f64 = uptime.split(' ').next().and_then(|field| field.parse().ok()).expect("seconds");
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970");
    now - Duration::from_secs_f64(uptime) + Duration::from_millis(ticks * 10)
}
