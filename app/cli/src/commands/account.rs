use super::{Out, tell, wait};
use crate::answer;
use crate::arguments::{Format, SignIn};
use crate::failure::Failure;
use crate::rows::{self, label, length, time_of_day};
use device::view::{Status, TimesheetEntry};
use device::{Device, Zeroizing};
use std::io::BufRead;

const PASSWORD_BYTES_MAX: u64 = 1024;

pub(super) fn sign_in(device: &Device, asked: SignIn, out: Out<'_>) -> Result<(), Failure> {
    let password = read_password(std::io::stdin().lock())?;
    let SignIn { server, tenant, user, invite, .. } = asked;
    let signed_in = wait(device.sign_in(device::SignIn { server, tenant, user, password, invite, review: false }))??;
    let account = &signed_in.account;
    writeln!(out, "signed in to {} as {} of {}", account.server, account.user, account.tenant)?;
    signed_in.notices.iter().for_each(|notice| tell(notice));
    Ok(())
}

/// The first line, without its end.
fn read_password(input: impl BufRead) -> Result<Zeroizing<String>, Failure> {
    let mut line = Zeroizing::new(String::new());
    input
        .take(PASSWORD_BYTES_MAX + 1)
        .read_line(&mut line)
        .map_err(|error| Failure::Input(format!("the password cannot be read from standard input: {error}")))?;
    if line.len() as u64 > PASSWORD_BYTES_MAX {
        return Err(Failure::Input(format!("the password is longer than {PASSWORD_BYTES_MAX} bytes")));
    }
    let password = line.strip_suffix('\n').unwrap_or(&line);
    let password = password.strip_suffix('\r').unwrap_or(password);
    if password.is_empty() {
        return Err(Failure::Input("there is no password on standard input: write it there, as one line".to_owned()));
    }
    Ok(Zeroizing::new(password.to_owned()))
}

pub(super) fn sign_out(device: &Device, out: Out<'_>) -> Result<(), Failure> {
    wait(device.sign_out())??;
    writeln!(out, "signed out; bookings and unsent changes stay on this computer")?;
    Ok(())
}

pub(super) fn status(device: &Device, format: Format, out: Out<'_>) -> Result<(), Failure> {
    let status = device.status()?;
    if format != Format::Table {
        return answer::write(out, format, &rows::status(&status));
    }
    for line in lines(&status) {
        writeln!(out, "{}", answer::plain(&line))?;
    }
    Ok(())
}

fn lines(status: &Status) -> Vec<String> {
    let mut lines = Vec::new();
    lines.push(match &status.account {
        None => "Not signed in: start with `daybook sign-in`.".to_owned(),
        Some(account) if account.signed_in => format!("{} of {} at {}", account.user, account.tenant, account.server),
        Some(account) => {
            format!(
                "{} of {} at {}, signed out: sync waits for `daybook sign-in`",
                account.user, account.tenant, account.server
            )
        }
    });
    lines.extend(
        status.running.iter().map(|entry| format!("Running since {}: {}", time_of_day(&entry.begin), words(entry))),
    );
    lines.push(format!("Today:   {}", length(status.today_seconds)));
    let sync = &status.sync;
    let last = sync.last_success.as_deref().unwrap_or("never");
    lines.push(format!("Sync:    {} waiting, last complete {last}", changes(sync.waiting)));
    lines.extend(sync.held_up.iter().map(|reason| format!("         {reason}")));
    lines.extend(sync.segments_held_up.iter().map(|reason| format!("         {reason}")));
    lines.extend(sync.mass_deletion.iter().map(|deletion| {
        format!(
            "         {} of {} rows would go: `daybook sync --accept-deletions`, or `--keep-rows` to keep them",
            deletion.rows, deletion.of
        )
    }));
    if sync.inbox > 0 {
        lines.push(format!("Inbox:   {} not taken over: `daybook inbox`", changes(sync.inbox)));
    }
    let signals = &status.signals;
    let state = match (signals.recording, signals.paused) {
        (_, true) => "paused",
        (true, false) => "recording",
        (false, false) => "not recording",
    };
    let locked = if signals.unlocked { "" } else { ", locked: sign in to open them" };
    lines.push(format!("Signals: {state}{locked}"));
    lines.extend(signals.why_not.iter().filter(|_| !signals.paused).map(|reason| format!("         {reason}")));
    let limits = signals.desktop.iter().flat_map(|desktop| &desktop.limits);
    lines.extend(
        limits.filter(|limit| signals.why_not.as_ref() != Some(limit)).map(|limit| format!("         {limit}")),
    );
    lines
}

fn changes(count: u32) -> String {
    if count == 1 { "1 change".to_owned() } else { format!("{count} changes") }
}

/// Project, task and text of an entry, as far as it has them.
pub(super) fn words(entry: &TimesheetEntry) -> String {
    let parts = [label(entry.project.as_ref()), label(entry.task.as_ref()), entry.description.as_deref()];
    let words: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    if words.is_empty() { "(no project)".to_owned() } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &[u8], expected: Option<&str>) {
        let password = read_password(input).ok();
        assert_eq!(password.as_ref().map(|password| password.as_str()), expected, "{input:?}");
    }

    #[test]
    fn the_password_is_the_first_line_of_the_input() {
        check(b"demo", Some("demo"));
        check(b"demo\n", Some("demo"));
        check(b"two words \r\nand more", Some("two words "));
        check(b"", None);
        check(b"\n", None);
        check(&[b'x'; 2000], None);
        check(&[0xff, 0xfe, b'\n'], None);
    }
}
