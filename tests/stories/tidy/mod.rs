//! The house rules, as a ratchet: what a reviewer would have to look for by hand.

mod graph;
mod places;
mod shape;
mod texts;
mod traps;

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the workspace").to_owned()
}

/// Files of the project: tracked ones and new ones that git does not ignore, as paths from the root.
fn files() -> Vec<String> {
    let output = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git lists the files");
    let listed = String::from_utf8(output.stdout).expect("file names are UTF-8");
    listed.lines().filter(|file| root().join(file).is_file()).map(str::to_owned).collect()
}

fn files_ending(endings: &[&str]) -> Vec<String> {
    let files = files();
    let matches = |ending: &&str| files.iter().any(|file| file.ends_with(*ending));
    assert!(endings.iter().all(matches), "a rule speaks of files that are not there: {endings:?}");
    files.into_iter().filter(|file| endings.iter().any(|ending| file.ends_with(ending))).collect()
}

/// Of these files, the ones whose paths begin with one of the places. A place without a file would make a rule that cannot
/// fail.
fn files_in(files: &[String], places: &[&str]) -> Vec<String> {
    for place in places {
        assert!(files.iter().any(|file| file.starts_with(place)), "a rule speaks of {place}, and no file is there");
    }
    files.iter().filter(|file| places.iter().any(|place| file.starts_with(place))).cloned().collect()
}

fn read(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Fails with every finding at once, so that one run shows all there is to do.
fn assert_none(rule: &str, findings: Vec<String>) {
    assert!(findings.is_empty(), "{rule}\n  {}\n", findings.join("\n  "));
}
