//! The command `daybook`: each command is one call into `device` and one way to show its answer.
//!
//! Answers go to standard output, everything else to standard error. Exit codes: 0 done, 1 what was typed cannot be done,
//! 2 our fault, 3 the server cannot be reached.

mod answer;
mod arguments;
mod commands;
mod diagnostics;
mod failure;
mod rows;

use arguments::Arguments;
use clap::Parser;
use clap::error::ErrorKind;
use failure::Failure;
use std::io::{ErrorKind as IoErrorKind, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let shown = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            // Where the terminal is gone there is nobody to tell.
            let _ = error.print();
            return if shown { ExitCode::SUCCESS } else { ExitCode::from(1) };
        }
    };
    let mut out = std::io::stdout().lock();
    match commands::run(arguments, &mut out).and_then(|()| out.flush().map_err(Failure::from)) {
        Ok(()) => ExitCode::SUCCESS,
        // The reader (`head`, a closed pager) has seen enough.
        Err(Failure::Output(error)) if error.kind() == IoErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure @ Failure::Told) => failure.exit_code(),
        Err(failure) => {
            let _ = writeln!(std::io::stderr(), "{failure}");
            failure.exit_code()
        }
    }
}
