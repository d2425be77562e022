//! The tray of a desktop, as programs see it: they register an item and show a menu over the bus.

use super::Bus;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use zbus::blocking::{Connection, Proxy, connection};
use zbus::message::Header;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

const SHOWN_MAX: Duration = Duration::from_secs(120);

/// A menu entry's number, its properties and its children.
type Entry = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

/// Where an item can be asked: the name of its program on the bus, and its path.
type Item = (String, String);

pub struct Tray {
    connection: Connection,
    items: Arc<Mutex<Vec<Item>>>,
}

struct Watcher {
    items: Arc<Mutex<Vec<Item>>>,
}

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, service: &str, #[zbus(header)] header: Header<'_>) {
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        // Some programs give the path of their item, others a name of theirs on the bus.
        let item = if service.starts_with('/') {
            (sender, service.to_owned())
        } else {
            (service.to_owned(), "/StatusNotifierItem".to_owned())
        };
        self.items.lock().expect("no call failed").push(item);
    }

    fn register_status_notifier_host(&self, _service: &str) {}

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

impl Tray {
    pub fn on(bus: &Bus) -> Tray {
        let items = Arc::new(Mutex::new(Vec::new()));
        let builder = connection::Builder::address(bus.address()).expect("the bus has an address");
        let watcher = Watcher { items: items.clone() };
        let connection = builder
            .serve_at("/StatusNotifierWatcher", watcher)
            .and_then(|builder| builder.name("org.kde.StatusNotifierWatcher"))
            .and_then(connection::Builder::build)
            .expect("the bus takes a tray");
        Tray { connection, items }
    }

    /// What the menu of the one item says, separators aside; waits until there is an item.
    pub fn labels(&self) -> Vec<String> {
        self.entries().into_iter().map(|(_, label)| label).collect()
    }

    /// Clicks an entry of the menu.
    pub fn chooses(&self, label: &str) {
        let entries = self.entries();
        let found = entries.iter().find(|(_, known)| known == label);
        let (number, _) = found.unwrap_or_else(|| panic!("no entry '{label}' in the tray: {entries:?}"));
        let click = (*number, "clicked", Value::from(0i32), 0u32);
        self.menu().call_method("Event", &click).unwrap_or_else(|error| panic!("'{label}': {error}"));
    }

    fn entries(&self) -> Vec<(i32, String)> {
        let until = Instant::now() + SHOWN_MAX;
        loop {
            let asked: zbus::Result<(u32, Entry)> = self.menu().call("GetLayout", &(0i32, -1i32, Vec::<String>::new()));
            let entries = asked.map(|(_, (_, _, children))| children.into_iter().filter_map(named).collect::<Vec<_>>());
            match entries {
                Ok(entries) if !entries.is_empty() => return entries,
                other => assert!(Instant::now() < until, "the tray's menu is not shown: {other:?}"),
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn menu(&self) -> Proxy<'static> {
        let (program, path) = self.item();
        let item = self.proxy(&program, &path, "org.kde.StatusNotifierItem");
        let menu: OwnedObjectPath = item.get_property("Menu").expect("an item names its menu");
        self.proxy(&program, menu.as_str(), "com.canonical.dbusmenu")
    }

    fn item(&self) -> Item {
        let until = Instant::now() + SHOWN_MAX;
        loop {
            if let Some(item) = self.items.lock().expect("no call failed").last() {
                return item.clone();
            }
            assert!(Instant::now() < until, "no program came to the tray");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn proxy(&self, program: &str, path: &str, interface: &'static str) -> Proxy<'static> {
        Proxy::new(&self.connection, program.to_owned(), path.to_owned(), interface).expect("a proxy")
    }
}

fn named(entry: OwnedValue) -> Option<(i32, String)> {
    let (number, properties, _) = Entry::try_from(entry).ok()?;
    let label = properties.get("label")?.downcast_ref::<String>().ok()?;
    Some((number, label.replace('_', "")))
}
