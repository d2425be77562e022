//! Sealed segments as objects: `<tenant>/<user>/<device>/<number>` in a folder, S3, Azure Blob or GCS.

use bytes::Bytes;
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload};
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;

/// The blob store. What it holds is sealed; nothing here could open it.
#[derive(Debug, Clone)]
pub struct Blobs(Arc<dyn ObjectStore>);

/// The name of one segment. It holds the tenant and never the database, so blobs stay when a tenant moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SegmentName {
    pub tenant: Uuid,
    pub user: Uuid,
    pub device: Uuid,
    pub no: u64,
}

/// What a create-only put found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    Created,
    /// An object of this name was there; it was not touched.
    Present,
}

impl Blobs {
    /// A folder, made when it is not there. What is put is on the disk when the put answers.
    ///
    /// # Errors
    /// The folder cannot be made or read.
    pub fn folder(folder: &Path) -> Result<Self, object_store::Error> {
        std::fs::create_dir_all(folder)
            .map_err(|source| object_store::Error::Generic { store: "folder", source: Box::new(source) })?;
        Ok(Blobs(Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true))))
    }

    /// `s3://bucket/prefix`, `az://container/prefix`, `gs://bucket/prefix`, `file:///folder`; credentials come from the
    /// environment, as each provider's tools name them.
    ///
    /// # Errors
    /// The address is of no known store, or its configuration is not complete.
    pub fn at(address: &str) -> Result<Self, object_store::Error> {
        let url = url::Url::parse(address)
            .map_err(|source| object_store::Error::Generic { store: "address", source: Box::new(source) })?;
        let (store, prefix) = object_store::parse_url_opts(&url, std::env::vars())?;
        Ok(Blobs(Arc::new(object_store::prefix::PrefixStore::new(store, prefix))))
    }

    /// # Errors
    /// The store is away.
    pub async fn create(&self, name: SegmentName, bytes: Bytes) -> Result<Put, object_store::Error> {
        let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        match self.0.put_opts(&name.path(), PutPayload::from_bytes(bytes), options).await {
            Ok(_) => Ok(Put::Created),
            Err(object_store::Error::AlreadyExists { .. }) => Ok(Put::Present),
            Err(error) => Err(error),
        }
    }

    /// None: there is no such segment.
    ///
    /// # Errors
    /// The store is away.
    pub async fn read(&self, name: SegmentName) -> Result<Option<Bytes>, object_store::Error> {
        match self.0.get(&name.path()).await {
            Ok(found) => found.bytes().await.map(Some),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl SegmentName {
    fn path(self) -> ObjectPath {
        ObjectPath::from(format!("{}/{}/{}/{}", self.tenant, self.user, self.device, self.no))
    }
}
