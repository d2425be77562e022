//! The window and the tray around the device. Each command of the screens is one call into it.

mod background;
mod commands;
mod export;
mod questions;
mod refusal;
mod shell;
mod tray;
mod window;
mod words;

use anyhow::Context as _;
use device::{Device, Outside};
use shell::Shell;
use std::path::PathBuf;
use std::process::ExitCode;
use tauri::{Context, Manager, RunEvent};

fn main() -> ExitCode {
    window::draw_without_card();
    let context = tauri::generate_context!();
    match open() {
        Ok(device) => match run(device, context) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("daybook-desktop: {error:#}");
                ExitCode::FAILURE
            }
        },
        Err(error) => {
            refusal::say(&error, context);
            ExitCode::FAILURE
        }
    }
}

fn open() -> anyhow::Result<Device> {
    Ok(Device::open(&home()?, Outside::of_this_computer())?)
}

fn run(device: Device, context: Context) -> anyhow::Result<()> {
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| window::show(app)))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .manage(Shell::new(device))
        .invoke_handler(commands::all())
        .setup(|app| {
            // What the person waits for comes first.
            window::show(app.handle());
            tray::add(app.handle())?;
            background::start(app.handle());
            Ok(())
        })
        .build(context)
        .context("the window system could not be reached: is there a display?")?;
    app.run(|app, event| match event {
        // Closing the window leaves the tray and the recorder; only Quit ends them.
        RunEvent::ExitRequested { api, code: None, .. } => api.prevent_exit(),
        RunEvent::Exit => app.state::<Shell>().stop(),
        _ => {}
    });
    Ok(())
}

/// `DAYBOOK_HOME`, else the user's data folder.
fn home() -> anyhow::Result<PathBuf> {
    if let Some(home) = std::env::var_os("DAYBOOK_HOME") {
        return Ok(home.into());
    }
    let data = std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).or_else(|| {
        let user = std::env::var_os("HOME")?;
        Some(PathBuf::from(user).join(".local/share"))
    });
    Ok(data
        .context("neither DAYBOOK_HOME nor HOME is set: Daybook does not know where to keep its data")?
        .join("daybook"))
}
