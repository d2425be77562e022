use crate::questions::Questions;
use device::{Device, DeviceError};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use tokio::sync::Notify;

/// What commands, tray and background share.
pub(crate) struct Shell {
    pub(crate) device: Arc<Device>,
    /// Something waits to be sent.
    pub(crate) changed: Arc<Notify>,
    pub(crate) questions: Questions,
    stopping: Arc<AtomicBool>,
    recorder: Mutex<Option<JoinHandle<()>>>,
}

impl Shell {
    pub(crate) fn new(device: Device) -> Self {
        Shell {
            device: Arc::new(device),
            changed: Arc::new(Notify::new()),
            questions: Questions::default(),
            stopping: Arc::default(),
            recorder: Mutex::default(),
        }
    }

    /// Runs a change; a successful one is sent to the server soon.
    pub(crate) fn change<T>(&self, action: impl FnOnce(&Device) -> Result<T, DeviceError>) -> Result<T, DeviceError> {
        let done = action(&self.device)?;
        self.changed.notify_one();
        Ok(done)
    }

    /// Runs the recorder's work in a thread until [`Shell::stop`]; the work asks whether it should stop.
    pub(crate) fn record(&self, work: impl FnOnce(&AtomicBool) + Send + 'static) {
        let stopping = self.stopping.clone();
        let recorder = std::thread::spawn(move || work(&stopping));
        *self.recorder.lock().unwrap_or_else(PoisonError::into_inner) = Some(recorder);
    }

    /// Ends the recorder and waits until what it saw last is sealed.
    pub(crate) fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        if let Some(recorder) = self.recorder.lock().unwrap_or_else(PoisonError::into_inner).take() {
            recorder.thread().unpark();
            drop(recorder.join());
        }
    }
}
