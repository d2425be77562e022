use super::{Out, wait};
use crate::answer;
use crate::arguments::{Place, Query};
use crate::failure::Failure;
use device::{Device, Question};
use std::io::Read;
use std::path::Path;

/// Of a query's text; also the server's limit.
const TEXT_BYTES_MAX: u64 = 64 * 1024;

pub(super) fn query(device: &Device, asked: Query, out: Out<'_>) -> Result<(), Failure> {
    let text = match (asked.text, asked.file) {
        (Some(text), _) => text,
        (None, Some(file)) => read(&file)?,
        (None, None) => String::new(),
    };
    let question = Question { text, parameters: super::entries::unique(asked.parameters)? };
    let refused = |error| Failure::of_query(error, &question.text);
    if asked.sql {
        if asked.on == Place::Server {
            return Err(Failure::Input("--sql shows the SQL of this computer: leave out --on server".to_owned()));
        }
        writeln!(out, "{}", device.query_sql(&question).map_err(refused)?)?;
        return Ok(());
    }
    let result = match asked.on {
        Place::Device => device.query(&question),
        Place::Server => wait(device.query_on_server(&question))?,
    };
    answer::write(out, asked.shown.format, &result.map_err(refused)?)
}

fn read(file: &Path) -> Result<String, Failure> {
    let cannot = |error: &dyn std::fmt::Display| Failure::Input(format!("{} cannot be read: {error}", file.display()));
    let mut text = String::new();
    let read = if file == Path::new("-") {
        std::io::stdin().take(TEXT_BYTES_MAX + 1).read_to_string(&mut text)
    } else {
        std::fs::File::open(file).and_then(|open| open.take(TEXT_BYTES_MAX + 1).read_to_string(&mut text))
    };
    read.map_err(|error| cannot(&error))?;
    if text.len() as u64 > TEXT_BYTES_MAX {
        return Err(cannot(&format_args!("a query has at most {TEXT_BYTES_MAX} bytes")));
    }
    Ok(text)
}
