//! What can be typed.

use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Book your hours, ask anything about them, and sync them with your company.
///
/// Everything but `sign-in`, `sync` and `query --on server` works without a network.
#[derive(Debug, Parser)]
#[command(name = "daybook", version, after_help = NOTES)]
pub(crate) struct Arguments {
    /// Folder of this computer's data [default: daybook in the user's data folder]
    #[arg(long, global = true, env = "DAYBOOK_HOME", value_name = "DIR", hide_env = true)]
    pub(crate) home: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const NOTES: &str = "\
Times are 08:30 (today), '2026-01-31 08:30' or RFC 3339; dates are 2026-01-31, today or yesterday.
Exit codes: 0 done, 1 what was typed cannot be done, 2 our fault, 3 the server cannot be reached.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Sign in to a server and fetch your company's data
    SignIn(SignIn),
    /// Forget the session and the key of this computer; bookings and unsent changes stay
    SignOut,
    /// Start a timer; the one that runs ends at the same moment
    Start(Start),
    /// End the running timer; of several the one that is named
    Stop(Timer),
    /// What is running, what waits, what is held up
    Status(Shown),
    /// Book a stretch of time
    Add(Add),
    /// Bookings of some days; without dates those of today
    List(Days),
    /// Change a booking
    Edit(Edit),
    /// Delete a booking or another row; `undo` brings it back
    Delete(Row),
    /// Take back the last change
    Undo,
    /// Changes that the server did not take over, with your values
    Inbox(Inbox),
    /// Insert a row of any entity, or change the one with the same code or name
    Put(Put),
    /// Ask a question in the query language
    Query(Query),
    /// Send what waits and fetch what is new
    Sync(Sync),
    /// What this computer was used for; sealed, for you alone
    #[command(subcommand)]
    Signals(Signals),
}

#[derive(Debug, Args)]
pub(crate) struct SignIn {
    /// Address of the server, like https://daybook.example.com
    #[arg(long, value_name = "URL")]
    pub(crate) server: String,
    /// Your company's name on the server
    #[arg(long, value_name = "T")]
    pub(crate) tenant: String,
    /// Your user name
    #[arg(long, value_name = "U")]
    pub(crate) user: String,
    /// Read the password from standard input: its first line
    #[arg(long, required = true)]
    pub(crate) password_stdin: bool,
    /// Code of an invitation: the password becomes your first one
    #[arg(long, value_name = "CODE")]
    pub(crate) invite: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Start {
    /// Project by its code
    #[arg(long, value_name = "CODE")]
    pub(crate) project: Option<String>,
    /// Task by its code
    #[arg(long, value_name = "CODE")]
    pub(crate) task: Option<String>,
    /// What you do
    pub(crate) text: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Timer {
    /// Its id, or as much of it as names one booking
    pub(crate) id: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Add {
    /// Project by its code
    #[arg(long, value_name = "CODE")]
    pub(crate) project: String,
    /// Task by its code
    #[arg(long, value_name = "CODE")]
    pub(crate) task: Option<String>,
    /// First moment
    #[arg(long, value_name = "TIME")]
    pub(crate) begin: String,
    /// Last moment
    #[arg(long, value_name = "TIME")]
    pub(crate) end: String,
    /// What you did
    pub(crate) text: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Days {
    /// First day
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<String>,
    /// Last day
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<String>,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

#[derive(Debug, Args)]
pub(crate) struct Edit {
    /// The booking's id, or as much of it as names one booking
    pub(crate) id: String,
    /// A property and its new value; an empty value clears it. Without one the booking is shown as it is
    #[arg(long = "set", value_name = "Property=value", value_parser = assignment)]
    pub(crate) set: Vec<(String, String)>,
}

#[derive(Debug, Args)]
pub(crate) struct Row {
    /// Its id, or as much of a booking's id as names one booking
    pub(crate) id: String,
}

#[derive(Debug, Args)]
pub(crate) struct Inbox {
    /// Send your values of this entry again, on top of what the row shows now
    #[arg(long, value_name = "ID", conflicts_with = "take_theirs")]
    pub(crate) take_mine: Option<String>,
    /// Let your values of this entry go
    #[arg(long, value_name = "ID")]
    pub(crate) take_theirs: Option<String>,
    /// With --take-mine: another value in the place of yours
    #[arg(long = "set", value_name = "Property=value", value_parser = assignment, requires = "take_mine")]
    pub(crate) set: Vec<(String, String)>,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

#[derive(Debug, Args)]
pub(crate) struct Put {
    /// Customer, Project, Task or another entity of the model
    pub(crate) entity: String,
    /// Properties and their values; relations by code
    #[arg(value_name = "Property=value", value_parser = assignment, required = true)]
    pub(crate) set: Vec<(String, String)>,
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("asked").required(true))]
pub(crate) struct Query {
    /// Who answers: this computer (with your signals) or the server
    #[arg(long, value_enum, default_value_t = Place::Device)]
    pub(crate) on: Place,
    /// A parameter of the query and its value
    #[arg(long = "param", value_name = "name=value", value_parser = assignment)]
    pub(crate) parameters: Vec<(String, String)>,
    #[command(flatten)]
    pub(crate) shown: Shown,
    /// Show the SQL that this computer would run, and run nothing
    #[arg(long, group = "instead")]
    pub(crate) sql: bool,
    /// Show how the query would be answered, step by step, and run nothing
    #[arg(long, group = "instead")]
    pub(crate) explain: bool,
    /// Show what is wrong with the query, and run nothing; with --format json its places and repairs too
    #[arg(long, group = "instead")]
    pub(crate) check: bool,
    /// Show the query in today's spelling and layout, and run nothing
    #[arg(long, group = "instead")]
    pub(crate) reformat: bool,
    /// The query's text
    #[arg(group = "asked")]
    pub(crate) text: Option<String>,
    /// Read the query's text from a file; - is standard input
    #[arg(long, value_name = "F", group = "asked")]
    pub(crate) file: Option<PathBuf>,
    /// Ask a saved query, yours or one that is shared
    #[arg(long, value_name = "NAME", group = "asked")]
    pub(crate) saved: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Sync {
    /// Go on when the server would take away more than a fifth (and more than fifty) of your rows here
    #[arg(long)]
    pub(crate) accept_deletions: bool,
    /// Keep those rows instead and offer them to the server again
    #[arg(long, conflicts_with = "accept_deletions")]
    pub(crate) keep_rows: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Signals {
    /// Record until it is stopped (Ctrl-C)
    Record,
    /// Signals of some days; without dates those of today
    List(Days),
    /// Record nothing until `resume`
    Pause,
    /// Record again
    Resume,
    /// Programs that are never recorded
    Excluded(Shown),
    /// Never record a program: a word hides all that have it in their name, * and ? stand for any text and one character
    Exclude(Exclude),
    /// Record a program again
    Include(Include),
}

#[derive(Debug, Args)]
pub(crate) struct Exclude {
    /// Word or pattern; capitals do not matter
    #[arg(required = true)]
    pub(crate) programs: Vec<String>,
    /// Change nothing; show what would have been kept and hidden of some days
    #[arg(long)]
    pub(crate) preview: bool,
    #[command(flatten)]
    pub(crate) days: Days,
}

#[derive(Debug, Args)]
pub(crate) struct Include {
    /// As `excluded` shows it
    #[arg(required = true)]
    pub(crate) programs: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Shown {
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Lines and columns for people
    Table,
    /// {"columns":[{"name","type"}],"rows":[[...]]}
    Json,
    /// Comma-separated values with a header
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Place {
    Device,
    Server,
}

/// `name=value`; the value may hold further equal signs.
fn assignment(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.to_owned())),
        _ => Err("write it as name=value".to_owned()),
    }
}

#[cfg(test)]
mod tests;
