use std::fmt;

/// What this desktop lets be seen, as of the last look. Screens show it, so that nothing is missing in silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// Program and title of the window in front.
    pub windows: Ability,
    /// Whether somebody is there.
    pub idle: Ability,
    pub lock: Ability,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ability {
    Seen,
    Partly(Limit),
    Unseen(Limit),
}

/// Why something cannot be seen; displayed, a sentence for the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    NotLookedYet,
    NoDisplay,
    DisplayGone,
    WaylandOnly,
    WaylandWindows,
    WaylandIdle,
    NoWindowManager,
    NoIdleTime,
    LockByScreenSaver,
}

impl Status {
    pub(super) fn unseen(limit: Limit) -> Self {
        let unseen = Ability::Unseen(limit);
        Status { windows: unseen, idle: unseen, lock: unseen }
    }

    pub(super) fn on_x11(has_window_manager: bool, has_idle: bool, is_wayland: bool) -> Self {
        if is_wayland {
            let unseen = Ability::Unseen(Limit::WaylandIdle);
            return Status { windows: Ability::Partly(Limit::WaylandWindows), idle: unseen, lock: unseen };
        }
        Status {
            windows: if has_window_manager { Ability::Seen } else { Ability::Partly(Limit::NoWindowManager) },
            idle: if has_idle { Ability::Seen } else { Ability::Unseen(Limit::NoIdleTime) },
            lock: if has_idle { Ability::Partly(Limit::LockByScreenSaver) } else { Ability::Unseen(Limit::NoIdleTime) },
        }
    }

    /// Nothing can be seen here, and waiting will not change it.
    pub fn sees_nothing_for_good(&self) -> bool {
        let is_lasting = |ability: &Ability| matches!(ability, Ability::Unseen(Limit::NoDisplay | Limit::WaylandOnly));
        [self.windows, self.idle, self.lock].iter().all(is_lasting)
    }

    /// Each limit once, for people; empty when everything is seen.
    pub fn limits(&self) -> Vec<Limit> {
        let mut limits = Vec::new();
        for ability in [self.windows, self.idle, self.lock] {
            if let Ability::Partly(limit) | Ability::Unseen(limit) = ability
                && !limits.contains(&limit)
            {
                limits.push(limit);
            }
        }
        limits
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Limit::NotLookedYet => "The desktop was not looked at yet.",
            Limit::NoDisplay => {
                "There is no desktop session here (neither DISPLAY nor WAYLAND_DISPLAY is set), so nothing is recorded: start Daybook from your desktop."
            }
            Limit::DisplayGone => {
                "The display does not answer, so nothing is recorded; Daybook tries again every few seconds."
            }
            Limit::WaylandOnly => {
                "This is a Wayland desktop without X11, which does not show one program what another one does, so nothing is recorded: sign in with an X11 session to record, or write your bookings by hand."
            }
            Limit::WaylandWindows => {
                "This is a Wayland desktop: only windows of X11 programs are recorded, others cannot be seen; sign in with an X11 session to record all of them."
            }
            Limit::WaylandIdle => {
                "On a Wayland desktop it cannot be seen whether somebody is there or the screen is locked, so time away is not recorded."
            }
            Limit::NoWindowManager => {
                "No window manager says which window is in front, so the one that has the keyboard is recorded."
            }
            Limit::NoIdleTime => {
                "This display does not tell when the last input was (its screen saver extension is missing), so time away is not recorded."
            }
            Limit::LockByScreenSaver => {
                "A locked screen is seen only when the screen saver is on; otherwise time away begins with the last input."
            }
        })
    }
}
