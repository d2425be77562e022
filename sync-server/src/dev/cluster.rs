use crate::blobs::Blobs;
use crate::dev::unprivileged::Owner;
use crate::dev::words::{DISK_IS_FULL, Log, reason};
use crate::installation::{Installation, Logins};
use crate::random::fresh_id;
use crate::storage::setup::{
    CONTROL_DATABASE, CONTROL_LOGIN, DEFINITION_LOGIN, TENANT_DATABASE, TRAFFIC_LOGIN, prepare_cluster,
};
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{ConnectOptions, Connection};
use std::cmp::Reverse;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};
use thiserror::Error;
use tokio::process::{Child, Command};
use tokio::time::sleep;

/// The cluster's superuser; the three logins of the server are made by it and have less.
const SUPERUSER: &str = "daybook";
/// No TCP port is opened: the number only names the socket.
const PORT: u16 = 5432;
/// Holds the socket's folder, for commands that join a running server.
const ADDRESS_FILE: &str = "address";
/// How the name of a folder begins in which a cluster is being made.
const UNFINISHED: &str = "data.new-";
const START_WITHIN: Duration = Duration::from_secs(60);
/// Processes of a Postgres whose first process was killed end by themselves, each when it notices; until then a new one
/// refuses to start with one of these words.
const LEFT_OVER: [&str; 2] = ["shared memory block", "lock file"];
const LEFT_OVER_ENDS: Duration = Duration::from_secs(20);
/// A socket's path has at most 107 bytes; `/.s.PGSQL.5432` is 14 of them.
const SOCKET_FOLDER_BYTES_MAX: usize = 90;

/// Settings of a private cluster. Its log holds no statement and no detail, because both can quote a row.
const SETTINGS: &[&str] = &[
    "listen_addresses=",
    "max_connections=120",
    "wal_level=minimal",
    "max_wal_senders=0",
    "jit=off",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
];

#[derive(Debug, Error)]
pub enum ClusterError {
    #[error(
        "Postgres was not found on this machine (looked with `pg_config --bindir` and in /usr/lib/postgresql). Install it, \
         for example with `apt-get install postgresql`."
    )]
    Missing,
    #[error("`setpriv` was not found, and Postgres is started with it. Install the package util-linux.")]
    NoSetpriv,
    #[error(
        "The account that runs Postgres cannot reach {0}. Give a folder with --data that is not below a closed one."
    )]
    Unreachable(PathBuf),
    #[error("The disk with {0} is full. Make room on it, or give a folder on another disk with --data.")]
    DiskFull(PathBuf),
    #[error("Postgres could not make its files in {folder}: {reason}. Give another folder with --data.")]
    Initialise { folder: PathBuf, reason: String },
    #[error(
        "Postgres did not start on its files in {folder} ({reason}; its log is {log}). If they are damaged, put the data \
         folder back from a backup, or begin a new server in another one with --data."
    )]
    Start { folder: PathBuf, log: PathBuf, reason: String },
    #[error(
        "Postgres ended by itself ({reason}); why is in its log {log}. Start the server again: what it answered is kept. If the \
         disk is full, make room first."
    )]
    Ended { log: PathBuf, reason: String },
    #[error("Postgres could not be prepared: {0}")]
    File(#[from] io::Error),
    #[error("the databases could not be prepared: {0}")]
    Databases(#[from] sqlx::Error),
    #[error("the folder for sealed segments cannot be used: {0}")]
    Blobs(#[from] object_store::Error),
}

/// A private Postgres, reached by a unix socket only. It is kept across restarts and stopped with the server.
#[derive(Debug)]
pub struct Cluster {
    place: Place,
    address: ClusterAddress,
    child: Child,
}

/// How a running cluster is reached. Whoever can open the socket's folder is trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClusterAddress {
    socket: PathBuf,
}

impl ClusterAddress {
    /// The address of the cluster that another process started in `folder`. None: none was started.
    pub fn of_running(folder: &Path) -> Option<Self> {
        let socket = fs::read_to_string(folder.join(ADDRESS_FILE)).ok()?;
        Some(ClusterAddress { socket: PathBuf::from(socket.trim_end()) })
    }

    /// How `user` reaches `database`.
    pub fn login(&self, user: &str, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(&self.socket)
            .port(PORT)
            .ssl_mode(PgSslMode::Disable)
            .username(user)
            .database(database)
    }

    pub fn superuser(&self, database: &str) -> PgConnectOptions {
        self.login(SUPERUSER, database)
    }

    /// The server's parts over this cluster, with a folder for sealed segments.
    ///
    /// # Errors
    /// The folder cannot be used, or the control database does not answer.
    pub async fn open(&self, blobs: &Path) -> Result<Installation, ClusterError> {
        let logins = Logins {
            control: self.login(CONTROL_LOGIN, CONTROL_DATABASE),
            definition: self.login(DEFINITION_LOGIN, TENANT_DATABASE),
            traffic: self.login(TRAFFIC_LOGIN, TENANT_DATABASE),
        };
        Ok(Installation::open(logins, Blobs::folder(blobs)?).await?)
    }
}

impl Cluster {
    /// Starts Postgres in `folder` with the server's logins and databases; makes its files first when there are none. What
    /// a killed server left running is stopped. Must be called from the process's first thread, because Postgres is stopped
    /// when the thread that started it ends.
    ///
    /// # Errors
    /// Postgres is missing, cannot write there, does not start, or does not take the logins and databases.
    pub async fn start(folder: &Path) -> Result<Self, ClusterError> {
        Self::start_in(folder).await.map_err(|error| match error.to_string().contains(DISK_IS_FULL) {
            true => ClusterError::DiskFull(folder.to_owned()),
            false => error,
        })
    }

    async fn start_in(folder: &Path) -> Result<Self, ClusterError> {
        let programs = find_programs().await.ok_or(ClusterError::Missing)?;
        let owner = Owner::choose()?;
        owner.make_folder(folder)?;
        check_reachable(&owner, folder).await?;
        let place = Place { programs, owner, folder: folder.to_owned() };
        if place.data().join("PG_VERSION").exists() {
            place.stop_left_over().await?;
        } else {
            place.initialise().await?;
        }
        let socket = socket_folder(&place.owner, folder)?;
        let log = Log::open(folder.join("log"))?;
        let child = place.spawn(&socket, &log)?;
        fs::write(folder.join(ADDRESS_FILE), socket.as_os_str().as_encoded_bytes())?;
        let mut cluster = Cluster { place, address: ClusterAddress { socket }, child };
        cluster.wait_until_ready(&log).await?;
        match prepare_cluster(|database| cluster.address.superuser(database)).await {
            Ok(()) => Ok(cluster),
            Err(error) => {
                cluster.stop().await?;
                Err(error.into())
            }
        }
    }

    pub fn address(&self) -> &ClusterAddress {
        &self.address
    }

    /// Waits until Postgres ends although nobody stopped it.
    pub async fn ended(&mut self) -> ClusterError {
        let reason = match self.child.wait().await {
            Ok(status) => status.to_string(),
            Err(error) => error.to_string(),
        };
        ClusterError::Ended { log: self.place.folder.join("log"), reason }
    }

    /// Ends all connections and waits until everything is on the disk.
    ///
    /// # Errors
    /// Postgres did not stop; it is stopped again at the next start.
    pub async fn stop(mut self) -> Result<(), ClusterError> {
        self.place.stop_running().await?;
        self.child.wait().await?;
        if self.address.socket != self.place.folder {
            fs::remove_dir_all(&self.address.socket)?;
        }
        Ok(())
    }

    async fn wait_until_ready(&mut self, log: &Log) -> Result<(), ClusterError> {
        let begun = Instant::now();
        loop {
            if let Ok(connection) = self.address.superuser("postgres").connect().await {
                let _ = connection.close().await;
                return Ok(());
            }
            let ended = self.child.try_wait()?.is_some();
            let left_over = |said: &str| LEFT_OVER.iter().any(|words| said.contains(words));
            if ended && begun.elapsed() < LEFT_OVER_ENDS && left_over(&log.reason()) {
                sleep(Duration::from_millis(200)).await;
                self.child = self.place.spawn(&self.address.socket, log)?;
                continue;
            }
            if ended || begun.elapsed() > START_WITHIN {
                let (folder, path) = (self.place.data(), log.path().to_owned());
                return Err(ClusterError::Start { folder, log: path, reason: log.reason() });
            }
            sleep(Duration::from_millis(20)).await;
        }
    }
}

/// The folder with `postgres` and `initdb`: what `pg_config` names, else the newest below /usr/lib/postgresql.
async fn find_programs() -> Option<PathBuf> {
    let named = Command::new("pg_config").arg("--bindir").stderr(Stdio::null()).output().await.ok();
    let named = named.and_then(|output| String::from_utf8(output.stdout).ok()).map(|text| PathBuf::from(text.trim()));
    let mut installed: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    installed.sort_unstable_by_key(|(version, _)| Reverse(*version));
    let mut candidates = named.into_iter().chain(installed.into_iter().map(|(_, path)| path));
    candidates.find(|path| path.join("postgres").exists() && path.join("initdb").exists())
}

async fn check_reachable(owner: &Owner, folder: &Path) -> Result<(), ClusterError> {
    let mut test = owner.command(Path::new("test"), folder);
    match test.arg("-w").arg(owner.name_of(folder)).status().await {
        Ok(status) if status.success() => Ok(()),
        Ok(status) if status.code() == Some(127) => Err(ClusterError::NoSetpriv),
        Ok(_) => Err(ClusterError::Unreachable(folder.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(ClusterError::NoSetpriv),
        Err(error) => Err(error.into()),
    }
}

/// Postgres' programs, whom they run as, and the folder of one cluster.
#[derive(Debug)]
struct Place {
    programs: PathBuf,
    owner: Owner,
    folder: PathBuf,
}

impl Place {
    /// The cluster's files as this process names them.
    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn program(&self, name: &str) -> Command {
        self.owner.command(&self.programs.join(name), &self.folder)
    }

    /// As a program of Postgres names what is in the folder.
    fn inside(&self, name: &str) -> PathBuf {
        self.owner.name_of(&self.folder).join(name)
    }

    /// Made beside its place and then renamed, so that a start that was cut off leaves nothing that looks whole.
    async fn initialise(&self) -> Result<(), ClusterError> {
        self.remove_unfinished()?;
        let name = format!("{UNFINISHED}{}", fresh_id().simple());
        let unfinished = self.folder.join(&name);
        let mut initdb = self.program("initdb");
        initdb.arg("-D").arg(self.inside(&name)).args(["-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C"]);
        let output = initdb.output().await?;
        if !output.status.success() {
            let reason = reason(&String::from_utf8_lossy(&output.stderr));
            return Err(ClusterError::Initialise { folder: self.folder.clone(), reason });
        }
        Ok(fs::rename(&unfinished, self.data())?)
    }

    /// What starts that were cut off left behind. One of them may still be at work for a moment: it cleans up itself, or
    /// the next start does.
    fn remove_unfinished(&self) -> Result<(), ClusterError> {
        for entry in fs::read_dir(&self.folder)?.flatten() {
            if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        Ok(())
    }

    /// The folder's lock is ours, so a Postgres that still runs here was left by a server that was killed, and a
    /// `postmaster.pid` whose process is another one is a left-over, too.
    async fn stop_left_over(&self) -> Result<(), ClusterError> {
        let file = self.data().join("postmaster.pid");
        let Ok(text) = fs::read_to_string(&file) else { return Ok(()) };
        let process = text.lines().next().and_then(|line| line.trim().parse::<u32>().ok());
        let folder = |process| fs::read_link(format!("/proc/{process}/cwd"));
        let runs_here = process.is_some_and(|process| folder(process).is_ok_and(|folder| folder == self.data()));
        if runs_here && self.stop_running().await.is_ok() {
            return Ok(());
        }
        match fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    async fn stop_running(&self) -> Result<(), ClusterError> {
        let mut stop = self.program("pg_ctl");
        stop.arg("stop").arg("-D").arg(self.inside("data")).args(["-m", "fast", "-w", "-t", "60"]);
        let output = stop.output().await?;
        if output.status.success() {
            return Ok(());
        }
        Err(io::Error::other(String::from_utf8_lossy(&output.stderr).trim().to_owned()).into())
    }

    fn spawn(&self, socket: &Path, log: &Log) -> Result<Child, ClusterError> {
        let log = File::options().create(true).append(true).open(log.path())?;
        let socket = if socket == self.folder { self.owner.name_of(&self.folder) } else { socket.to_owned() };
        let mut postgres = self.program("postgres");
        postgres.arg("-D").arg(self.inside("data")).arg("-p").arg(PORT.to_string()).arg("-k").arg(socket);
        for setting in SETTINGS {
            postgres.arg("-c").arg(setting);
        }
        // Ctrl+C in a terminal reaches a whole process group; Postgres must outlive the last request, so it has its own.
        postgres.process_group(0).stdout(log.try_clone()?).stderr(log);
        Ok(postgres.spawn()?)
    }
}

/// Beside the data; in the folder for temporary files when the path would be too long for a socket.
fn socket_folder(owner: &Owner, folder: &Path) -> Result<PathBuf, ClusterError> {
    if folder.as_os_str().len() <= SOCKET_FOLDER_BYTES_MAX {
        return Ok(folder.to_owned());
    }
    let name = fresh_id().simple().to_string();
    let short = std::env::temp_dir().join(format!("daybook-{}", &name[..12]));
    fs::create_dir(&short)?;
    owner.make_folder(&short)?;
    Ok(short)
}
