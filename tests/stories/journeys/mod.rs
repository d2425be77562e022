//! People and their computers, over real processes.

mod agreement;
mod bad_input;
mod billing;
mod blob_store;
mod clashes;
mod clocks;
mod demo;
mod dev_script;
mod full_disk;
mod keyring;
mod lived_through;
mod new_device;
mod power_cut;
mod recorder;
mod rights;
mod server_commands;
mod signals;
