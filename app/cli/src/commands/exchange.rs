use super::{Out, tell, wait};
use crate::arguments::{Format, Inbox};
use crate::failure::Failure;
use crate::{answer, rows};
use device::Device;
use device::view::{InboxEntry, SyncReport};

pub(super) fn sync(device: &Device, accept_deletions: bool, out: Out<'_>) -> Result<(), Failure> {
    let report = if accept_deletions { wait(device.sync_with_deletion())?? } else { wait(device.sync())?? };
    if let Some(deletion) = &report.mass_deletion {
        return Err(Failure::Input(format!(
            "the server would take away {} of the {} rows here, so nothing was changed; if that is right: `daybook sync --accept-deletions`",
            deletion.rows, deletion.of
        )));
    }
    writeln!(out, "{}", sentence(&report))?;
    if report.refused > 0 {
        tell("the server did not take everything over: `daybook inbox` shows what, with your values");
    }
    Ok(())
}

fn sentence(report: &SyncReport) -> String {
    let mut parts = vec![format!("sent {}", report.pushed), format!("received {}", report.pulled)];
    let further = [
        (report.refused, "not taken over"),
        (report.segments_sent, "segments sent"),
        (report.segments_fetched, "segments received"),
    ];
    parts.extend(further.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")));
    format!("synced: {}", parts.join(", "))
}

pub(super) fn inbox(device: &Device, asked: &Inbox, out: Out<'_>) -> Result<(), Failure> {
    if let Some(entry) = &asked.take_mine {
        device.take_mine(entry)?;
        writeln!(out, "your values go again with the next sync")?;
        return Ok(());
    }
    if let Some(entry) = &asked.take_theirs {
        device.take_theirs(entry)?;
        writeln!(out, "your values were let go; `daybook undo` brings them back")?;
        return Ok(());
    }
    let entries = device.inbox()?;
    if asked.shown.format != Format::Table {
        return answer::write(out, asked.shown.format, &rows::inbox(&entries));
    }
    for line in lines(&entries) {
        writeln!(out, "{}", answer::plain(&line))?;
    }
    Ok(())
}

/// What was not taken over, why, and both sides of every value.
fn lines(entries: &[InboxEntry]) -> Vec<String> {
    let mut lines = Vec::new();
    for entry in entries {
        lines.push(format!("{} of {}", entry.id, entry.at));
        for change in &entry.changes {
            lines.push(format!("  {} {} {}: {}", change.operation, change.entity, change.title, change.message));
            for property in &change.properties {
                let side = |value: &Option<String>| value.as_deref().unwrap_or("(nothing)").to_owned();
                lines.push(format!(
                    "    {}: mine {}, now {}",
                    property.name,
                    side(&property.mine),
                    side(&property.theirs)
                ));
            }
        }
    }
    if lines.is_empty() {
        return vec!["nothing waits for you".to_owned()];
    }
    lines.push("`daybook inbox --take-mine ID` sends yours again, `--take-theirs ID` lets them go".to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_names_only_what_happened() {
        let mut report = SyncReport { pushed: 2, pulled: 14, ..SyncReport::default() };
        assert_eq!(sentence(&report), "synced: sent 2, received 14");
        (report.refused, report.segments_sent) = (1, 3);
        assert_eq!(sentence(&report), "synced: sent 2, received 14, 1 not taken over, 3 segments sent");
    }
}
