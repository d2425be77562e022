//! A home without a server: the standard company is published as a pull would.

mod asking;
mod bindings;
mod booking;
mod home;
mod master_data;
mod new_device;
mod recording;
mod syncing;
