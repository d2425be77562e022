use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;

/// The crate that a program is made of.
fn package(name: &str) -> &str {
    match name {
        "daybook" => "cli",
        "daybook-desktop" => "desktop",
        other => other,
    }
}

/// Path of one of our programs, built from the sources as they are.
pub fn program(name: &str) -> PathBuf {
    static BUILT: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let mut built = BUILT.lock().expect("no build failed before");
    if !built.contains(name) {
        let status = Command::new(env!("CARGO")).args(["build", "--quiet", "-p", package(name)]).status();
        assert!(status.expect("cargo runs").success(), "{name} does not build");
        built.insert(name.to_owned());
    }
    let test_binary = std::env::current_exe().expect("a test knows its own path");
    let deps = test_binary.parent().expect("a test binary lies in deps");
    let profile = deps.parent().expect("deps lies in the profile's folder");
    let folder = if profile.ends_with("release") { profile.with_file_name("debug") } else { profile.to_owned() };
    folder.join(name)
}
