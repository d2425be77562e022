use super::program;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;
use tempfile::TempDir;

/// How long a server may take to its first line; a slow machine under load stays far below.
const START_MAX: Duration = Duration::from_secs(120);

/// A server's folder is named by the process of the tests, so that the next run finds what an ended one left.
const FOLDER_PREFIX: &str = "daybook-tests-";
const DATA: &str = "data";
const LOG: &str = "log";

/// `sync-server dev` with a private Postgres and a folder for blobs.
pub struct Server {
    folder: TempDir,
    options: Vec<String>,
    running: Mutex<Option<Running>>,
    address: SocketAddr,
}

struct Running {
    child: Child,
}

impl Server {
    /// The one that the tests of this run share. It ends with the test process.
    pub fn shared() -> Arc<Server> {
        static SHARED: OnceLock<Arc<Server>> = OnceLock::new();
        let start = || {
            sweep();
            Arc::new(Server::start(&[]))
        };
        SHARED.get_or_init(start).clone()
    }

    pub fn start(options: &[&str]) -> Server {
        let prefix = format!("{FOLDER_PREFIX}{}-", std::process::id());
        let folder = TempDir::with_prefix(prefix).expect("a folder for the server");
        let options: Vec<String> = options.iter().map(|option| option.to_string()).collect();
        let (running, address) = launch(folder.path(), "127.0.0.1:0", &options);
        Server { folder, options, running: Mutex::new(Some(running)), address }
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join(DATA)
    }

    /// What the server wrote to standard error so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join(LOG)).unwrap_or_default()
    }

    /// Pulls the plug: the server and its Postgres at once, as a power cut does.
    pub fn kill(&self) {
        let mut running = self.running.lock().expect("no test thread failed here");
        if let Some(mut server) = running.take() {
            let postgres = postgres_process(&self.data());
            server.child.kill().expect("the server can be killed");
            server.child.wait().expect("the server ended");
            if let Some(process) = postgres {
                Command::new("kill").args(["-9", &process]).status().expect("kill runs");
            }
        }
    }

    /// Kills its Postgres alone, and waits until the server ended too.
    pub fn loses_postgres(&self) -> ExitStatus {
        let mut running = self.running.lock().expect("no test thread failed here");
        let mut server = running.take().expect("the server runs");
        let process = postgres_process(&self.data()).expect("its Postgres runs");
        Command::new("kill").args(["-9", &process]).status().expect("kill runs");
        server.child.wait().expect("the server ended")
    }

    /// Starts it again on the same data and the same port.
    pub fn restart(&self) {
        let mut running = self.running.lock().expect("no test thread failed here");
        assert!(running.is_none(), "the server runs already");
        let (server, _) = launch(self.folder.path(), &self.address.to_string(), &self.options);
        *running = Some(server);
    }

    /// Runs a command of an administrator and returns what it printed.
    pub fn administer(&self, arguments: &[&str]) -> String {
        let output = Command::new(program("sync-server"))
            .args(arguments)
            .arg("--data")
            .arg(self.data())
            .output()
            .expect("sync-server runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("the command prints text").trim().to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut server) = self.running.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
            let id = server.child.id().to_string();
            let stopped = Command::new("kill").args(["-TERM", &id]).status();
            debug_assert!(stopped.is_ok());
            drop(server.child.wait());
        }
    }
}

/// The shared server is never dropped: its folder stays until the next run of the tests.
fn sweep() {
    for entry in std::fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(FOLDER_PREFIX)?.split('-').next());
        if process.is_some_and(|process| !Path::new("/proc").join(process).exists()) {
            drop(std::fs::remove_dir_all(entry.path()));
        }
    }
}

/// The child dies with the thread that made it (so that no Postgres outlives the tests), hence one thread for all.
fn launch(folder: &Path, listen: &str, options: &[String]) -> (Running, SocketAddr) {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "TERM"]).arg(program("sync-server"));
    command.args(["dev", "--data"]).arg(folder.join(DATA)).args(["--listen", listen]).args(options);
    let log = folder.join(LOG);
    command.stdout(Stdio::piped()).stderr(std::fs::File::create(&log).expect("a log file"));
    let mut child = launcher(command);
    let lines = BufReader::new(child.stdout.take().expect("stdout is piped"));
    let address = first_address(lines).unwrap_or_else(|| {
        panic!("the server did not start: {}", std::fs::read_to_string(&log).unwrap_or_default());
    });
    (Running { child }, address)
}

fn first_address(mut lines: BufReader<std::process::ChildStdout>) -> Option<SocketAddr> {
    let (found, address) = channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        while lines.read_line(&mut line).is_ok_and(|length| length > 0) {
            if let Some((_, rest)) = line.split_once("http://") {
                let address = rest.trim().parse().expect("an address follows");
                if found.send(address).is_err() {
                    break;
                }
            }
            line.clear();
        }
    });
    address.recv_timeout(START_MAX).ok()
}

fn launcher(command: Command) -> Child {
    type Order = (Command, Sender<Child>);
    static ORDERS: OnceLock<Mutex<Sender<Order>>> = OnceLock::new();
    let orders = ORDERS.get_or_init(|| {
        let (orders, received): (Sender<Order>, Receiver<Order>) = channel();
        std::thread::spawn(move || {
            for (mut command, answer) in received {
                drop(answer.send(command.spawn().expect("the server's program starts")));
            }
        });
        Mutex::new(orders)
    });
    let (answer, child) = channel();
    orders.lock().expect("no test thread failed here").send((command, answer)).expect("the launcher lives");
    child.recv().expect("the launcher answers")
}

/// The process number of the private Postgres, from its own lock file.
fn postgres_process(data: &Path) -> Option<String> {
    let file = find(data, "postmaster.pid")?;
    Some(std::fs::read_to_string(file).ok()?.lines().next()?.trim().to_owned())
}

fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    for entry in std::fs::read_dir(folder).ok()?.flatten() {
        let path = entry.path();
        if path.ends_with(name) {
            return Some(path);
        }
        if path.is_dir()
            && let Some(found) = find(&path, name)
        {
            return Some(found);
        }
    }
    None
}
