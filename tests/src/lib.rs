//! The vocabulary of the tests: what is real (server, Postgres, devices as processes, a network that can be cut).

pub mod world;

pub use world::{App, Device, Display, Network, Person, Run, Server, Tenant, Window, World, program};
