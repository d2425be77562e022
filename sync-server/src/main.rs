//! The command `sync-server`.

mod command;

use clap::Parser;
use clap::error::ErrorKind;
use std::io::Write;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = match command::Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let shown = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            // Where the terminal is gone there is nobody to tell.
            let _ = error.print();
            return if shown { ExitCode::SUCCESS } else { ExitCode::from(command::THEIRS) };
        }
    };
    command::start_log(&arguments);
    match command::run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "sync-server: {}", command::sentence(&error));
            ExitCode::from(command::exit_code(&error))
        }
    }
}
