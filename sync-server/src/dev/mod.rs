//! The whole server on one machine: a data folder with a private Postgres and the sealed segments, and nothing to configure.

mod cluster;
mod folder;
mod unprivileged;
mod words;

pub use cluster::{Cluster, ClusterAddress, ClusterError};
pub use folder::{DataFolder, FolderError};
