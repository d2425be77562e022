use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// Path of one of our programs, built from the sources as they are.
pub fn program(name: &str) -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(build).join(name)
}

/// The same selection as `./dev test` builds: with another one, cargo would unite features in another way and build
/// every dependency once more. What is measured runs as it is released.
fn build() -> PathBuf {
    let test_binary = std::env::current_exe().expect("a test knows its own path");
    let deps = test_binary.parent().expect("a test binary lies in deps");
    let folder = deps.parent().expect("deps lies in the profile's folder").to_owned();
    let what: &[&str] = if folder.ends_with("release") { &["--bins", "--release"] } else { &["--all-targets"] };
    let mut cargo = Command::new(env!("CARGO"));
    // What cargo tells a test of its package is news to build scripts that look at it: they would run again, and all that
    // depends on them would be built again, this very test included.
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            cargo.env_remove(name);
        }
    }
    let status = cargo.args(["build", "--quiet", "--workspace"]).args(what).status();
    assert!(status.expect("cargo runs").success(), "the programs under test do not build");
    folder
}
