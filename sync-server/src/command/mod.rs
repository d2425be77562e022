//! What can be typed, and where each command is.

mod database;
mod dev;
mod installed;
mod node;
mod tenant;
mod user;

use clap::{Parser, Subcommand};
use std::io::{IsTerminal, Write};
use sync_server::dev::{ClusterError, FolderError};
use sync_server::jobs::TenantError;
use sync_server::people::PersonError;
use thiserror::Error;
use tracing_subscriber::EnvFilter;

/// Reconciles timesheets and keeps sealed signals.
#[derive(Debug, Parser)]
#[command(name = "sync-server", version)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Everything on one machine: a private Postgres and a folder, nothing to configure.
    Dev(dev::Dev),
    /// Answers requests; databases and blob store come from the environment.
    Serve(node::Serve),
    /// Takes jobs; databases come from the environment.
    Work(node::Work),
    /// Databases of a server that is not a `dev` one.
    #[command(subcommand)]
    Database(database::Database),
    /// Companies of a server.
    #[command(subcommand)]
    Tenant(tenant::Tenant),
    /// People of a company.
    #[command(subcommand)]
    User(user::User),
}

/// Something that was typed cannot be done; the sentence says what to type instead.
#[derive(Debug, Error)]
#[error("{0}")]
pub(crate) struct Refused(pub(crate) String);

pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<()> {
    match arguments.command {
        Command::Dev(dev) => dev.run().await,
        Command::Serve(serve) => serve.run().await,
        Command::Work(work) => work.run().await,
        Command::Database(database) => database.run().await,
        Command::Tenant(tenant) => tenant.run().await,
        Command::User(user) => user.run().await,
    }
}

/// The error and its causes, each said once: libraries repeat a cause in their own words.
pub(crate) fn sentence(error: &anyhow::Error) -> String {
    error
        .chain()
        .skip(1)
        .map(ToString::to_string)
        .fold(error.to_string(), |said, cause| if said.contains(&cause) { said } else { format!("{said}: {cause}") })
}

/// Exit codes: what was typed, or the machine it was typed on; our fault.
pub(crate) const THEIRS: u8 = 1;
const OURS: u8 = 2;

pub(crate) fn exit_code(error: &anyhow::Error) -> u8 {
    let theirs = error.is::<Refused>()
        || error.is::<FolderError>()
        || error.is::<ClusterError>()
        || error.downcast_ref::<TenantError>().is_some_and(|error| !matches!(error, TenantError::Database(_)))
        || error.downcast_ref::<PersonError>().is_some_and(|error| !matches!(error, PersonError::Server(_)));
    if theirs { THEIRS } else { OURS }
}

/// The log goes to standard error: text for a person who started `dev`, JSON for machines. `DAYBOOK_LOG` says how much.
pub(crate) fn start_log(arguments: &Arguments) {
    let machine = matches!(arguments.command, Command::Serve(_) | Command::Work(_));
    let usual = if machine { "info,sqlx=error,graphile_worker=warn" } else { "warn,sqlx=error,graphile_worker=error" };
    let filter = EnvFilter::try_from_env("DAYBOOK_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let log = log.with_ansi(std::io::stderr().is_terminal());
    if machine { log.json().init() } else { log.init() }
}

/// One line for the person, at once.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}
