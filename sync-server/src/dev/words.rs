//! What Postgres' programs say when they fail, cut to the one line that tells why.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// How a line begins that says why a program ended, the gravest first.
const MARKS: [&str; 4] = ["PANIC:", "FATAL:", "initdb: error:", "could not "];
pub(super) const DISK_IS_FULL: &str = "No space left on device";

/// A log that is appended to, from where it was when this value was made: what earlier starts said is no news.
#[derive(Debug)]
pub(super) struct Log {
    path: PathBuf,
    from: u64,
}

impl Log {
    pub(super) fn open(path: PathBuf) -> io::Result<Self> {
        let from = File::options().create(true).append(true).open(&path)?.metadata()?.len();
        Ok(Log { path, from })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn reason(&self) -> String {
        let mut text = Vec::new();
        let read = File::open(&self.path).and_then(|mut file| {
            file.seek(SeekFrom::Start(self.from))?;
            file.read_to_end(&mut text)
        });
        match read {
            Ok(_) => reason(&String::from_utf8_lossy(&text)),
            Err(error) => error.to_string(),
        }
    }
}

/// The last of the gravest lines, without the time and the process before it.
pub(super) fn reason(said: &str) -> String {
    let marked = MARKS.iter().find_map(|mark| said.lines().rev().find_map(|line| Some(&line[line.find(mark)?..])));
    marked.or(said.lines().next_back()).unwrap_or("it said nothing").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_the_gravest_line_without_its_time() {
        let said = "2026-01-31 08:30:00.000 UTC [7] LOG:  starting\n\
                    2026-01-31 08:30:00.000 UTC [7] PANIC:  could not read file \"global/pg_control\"\n\
                    2026-01-31 08:30:00.000 UTC [7] LOG:  shut down\n";
        assert_eq!(reason(said), "PANIC:  could not read file \"global/pg_control\"");
        assert_eq!(reason("creating directory ... ok\nchild process exited\n"), "child process exited");
        assert_eq!(reason(""), "it said nothing");
    }

    #[test]
    fn what_an_earlier_start_said_is_no_news() {
        let path = std::env::temp_dir().join(format!("daybook-log-{}", std::process::id()));
        std::fs::write(&path, "FATAL:  of yesterday\n").expect("a log");
        let log = Log::open(path.clone()).expect("the log can be opened");
        std::fs::write(&path, "FATAL:  of yesterday\nLOG:  of today\n").expect("a longer log");
        assert_eq!(log.reason(), "LOG:  of today");
        std::fs::remove_file(path).expect("the log goes");
    }
}
