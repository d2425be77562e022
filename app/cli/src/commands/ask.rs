use super::{Out, wait};
use crate::arguments::{Format, Place, Query};
use crate::failure::Failure;
use crate::{answer, diagnostics, rows};
use device::{Device, Question};
use std::io::Read;
use std::path::Path;

/// Of a query's text; also the server's limit.
const TEXT_BYTES_MAX: u64 = 64 * 1024;

pub(super) fn query(device: &Device, asked: Query, out: Out<'_>) -> Result<(), Failure> {
    let text = match (&asked.text, &asked.file, &asked.saved) {
        (Some(text), ..) => text.clone(),
        (None, Some(file), _) => read(file)?,
        (None, None, saved) => device.saved_query(saved.as_deref().unwrap_or_default())?.text,
    };
    let question = Question { text, parameters: super::entries::unique(asked.parameters)? };
    let refused = |error| Failure::of_query(error, &question.text);
    let (format, on_server) = (asked.shown.format, asked.on == Place::Server);
    if asked.check {
        return check(device, &question.text, on_server, format, out);
    }
    if asked.reformat {
        let text = device.format_query(&question.text).map_err(refused)?;
        return Ok(writeln!(out, "{}", text.trim_end())?);
    }
    if asked.sql {
        if on_server {
            return Err(Failure::Input("--sql shows the SQL of this computer: leave out --on server".to_owned()));
        }
        return Ok(writeln!(out, "{}", device.query_sql(&question).map_err(refused)?)?);
    }
    if asked.explain {
        let plan = match asked.on {
            Place::Device => device.query_plan(&question),
            Place::Server => wait(device.query_plan_on_server(&question))?,
        };
        return answer::write(out, format, &rows::plan(&plan.map_err(refused)?));
    }
    let result = match asked.on {
        Place::Device => device.query(&question),
        Place::Server => wait(device.query_on_server(&question))?,
    };
    answer::write(out, format, &result.map_err(refused)?)?;
    warn(device, &question.text, on_server)
}

/// What was read in an older way is said beside the answer.
fn warn(device: &Device, text: &str, on_server: bool) -> Result<(), Failure> {
    let warnings: Vec<_> = device.check_query(text, on_server)?.problems;
    if !warnings.is_empty() {
        super::tell_drawn(&diagnostics::draw(text, &warnings));
    }
    Ok(())
}

/// Says what is wrong and fails if the query cannot be run; warnings alone are no failure.
fn check(device: &Device, text: &str, on_server: bool, format: Format, out: Out<'_>) -> Result<(), Failure> {
    let check = device.check_query(text, on_server)?;
    let is_wrong = check.problems.iter().any(|problem| !problem.warning);
    match format {
        Format::Json => writeln!(out, "{}", serde_json::json!(check))?,
        Format::Csv => answer::write(out, format, &rows::problems(&check.problems))?,
        Format::Table if check.problems.is_empty() => writeln!(out, "nothing is wrong with this query")?,
        Format::Table => super::tell_drawn(&diagnostics::draw(text, &check.problems)),
    }
    if is_wrong { Err(Failure::Told) } else { Ok(()) }
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
