use std::path::PathBuf;
use std::process::Command;
use std::sync::Once;

/// Path of one of our programs, built from the sources as they are.
pub fn program(name: &str) -> PathBuf {
    static BUILT: Once = Once::new();
    BUILT.call_once(|| {
        let status = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "-p", "cli", "-p", "sync-server", "-p", "desktop"])
            .status()
            .expect("cargo runs");
        assert!(status.success(), "the programs under test do not build");
    });
    let test_binary = std::env::current_exe().expect("a test knows its own path");
    let deps = test_binary.parent().expect("a test binary lies in deps");
    let profile = deps.parent().expect("deps lies in the profile's folder");
    let folder = if profile.ends_with("release") { profile.with_file_name("debug") } else { profile.to_owned() };
    folder.join(name)
}
