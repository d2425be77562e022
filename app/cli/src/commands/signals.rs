use super::{Out, tell};
use crate::arguments::{Exclude, Signals};
use crate::failure::Failure;
use crate::{answer, rows};
use device::{Device, RecorderNews};
use std::cell::RefCell;
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
        Signals::Excluded(shown) => {
            let programs = device.exclusions()?;
            answer::write(out, shown.format, &rows::exclusions(&programs))
        }
        Signals::Exclude(asked) => exclude(device, asked, out),
        Signals::Include(asked) => include(device, &asked.programs, out),
    }
}

/// With a preview nothing is changed: the table says what of some days would have been kept.
fn exclude(device: &Device, asked: &Exclude, out: Out<'_>) -> Result<(), Failure> {
    let mut programs = device.exclusions()?;
    let is_new = |named: &&String| !programs.iter().any(|known| known.eq_ignore_ascii_case(named));
    let fresh: Vec<String> = asked.programs.iter().filter(is_new).cloned().collect();
    programs.extend(fresh);
    if asked.preview {
        let preview = device.preview_exclusions(&programs, asked.days.from.as_deref(), asked.days.to.as_deref())?;
        return answer::write(out, asked.days.shown.format, &rows::preview(&preview));
    }
    let excluded = device.set_exclusions(&programs)?.exclusions;
    Ok(writeln!(out, "never recorded: {}", answer::plain(&excluded.join(", ")))?)
}

fn include(device: &Device, named: &[String], out: Out<'_>) -> Result<(), Failure> {
    let mut programs = device.exclusions()?;
    for name in named {
        let before = programs.len();
        programs.retain(|known| !known.eq_ignore_ascii_case(name));
        if programs.len() == before {
            let say = format!("`{name}` is not excluded: `daybook signals excluded` shows what is");
            return Err(Failure::Input(say));
        }
    }
    device.set_exclusions(&programs)?;
    Ok(writeln!(out, "recorded again: {}", answer::plain(&named.join(", ")))?)
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
    let shown = RefCell::new(&mut *out);
    device.record(&|| stop.load(Ordering::Acquire), &|news| show(news, &mut **shown.borrow_mut()))?;
    writeln!(out, "stopped")?;
    Ok(())
}

fn show(news: RecorderNews<'_>, out: Out<'_>) {
    let line = match news {
        RecorderNews::Says(sentence) => return tell(sentence),
        RecorderNews::Records => "recording; Ctrl-C stops it",
        RecorderNews::Waits => "paused: nothing is recorded until `daybook signals resume`; Ctrl-C stops the recorder",
    };
    // A recorder whose terminal is gone goes on: there is nobody to tell.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
