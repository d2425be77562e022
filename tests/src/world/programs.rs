use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// Path of one of our programs, built from the sources as they are.
pub fn program(name: &str) -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(build).join(name)
}

/// The same selection as `./dev test` builds: with another one, cargo would unite features in another way and build
/// every dependency once more.
fn build() -> PathBuf {
    let status = Command::new(env!("CARGO")).args(["build", "--quiet", "--workspace", "--all-targets"]).status();
    assert!(status.expect("cargo runs").success(), "the programs under test do not build");
    let test_binary = std::env::current_exe().expect("a test knows its own path");
    let deps = test_binary.parent().expect("a test binary lies in deps");
    let profile = deps.parent().expect("deps lies in the profile's folder");
    if profile.ends_with("release") { profile.with_file_name("debug") } else { profile.to_owned() }
}
