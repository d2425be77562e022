use device::{Device, DeviceError};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Notify;

/// What commands, tray and background share.
pub(crate) struct Shell {
    pub(crate) device: Arc<Device>,
    /// Something waits to be sent.
    pub(crate) changed: Arc<Notify>,
    stopping: Arc<AtomicBool>,
}

impl Shell {
    pub(crate) fn new(device: Device) -> Self {
        Shell { device: Arc::new(device), changed: Arc::new(Notify::new()), stopping: Arc::default() }
    }

    /// Runs a change; a successful one is sent to the server soon.
    pub(crate) fn change<T>(&self, action: impl FnOnce(&Device) -> Result<T, DeviceError>) -> Result<T, DeviceError> {
        let done = action(&self.device)?;
        self.changed.notify_one();
        Ok(done)
    }

    /// Ends the recorder after its present look.
    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    pub(crate) fn stopping(&self) -> Arc<AtomicBool> {
        self.stopping.clone()
    }
}
