//! One home: its folder, its file, how the file is opened, shaped, backed up and, when it is broken, set aside.

mod broken;
mod open;
mod presence;
mod shape;
mod unwritten;

pub use open::Opened;
pub(crate) use presence::Presence;
pub(crate) use unwritten::address;
