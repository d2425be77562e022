use device::{DeviceError, ErrorCode};
use std::path::Path;
use tauri::AppHandle;
use tauri_plugin_dialog::DialogExt;

/// Asks for a file and writes the text into it; None when the person chose none.
pub(crate) fn save(app: &AppHandle, name: &str, text: &str) -> Result<Option<String>, DeviceError> {
    let Some(chosen) = app.dialog().file().set_file_name(name).blocking_save_file() else { return Ok(None) };
    let path =
        chosen.into_path().map_err(|_| unwritable(Path::new(name), "this place is no folder of the computer"))?;
    std::fs::write(&path, text).map_err(|error| unwritable(&path, &error.to_string()))?;
    Ok(Some(path.display().to_string()))
}

fn unwritable(path: &Path, why: &str) -> DeviceError {
    DeviceError::new(
        ErrorCode::BadInput,
        format!("{} could not be written ({why}); choose another file", path.display()),
    )
}
