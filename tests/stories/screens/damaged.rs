//! A window over a home whose file was cut off.

use super::answers::keeps_picture;
use super::{books, eventually};
use std::path::{Path, PathBuf};
use tests::{Device, Window, World};

/// Cuts the home's database to a part of its length.
fn cuts_off(home: &Path, numerator: usize, denominator: usize) -> PathBuf {
    let file = home.join("daybook.sqlite");
    let bytes = std::fs::read(&file).expect("the database can be read");
    std::fs::write(&file, &bytes[..bytes.len() * numerator / denominator]).expect("the database can be cut off");
    file
}

/// The sentence that the window shows of it.
fn said(window: &Window) -> String {
    window.sees(".notice.warning");
    let text = window.computes("return document.querySelector('.notice.warning .text').textContent");
    text.as_str().expect("a sentence").to_owned()
}

fn with_booked(story: impl FnOnce(&Device)) {
    let world = World::new();
    let acme = world.tenant("acme");
    let employee = acme.person("employee", &["User", "BaseDataAdmin"]);
    let laptop = employee.device("laptop");
    laptop.does(&["put", "Project", "Code=PORTAL", "Name=Portal"]);
    books(&laptop, "09:00", "10:00", "kept on the server");
    laptop.syncs();
    story(&laptop);
}

#[test]
fn a_file_that_is_cut_off_is_said_in_one_sentence_and_a_sync_brings_everything_back() {
    with_booked(|laptop| {
        let file = cuts_off(laptop.home(), 19, 20);
        let length = std::fs::metadata(&file).expect("the file is there").len();
        laptop.network().cut();
        let window = Window::open(laptop);
        let sentence = said(&window);
        assert!(sentence.contains("damaged") && sentence.contains("nothing of it is deleted"), "{sentence}");
        assert_eq!(sentence.matches(". ").count(), 0, "one sentence: {sentence}");
        let aside = sentence.split(' ').find(|word| word.contains(".damaged-")).expect("the file is named");
        assert_eq!(std::fs::metadata(aside).expect("the old file is there").len(), length);
        window.says("Nothing of your company is on this computer yet");
        keeps_picture(&window, "damaged");
        laptop.network().restore();
        window.clicks_text("Sync now");
        window.sees(".ec-event.booking");
        eventually("the booking is here", || laptop.asks("From T In Timesheet Select { T.Id }").len() == 1);
    });
}

#[test]
fn a_file_of_which_nothing_can_be_read_leads_to_the_sign_in() {
    with_booked(|laptop| {
        cuts_off(laptop.home(), 1, 40);
        let window = Window::open(laptop);
        let sentence = said(&window);
        assert!(sentence.contains("nothing of it is deleted") && sentence.contains("sign in again"), "{sentence}");
        window.sees("input[name=password]");
        keeps_picture(&window, "damaged-whole");
    });
}
