//! The script of the README on a machine where something is missing.

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output};

/// Runs the script where nothing is found but these programs.
fn dev(argument: &str, programs: &[&str]) -> Output {
    let found = tempfile::tempdir().expect("a folder");
    for program in programs {
        let real = ["/usr/bin", "/bin"].map(|folder| Path::new(folder).join("true"));
        let path = ["/usr/bin", "/bin"].map(|folder| Path::new(folder).join(program));
        // What is not installed in a usual place stands for itself: it is only looked for.
        let program_path = path.iter().chain(&real).find(|path| path.exists()).expect("a program");
        symlink(program_path, found.path().join(program)).expect("a link");
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dev");
    Command::new("/bin/bash").arg(script).arg(argument).env("PATH", found.path()).output().expect("bash runs")
}

fn says(output: &Output, words: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.lines().count() == 1 && said.starts_with("dev: ") && said.contains(words), "{said}");
}

#[test]
fn a_missing_piece_is_one_sentence_that_says_what_to_do() {
    for command in ["run", "test"] {
        says(&dev(command, &["dirname"]), "Rust is missing: install the toolchain");
        says(&dev(command, &["dirname", "cargo"]), "Node.js with npm is missing: install");
        says(
            &dev(command, &["dirname", "grep", "cargo", "npm"]),
            "there is no apt-get to install them: build-essential",
        );
    }
}

#[test]
fn a_command_that_is_none_names_the_two_that_are() {
    says(&dev("help", &["dirname"]), "say './dev run'");
}
