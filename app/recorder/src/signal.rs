/// A stretch of the computer's use. `begin` is before `end`, and both lie within one UTC hour.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Signal {
    ActiveWindow { begin: i64, end: i64, program: String, title: String, document: Option<String> },
    Activity { begin: i64, end: i64, state: State },
}

/// Whether somebody was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    Active,
    /// No input for longer than the limit; the stretch begins with the last input.
    Idle,
    Locked,
    /// The clock jumped: the computer slept or was off.
    Asleep,
}

/// What one look at the desktop saw.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Observation {
    pub window: Option<Window>,
    /// Microseconds since the last input; None when this desktop does not tell.
    pub idle: Option<i64>,
    /// None when this desktop does not tell.
    pub locked: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Window {
    pub program: String,
    pub title: String,
    pub document: Option<String>,
}

impl Signal {
    pub fn begin(&self) -> i64 {
        match self {
            Signal::ActiveWindow { begin, .. } | Signal::Activity { begin, .. } => *begin,
        }
    }

    pub fn end(&self) -> i64 {
        match self {
            Signal::ActiveWindow { end, .. } | Signal::Activity { end, .. } => *end,
        }
    }

    fn end_mut(&mut self) -> &mut i64 {
        match self {
            Signal::ActiveWindow { end, .. } | Signal::Activity { end, .. } => end,
        }
    }

    /// Whether `next` says the same of the time right after this one.
    fn continues_as(&self, next: &Signal) -> bool {
        let same = match (self, next) {
            (
                Signal::ActiveWindow { program, title, document, .. },
                Signal::ActiveWindow { program: program2, title: title2, document: document2, .. },
            ) => (program, title, document) == (program2, title2, document2),
            (Signal::Activity { state, .. }, Signal::Activity { state: state2, .. }) => state == state2,
            _ => false,
        };
        same && self.end() == next.begin()
    }
}

/// Puts together what the recorder gave in pieces, so that a crash loses little. `signals` are in the order in which they were
/// recorded; the answer is ordered by begin, an activity before its windows. Join within one UTC hour.
pub fn join(signals: impl IntoIterator<Item = Signal>) -> Vec<Signal> {
    let mut joined: Vec<Signal> = Vec::new();
    let mut last = [None::<usize>; 2];
    for signal in signals {
        let kind = usize::from(matches!(signal, Signal::Activity { .. }));
        match last[kind].map(|index| &mut joined[index]).filter(|before| before.continues_as(&signal)) {
            Some(before) => *before.end_mut() = signal.end(),
            None => {
                last[kind] = Some(joined.len());
                joined.push(signal);
            }
        }
    }
    joined.sort_by_key(|signal| (signal.begin(), matches!(signal, Signal::ActiveWindow { .. })));
    joined
}
