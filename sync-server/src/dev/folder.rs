use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// A `dev` server's folder: `postgres/`, `blobs/`, `secret`, and `lock`, which is held as long as this value lives.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    _lock: File,
}

/// Made first of all, and never removed.
const LOCK: &str = "lock";

#[derive(Debug, Error)]
pub enum FolderError {
    #[error("The data folder {0} is in use by another sync-server. Stop that one, or give another folder with --data.")]
    InUse(PathBuf),
    #[error("The data folder {path} cannot be used: {source}. Give a folder that you may write with --data.")]
    Unusable { path: PathBuf, source: std::io::Error },
    #[error(
        "There is no server in the folder {0}. Look at the path behind --data, or make a server with `sync-server dev --data`."
    )]
    NoServer(PathBuf),
    #[error("The file {0} is damaged: it must hold 64 hexadecimal digits. Put it back from a backup.")]
    Secret(PathBuf),
}

impl DataFolder {
    /// Makes the folder when it is not there and locks it against a second server.
    ///
    /// # Errors
    /// Another server holds it, or it cannot be written.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        let unusable = |source| FolderError::Unusable { path: path.to_owned(), source };
        fs::create_dir_all(path).map_err(unusable)?;
        let path = fs::canonicalize(path).map_err(unusable)?;
        let unusable = |source| FolderError::Unusable { path: path.clone(), source };
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path.join(LOCK));
        let lock = file.map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => Ok(DataFolder { path, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(FolderError::InUse(path)),
            Err(TryLockError::Error(source)) => Err(unusable(source)),
        }
    }

    /// As [`DataFolder::open`], for a folder in which a `dev` server was started before. Nothing is made.
    ///
    /// # Errors
    /// As [`DataFolder::open`], and when there is no server.
    pub fn open_server(path: &Path) -> Result<Self, FolderError> {
        let no_server = || FolderError::NoServer(path.to_owned());
        if !path.join(LOCK).is_file() {
            return Err(no_server());
        }
        // A server that runs may be making its files just now.
        let folder = DataFolder::open(path)?;
        if folder.postgres().join("data").is_dir() { Ok(folder) } else { Err(no_server()) }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn postgres(&self) -> PathBuf {
        self.path.join("postgres")
    }

    pub fn blobs(&self) -> PathBuf {
        self.path.join("blobs")
    }

    /// The secret of this server's challenges; made from `fresh` when there is none yet.
    ///
    /// # Errors
    /// The file cannot be read or written, or does not hold a secret.
    pub fn secret(&self, fresh: [u8; 32]) -> Result<[u8; 32], FolderError> {
        let path = self.path.join("secret");
        let unusable = |source| FolderError::Unusable { path: path.clone(), source };
        if !path.try_exists().map_err(unusable)? {
            self.keep(&path, &hex::encode(fresh)).map_err(unusable)?;
        }
        let mut text = String::new();
        File::open(&path).and_then(|file| file.take(1024).read_to_string(&mut text)).map_err(|error| {
            match error.kind() {
                ErrorKind::InvalidData => FolderError::Secret(path.clone()),
                _ => unusable(error),
            }
        })?;
        let mut secret = [0; 32];
        hex::decode_to_slice(text.trim(), &mut secret).map_err(|_| FolderError::Secret(path.clone()))?;
        Ok(secret)
    }

    /// Under another name first: where the disk is full there is no file that looks damaged the next time.
    fn keep(&self, path: &Path, text: &str) -> std::io::Result<()> {
        let unfinished = path.with_extension("new");
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(unfinished, path)
    }
}
