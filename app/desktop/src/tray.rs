use crate::shell::Shell;
use crate::{window, words};
use device::StartTimer;
use tauri::menu::{Menu, MenuEvent, MenuItem, PredefinedMenuItem};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Emitter, Manager};

/// The tray stays when the window is closed: timer, recording, a way back to the window, and the end.
pub(crate) fn add(app: &AppHandle) -> tauri::Result<()> {
    let item = |id: &str, text: &str| MenuItem::with_id(app, id, text, true, None::<&str>);
    let words = words::of_this_desktop();
    let line = PredefinedMenuItem::separator(app)?;
    let menu = Menu::with_items(
        app,
        &[
            &item("open", words.open)?,
            &line,
            &item("start", words.start_timer)?,
            &item("stop", words.stop_timer)?,
            &line,
            &item("pause", words.pause_recording)?,
            &item("resume", words.resume_recording)?,
            &line,
            &item("quit", words.quit)?,
        ],
    )?;
    let mut tray = TrayIconBuilder::with_id("daybook").menu(&menu).tooltip("Daybook").on_menu_event(chosen);
    if let Some(icon) = app.default_window_icon() {
        tray = tray.icon(icon.clone());
    }
    tray.build(app)?;
    Ok(())
}

fn chosen(app: &AppHandle, event: MenuEvent) {
    let shell = app.state::<Shell>();
    let done = match event.id().as_ref() {
        "open" => {
            window::show(app);
            return;
        }
        "quit" => {
            app.exit(0);
            return;
        }
        "start" => shell.change(|device| device.start(&StartTimer::default()).map(drop)),
        "stop" => shell.change(|device| device.stop(None).map(drop)),
        "pause" => shell.device.pause_recording().map(drop),
        "resume" => shell.device.resume_recording().map(drop),
        _ => return,
    };
    match done {
        Ok(()) => drop(app.emit("changed", ())),
        // The tray has no room for a sentence; the window shows it.
        Err(error) => {
            window::show(app);
            drop(app.emit("said", error.message));
        }
    }
}
