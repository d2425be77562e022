//! What the tray says, in the language of the desktop: the same two as the screens, English where it speaks another.

pub(crate) struct Words {
    pub(crate) open: &'static str,
    pub(crate) start_timer: &'static str,
    pub(crate) stop_timer: &'static str,
    pub(crate) pause_recording: &'static str,
    pub(crate) resume_recording: &'static str,
    pub(crate) quit: &'static str,
}

const ENGLISH: Words = Words {
    open: "Open Daybook",
    start_timer: "Start a timer",
    stop_timer: "Stop the timer",
    pause_recording: "Pause recording",
    resume_recording: "Resume recording",
    quit: "Quit",
};

const GERMAN: Words = Words {
    open: "Daybook öffnen",
    start_timer: "Stoppuhr starten",
    stop_timer: "Stoppuhr anhalten",
    pause_recording: "Aufzeichnung pausieren",
    resume_recording: "Aufzeichnung fortsetzen",
    quit: "Beenden",
};

pub(crate) fn of_this_desktop() -> &'static Words {
    words_for(|variable| std::env::var(variable).ok())
}

/// The first of the locale's variables that is set decides, as it does for the web view.
fn words_for(variable: impl Fn(&str) -> Option<String>) -> &'static Words {
    let set = |name: &&str| variable(name).is_some_and(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find(set).and_then(variable).unwrap_or_default();
    if locale.split(['_', '.', '@', '-']).next() == Some("de") { &GERMAN } else { &ENGLISH }
}

#[cfg(test)]
mod tests {
    use super::words_for;

    fn check(variables: &[(&str, &str)], quit: &str) {
        let value =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        assert_eq!(words_for(value).quit, quit, "{variables:?}");
    }

    #[test]
    fn the_locale_of_the_desktop_chooses_the_language() {
        check(&[("LANG", "de_AT.UTF-8")], "Beenden");
        check(&[("LANG", "en_US.UTF-8"), ("LC_MESSAGES", "de")], "Beenden");
        check(&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "C.UTF-8")], "Quit");
        check(&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "")], "Beenden");
        check(&[("LANG", "fr_FR.UTF-8")], "Quit");
        check(&[], "Quit");
    }
}
