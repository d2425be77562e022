use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

const KIB: u32 = 24 * 1024;

/// A disk that a test can fill: a small file system in a namespace of its own. Where none may be made, a limit on the size of
/// files takes its place: then no file of a process grows, and the words of the system are others.
pub struct SmallDisk {
    folder: PathBuf,
    /// Lives in the namespace and keeps it; None: there is only the limit.
    keeper: Option<Child>,
    is_full: AtomicBool,
}

impl SmallDisk {
    /// `folder` is made and becomes the disk.
    pub fn new(folder: PathBuf) -> SmallDisk {
        std::fs::create_dir_all(&folder).expect("a folder for the disk");
        let keeper = keeper(&folder);
        SmallDisk { folder, keeper, is_full: AtomicBool::new(false) }
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A program that has its files on the disk.
    pub fn command(&self, program: &Path) -> Command {
        let Some(keeper) = &self.keeper else {
            let limit = if self.is_full.load(Ordering::Relaxed) { "0" } else { "unlimited" };
            let mut command = Command::new("bash");
            command.args(["-c", r#"trap "" XFSZ; ulimit -S -f "$1"; shift; exec "$@""#, "bash", limit]).arg(program);
            return command;
        };
        let mut command = inside(keeper);
        command.arg(program);
        command
    }

    /// Nothing more can be written, also by these processes that run already.
    pub fn fills_up(&self, running: &[u32]) {
        self.is_full.store(true, Ordering::Relaxed);
        match &self.keeper {
            // The copy fails when the disk is full: that is what it is for.
            Some(keeper) => drop(self.shell(keeper, "cat /dev/zero > \"$0/filler\" 2>/dev/null")),
            None => running.iter().for_each(|process| limit(*process, "0:")),
        }
    }

    pub fn has_room_again(&self, running: &[u32]) {
        self.is_full.store(false, Ordering::Relaxed);
        match &self.keeper {
            Some(keeper) => assert!(self.shell(keeper, "rm \"$0/filler\""), "the filler goes"),
            None => running.iter().for_each(|process| limit(*process, "unlimited:")),
        }
    }

    fn shell(&self, keeper: &Child, script: &str) -> bool {
        let status = inside(keeper).args(["sh", "-c", script]).arg(&self.folder).status();
        status.expect("a shell runs on the disk").success()
    }
}

/// None: this machine lets nobody make a namespace.
fn keeper(folder: &Path) -> Option<Child> {
    let script = format!("mount -t tmpfs -o size={KIB}k tmpfs \"$0\" && echo ready && exec sleep infinity");
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", &script]).arg(folder);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let mut said = String::new();
    BufReader::new(child.stdout.take()?).read_line(&mut said).ok()?;
    if said.trim() == "ready" {
        return Some(child);
    }
    drop(child.wait());
    None
}

fn inside(keeper: &Child) -> Command {
    let mut command = Command::new("nsenter");
    command.args(["--preserve-credentials", "--user", "--mount", "--target", &keeper.id().to_string(), "--"]);
    command
}

fn limit(process: u32, size: &str) {
    let status = Command::new("prlimit").args(["--pid", &process.to_string(), &format!("--fsize={size}")]).status();
    assert!(status.is_ok_and(|status| status.success()), "the limit of a running process can be changed");
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        if let Some(keeper) = &mut self.keeper {
            drop(keeper.kill());
            drop(keeper.wait());
        }
    }
}
