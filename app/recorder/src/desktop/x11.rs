use x11rb::connection::Connection;
use x11rb::cookie::Cookie;
use x11rb::errors::ReplyError;
use x11rb::protocol::screensaver::{self, ConnectionExt as _};
use x11rb::protocol::xproto::{Atom, AtomEnum, ConnectionExt as _, GetPropertyReply, InputFocus, Window as WindowId};
use x11rb::rust_connection::RustConnection;
use x11rb::x11_utils::TryParse;

use super::text::{compound, latin1};
use crate::{Observation, Window};

/// Units of four bytes that are read of a property.
const PROPERTY_LENGTH_MAX: u32 = 1024;
/// Windows above the one with the keyboard that are asked for a name.
const PARENTS_MAX: usize = 16;

x11rb::atom_manager! {
    Atoms: AtomsCookie {
        _NET_ACTIVE_WINDOW,
        _NET_SUPPORTING_WM_CHECK,
        _NET_WM_NAME,
        _NET_WM_VISIBLE_NAME,
        _NET_WM_PID,
        UTF8_STRING,
        COMPOUND_TEXT,
    }
}

pub(super) struct X11 {
    connection: RustConnection,
    root: WindowId,
    atoms: Atoms,
    has_idle: bool,
}

pub(super) struct Look {
    pub(super) observation: Observation,
    pub(super) has_window_manager: bool,
}

/// The connection is over; windows that vanish between two questions are no reason for it.
pub(super) struct ServerGone;

impl X11 {
    pub(super) fn connect(display: &str) -> Result<Self, ServerGone> {
        let (connection, screen) = RustConnection::connect(Some(display)).map_err(|_| ServerGone)?;
        let root = connection.setup().roots.get(screen).ok_or(ServerGone)?.root;
        let atoms = Atoms::new(&connection).map_err(|_| ServerGone)?.reply().map_err(|_| ServerGone)?;
        let has_idle = connection.screensaver_query_version(1, 1).ok().is_some_and(|cookie| cookie.reply().is_ok());
        Ok(X11 { connection, root, atoms, has_idle })
    }

    pub(super) fn look(&self) -> Result<Look, ServerGone> {
        let manager = self.window_of(self.root, self.atoms._NET_SUPPORTING_WM_CHECK)?;
        // The property outlives a manager that died; its window does not.
        let has_window_manager = match manager {
            Some(window) => self.window_of(window, self.atoms._NET_SUPPORTING_WM_CHECK)? == Some(window),
            None => false,
        };
        let window = if has_window_manager {
            match self.window_of(self.root, self.atoms._NET_ACTIVE_WINDOW)? {
                Some(window) => self.describe(window)?,
                None => None,
            }
        } else {
            self.focused()?
        };
        let (idle, locked) = self.idle()?;
        Ok(Look { observation: Observation { window, idle, locked }, has_window_manager })
    }

    fn idle(&self) -> Result<(Option<i64>, Option<bool>), ServerGone> {
        if !self.has_idle {
            return Ok((None, None));
        }
        let info = answer(self.connection.screensaver_query_info(self.root).map_err(|_| ServerGone)?)?;
        Ok(info.map_or((None, None), |info| {
            let is_on = screensaver::State::from(info.state) == screensaver::State::ON;
            (Some(i64::from(info.ms_since_user_input) * 1000), Some(is_on))
        }))
    }

    /// Without a window manager: the window with the keyboard, or the nearest one around it that has a name.
    fn focused(&self) -> Result<Option<Window>, ServerGone> {
        let focus = answer(self.connection.get_input_focus().map_err(|_| ServerGone)?)?;
        let mut window = focus.map_or(0, |focus| focus.focus);
        let no_window =
            [u32::from(u8::from(InputFocus::NONE)), u32::from(u8::from(InputFocus::POINTER_ROOT)), self.root];
        for _ in 0..PARENTS_MAX {
            if no_window.contains(&window) {
                return Ok(None);
            }
            if let Some(described) = self.describe(window)? {
                return Ok(Some(described));
            }
            let tree = answer(self.connection.query_tree(window).map_err(|_| ServerGone)?)?;
            window = tree.map_or(0, |tree| tree.parent);
        }
        Ok(None)
    }

    /// None for a window that is gone or does not say which program it belongs to.
    fn describe(&self, window: WindowId) -> Result<Option<Window>, ServerGone> {
        let class = self.ask(window, AtomEnum::WM_CLASS.into(), AtomEnum::STRING.into())?;
        let name = self.ask(window, self.atoms._NET_WM_NAME, self.atoms.UTF8_STRING)?;
        // A window manager that decodes old titles writes them here.
        let visible = self.ask(window, self.atoms._NET_WM_VISIBLE_NAME, self.atoms.UTF8_STRING)?;
        let old_name = self.ask(window, AtomEnum::WM_NAME.into(), AtomEnum::ANY.into())?;
        let process = self.ask(window, self.atoms._NET_WM_PID, AtomEnum::CARDINAL.into())?;
        let class = answer(class)?;
        let names = [answer(name)?, answer(visible)?, answer(old_name)?];
        let process = answer(process)?;
        let by_process = || process.and_then(|reply| first_number(&reply)).and_then(process_name);
        let program = class.and_then(|class| program_of(&class.value)).or_else(by_process);
        let title = names.into_iter().flatten().map(|reply| self.text(&reply)).find(|text| !text.is_empty());
        Ok(program.map(|program| Window { program, title: title.unwrap_or_default(), document: None }))
    }

    fn ask(&self, window: WindowId, property: Atom, kind: Atom) -> Result<Asked<'_>, ServerGone> {
        self.connection.get_property(false, window, property, kind, 0, PROPERTY_LENGTH_MAX).map_err(|_| ServerGone)
    }

    fn window_of(&self, window: WindowId, property: Atom) -> Result<Option<WindowId>, ServerGone> {
        let reply = answer(self.ask(window, property, AtomEnum::WINDOW.into())?)?;
        Ok(reply.and_then(|reply| first_number(&reply)).filter(|window| *window != 0))
    }

    fn text(&self, reply: &GetPropertyReply) -> String {
        let text = if reply.type_ == self.atoms.UTF8_STRING {
            String::from_utf8_lossy(&reply.value).into_owned()
        } else if reply.type_ == self.atoms.COMPOUND_TEXT {
            compound(&reply.value)
        } else {
            latin1(&reply.value).into_owned()
        };
        text.trim_matches('\0').trim().to_owned()
    }
}

type Asked<'a> = Cookie<'a, RustConnection, GetPropertyReply>;

/// None when the display's server refused: the window is gone.
fn answer<R: TryParse>(cookie: Cookie<'_, RustConnection, R>) -> Result<Option<R>, ServerGone> {
    match cookie.reply() {
        Ok(reply) => Ok(Some(reply)),
        Err(ReplyError::X11Error(_)) => Ok(None),
        Err(ReplyError::ConnectionError(_)) => Err(ServerGone),
    }
}

fn first_number(reply: &GetPropertyReply) -> Option<u32> {
    reply.value32()?.next()
}

/// `WM_CLASS` is the instance and then the class, each ended by a zero byte; the class is the program's name.
fn program_of(class: &[u8]) -> Option<String> {
    let mut names = class.split(|byte| *byte == 0).map(|name| latin1(name).trim().to_owned());
    let (instance, class) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
    [class, instance].into_iter().find(|name| !name.is_empty())
}

fn process_name(process: u32) -> Option<String> {
    let name = std::fs::read_to_string(format!("/proc/{process}/comm")).ok()?;
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}
