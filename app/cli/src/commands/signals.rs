use super::Out;
use crate::arguments::Signals;
use crate::failure::Failure;
use crate::{answer, rows};
use device::Device;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::signal::unix::{SignalKind, signal};

pub(super) fn run(device: &Device, asked: &Signals, out: Out<'_>) -> Result<(), Failure> {
    match asked {
        Signals::Record => record(device, out),
        Signals::List(days) => {
            let stretches = device.signals(days.from.as_deref(), days.to.as_deref())?;
            answer::write(out, days.shown.format, &rows::signals(&stretches))
        }
        Signals::Pause => {
            device.pause_recording()?;
            Ok(writeln!(out, "paused: nothing is recorded until `daybook signals resume`")?)
        }
        Signals::Resume => {
            device.resume_recording()?;
            Ok(writeln!(out, "recording goes on")?)
        }
    }
}

/// Until Ctrl-C, or until the session or the machine ends.
fn record(device: &Device, out: Out<'_>) -> Result<(), Failure> {
    let system = |error: std::io::Error| Failure::System(format!("the recorder cannot be told to stop: {error}"));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().map_err(system)?;
    let stop = Arc::new(AtomicBool::new(false));
    let entered = runtime.enter();
    for kind in [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()] {
        let mut asked = signal(kind).map_err(system)?;
        let stop = Arc::clone(&stop);
        runtime.spawn(async move {
            asked.recv().await;
            stop.store(true, Ordering::Release);
        });
    }
    drop(entered);
    writeln!(out, "recording; Ctrl-C stops it")?;
    out.flush()?;
    device.record(&|| stop.load(Ordering::Acquire))?;
    writeln!(out, "stopped")?;
    Ok(())
}
