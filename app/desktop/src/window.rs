use crate::shell::Shell;
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder};

/// What the web view keeps (how a person likes their screens) belongs to the home, as all that is kept.
const KEPT: &str = "window";

/// Lets the processor draw the window, unless the person says otherwise: WebKitGTK's way through the graphics card leaves
/// windows blank with some drivers (tauri issue 9394), and without a card it opens a third later. A calendar needs none.
pub(crate) fn draw_without_card() {
    // It fails for names that hold `=` only.
    drop(glib::setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1", false));
}

/// Shows the window, made anew if it was closed: closed to the tray there is no web view that costs memory.
pub(crate) fn show(app: &AppHandle) {
    if let Some(window) = app.get_webview_window("main") {
        drop(window.show());
        drop(window.set_focus());
        return;
    }
    let kept = app.state::<Shell>().device.home().join(KEPT);
    let built = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("Daybook")
        .data_directory(kept)
        .inner_size(1280.0, 800.0)
        .min_inner_size(900.0, 600.0)
        .build();
    if let Err(error) = built {
        eprintln!("daybook-desktop: the window could not be opened ({error}); the tray and the recorder go on");
    }
}
