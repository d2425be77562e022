//! The command `sync-server`.

mod command;

use clap::Parser;
use std::io::Write;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = command::Arguments::parse();
    command::start_log(&arguments);
    match command::run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "sync-server: {}", command::sentence(&error));
            ExitCode::from(command::exit_code(&error))
        }
    }
}
