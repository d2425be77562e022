//! People and their computers, over real processes.

mod agreement;
mod bad_input;
mod blob_store;
mod clashes;
mod clocks;
mod demo;
mod full_disk;
mod keyring;
mod lived_through;
mod power_cut;
mod recorder;
mod rights;
mod signals;

use tests::Device;

/// A customer with a project and a task, made on this device by a person who may.
fn master_data(device: &Device) {
    device.does(&["put", "Customer", "Code=ACME", "Name=Acme Corporation", "HourlyRate=120"]);
    device.does(&["put", "Project", "Code=PORTAL", "Name=Portal", "Customer=ACME", "Billable=True"]);
    device.does(&["put", "Task", "Code=DEV", "Name=Development", "Project=PORTAL", "Billable=True"]);
}
