//! Each command: one call into the device, one way to show what came back.

mod account;
mod ask;
mod entries;
mod exchange;
mod signals;

use crate::arguments::{Arguments, Command};
use crate::failure::Failure;
use device::view::Warning;
use device::{Device, Outside};
use std::io::Write;
use std::path::PathBuf;

/// Where answers are written.
pub(crate) type Out<'a> = &'a mut dyn Write;

pub(crate) fn run(arguments: Arguments, out: Out<'_>) -> Result<(), Failure> {
    let home = home(arguments.home)?;
    let device = Device::open(&home, Outside::of_this_computer())?;
    device.notices().iter().for_each(|notice| tell(notice));
    let done = carry_out(arguments.command, &device, out);
    device.notices().iter().for_each(|notice| tell(notice));
    done
}

fn carry_out(command: Command, device: &Device, out: Out<'_>) -> Result<(), Failure> {
    match command {
        Command::SignIn(sign_in) => account::sign_in(device, sign_in, out),
        Command::SignOut => account::sign_out(device, out),
        Command::Status(shown) => account::status(device, shown.format, out),
        Command::Start(start) => entries::start(device, start, out),
        Command::Stop(timer) => entries::stop(device, timer.id.as_deref(), out),
        Command::Add(add) => entries::add(device, add, out),
        Command::List(days) => entries::list(device, &days, out),
        Command::Edit(edit) => entries::edit(device, edit, out),
        Command::Delete(row) => entries::delete(device, &row.id, out),
        Command::Undo => entries::undo(device, out),
        Command::Put(put) => entries::put(device, put, out),
        Command::Query(query) => ask::query(device, query, out),
        Command::Sync(sync) => exchange::sync(device, &sync, out),
        Command::Inbox(inbox) => exchange::inbox(device, &inbox, out),
        Command::Signals(signals) => signals::run(device, &signals, out),
    }
}

/// As the window chooses it, so that both show the same data.
fn home(named: Option<PathBuf>) -> Result<PathBuf, Failure> {
    let data = || {
        let chosen = std::env::var_os("XDG_DATA_HOME").filter(|path| !path.is_empty()).map(PathBuf::from);
        let usual = || std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".local/share"));
        chosen.or_else(usual).map(|data| data.join("daybook"))
    };
    named.or_else(data).ok_or_else(|| {
        Failure::Input("there is no folder for the data: HOME is not set; name one with --home DIR".to_owned())
    })
}

/// A sentence for the person that is no part of the answer.
fn tell(sentence: &str) {
    // Where the terminal is gone there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "{}", crate::answer::plain(sentence));
}

/// What is drawn in several lines.
fn tell_drawn(drawing: &str) {
    let _ = writeln!(std::io::stderr(), "{drawing}");
}

fn tell_warnings(warnings: &[Warning]) {
    warnings.iter().for_each(|warning| tell(&format!("warning: {}", warning.message)));
}

/// Runs what touches the server.
fn wait<T>(work: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.map_err(|error| Failure::System(format!("no thread could be started: {error}")))?;
    Ok(runtime.block_on(work))
}
