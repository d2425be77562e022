use tauri::{Context, RunEvent};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};

/// Says why Daybook cannot start, in a window of its own as well: who started it from a menu sees no terminal.
pub(crate) fn say(error: &anyhow::Error, context: Context) {
    let sentence = format!("{error:#}");
    eprintln!("daybook-desktop: {sentence}");
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .setup(move |app| {
            let handle = app.handle().clone();
            let message = app.dialog().message(sentence).title("Daybook").kind(MessageDialogKind::Error);
            message.show(move |_| handle.exit(1));
            Ok(())
        })
        .build(context);
    // Without a display the terminal is all there is.
    let Ok(app) = built else { return };
    app.run_return(|_, event| {
        if let RunEvent::ExitRequested { api, code: None, .. } = event {
            api.prevent_exit();
        }
    });
}
