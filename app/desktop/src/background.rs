use crate::shell::Shell;
use device::{Device, NextRound};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tauri::{AppHandle, Emitter, Manager};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::Notify;

/// The window comes first: a sync at the same time would hold it up on a small computer.
const AFTER_THE_WINDOW: Duration = Duration::from_secs(1);
/// Without news from the server a sync is tried this often.
const SYNC_EVERY: Duration = Duration::from_secs(60);
/// Several changes in a row are sent together.
const GATHER: Duration = Duration::from_millis(800);
/// After the connection for news ended, the next try waits this long.
const NEWS_AGAIN: Duration = Duration::from_secs(15);
/// The sync that news ask for needs a moment before the next news are listened for.
const NEWS_PAUSE: Duration = Duration::from_secs(3);
/// A recorder that could not start (another process records, no display) tries again after this.
const RECORD_AGAIN: Duration = Duration::from_secs(30);

/// Recorder and sync, for as long as the application runs, with the window or without.
pub(crate) fn start(app: &AppHandle) {
    let shell = app.state::<Shell>();
    tauri::async_runtime::spawn(synchronize(app.clone(), shell.device.clone(), shell.changed.clone()));
    tauri::async_runtime::spawn(end_when_asked(app.clone()));
    tauri::async_runtime::spawn(hear_news(shell.device.clone(), shell.changed.clone()));
    let device = shell.device.clone();
    shell.record(move |stopping| {
        while !stopping.load(Ordering::Relaxed) {
            // Why it does not record is shown by the status of the screens.
            if device.record(&|| stopping.load(Ordering::Relaxed), &|_| ()).is_err() {
                std::thread::park_timeout(RECORD_AGAIN);
            }
        }
    });
}

/// The system ends programs by a signal: it is taken as Quit, so that what the recorder saw last is sealed.
async fn end_when_asked(app: AppHandle) {
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return };
    let Ok(mut interrupt) = signal(SignalKind::interrupt()) else { return };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    app.exit(0);
}

async fn synchronize(app: AppHandle, device: Arc<Device>, changed: Arc<Notify>) {
    tokio::time::sleep(AFTER_THE_WINDOW).await;
    // What the recorder and the server change is news to the window, and so is what went wrong: it is kept in the sync state.
    let mut shown = None;
    loop {
        drop(device.sync().await);
        let now = device.status().ok();
        if now != shown {
            drop(app.emit("changed", ()));
            shown = now;
        }
        match device.next_round() {
            Some(NextRound { wait, asked: true }) => tokio::time::sleep(wait).await,
            next => {
                let wait = next.map_or(SYNC_EVERY, |next| next.wait);
                drop(tokio::time::timeout(wait, changed.notified()).await);
            }
        }
        tokio::time::sleep(GATHER).await;
    }
}

async fn hear_news(device: Arc<Device>, changed: Arc<Notify>) {
    tokio::time::sleep(AFTER_THE_WINDOW).await;
    loop {
        match device.wait_for_news().await {
            Ok(()) => {
                changed.notify_one();
                tokio::time::sleep(NEWS_PAUSE).await;
            }
            Err(_) => tokio::time::sleep(NEWS_AGAIN).await,
        }
    }
}
