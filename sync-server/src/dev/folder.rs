use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// A `dev` server's folder: `postgres/`, `blobs/`, `secret`, and `lock`, which is held as long as this value lives.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    _lock: File,
}

#[derive(Debug, Error)]
pub enum FolderError {
    #[error("The data folder {0} is in use by another sync-server. Stop that one, or give another folder with --data.")]
    InUse(PathBuf),
    #[error("The data folder {path} cannot be used: {source}. Give a folder that you may write with --data.")]
    Unusable { path: PathBuf, source: std::io::Error },
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
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path.join("lock"));
        let lock = file.map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => Ok(DataFolder { path, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(FolderError::InUse(path)),
            Err(TryLockError::Error(source)) => Err(unusable(source)),
        }
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
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
            Ok(mut file) => {
                file.write_all(hex::encode(fresh).as_bytes()).and_then(|()| file.sync_all()).map_err(unusable)?;
                Ok(fresh)
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                let mut text = String::new();
                File::open(&path).and_then(|file| file.take(1024).read_to_string(&mut text)).map_err(unusable)?;
                let mut secret = [0; 32];
                hex::decode_to_slice(text.trim(), &mut secret).map_err(|_| FolderError::Secret(path.clone()))?;
                Ok(secret)
            }
            Err(error) => Err(unusable(error)),
        }
    }
}
