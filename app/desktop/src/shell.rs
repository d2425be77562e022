use device::{Cancel, Device, DeviceError};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use tokio::sync::Notify;

/// What commands, tray and background share.
pub(crate) struct Shell {
    pub(crate) device: Arc<Device>,
    /// Something waits to be sent.
    pub(crate) changed: Arc<Notify>,
    stopping: Arc<AtomicBool>,
    asking: Mutex<Asking>,
    recorder: Mutex<Option<JoinHandle<()>>>,
}

/// A query that somebody may want to end.
#[derive(Clone, Default)]
pub(crate) struct Asking {
    /// Ends it on this computer.
    pub(crate) cancel: Cancel,
    /// Says that its answer is not awaited any more.
    pub(crate) given_up: Arc<Notify>,
}

impl Shell {
    pub(crate) fn new(device: Device) -> Self {
        Shell {
            device: Arc::new(device),
            changed: Arc::new(Notify::new()),
            stopping: Arc::default(),
            asking: Mutex::default(),
            recorder: Mutex::default(),
        }
    }

    /// Runs a change; a successful one is sent to the server soon.
    pub(crate) fn change<T>(&self, action: impl FnOnce(&Device) -> Result<T, DeviceError>) -> Result<T, DeviceError> {
        let done = action(&self.device)?;
        self.changed.notify_one();
        Ok(done)
    }

    /// A query begins: from now on it is the one that [`Shell::give_up_query`] ends.
    pub(crate) fn ask(&self) -> Asking {
        let asking = Asking::default();
        *self.asking.lock().unwrap_or_else(PoisonError::into_inner) = asking.clone();
        asking
    }

    pub(crate) fn give_up_query(&self) {
        let asking = self.asking.lock().unwrap_or_else(PoisonError::into_inner).clone();
        asking.cancel.cancel();
        asking.given_up.notify_one();
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
