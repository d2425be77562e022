use proptest::prelude::*;
use recorder::{Observation, Recorder, Rules, Settings, Signal, State, Window, join};

/// A whole UTC hour, so that minutes are easy to read.
const START: i64 = 500_000 * 3_600 * SECOND;
const SECOND: i64 = 1_000_000;

/// Looks once a second and keeps all that came out.
struct Watch {
    recorder: Recorder,
    now: i64,
    last_input: i64,
    title: &'static str,
    locked: bool,
    signals: Vec<Signal>,
}

fn watch() -> Watch {
    Watch {
        recorder: Recorder::new(Settings::default(), Rules::default()),
        now: START,
        last_input: START,
        title: "main.rs",
        locked: false,
        signals: Vec::new(),
    }
}

fn window(title: &str) -> Window {
    Window { program: "Editor".to_owned(), title: title.to_owned(), document: None }
}

impl Watch {
    fn look(&mut self) {
        let seen = Observation {
            window: Some(window(self.title)),
            idle: Some(self.now - self.last_input),
            locked: Some(self.locked),
        };
        self.signals.extend(self.recorder.tick(self.now, &seen));
    }

    fn works(&mut self, title: &'static str, seconds: i64) -> &mut Self {
        self.title = title;
        for _ in 0..seconds {
            self.last_input = self.now;
            self.look();
            self.now += SECOND;
        }
        self
    }

    fn rests(&mut self, seconds: i64) -> &mut Self {
        for _ in 0..seconds {
            self.look();
            self.now += SECOND;
        }
        self
    }

    fn locks(&mut self, seconds: i64) -> &mut Self {
        self.locked = true;
        self.rests(seconds);
        self.locked = false;
        self
    }

    fn sleeps(&mut self, seconds: i64) -> &mut Self {
        self.now += seconds * SECOND;
        self
    }

    /// Each as `begin-end what`, in seconds since the start.
    fn story(&mut self) -> Vec<String> {
        let mut signals = std::mem::take(&mut self.signals);
        signals.extend(self.recorder.stop(self.now));
        story(join(signals))
    }
}

fn story(signals: Vec<Signal>) -> Vec<String> {
    signals
        .into_iter()
        .map(|signal| {
            let what = match &signal {
                Signal::ActiveWindow { title, .. } => title.clone(),
                Signal::Activity { state, .. } => format!("{state:?}"),
            };
            format!("{}-{} {what}", (signal.begin() - START) / SECOND, (signal.end() - START) / SECOND)
        })
        .collect()
}

#[test]
fn the_same_window_is_one_stretch_and_another_title_is_the_next() {
    let story = watch().works("main.rs", 1000).works("lib.rs", 20).works("main.rs", 30).story();
    assert_eq!(story, ["0-1050 Active", "0-1000 main.rs", "1000-1020 lib.rs", "1020-1050 main.rs"]);
}

#[test]
fn a_title_that_changes_by_itself_stays_one_stretch() {
    let mut watch = watch();
    for title in ["⠋ build", "⠙ build", "(1) build", "(2) build", "build 45%", "● build", "build"] {
        watch.works(title, 3);
    }
    assert_eq!(watch.story(), ["0-21 Active", "0-21 build"]);
}

#[test]
fn a_pause_below_the_limit_belongs_to_the_work() {
    assert_eq!(watch().works("a", 60).rests(290).works("a", 10).story(), ["0-360 Active", "0-360 a"]);
}

#[test]
fn above_the_limit_the_whole_gap_goes_from_the_last_input() {
    let story = watch().works("a", 60).rests(600).works("a", 10).story();
    assert_eq!(story, ["0-59 Active", "0-59 a", "59-660 Idle", "660-670 Active", "660-670 a"]);
}

#[test]
fn windows_that_change_while_nobody_is_there_are_not_recorded() {
    let mut watch = watch();
    watch.works("a", 60);
    watch.title = "slide 2";
    watch.rests(100);
    watch.title = "slide 3";
    assert_eq!(watch.rests(300).story(), ["0-59 Active", "0-59 a", "59-460 Idle"]);
}

#[test]
fn windows_that_change_without_input_count_when_the_person_was_there_after_all() {
    let mut watch = watch();
    watch.works("a", 60);
    watch.title = "b";
    watch.rests(100);
    assert_eq!(watch.works("b", 10).story(), ["0-170 Active", "0-60 a", "60-170 b"]);
}

#[test]
fn a_locked_screen_ends_the_work_at_the_last_input() {
    let story = watch().works("a", 60).rests(100).locks(200).works("a", 10).story();
    assert_eq!(story, ["0-59 Active", "0-59 a", "59-360 Locked", "360-370 Active", "360-370 a"]);
}

#[test]
fn sleep_is_not_work_and_not_idleness() {
    let story = watch().works("a", 60).sleeps(1000).works("a", 10).story();
    assert_eq!(story, ["0-59 Active", "0-59 a", "59-1060 Asleep", "1060-1070 Active", "1060-1070 a"]);
}

#[test]
fn idle_and_then_asleep_are_told_apart() {
    let story = watch().works("a", 60).rests(400).sleeps(1000).works("a", 10).story();
    assert_eq!(story, ["0-59 Active", "0-59 a", "59-459 Idle", "459-1460 Asleep", "1460-1470 Active", "1460-1470 a"]);
}

#[test]
fn a_kill_loses_no_more_than_one_piece() {
    let mut watch = watch();
    watch.works("a", 1000);
    let recorded = join(std::mem::take(&mut watch.signals));
    assert_eq!(story(recorded), ["0-900 Active", "0-900 a"]);
}

#[test]
fn no_signal_crosses_a_full_hour() {
    let mut watch = watch();
    watch.works("a", 4000);
    watch.sleeps(8000).works("a", 5);
    watch.signals.extend(watch.recorder.stop(watch.now));
    for signal in &watch.signals {
        let hour = |at: i64| at.div_euclid(3_600 * SECOND);
        assert_eq!(hour(signal.begin()), hour(signal.end() - 1), "{signal:?}");
    }
}

#[test]
fn paused_means_nothing_is_recorded_until_resumed() {
    let mut watch = watch();
    watch.works("a", 10);
    watch.signals.extend(watch.recorder.pause(watch.now));
    assert!(watch.recorder.is_paused());
    watch.works("secret", 100);
    watch.recorder.resume();
    assert_eq!(watch.works("b", 10).story(), ["0-10 Active", "0-10 a", "110-120 Active", "110-120 b"]);
}

#[test]
fn a_clock_that_is_set_back_a_little_is_waited_for_and_a_lot_begins_anew() {
    let mut watch = watch();
    watch.works("a", 100);
    watch.now -= 3 * SECOND;
    watch.works("a", 10);
    watch.now -= 50 * SECOND;
    let story = watch.works("a", 5).story();
    assert_eq!(story, ["0-106 Active", "0-106 a", "57-62 Active", "57-62 a"]);
}

#[test]
fn a_desktop_that_does_not_tell_of_input_gives_windows_and_no_claims() {
    let mut recorder = Recorder::new(Settings::default(), Rules::default());
    let seen = Observation { window: Some(window("a")), idle: None, locked: None };
    let mut signals: Vec<Signal> = (0..700).flat_map(|second| recorder.tick(START + second * SECOND, &seen)).collect();
    signals.extend(recorder.stop(START + 700 * SECOND));
    assert_eq!(story(join(signals)), ["0-700 a"]);
}

#[test]
fn a_desktop_that_shows_nothing_gives_nothing() {
    let mut recorder = Recorder::new(Settings::default(), Rules::default());
    for second in 0..700 {
        assert_eq!(recorder.tick(START + second * SECOND, &Observation::default()), []);
    }
    assert_eq!(recorder.stop(START + 700 * SECOND), []);
}

#[derive(Debug, Clone)]
struct Look {
    after: i64,
    input_ago: i64,
    title: Option<usize>,
    locked: bool,
}

fn looks() -> impl Strategy<Value = Vec<Look>> {
    let after = prop_oneof![8 => 1..3_i64, 1 => 50..70_i64, 1 => 100..9_000_i64];
    let input_ago = prop_oneof![3 => Just(0_i64), 1 => 0..400_i64];
    let look = (after, input_ago, prop::option::of(0..3_usize), prop::bool::weighted(0.1))
        .prop_map(|(after, input_ago, title, locked)| Look { after, input_ago, title, locked });
    prop::collection::vec(look, 1..400)
}

proptest! {
    #[test]
    fn whatever_is_seen_stretches_are_ordered_and_never_contradict(looks in looks()) {
        let settings = Settings { piece: 20 * SECOND, idle_after: 30 * SECOND, ..Settings::default() };
        let mut recorder = Recorder::new(settings, Rules::default());
        let (mut now, mut last_input) = (START, START);
        let mut signals = Vec::new();
        for look in looks {
            now += look.after * SECOND;
            last_input = last_input.max(now - look.input_ago * SECOND);
            let title = look.title.map(|title| window(["a", "b", "c"][title]));
            let seen = Observation { window: title, idle: Some(now - last_input), locked: Some(look.locked) };
            signals.extend(recorder.tick(now, &seen));
        }
        signals.extend(recorder.stop(now));
        let joined = join(signals);
        let of_kind = |windows: bool| joined.iter().filter(move |s| matches!(s, Signal::ActiveWindow { .. }) == windows);
        for windows in [true, false] {
            let list: Vec<_> = of_kind(windows).collect();
            prop_assert!(list.iter().all(|signal| signal.begin() < signal.end() && signal.end() <= now));
            prop_assert!(list.windows(2).all(|pair| pair[0].end() <= pair[1].begin()));
        }
        let active = |at: i64| of_kind(false).any(|signal| {
            matches!(signal, Signal::Activity { begin, end, state: State::Active } if (*begin..*end).contains(&at))
        });
        for signal in of_kind(true) {
            prop_assert!(active(signal.begin()) && active(signal.end() - 1), "{signal:?} outside of activity");
        }
    }
}
