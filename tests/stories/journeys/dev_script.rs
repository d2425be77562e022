//! The script of the README: where something is missing, where its port is taken, and from the first run to the second.

use std::fs::{self, File};
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tests::program;

/// How long the demo company and its window may take on a slow machine under load.
const RUN_MAX: Duration = Duration::from_secs(240);
const END_MAX: Duration = Duration::from_secs(30);

/// Runs the script where nothing is found but these programs.
fn dev(argument: &str, programs: &[&str]) -> Output {
    let found = tempfile::tempdir().expect("a folder");
    for program in programs {
        let real = ["/usr/bin", "/bin"].map(|folder| Path::new(folder).join("true"));
        let path = ["/usr/bin", "/bin"].map(|folder| Path::new(folder).join(program));
        // What is not installed in a usual place stands for itself: it is only looked for.
        let program_path = path.iter().chain(&real).find(|path| path.exists()).expect("a program");
        symlink(program_path, found.path().join(program)).expect("a link");
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dev");
    Command::new("/bin/bash").arg(script).arg(argument).env("PATH", found.path()).output().expect("bash runs")
}

fn says(output: &Output, words: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.lines().count() == 1 && said.starts_with("dev: ") && said.contains(words), "{said}");
}

#[test]
fn a_missing_piece_is_one_sentence_that_says_what_to_do() {
    for command in ["run", "test"] {
        says(&dev(command, &["dirname"]), "Rust is missing: install the toolchain");
        says(&dev(command, &["dirname", "cargo"]), "Node.js with npm is missing: install");
        says(
            &dev(command, &["dirname", "grep", "cargo", "npm", "node"]),
            "there is no apt-get to install them: build-essential",
        );
    }
}

#[test]
fn a_command_that_is_none_names_the_two_that_are() {
    says(&dev("help", &["dirname"]), "say './dev run'");
}

#[test]
fn a_port_that_is_taken_is_named_with_the_way_on_whatever_an_earlier_run_left() {
    let foreign = TcpListener::bind("127.0.0.1:0").expect("a free port");
    foreign.set_nonblocking(true).expect("a listener that does not wait");
    let checkout = Checkout::new(foreign.local_addr().expect("a bound port").port());
    let earlier = format!("listening on http://127.0.0.1:{}\n", checkout.port);
    fs::create_dir(checkout.path(".dev")).expect("a folder");
    fs::write(checkout.path(".dev/server.log"), earlier).expect("a log");

    let output = checkout.run().output().expect("bash runs");

    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    let last = said.lines().last().unwrap_or_default();
    assert!(last.starts_with("dev: ") && last.contains(&checkout.port.to_string()), "{said}");
    assert!(last.contains("DAYBOOK_PORT=") && last.contains("./dev run"), "{said}");
    assert!(!said.contains("is at http://"), "{said}");
    assert!(foreign.accept().is_err(), "the program that has the port hears nothing");
    checkout.falls_silent();
}

#[test]
fn without_a_display_it_shows_a_picture_and_goes_on_with_the_same_data_the_next_time() {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port();
    let checkout = Checkout::new(port);
    let mut first = Started::new(&checkout);
    let picture = first.until_a_picture();
    assert_eq!(picture, checkout.path(".dev/window.png"));
    assert!(colours(&picture) > 1, "the picture is empty");
    let said = first.said();
    assert!(said.contains("There is no display") && said.contains(&format!("is at http://127.0.0.1:{port}")), "{said}");
    assert!(said.contains("signed in to") && !said.contains("grep:"), "{said}");
    for name in ["Xvfb", "openbox", "sync-server", "postgres", "daybook-desktop"] {
        assert!(checkout.processes().iter().any(|process| process.starts_with(name)), "{name} does not run: {said}");
    }
    first.ends_by("TERM");
    checkout.falls_silent();

    let booking = ["--project", "PORTAL", "--begin", "2019-03-04 08:00", "--end", "2019-03-04 09:00", "kept"];
    checkout.daybook("add", &booking);
    fs::remove_file(&picture).expect("the first picture goes");
    let mut second = Started::new(&checkout);
    second.until_a_picture();
    let said = second.said();
    assert!(!said.contains("a new company begins") && !said.contains("signed in to"), "{said}");
    let kept = "From T In Timesheet Where T.Description = \"kept\" Select { T.Description }";
    let answer = checkout.daybook("query", &["--on", "server", "--format", "csv", kept]);
    assert!(answer.contains("kept"), "{answer}");
    second.ends_by("INT");
    checkout.falls_silent();
}

/// A copy of what the script looks at. The programs are the ones that the tests built, so `cargo` and `npm` have nothing to
/// do; all else is real.
struct Checkout {
    folder: TempDir,
    port: u16,
}

impl Checkout {
    fn new(port: u16) -> Checkout {
        let checkout = Checkout { folder: tempfile::tempdir().expect("a folder"), port };
        fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("../dev"), checkout.path("dev")).expect("the script");
        for folder in ["app/ui/node_modules", "idle"] {
            fs::create_dir_all(checkout.path(folder)).expect("a folder");
        }
        for name in ["cargo", "npm"] {
            let idle = checkout.path("idle").join(name);
            fs::write(&idle, "#!/bin/sh\n").expect("a program that does nothing");
            fs::set_permissions(&idle, fs::Permissions::from_mode(0o755)).expect("it can be run");
        }
        checkout
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `./dev run` on a machine without a display.
    fn run(&self) -> Command {
        let target = program("sync-server").ancestors().nth(2).expect("target/debug/sync-server").to_owned();
        let path = format!("{}:{}", self.path("idle").display(), std::env::var("PATH").expect("a PATH"));
        // Who runs these tests in the background ignores Ctrl-C, and what ignores a signal cannot be told to hear it.
        let mut command = Command::new("env");
        command
            .args(["--default-signal=INT", "/bin/bash"])
            .arg(self.path("dev"))
            .arg("run")
            .env("PATH", path)
            .env("CARGO_TARGET_DIR", target);
        command.env("DAYBOOK_PORT", self.port.to_string()).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        command
    }

    fn daybook(&self, verb: &str, arguments: &[&str]) -> String {
        let mut command = Command::new(program("daybook"));
        command.arg("--home").arg(self.path(".dev/home")).arg(verb).args(arguments);
        let output = command.output().expect("daybook runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    /// What the script started is gone. The services of the toolkit notice by themselves that their display is.
    fn falls_silent(&self) {
        let until = Instant::now() + END_MAX;
        let ours = ["Xvfb", "openbox", "sync-server", "postgres", "daybook"];
        let left = self.processes();
        assert!(!left.iter().any(|name| ours.iter().any(|ours| name.starts_with(ours))), "still there: {left:?}");
        while !self.processes().is_empty() {
            assert!(Instant::now() < until, "still there: {:?}", self.processes());
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Names of the programs that the script started: they work in this folder, or look for programs in it.
    fn processes(&self) -> Vec<String> {
        let here = self.folder.path().canonicalize().expect("the folder is there");
        let processes = fs::read_dir("/proc").expect("a list of processes").flatten().map(|entry| entry.path());
        let ours = processes.filter(|process| {
            let environment = fs::read(process.join("environ")).unwrap_or_default();
            fs::read_link(process.join("cwd")).is_ok_and(|cwd| cwd.starts_with(&here))
                || String::from_utf8_lossy(&environment).contains(here.to_str().expect("a path of letters"))
        });
        // One that has ended meanwhile has no name.
        ours.filter_map(|process| fs::read_to_string(process.join("comm")).ok()).collect()
    }
}

/// `./dev run` at work.
struct Started<'a> {
    checkout: &'a Checkout,
    script: Child,
}

impl Started<'_> {
    fn new(checkout: &Checkout) -> Started<'_> {
        let said = File::create(checkout.path("said")).expect("a file for what it says");
        let errors = said.try_clone().expect("the same file");
        let script = checkout.run().stdout(said).stderr(errors).spawn().expect("bash runs");
        Started { checkout, script }
    }

    fn said(&self) -> String {
        fs::read_to_string(self.checkout.path("said")).expect("what it says is text")
    }

    /// Waits for the path that it prints.
    fn until_a_picture(&mut self) -> PathBuf {
        let until = Instant::now() + RUN_MAX;
        loop {
            let said = self.said();
            if let Some((_, rest)) = said.split_once("A screenshot of the window: ") {
                return PathBuf::from(rest.split(['\x1b', '\n']).next().unwrap_or_default());
            }
            let ended = self.script.try_wait().expect("a child can be waited for");
            assert!(ended.is_none() && Instant::now() < until, "no picture: {said}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn ends_by(&mut self, signal: &str) -> ExitStatus {
        let process = self.script.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &process]).status().expect("kill runs").success());
        let until = Instant::now() + RUN_MAX;
        loop {
            if let Some(ended) = self.script.try_wait().expect("a child can be waited for") {
                return ended;
            }
            assert!(Instant::now() < until, "the script does not end by {signal}: {}", self.said());
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Started<'_> {
    fn drop(&mut self) {
        if matches!(self.script.try_wait(), Ok(None)) {
            self.ends_by("TERM");
        }
    }
}

fn colours(picture: &Path) -> u32 {
    let output = Command::new("identify").args(["-format", "%m %k"]).arg(picture).output().expect("identify runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let count = said.strip_prefix("PNG ").and_then(|count| count.trim().parse().ok());
    count.unwrap_or_else(|| panic!("{} is no PNG: {said}", picture.display()))
}
