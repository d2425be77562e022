//! A look at the desktop, and an honest word about what this desktop lets be seen.

mod status;
mod text;
mod x11;

pub use status::{Ability, Limit, Status};

use crate::Observation;
use x11::{ServerGone, X11};

/// Microseconds between two tries to reach a display that is away.
const RETRY_AFTER: i64 = 5_000_000;

/// What the environment says of the desktop session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Session {
    /// `DISPLAY`
    pub display: Option<String>,
    /// `WAYLAND_DISPLAY`
    pub wayland_display: Option<String>,
}

/// Looks at the desktop, and comes back by itself when the display does. An answer can take as long as the display's server
/// takes, so give it a thread of its own.
pub struct Tracker {
    session: Session,
    x11: Option<X11>,
    tried: Option<i64>,
    status: Status,
}

impl Tracker {
    /// Does not connect yet; the first [`Tracker::look`] does.
    pub fn new(session: Session) -> Self {
        let status = Status::unseen(limit_without_display(&session));
        Tracker { session, x11: None, tried: None, status }
    }

    /// What is in front now, and how long there was no input. What cannot be seen is None, never a guess.
    pub fn look(&mut self, now: i64) -> Observation {
        self.connect(now);
        let is_wayland = is_set(&self.session.wayland_display);
        let Some(x11) = &self.x11 else { return Observation::default() };
        match x11.look() {
            Ok(look) => {
                self.status = Status::on_x11(look.has_window_manager, look.observation.idle.is_some(), is_wayland);
                // Under Wayland X11 hears of input only while one of its own windows is in front.
                let idle = look.observation.idle.filter(|_| !is_wayland);
                let locked = look.observation.locked.filter(|_| !is_wayland);
                Observation { idle, locked, ..look.observation }
            }
            Err(ServerGone) => {
                self.x11 = None;
                self.status = Status::unseen(Limit::DisplayGone);
                Observation::default()
            }
        }
    }

    /// As of the last look.
    pub fn status(&self) -> &Status {
        &self.status
    }

    fn connect(&mut self, now: i64) {
        let is_due = self.tried.is_none_or(|tried| !(tried..tried.saturating_add(RETRY_AFTER)).contains(&now));
        if self.x11.is_some() || !is_set(&self.session.display) || !is_due {
            return;
        }
        self.tried = Some(now);
        self.x11 = self.session.display.as_deref().and_then(|display| X11::connect(display).ok());
        if self.x11.is_none() {
            self.status = Status::unseen(Limit::DisplayGone);
        }
    }
}

fn limit_without_display(session: &Session) -> Limit {
    match (is_set(&session.display), is_set(&session.wayland_display)) {
        (true, _) => Limit::NotLookedYet,
        (false, true) => Limit::WaylandOnly,
        (false, false) => Limit::NoDisplay,
    }
}

fn is_set(variable: &Option<String>) -> bool {
    variable.as_deref().is_some_and(|value| !value.is_empty())
}
