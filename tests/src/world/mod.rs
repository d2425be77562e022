//! A company, its people and their computers, over the real programs.

mod app;
mod bus;
mod device;
mod display;
mod keyring;
mod network;
mod programs;
mod server;
mod small_disk;
mod tray;
mod window;

pub use app::App;
pub use bus::Bus;
pub use device::{Device, Run};
pub use display::Display;
pub use keyring::Keyring;
pub use network::Network;
pub use programs::program;
pub use server::Server;
pub use small_disk::SmallDisk;
pub use tray::Tray;
pub use window::Window;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// Everything of one test. Companies of different tests share one server, unless the test needs to hurt it.
pub struct World {
    server: Arc<Server>,
    folder: TempDir,
}

impl World {
    /// With the server that the tests of this run share.
    pub fn new() -> Self {
        World { server: Server::shared(), folder: tempfile::tempdir().expect("a folder for the devices") }
    }

    /// With a server of its own, which the test may stop and kill.
    pub fn with_own_server() -> Self {
        World { server: Arc::new(Server::start(&[])), folder: tempfile::tempdir().expect("a folder for the devices") }
    }

    pub fn server(&self) -> &Server {
        &self.server
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A new company. Its name gets a number, because tests share a server.
    pub fn tenant(&self, name: &str) -> Tenant<'_> {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let name = format!("{name}-{}", NEXT.fetch_add(1, Ordering::Relaxed));
        self.server.administer(&["tenant", "create", &name]);
        Tenant { world: self, name }
    }
}

impl Default for World {
    fn default() -> Self {
        World::new()
    }
}

pub struct Tenant<'w> {
    world: &'w World,
    pub name: String,
}

impl Tenant<'_> {
    /// Invites a person with these roles; the password is the same for all: `secret`.
    pub fn person(&self, user: &str, roles: &[&str]) -> Person<'_> {
        let mut arguments = vec!["user", "invite", "--tenant", &self.name, "--user", user];
        for role in roles {
            arguments.extend(["--role", role]);
        }
        let code = self.world.server.administer(&arguments);
        let code = code.split_whitespace().last().expect("the command prints the invitation's code").to_owned();
        Person { tenant: self, user: user.to_owned(), invitation: std::cell::RefCell::new(Some(code)) }
    }
}

pub struct Person<'t> {
    tenant: &'t Tenant<'t>,
    pub user: String,
    invitation: std::cell::RefCell<Option<String>>,
}

pub const PASSWORD: &str = "secret";

impl Person<'_> {
    /// A computer of this person, signed in; the first one uses the invitation.
    pub fn device(&self, name: &str) -> Device {
        let device = self.computer(name);
        self.signs_in(&device).succeeds();
        device
    }

    /// Signs in on this computer; the first time by the invitation.
    pub fn signs_in(&self, device: &Device) -> Run {
        device.sign_in(&self.tenant.name, &self.user, self.invitation.take().as_deref(), PASSWORD)
    }

    /// A computer that is not signed in yet.
    pub fn computer(&self, name: &str) -> Device {
        let home = self.tenant.world.folder().join(format!("{}-{}-{name}", self.tenant.name, self.user));
        Device::new(home, Network::to(self.tenant.world.server.address()))
    }
}
