//! Merging: looks at the desktop become stretches.
//!
//! Nothing after the last input is certain: it may turn out to be the beginning of idleness. So a stretch is given out only
//! up to the last input, and when the limit is reached everything after it goes.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::title::{bounded, cleaned};
use crate::{Observation, Rules, Signal, State, Window};

const SECOND: i64 = 1_000_000;
const HOUR: i64 = 3_600 * SECOND;
/// A clock that was set back by less is waited for.
const BACKWARD_STEP: i64 = 5 * SECOND;

/// Durations in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Without input for as long, the person was away since the last input.
    pub idle_after: i64,
    /// Between two looks lies at most as much, else the computer slept.
    pub asleep_after: i64,
    /// A stretch is given out in pieces of this length, so that a crash loses no more.
    pub piece: i64,
    pub titles: Titles,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Titles {
    /// Without what changes by itself.
    Cleaned,
    /// As the window showed it when the stretch began; stretches still join by the cleaned title.
    AsShown,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { idle_after: 300 * SECOND, asleep_after: 60 * SECOND, piece: 300 * SECOND, titles: Titles::Cleaned }
    }
}

pub struct Recorder {
    settings: Settings,
    rules: Rules,
    paused: bool,
    last: Option<Tick>,
    presence: Option<Presence>,
    /// The window in front, up to now.
    open: Option<Stretch>,
    /// Windows that were in front after the last input.
    uncertain: VecDeque<(Stretch, i64)>,
}

#[derive(Clone, Copy)]
struct Tick {
    at: i64,
    last_input: i64,
}

#[derive(Clone, Copy)]
struct Presence {
    /// None: this desktop does not tell whether somebody is there.
    state: Option<State>,
    begin: i64,
}

#[derive(Clone)]
struct Stretch {
    begin: i64,
    window: Window,
    /// Program and cleaned title: equal ones are one stretch.
    key: (String, String),
}

impl Recorder {
    pub fn new(settings: Settings, rules: Rules) -> Self {
        Recorder { settings, rules, paused: false, last: None, presence: None, open: None, uncertain: VecDeque::new() }
    }

    /// Takes one look into account, about once a second. Gives the stretches, or pieces of them, that are certain now.
    pub fn tick(&mut self, now: i64, seen: &Observation) -> Vec<Signal> {
        let mut out = Vec::new();
        if self.paused {
            return out;
        }
        match self.last {
            Some(last) if now < last.at && last.at - now < BACKWARD_STEP => return out,
            Some(last) if now < last.at => self.end_all(last.at, &mut out),
            Some(last) if now - last.at > self.settings.asleep_after => self.slept(last, now, &mut out),
            _ => {}
        }
        let last_input = seen.idle.map_or(now, |idle| now.saturating_sub(idle.max(0)));
        let state = self.state_of(seen);
        self.turn_to(state, now, last_input, &mut out);
        let is_there = matches!(state, None | Some(State::Active));
        let window = seen.window.as_ref().filter(|_| is_there).and_then(|window| self.kept(window));
        self.show(window, now);
        self.give(if is_there { last_input } else { now }, &mut out);
        self.last = Some(Tick { at: now, last_input });
        out
    }

    /// Ends everything now and records nothing until [`Recorder::resume`].
    pub fn pause(&mut self, now: i64) -> Vec<Signal> {
        self.paused = true;
        self.stop(now)
    }

    pub fn resume(&mut self) {
        self.paused = false;
    }

    pub fn is_paused(&self) -> bool {
        self.paused
    }

    /// Ends everything now: the program is closed, or the desktop cannot be seen any more.
    pub fn stop(&mut self, now: i64) -> Vec<Signal> {
        let mut out = Vec::new();
        if let Some(last) = self.last {
            let was_awake = (0..=self.settings.asleep_after).contains(&(now - last.at));
            self.end_all(if was_awake { now } else { last.at }, &mut out);
        }
        out
    }

    /// New rules hold from the next look on; the window in front is judged again.
    pub fn set_rules(&mut self, rules: Rules) {
        self.rules = rules;
    }

    pub fn set_settings(&mut self, settings: Settings) {
        self.settings = settings;
    }

    fn state_of(&self, seen: &Observation) -> Option<State> {
        match (seen.locked, seen.idle) {
            (Some(true), _) => Some(State::Locked),
            (_, Some(idle)) if idle >= self.settings.idle_after => Some(State::Idle),
            (_, Some(_)) => Some(State::Active),
            (_, None) => None,
        }
    }

    /// Rules see the title as it was shown and as it would be kept.
    fn kept(&self, window: &Window) -> Option<(Window, (String, String))> {
        let clean = cleaned(&window.title);
        let cleaned = Window { title: clean.clone(), ..window.clone() };
        if window.program.trim().is_empty()
            || [window, &cleaned].into_iter().any(|window| self.rules.excluding(window).is_some())
        {
            return None;
        }
        let key = (window.program.clone(), clean);
        let shown = match self.settings.titles {
            Titles::Cleaned => cleaned,
            Titles::AsShown => Window { title: bounded(&window.title), ..window.clone() },
        };
        Some((shown, key))
    }

    fn turn_to(&mut self, state: Option<State>, now: i64, last_input: i64, out: &mut Vec<Signal>) {
        let Some(before) = self.presence else {
            self.presence = Some(Presence { state, begin: now });
            return;
        };
        if before.state == state {
            return;
        }
        let at = match (before.state, state) {
            (Some(State::Active), Some(_)) | (Some(_), Some(State::Active)) => last_input.clamp(before.begin, now),
            _ => now,
        };
        if matches!(before.state, None | Some(State::Active)) {
            self.end_windows(at, out);
        }
        emit_presence(before, at, out);
        self.presence = Some(Presence { state, begin: at });
    }

    fn show(&mut self, window: Option<(Window, (String, String))>, now: i64) {
        if let (Some(open), Some((_, key))) = (&self.open, &window)
            && open.key == *key
        {
            return;
        }
        if let Some(open) = self.open.take() {
            self.uncertain.push_back((open, now));
        }
        let begin = self.presence.filter(|_| self.is_fresh()).map_or(now, |presence| presence.begin);
        self.open = window.map(|(window, key)| Stretch { begin, window, key });
    }

    /// Whether the person came back since the last look: the window in front then begins with their first input.
    fn is_fresh(&self) -> bool {
        self.presence.is_some_and(|presence| self.last.is_none_or(|last| presence.begin > last.at))
    }

    /// Gives out what is certain: all up to `certain`, open stretches only when a piece is full.
    fn give(&mut self, certain: i64, out: &mut Vec<Signal>) {
        while let Some((stretch, end)) = self.uncertain.pop_front_if(|(_, end)| *end <= certain) {
            emit_window(&stretch, stretch.begin, end, out);
        }
        if let Some(open) = self.open.as_mut().filter(|open| certain.saturating_sub(open.begin) >= self.settings.piece)
        {
            emit_window(open, open.begin, certain, out);
            open.begin = certain;
        }
        if let Some(presence) = self.presence.as_mut()
            && certain.saturating_sub(presence.begin) >= self.settings.piece
        {
            emit_presence(*presence, certain, out);
            presence.begin = certain;
        }
    }

    fn slept(&mut self, last: Tick, now: i64, out: &mut Vec<Signal>) {
        let was_active = self.presence.is_some_and(|presence| presence.state == Some(State::Active));
        let fell_asleep = if was_active { last.last_input } else { last.at };
        let fell_asleep = self.presence.map_or(last.at, |presence| fell_asleep.clamp(presence.begin, last.at));
        self.end_all(fell_asleep, out);
        emit(fell_asleep, now, out, |begin, end| Signal::Activity { begin, end, state: State::Asleep });
    }

    fn end_all(&mut self, at: i64, out: &mut Vec<Signal>) {
        self.end_windows(at, out);
        if let Some(presence) = self.presence.take() {
            emit_presence(presence, at, out);
        }
        self.last = None;
    }

    fn end_windows(&mut self, at: i64, out: &mut Vec<Signal>) {
        for (stretch, end) in self.uncertain.drain(..) {
            emit_window(&stretch, stretch.begin, end.min(at), out);
        }
        if let Some(open) = self.open.take() {
            emit_window(&open, open.begin, at, out);
        }
    }
}

fn emit_window(stretch: &Stretch, begin: i64, end: i64, out: &mut Vec<Signal>) {
    let Window { program, title, document } = &stretch.window;
    emit(begin, end, out, |begin, end| Signal::ActiveWindow {
        begin,
        end,
        program: program.clone(),
        title: title.clone(),
        document: document.clone(),
    });
}

fn emit_presence(presence: Presence, end: i64, out: &mut Vec<Signal>) {
    if let Some(state) = presence.state {
        emit(presence.begin, end, out, |begin, end| Signal::Activity { begin, end, state });
    }
}

/// A signal belongs to one UTC hour, because a segment does.
fn emit(begin: i64, end: i64, out: &mut Vec<Signal>, make: impl Fn(i64, i64) -> Signal) {
    let mut begin = begin;
    while begin < end {
        let next_hour = (begin.div_euclid(HOUR) + 1).saturating_mul(HOUR);
        let stop = end.min(next_hour);
        out.push(make(begin, stop));
        begin = stop;
    }
}
