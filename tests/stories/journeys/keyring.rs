//! A keyring that waits for its password answers nobody. Work goes on without it.

use super::recorder::{Recorder, titles};
use tests::{Display, Keyring, World};

#[test]
fn a_locked_keyring_stops_neither_the_recorder_nor_the_sync_and_is_said_in_one_sentence() {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User"]);
    let keyring = Keyring::new(world.folder());
    let laptop = employee.computer("laptop").with_keyring(&keyring);
    let invited = employee.signs_in(&laptop).succeeds();
    assert!(!invited.err.contains("keystore"), "{invited:?}");
    assert!(!laptop.home().join("device.key").exists(), "the key of the device lies in the keyring");

    keyring.falls_silent();
    let mut display = Display::new();
    display.opens("seen while locked");
    let mut recorder = Recorder::start(&laptop, &display);
    recorder.until(|said| said.contains("recording"));
    super::recorder::waits_for_looks();
    assert!(recorder.stops().0, "the recorder ends as it should");

    let synced = laptop.run(&["sync"]).succeeds();
    let sentences: Vec<&str> = synced.err.lines().filter(|line| line.contains("keystore")).collect();
    assert!(sentences.len() == 1 && sentences[0].contains("unlock it"), "{synced:?}");
    laptop.run(&["signals", "list"]).fails(1, &["keystore", "unlock"]);

    keyring.answers();
    assert!(titles(&laptop).contains("seen while locked"));
    assert_eq!(laptop.run(&["sync"]).succeeds().err, "");
}

#[test]
fn where_no_keyring_answers_the_key_lies_in_a_file_of_its_owner_alone_and_the_sign_in_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User"]);
    let keyring = Keyring::new(world.folder());
    keyring.falls_silent();
    let laptop = employee.computer("laptop").with_keyring(&keyring);
    let run = employee.signs_in(&laptop).succeeds();
    let file = laptop.home().join("device.key");
    assert!(run.err.contains("2 seconds") && run.err.contains(&*file.to_string_lossy()), "{run:?}");
    let mode = file.metadata().expect("the key is in a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
