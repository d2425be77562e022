//! The vocabulary of the tests: what is real (server, Postgres, devices as processes, a network that can be cut).

pub mod world;

pub use world::{
    App, Device, Display, Keyring, Network, Person, Run, Server, SmallDisk, Tenant, Window, World, program,
};
