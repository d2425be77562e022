use proptest::prelude::*;
use recorder::{Observation, Recorder, Rule, RuleError, Rules, Settings, Signal, Window};

fn rule(program: Option<&str>, title: Option<&str>) -> Rule {
    Rule { program: program.map(str::to_owned), title: title.map(str::to_owned) }
}

fn window(program: &str, title: &str) -> Window {
    Window { program: program.to_owned(), title: title.to_owned(), document: None }
}

fn excludes(rule: Rule, program: &str, title: &str) -> bool {
    Rules::new(vec![rule]).unwrap().excluding(&window(program, title)).is_some()
}

fn recorded(rules: Rules, windows: &[Window]) -> Vec<Signal> {
    let mut recorder = Recorder::new(Settings::default(), rules);
    let mut signals = Vec::new();
    for (second, window) in windows.iter().enumerate() {
        let seen = Observation { window: Some(window.clone()), idle: Some(0), locked: None };
        signals.extend(recorder.tick(second as i64 * 1_000_000, &seen));
    }
    signals.extend(recorder.stop(windows.len() as i64 * 1_000_000));
    signals
}

#[test]
fn a_rule_names_a_program_a_title_or_both() {
    assert!(excludes(rule(Some("keepassxc"), None), "KeePassXC", "anything"));
    assert!(excludes(rule(None, Some("*private*")), "Firefox", "A PRIVATE thing"));
    let both = || rule(Some("fire*"), Some("*bank*"));
    assert!(excludes(both(), "Firefox", "My bank"));
    assert!(!excludes(both(), "Firefox", "News"));
    assert!(!excludes(both(), "Chromium", "My bank"));
    assert!(excludes(rule(None, Some("a?c*")), "x", "abcd"));
    assert!(excludes(rule(None, Some("*ÄRZTIN*")), "x", "termin ärztin"));
}

#[test]
fn a_word_alone_hides_every_program_that_has_it_in_its_name_and_a_pattern_is_the_whole_name() {
    assert!(excludes(rule(Some("keepass"), None), "KeePassXC", "anything"));
    assert!(excludes(rule(Some(" PassXC "), None), "keepassxc", "anything"));
    assert!(!excludes(rule(Some("keepass?"), None), "KeePassXC", "anything"));
    assert!(excludes(rule(Some("keepass*"), None), "KeePassXC", "anything"));
    assert!(!excludes(rule(Some("pass*"), None), "KeePassXC", "anything"));
}

#[test]
fn excluded_time_leaves_no_trace_of_the_window() {
    let rules = Rules::new(vec![rule(Some("Banking"), None), rule(None, Some("*(3)*"))]).unwrap();
    let seen =
        [window("Editor", "a"), window("Banking", "account 12"), window("Chat", "(3) team"), window("Editor", "b")];
    let signals = recorded(rules, &seen);
    let windows: Vec<_> = signals
        .iter()
        .filter_map(|signal| match signal {
            Signal::ActiveWindow { begin, end, title, .. } => {
                Some((begin / 1_000_000, end / 1_000_000, title.as_str()))
            }
            Signal::Activity { .. } => None,
        })
        .collect();
    assert_eq!(windows, [(0, 1, "a"), (3, 4, "b")]);
}

#[test]
fn a_rule_that_is_added_while_its_window_is_in_front_ends_the_stretch() {
    let mut recorder = Recorder::new(Settings::default(), Rules::default());
    let seen = Observation { window: Some(window("Banking", "account")), idle: Some(0), locked: None };
    let mut signals = recorder.tick(0, &seen);
    recorder.set_rules(Rules::new(vec![rule(Some("Banking"), None)]).unwrap());
    for second in 1..10 {
        signals.extend(recorder.tick(second * 1_000_000, &seen));
    }
    signals.extend(recorder.stop(10_000_000));
    let last = signals.iter().filter(|signal| matches!(signal, Signal::ActiveWindow { .. })).map(Signal::end).max();
    assert_eq!(last, Some(1_000_000));
}

#[test]
fn rules_that_would_exclude_everything_or_never_end_are_refused() {
    assert_eq!(Rules::new(vec![rule(None, None)]), Err(RuleError::Empty));
    assert_eq!(Rules::new(vec![rule(Some(" "), Some(""))]), Err(RuleError::Empty));
    let long = "x".repeat(201);
    assert_eq!(Rules::new(vec![rule(Some(&long), None)]), Err(RuleError::TooLong(long.clone())));
    assert_eq!(Rules::new(vec![rule(Some("x"), None); 501]), Err(RuleError::TooMany));
}

#[test]
fn rules_keep_their_stored_form() {
    let rules = Rules::new(vec![rule(Some("Banking"), None), rule(None, Some("*private*"))]).unwrap();
    let stored = r#"{"excluded":[{"program":"Banking","title":null},{"program":null,"title":"*private*"}]}"#;
    assert_eq!(serde_json::to_string(&rules).unwrap(), stored);
    assert_eq!(serde_json::from_str::<Rules>(stored).unwrap(), rules);
    assert_eq!(serde_json::from_str::<Rules>("{}").unwrap(), Rules::default());
}

/// What a pattern means, written down the simple way.
fn means(pattern: &[char], text: &[char]) -> bool {
    match (pattern, text) {
        ([], []) => true,
        (['*', rest @ ..], _) => means(rest, text) || (!text.is_empty() && means(pattern, &text[1..])),
        (['?', rest @ ..], [_, others @ ..]) => means(rest, others),
        ([first, rest @ ..], [other, others @ ..]) => first == other && means(rest, others),
        _ => false,
    }
}

proptest! {
    #[test]
    fn patterns_mean_what_they_say(pattern in "[ab*?]{1,8}", text in "[ab]{0,8}") {
        let characters = |text: &str| text.chars().collect::<Vec<_>>();
        let expected = match pattern.contains(['*', '?']) {
            true => means(&characters(&pattern), &characters(&text)),
            false => text.contains(&pattern),
        };
        prop_assert_eq!(excludes(rule(None, Some(&pattern)), "x", &text), expected);
    }

    #[test]
    fn no_signal_ever_names_an_excluded_program(windows in prop::collection::vec(("[ab]", "[xy(3) ]{0,6}"), 1..50)) {
        let seen: Vec<Window> = windows.iter().map(|(program, title)| window(program, title)).collect();
        let rules = Rules::new(vec![rule(Some("a"), None), rule(None, Some("*x*"))]).unwrap();
        for signal in recorded(rules, &seen) {
            if let Signal::ActiveWindow { program, title, .. } = signal {
                prop_assert!(program == "b" && !title.contains('x'));
            }
        }
    }
}
