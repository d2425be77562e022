use super::{Device, Server};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tempfile::TempDir;

/// What the computer of every person can see, in an order of its own.
const AGREED: [&str; 3] = [
    "From T In Timesheet Select { T.Id, T.Begin, T.End, T.Description, T.Project, T.Task, T.Billable, T.Updated }",
    "From P In Project Select { P.Id, P.Code, P.Name, P.Customer, P.Updated }",
    "From A In RoleAssignment Select { A.Id, A.User, A.Role, A.Active }",
];

/// Where a story happens: a server, and a folder with the homes of the computers.
pub(crate) struct Place {
    server: Arc<Server>,
    folder: TempDir,
    devices: Mutex<Vec<Device>>,
}

impl Place {
    pub(crate) fn new(server: Arc<Server>) -> Place {
        let folder = tempfile::tempdir().expect("a folder for the devices");
        Place { server, folder, devices: Mutex::default() }
    }

    pub(crate) fn server(&self) -> &Server {
        &self.server
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Remembers a computer, to look at it when the story is over.
    pub(crate) fn knows(&self, device: &Device) {
        let mut devices = self.devices.lock().unwrap_or_else(PoisonError::into_inner);
        if devices.iter().all(|known| known.home() != device.home()) {
            devices.push(device.without_world());
        }
    }
}

impl Drop for Place {
    /// Whatever the story was: a device whose sync succeeds has what the server answers. One that is locked out, away or
    /// waits for an answer of its person cannot be asked.
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        for device in self.devices.get_mut().unwrap_or_else(PoisonError::into_inner) {
            if device.home().is_dir() && device.run(&["sync"]).code == 0 {
                for question in AGREED {
                    assert_eq!(
                        device.asks(question),
                        device.asks_the_server(question),
                        "{:?}: {question}",
                        device.home()
                    );
                }
            }
        }
        let log = self.server.log();
        assert!(!log.contains("panicked"), "the server panicked: {log}");
    }
}
