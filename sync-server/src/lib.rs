//! The sync server: reconciles timesheets, keeps sealed signals, answers queries. Library of the command `sync-server`.

pub mod access;
pub mod blobs;
pub mod clock;
pub mod demo;
pub mod dev;
pub mod failure;
pub mod head_watch;
pub mod http;
pub mod installation;
pub mod jobs;
pub mod people;
pub mod placement;
pub mod pull;
pub mod push;
pub mod random;
pub mod roles;
pub mod routes;
pub mod running_queries;
pub mod serve;
pub mod state;
pub mod storage;
