use device::{DeviceError, Fault, Problem};
use std::fmt;
use std::process::ExitCode;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What was typed cannot be done; one sentence.
    Input(String),
    Device(DeviceError),
    /// A query with errors, and its text to draw them on.
    Query {
        error: DeviceError,
        text: String,
    },
    /// What was asked for is the answer, and it is said already: what was typed cannot be done.
    Told,
    /// Standard output cannot be written.
    Output(std::io::Error),
    /// The operating system refused something that every program may have.
    System(String),
}

impl Failure {
    pub(crate) fn exit_code(&self) -> ExitCode {
        let fault = match self {
            Failure::Input(_) | Failure::Told => Fault::Input,
            Failure::Device(error) | Failure::Query { error, .. } => error.fault(),
            Failure::Output(_) | Failure::System(_) => Fault::Ours,
        };
        ExitCode::from(fault as u8)
    }

    /// For calls that compile a query.
    pub(crate) fn of_query(error: DeviceError, text: &str) -> Self {
        if error.problems.is_empty() { Failure::Device(error) } else { Failure::Query { error, text: text.to_owned() } }
    }
}

impl From<DeviceError> for Failure {
    fn from(error: DeviceError) -> Self {
        Failure::Device(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Failure::Output(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Input(message) | Failure::System(message) => write!(formatter, "daybook: {message}"),
            Failure::Device(error) => write!(formatter, "daybook: {error}"),
            Failure::Query { error, text } => {
                let problems: &[Problem] = &error.problems;
                formatter.write_str(&crate::diagnostics::draw(text, problems))
            }
            Failure::Told => Ok(()),
            Failure::Output(error) => write!(formatter, "daybook: the answer cannot be written: {error}"),
        }
    }
}
