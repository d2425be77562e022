use device::view::QueryResult;
use device::{DeviceError, ErrorCode};
use serde::Deserialize;
use std::fs::File;
use std::io::Write;
use std::path::Path;
use tauri::AppHandle;
use tauri_plugin_dialog::DialogExt;

/// How an answer is written.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Form {
    Csv,
    Json,
}

/// Asks for a file and writes the answer into it; None when the person chose none.
pub(crate) fn save(app: &AppHandle, answer: &QueryResult, form: Form) -> Result<Option<String>, DeviceError> {
    let (name, text) = match form {
        Form::Csv => ("answer.csv", answer.to_csv()),
        Form::Json => ("answer.json", answer.to_json()),
    };
    let Some(chosen) = app.dialog().file().set_file_name(name).blocking_save_file() else { return Ok(None) };
    let path =
        chosen.into_path().map_err(|_| unwritable(Path::new(name), "this place is no folder of the computer"))?;
    write_whole(&path, &text).map_err(|error| unwritable(&path, &error.to_string()))?;
    Ok(Some(path.display().to_string()))
}

/// The file has all of the text or is as it was: a full disk leaves no half of an answer, which would read like a whole one.
fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}-new", std::process::id()));
    let fresh = path.with_file_name(name);
    let written = File::create_new(&fresh)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&fresh, path));
    if written.is_err() {
        // What went wrong with the file itself is what is said.
        drop(std::fs::remove_file(&fresh));
    }
    written
}

fn unwritable(path: &Path, why: &str) -> DeviceError {
    DeviceError::new(
        ErrorCode::BadInput,
        format!("{} could not be written ({why}); choose another file", path.display()),
    )
}

#[cfg(test)]
mod tests {
    use super::write_whole;

    #[test]
    fn an_answer_that_cannot_be_written_leaves_what_was_there_and_nothing_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("answer.csv");
        write_whole(&file, "first").expect("written");
        write_whole(&file, "second").expect("written over");
        assert_eq!(std::fs::read_to_string(&file).expect("the file"), "second");
        let taken = folder.path().join("taken.csv");
        std::fs::create_dir(&taken).expect("a folder in the place of the file");
        write_whole(&taken, "third").expect_err("a folder is no file");
        let mut names: Vec<_> =
            std::fs::read_dir(folder.path()).expect("listed").flatten().map(|one| one.file_name()).collect();
        names.sort();
        assert_eq!(names, ["answer.csv", "taken.csv"]);
    }
}
