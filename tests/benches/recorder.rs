//! The processor time of a recorder at work on a real display, beside a shell loop that asks for the same window.

use crate::measure::Comparison;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tests::{Display, World};

const WATCHED: Duration = Duration::from_secs(30);
/// Until the first hour has its key and the first look is over.
const WARM_UP: Duration = Duration::from_secs(3);
const TITLES: [&str; 3] = ["mail", "editor", "browser"];

pub(crate) fn measure() -> Vec<Comparison> {
    let world = World::new();
    let acme = world.tenant("acme");
    let laptop = acme.person("employee", &[]).device("laptop");
    let mut display = Display::new();
    let ours = laptop.command(&["signals", "record"]);
    let mut plain = Command::new("bash");
    plain.args(["-c", "while sleep 1; do xdotool getactivewindow getwindowname; done"]);
    vec![Comparison {
        what: "recorder, one look a second, windows changing",
        ours: share(watched(&mut display, ours, own_time)),
        beside: "a shell that asks xdotool once a second",
        plain: share(watched(&mut display, plain, children_time)),
        target: "0.5 % of a core",
    }]
}

fn share(used: Duration) -> String {
    format!("{:.3} % of a core", 100.0 * used.as_secs_f64() / WATCHED.as_secs_f64())
}

/// What the program used while windows came to the front and keys were pressed.
fn watched(display: &mut Display, mut command: Command, used: fn(&Child) -> Duration) -> Duration {
    command.env("DISPLAY", display.number()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut program = command.spawn().expect("the program starts");
    std::thread::sleep(WARM_UP);
    let before = used(&program);
    for title in TITLES {
        display.opens(title);
        display.presses("a");
        std::thread::sleep(WATCHED / TITLES.len() as u32);
    }
    let after = used(&program);
    program.kill().expect("the program can be ended");
    program.wait().expect("the program ended");
    after - before
}

/// Nanoseconds on a processor of all its threads, as the scheduler counts them.
fn own_time(program: &Child) -> Duration {
    let threads = fs::read_dir(format!("/proc/{}/task", program.id())).expect("the program runs");
    let times = threads.flatten().filter_map(|thread| {
        let text = fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<u64>().ok()
    });
    Duration::from_nanos(times.sum())
}

/// Own time and that of children which ended: user, system, children's user, children's system, in hundredths of a second.
fn children_time(program: &Child) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{}/stat", program.id())).expect("the program runs");
    let (_, fields) = stat.rsplit_once(") ").expect("the name ends with a bracket");
    let ticks: u64 = fields.split(' ').skip(11).take(4).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}
