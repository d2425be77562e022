use recorder::{Observation, Recorder, Rules, Settings, Signal, Titles, Window};

fn kept(titles: Titles, shown: &str) -> String {
    let mut recorder = Recorder::new(Settings { titles, ..Settings::default() }, Rules::default());
    let window = Window { program: "Program".to_owned(), title: shown.to_owned(), document: None };
    let seen = Observation { window: Some(window), idle: Some(0), locked: None };
    recorder.tick(0, &seen);
    match recorder.stop(1_000_000).into_iter().find(|signal| matches!(signal, Signal::ActiveWindow { .. })) {
        Some(Signal::ActiveWindow { title, .. }) => title,
        _ => panic!("no window was recorded for {shown:?}"),
    }
}

fn check(shown: &str, expected: &str) {
    assert_eq!(kept(Titles::Cleaned, shown), expected, "{shown:?}");
}

#[test]
fn what_changes_by_itself_is_taken_out() {
    check("(3) Inbox - employee@example.org", "Inbox - employee@example.org");
    check("Inbox (1,024) - employee@example.org", "Inbox - employee@example.org");
    check("[12] team | Chat", "team | Chat");
    check("(99+) Chat", "Chat");
    check("● main.rs - daybook - Code", "main.rs - daybook - Code");
    check("*notes.txt", "notes.txt");
    check("⠹ cargo build", "cargo build");
    check("✳ Fix the parser", "Fix the parser");
    check("| make", "make");
    check("45% - Downloading big.iso", "Downloading big.iso");
    check("Copying [45.5%]", "Copying");
    check("0:32:11 - Timer", "Timer");
    check("Loading…", "Loading");
    check("  a \t b\n", "a b");
}

#[test]
fn what_a_person_wrote_stays() {
    for title in [
        "report (2).pdf - Viewer",
        "/ - Files",
        "Meeting 14:30 - Calendar",
        "C++ * pointers",
        "50 % off",
        "Ölflecken 日本語",
        "Chapter 3 [draft]",
        "a - b – c | d",
        "100",
    ] {
        check(title, title);
    }
}

#[test]
fn a_title_of_nothing_but_counters_is_kept_as_it_is() {
    check("(3)", "(3)");
    check("⠹", "⠹");
    check("", "");
}

#[test]
fn a_title_is_bounded_and_has_no_control_characters() {
    let title = kept(Titles::Cleaned, &format!("a\u{1b}[31m\0{}", "ä".repeat(5000)));
    assert!(title.chars().count() <= 500);
    assert!(!title.chars().any(char::is_control));
}

#[test]
fn the_title_as_shown_is_kept_when_the_person_wants_it() {
    assert_eq!(kept(Titles::AsShown, "(3) Inbox"), "(3) Inbox");
}
