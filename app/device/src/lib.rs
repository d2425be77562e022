//! Everything that the application can do, without a window. Clock, randomness and the zone come in with [`Outside`].
//!
//! Every method takes `&self` and may be called from several threads. What touches the server is async and needs a tokio
//! runtime; everything else answers from the disk at once.

mod account;
mod editor;
mod inbox;
mod master;
mod plan;
mod question;
mod replica;
mod saved;
mod signals;
mod status;
mod synchronize;
mod timesheet;

mod ask;
mod error;
mod input;
mod lock;
mod moment;
mod names;
mod outside;
mod request;
pub mod view;

#[cfg(test)]
mod tests;

pub use error::{DeviceError, ErrorCode, Fault, Problem, ProblemFix, ProblemLabel};
pub use outside::{Clock, Outside, Randomness};
pub use query_lang::Code as ProblemCode;
pub use request::{KeptQuery, NewEntry, Question, SettledValue, SignIn, StartTimer};
pub use signals::RecorderNews;
pub use store::Cancel;
pub use synchronize::NextRound;
pub use zeroize::Zeroizing;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};
use store::{Opened, Store};
use sync::Engine;
use vault::Unlocked;

/// What the person must be told, each sentence once as long as this process runs.
#[derive(Default)]
struct Notices {
    waiting: Vec<String>,
    told: HashSet<String>,
}

/// Compiled questions that are kept for the next time.
const PLANS_MAX: usize = 256;

/// One home: one company, one person, one file.
pub struct Device {
    home: PathBuf,
    outside: Outside,
    store: Mutex<Store>,
    plans: query_lang::Plans,
    /// None until signals are opened for the first time.
    unlocked: Mutex<Option<Arc<Unlocked>>>,
    /// When the system's keystore did not answer, and what to say of it.
    keystore_silent: Mutex<Option<(i64, DeviceError)>>,
    engine: tokio::sync::Mutex<Engine>,
    clock_compared: AtomicBool,
    /// When the background may sync again, and whether the server said so.
    next_round: Mutex<Option<NextRound>>,
    notices: Mutex<Notices>,
    /// Of the recorder in this process, when the home does not take them.
    notes: Mutex<Option<signals::Notes>>,
    /// A vault that the person has not confirmed yet.
    found: Mutex<Option<account::Found>>,
}

impl Device {
    /// Opens the home, made if it is not there. A file that is broken is set aside, and [`Device::notices`] says so.
    pub fn open(home: &Path, outside: Outside) -> Result<Device, DeviceError> {
        let Opened { store, notices } = Store::open(home, outside.clock.now())?;
        let device = Device {
            home: home.to_owned(),
            engine: tokio::sync::Mutex::new(Device::new_engine(&store)),
            outside,
            store: Mutex::new(store),
            plans: query_lang::Plans::new(PLANS_MAX),
            unlocked: Mutex::new(None),
            keystore_silent: Mutex::new(None),
            clock_compared: AtomicBool::new(false),
            next_round: Mutex::new(None),
            notices: Mutex::new(Notices { waiting: notices, told: HashSet::new() }),
            notes: Mutex::new(None),
            found: Mutex::new(None),
        };
        device.settle_damage()?;
        Ok(device)
    }

    /// The folder of all that this person keeps on this computer.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Sentences that the person must read and was not told yet: a file that was set aside, a segment that cannot be opened.
    /// Each is given once; empty on every ordinary day.
    pub fn notices(&self) -> Vec<String> {
        std::mem::take(&mut self.notices.lock().unwrap_or_else(PoisonError::into_inner).waiting)
    }

    pub(crate) fn notice(&self, sentence: String) {
        let mut notices = self.notices.lock().unwrap_or_else(PoisonError::into_inner);
        if notices.told.insert(sentence.clone()) {
            notices.waiting.push(sentence);
        }
    }
}
