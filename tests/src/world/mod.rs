//! A company, its people and their computers, over the real programs.

mod app;
mod bus;
mod device;
mod display;
mod keyring;
mod network;
mod place;
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

use place::Place;
use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// Everything of one test. Companies of different tests share one server, unless the test needs to hurt it. When the last
/// of its parts goes, what devices and server say is compared.
#[derive(Clone)]
pub struct World {
    place: Arc<Place>,
}

impl World {
    /// With the server that the tests of this run share.
    pub fn new() -> Self {
        World { place: Arc::new(Place::new(Server::shared())) }
    }

    /// With a server of its own, which the test may stop and kill.
    pub fn with_own_server() -> Self {
        World { place: Arc::new(Place::new(Arc::new(Server::start(&[])))) }
    }

    pub fn server(&self) -> &Server {
        self.place.server()
    }

    pub fn folder(&self) -> &Path {
        self.place.folder()
    }

    /// A new company. Its name gets a number, because tests share a server.
    pub fn tenant(&self, name: &str) -> Tenant {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let name = format!("{name}-{}", NEXT.fetch_add(1, Ordering::Relaxed));
        self.server().administer(&["tenant", "create", &name]);
        Tenant { world: self.clone(), name }
    }

    /// An employee who may also write customers and projects, in a company of their own.
    pub fn employee(&self) -> Person {
        self.tenant("acme").person("employee", &["User", "BaseDataAdmin"])
    }
}

impl Default for World {
    fn default() -> Self {
        World::new()
    }
}

#[derive(Clone)]
pub struct Tenant {
    world: World,
    pub name: String,
}

impl Tenant {
    /// Invites a person with these roles; the password is the same for all: `secret`.
    pub fn person(&self, user: &str, roles: &[&str]) -> Person {
        let code = self.invites(user, roles);
        Person { tenant: self.clone(), user: user.to_owned(), invitation: RefCell::new(Some(code)) }
    }

    /// The code of an invitation; for somebody who was here before it means a new password.
    pub fn invites(&self, user: &str, roles: &[&str]) -> String {
        let mut arguments = vec!["user", "invite", "--tenant", &self.name, "--user", user];
        for role in roles {
            arguments.extend(["--role", role]);
        }
        let code = self.world.server().administer(&arguments);
        code.split_whitespace().last().expect("the command prints the invitation's code").to_owned()
    }
}

pub struct Person {
    tenant: Tenant,
    pub user: String,
    invitation: RefCell<Option<String>>,
}

pub const PASSWORD: &str = "secret";

impl Person {
    pub fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    /// A computer of this person, signed in; the first one uses the invitation.
    pub fn device(&self, name: &str) -> Device {
        let device = self.computer(name);
        self.signs_in(&device).succeeds();
        device
    }

    /// Their computer with a customer, its project PORTAL and a task, not synced yet.
    pub fn laptop(&self) -> Device {
        let laptop = self.device("laptop");
        laptop.has_master_data();
        laptop
    }

    /// Signs in on this computer; the first time by the invitation.
    pub fn signs_in(&self, device: &Device) -> Run {
        let run = device.sign_in(&self.tenant.name, &self.user, self.invitation.take().as_deref(), PASSWORD);
        self.tenant.world.place.knows(device);
        run
    }

    /// A computer that is not signed in yet.
    pub fn computer(&self, name: &str) -> Device {
        let world = &self.tenant.world;
        let home = world.folder().join(format!("{}-{}-{name}", self.tenant.name, self.user));
        Device::new(home, Network::to(world.server().address())).in_world(world)
    }
}
