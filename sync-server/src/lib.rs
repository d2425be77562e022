//! The sync server: reconciles timesheets, keeps sealed signals, answers queries. Library of the command `sync-server`.

pub mod access;
pub mod blobs;
pub mod clock;
pub mod dev;
pub mod failure;
pub mod http;
pub mod installation;
pub mod jobs;
pub mod people;
pub mod placement;
pub mod random;
pub mod routes;
pub mod serve;
pub mod state;
pub mod storage;
