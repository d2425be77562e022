//! What somebody who types `sync-server` hears: one sentence, and an exit code that says whose fault it is.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tests::{Server, program};

fn typed(arguments: &[&str]) -> Output {
    Command::new(program("sync-server")).args(arguments).output().expect("sync-server runs")
}

/// One sentence on standard error, as theirs.
fn refuses(output: &Output, words: &[&str]) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    for word in words {
        assert!(said.contains(word), "'{word}' is not said: {said}");
    }
}

fn dev(data: &Path) -> Output {
    typed(&["dev", "--listen", "127.0.0.1:0", "--data", data.to_str().expect("a path of letters")])
}

#[test]
fn a_typing_error_is_theirs_and_help_is_none() {
    for arguments in [
        &["dev"] as &[&str],
        &["dev", "--data", "x", "--listen", "nowhere"],
        &["user", "invite", "--user", "employee"],
        &["dve"],
    ] {
        let output = typed(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains("--") && !Path::new("x").exists(), "{arguments:?}: {said}");
    }
    for arguments in [["--help"], ["--version"]] {
        assert_eq!(typed(&arguments).status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn a_command_for_a_folder_without_a_server_makes_none() {
    let place = tempfile::tempdir().expect("a folder");
    let mistyped = place.path().join("sevrer");
    let data = mistyped.to_str().expect("a path of letters");
    for arguments in [
        &["tenant", "create", "acme", "--data", data] as &[&str],
        &["tenant", "list", "--data", data],
        &["user", "invite", "--tenant", "acme", "--user", "employee", "--data", data],
    ] {
        refuses(&typed(arguments), &["no server", data, "--data"]);
        assert!(!mistyped.exists());
    }
    fs::create_dir(&mistyped).expect("a folder");
    refuses(&typed(&["tenant", "list", "--data", data]), &["no server", data]);
    assert_eq!(fs::read_dir(&mistyped).expect("a folder").count(), 0, "nothing is made");
}

#[test]
fn damaged_files_are_named_with_the_way_on() {
    let server = Server::start(&[]);
    server.kill();
    let secret = server.data().join("secret");
    let kept = fs::read(&secret).expect("a secret");
    fs::write(&secret, [0xff; 40]).expect("it can be damaged");
    refuses(&dev(&server.data()), &["secret", "damaged", "backup"]);
    fs::write(&secret, kept).expect("it is put back");

    let log = server.data().join("postgres/log");
    let earlier = fs::read_to_string(&log).expect("a log") + "FATAL:  the words of an earlier start\n";
    fs::write(&log, earlier).expect("a longer log");
    let control = server.data().join("postgres/data/global/pg_control");
    let file = fs::OpenOptions::new().write(true).open(control).expect("it can be written");
    file.set_len(100).expect("it can be cut off");
    let output = dev(&server.data());
    refuses(&output, &["postgres/data", "pg_control", "backup", "--data"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("an earlier start"), "{said}");
}

#[test]
fn a_server_whose_database_ends_says_why_it_ends_too_and_goes_on_where_it_was() {
    let server = Server::start(&[]);
    assert_eq!(server.loses_postgres().code(), Some(1), "the machine's trouble, not ours");
    let said = server.log();
    for word in ["Postgres ended by itself", "postgres/log", "Start the server again"] {
        assert!(said.contains(word), "{said}");
    }
    server.restart();
    server.administer(&["tenant", "create", "acme"]);
}

#[test]
fn a_demo_that_is_there_says_that_it_keeps_what_it_has() {
    let place = tempfile::tempdir().expect("a folder");
    let told = |timesheets: &str| {
        let mut command = Command::new(program("sync-server"));
        command.args(["dev", "--listen", "127.0.0.1:0", "--demo", "--demo-timesheets", timesheets, "--data"]);
        let mut server = command.arg(place.path()).stdout(Stdio::piped()).spawn().expect("sync-server runs");
        let lines = BufReader::new(server.stdout.take().expect("stdout is piped")).lines();
        let lines = lines.map(|line| line.expect("text"));
        let before: Vec<String> = lines.take_while(|line| !line.starts_with("listening on")).collect();
        let stopped = Command::new("kill").arg(server.id().to_string()).status();
        assert!(stopped.is_ok_and(|status| status.success()) && server.wait().is_ok());
        before
    };
    assert_eq!(told("120"), [""; 0]);
    assert_eq!(told("120"), [""; 0]);
    let other = told("300");
    assert!(other.len() == 1 && other[0].contains("keeps its 120") && other[0].contains("--data"), "{other:?}");
}

/// The disk is a file system of 24 MiB in a namespace, on which whoever runs the tests is nobody special.
#[test]
fn a_disk_without_room_for_a_server_is_named_with_the_way_on() {
    let place = tempfile::tempdir().expect("a folder");
    let script =
        r#"mount -t tmpfs -o size=24m,mode=777 tmpfs "$0" && exec unshare --map-user=1000 "$@" --data "$0/server""#;
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", script]).arg(place.path());
    command.arg(program("sync-server")).args(["dev", "--listen", "127.0.0.1:0"]);
    refuses(&command.output().expect("unshare runs"), &["full", "--data"]);
}
